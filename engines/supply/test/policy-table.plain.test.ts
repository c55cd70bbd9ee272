import {
  cumulatedErrorSd,
  DEFAULT_SERVICE,
  type PolicyTableInput,
  policyTable,
  stockClasses,
  stockProjection,
} from '@planwright/supply';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const rows = (values: readonly number[]) => Float64Array.from(values);

describe('stockClasses', () => {
  test('fill A to 80 % and B to 95 % of value, and prefer the back-test to the variation', () => {
    const classes = stockClasses({
      yearlyValue: rows([10, 700, 0, 200, 90]),
      backTestErrorRatio: rows([0.1, 0.3, 0.9, Number.NaN, Number.NaN]),
      variationRatio: rows([9, 9, 9, 0.15, Number.NaN]),
    });
    // 700 + 200 pass 80 % of 1,000; 90 is B because A and it alone fall short of 95 %; the rest is C.
    expect([...classes.valueClass]).toEqual([2, 0, 2, 0, 1]);
    expect([...classes.errorClass]).toEqual([0, 1, 2, 0, 3]);
  });
});

const oneOfEach = (): PolicyTableInput => ({
  classes: { valueClass: Uint8Array.of(0, 1, 2, 0), errorClass: Uint8Array.of(0, 1, 2, 0) },
  demandPerDay: rows([20, 2, 0.05, 0]),
  demandSdPerDay: rows([6, 3, 0.3, 0]),
  leadTimeDays: rows([14, 30, 60, 10]),
  leadTimeSdDays: rows([0, 6, 0, 0]),
  reviewDays: 7,
  unitCost: rows([12, 80, 300, 5]),
  orderCost: 40,
  lotMinimum: rows([0, 0, 0, 50]),
  lotMultiple: rows([24, 0, 1, 50]),
});

describe('policyTable', () => {
  test('gives each class its service, whole lots, and stock that keeps the promise', () => {
    const table = policyTable(oneOfEach());
    expect(table.issues).toEqual([]);
    expect([...table.serviceRatio]).toEqual([
      DEFAULT_SERVICE[0][0],
      DEFAULT_SERVICE[1][1],
      DEFAULT_SERVICE[2][2],
      DEFAULT_SERVICE[0][0],
    ]);
    // sqrt(2 x 40 x 20 / (12 x 0.2 / 365)) = 493.3, in whole lots of 24: 504.
    expect(table.orderQuantity[0]).toBe(504);
    for (let s = 0; s < 3; s++) {
      expect(table.expectedFillRatio[s]).toBeGreaterThanOrEqual(table.serviceRatio[s]! - 1e-9);
      expect(table.maximum[s]).toBe(table.reorderPoint[s]! + table.orderQuantity[s]!);
      expect(table.inventoryValue[s]).toBeGreaterThan(0);
    }
    expect([table.reorderPoint[3], table.orderQuantity[3], table.inventoryValue[3]]).toEqual([0, 0, 0]);
  });

  // (14 + 7) days of 20 with spread 6 sqrt(21) = 27.495; z(0.98) = 2.05375.
  test('cycle service is mean and z spreads over lead time and review', () => {
    const table = policyTable({ ...oneOfEach(), serviceMeasure: 'cycle' });
    expect(table.safetyStock[0]).toBeCloseTo(2.053748910631823 * 6 * Math.sqrt(21), 8);
    expect(table.reorderPoint[0]).toBeCloseTo(420 + table.safetyStock[0]!, 8);
  });

  test('names a row whose facts are not numbers of 0 or more, and plans the rest', () => {
    const input = oneOfEach();
    input.leadTimeDays[1] = -3;
    input.demandPerDay[2] = Number.NaN;
    const table = policyTable(input);
    expect(table.issues.map((issue) => [issue.row, issue.code])).toEqual([
      [2, 'BAD_POLICY_FACT'],
      [3, 'BAD_POLICY_FACT'],
    ]);
    expect(table.issues[0]!.message).toContain('leadTimeDays is -3');
    expect([table.reorderPoint[1], table.reorderPoint[2]]).toEqual([Number.NaN, Number.NaN]);
    expect(table.reorderPoint[0]).toBeGreaterThan(0);
  });

  test('asks for more stock the more service and lead time', () => {
    const level = fc.double({ min: 0.5, max: 0.995, noNaN: true });
    const facts = fc.record({
      demand: fc.double({ min: 0.01, max: 100, noNaN: true }),
      spread: fc.double({ min: 0.01, max: 50, noNaN: true }),
      leadTime: fc.double({ min: 0.5, max: 90, noNaN: true }),
      // Less may step from a gamma to a normal curve, which asks for a little less.
      factor: fc.double({ min: 1.5, max: 3, noNaN: true }),
    });
    const pointOf = (demand: number, spread: number, leadTime: number, service: number) =>
      policyTable({
        classes: { valueClass: Uint8Array.of(0), errorClass: Uint8Array.of(0) },
        demandPerDay: rows([demand]),
        demandSdPerDay: rows([spread]),
        leadTimeDays: rows([leadTime]),
        unitCost: rows([10]),
        orderCost: 20,
        service: [[service, 0.9, 0.9, 0.9], DEFAULT_SERVICE[1], DEFAULT_SERVICE[2]],
      }).reorderPoint[0]!;
    fc.assert(
      fc.property(facts, level, level, ({ demand, spread, leadTime, factor }, p, q) => {
        const [less, more] = [Math.min(p, q), Math.max(p, q)];
        const point = pointOf(demand, spread, leadTime, less);
        expect(pointOf(demand, spread, leadTime, more)).toBeGreaterThanOrEqual(point * (1 - 1e-9));
        expect(pointOf(demand, spread, leadTime * factor, less)).toBeGreaterThanOrEqual(point * (1 - 1e-9));
      }),
    );
  });
});

test('policyTable gives finite figures or an issue, whatever the facts are', () => {
  const wild = fc.oneof(
    fc.constantFrom(0, -1, Number.NaN, Infinity, 1e-12, 1e12),
    fc.double({ min: 0, max: 1e4, noNaN: true }),
  );
  const facts = fc.tuple(wild, wild, wild, wild, wild, wild, wild);
  const measure = fc.constantFrom<'cycle' | 'fill'>('cycle', 'fill');
  fc.assert(
    fc.property(
      facts,
      measure,
      ([demand, spread, leadTime, leadTimeSd, cost, minimum, multiple], serviceMeasure) => {
        const table = policyTable({
          classes: { valueClass: Uint8Array.of(0), errorClass: Uint8Array.of(3) },
          demandPerDay: rows([demand]),
          demandSdPerDay: rows([spread]),
          leadTimeDays: rows([leadTime]),
          leadTimeSdDays: rows([leadTimeSd]),
          unitCost: rows([cost]),
          orderCost: 5,
          lotMinimum: rows([minimum]),
          lotMultiple: rows([multiple]),
          serviceMeasure,
        });
        const figures = [
          table.safetyStock,
          table.reorderPoint,
          table.orderQuantity,
          table.maximum,
          table.inventoryValue,
        ];
        const isFinite = figures.every((column) => Number.isFinite(column[0]) && column[0]! >= 0);
        expect(isFinite).toBe(table.issues.length === 0);
        expect(table.issues.length > 0 || table.expectedFillRatio[0]! >= 0).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('stockProjection', () => {
  test('knows what is certain, and half a chance where nothing is left on average', () => {
    const projection = stockProjection({
      projectedOnHand: [100, 0, -20, 50],
      demandErrorSd: [0, 10, 0, 10],
      grossDemand: [10, 10, 10, 10],
      safetyStock: [5, 5, 5, 5],
      coverBuckets: 2.5,
    });
    expect(projection.stockOutProbability.slice(0, 3)).toEqual(Float64Array.of(0, 0.5, 1));
    expect(projection.expectedShortage[0]).toBe(0);
    // sd / sqrt(2 pi) = 3.98942 at a mean of 0.
    expect(projection.expectedShortage[1]).toBeCloseTo(3.989422804014327, 10);
    expect(projection.expectedShortage[2]).toBe(20);
    // 100 - 5 - 25 = 70, and in the last bucket demand goes on as before.
    expect([...projection.excess]).toEqual([70, 0, 0, 20]);
  });

  test('owes at least what the mean owes, and more the less is known', () => {
    const bucket = fc.record({
      onHand: fc.double({ min: -100, max: 200, noNaN: true }),
      sd: fc.double({ min: 0, max: 60, noNaN: true }),
    });
    fc.assert(
      fc.property(bucket, ({ onHand, sd }) => {
        const shortageAt = (spread: number) =>
          stockProjection({
            projectedOnHand: [onHand],
            demandErrorSd: [spread],
            grossDemand: [1],
            safetyStock: [0],
            coverBuckets: 1,
          }).expectedShortage[0]!;
        expect(shortageAt(sd)).toBeGreaterThanOrEqual(Math.max(0, -onHand) - 1e-9);
        expect(shortageAt(sd + 1)).toBeGreaterThanOrEqual(shortageAt(sd) - 1e-9);
      }),
    );
  });

  test('errors add as squares when independent, straight when they err together', () => {
    expect([...cumulatedErrorSd([3, 4])]).toEqual([3, 5]);
    expect([...cumulatedErrorSd([3, 4, 5], 1)]).toEqual([3, 7, 12]);
    // 9 + 16 + 2 x 12 x 0.5 = 37; and + 25 + 2 (20 x 0.5 + 15 x 0.25) = 89.5.
    expect(cumulatedErrorSd([3, 4, 5], 0.5)[2]).toBeCloseTo(Math.sqrt(89.5), 12);
  });
});
