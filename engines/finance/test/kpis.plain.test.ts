import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  capacityUtilisation,
  demandPlanBias,
  forecastAccuracy,
  inventoryTurns,
  KPI_DEFINITIONS,
  kpiDefinition,
  type OrderLines,
  otif,
  type OtifTolerance,
  STRICT_OTIF,
} from '@planwright/finance';

const gap = Number.NaN;

describe('forecast accuracy and bias', () => {
  test('the textbook pair: WAPE is 6.44 % where MAPE would be 77.5 %', () => {
    const kpi = forecastAccuracy([1000, 10], [950, 25]);
    expect([kpi.numerator, kpi.denominator]).toEqual([65, 1010]);
    expect(1 - kpi.value).toBeCloseTo(0.0644, 4);
  });

  test('unknown buckets drop out and are counted; accuracy never goes below 0', () => {
    const kpi = forecastAccuracy([10, gap, 0, 5], [30, 4, 0, gap]);
    expect(kpi).toMatchObject({ value: 0, numerator: 20, denominator: 10, countedCount: 2, droppedCount: 2 });
    expect(forecastAccuracy([0, 0], [1, 2]).value).toBeNaN();
  });

  test('plus is over-forecast', () => {
    expect(demandPlanBias([100, 100], [110, 130]).value).toBe(0.2);
    expect(demandPlanBias([100, 100], [80, 100]).value).toBe(-0.1);
    expect(demandPlanBias([], []).value).toBeNaN();
  });

  test('bias never exceeds the error: |bias| <= WAPE', () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1 }), (pairs) => {
        const actual = [...pairs.map(([a]) => a), 1];
        const forecast = [...pairs.map(([, f]) => f), 1];
        const bias = demandPlanBias(actual, forecast);
        expect(Math.abs(bias.numerator)).toBeLessThanOrEqual(forecastAccuracy(actual, forecast).numerator);
      }),
      { seed: 20_261 },
    );
  });
});

test('turns: a stock of 5 days of sales turns 73 times a year', () => {
  const cogsPerDay = 10;
  const months = Array.from({ length: 12 }, () => (cogsPerDay * 365) / 12);
  expect(inventoryTurns(months, new Array<number>(13).fill(5 * cogsPerDay), 12).value).toBeCloseTo(73, 9);
  // Half a year scales up, and an unknown month drops out rather than counting as no sales.
  expect(inventoryTurns([100, gap, 100], [50, 50, 50, 50], 12)).toMatchObject({
    value: 24,
    numerator: 1200,
    droppedCount: 1,
  });
  expect(inventoryTurns([100], [0, 0], 12).value).toBeNaN();
});

test('utilisation is load over rated hours', () => {
  const rated = 40 * 0.9 * 0.95; // 34.2 h
  expect(capacityUtilisation([17.1, 34.2], [rated, rated]).value).toBeCloseTo(0.75, 12);
  expect(capacityUtilisation([5], [0]).value).toBeNaN();
});

describe('on time in full', () => {
  type Line = [requested: number, delivered: number, ordered: number, quantity: number];
  const columns = (lines: Line[]): OrderLines => ({
    requestedDay: lines.map((line) => line[0]),
    deliveredDay: lines.map((line) => line[1]),
    orderedQuantity: lines.map((line) => line[2]),
    deliveredQuantity: lines.map((line) => line[3]),
  });
  const today = 100;
  const verdict = (line: Line, tolerance: OtifTolerance = STRICT_OTIF): string => {
    const { numerator, denominator } = otif(columns([line]), today, tolerance);
    return denominator === 0 ? 'left out' : numerator === 1 ? 'hit' : 'miss';
  };

  test.each<[string, Line, string]>([
    ['on the day, in full', [90, 90, 10, 10], 'hit'],
    ['early', [90, 80, 10, 10], 'hit'],
    ['a day late', [90, 91, 10, 10], 'miss'],
    ['one short', [90, 90, 10, 9], 'miss'],
    ['one too many', [90, 90, 10, 11], 'miss'],
    ['never delivered and past due', [90, gap, 10, 0], 'miss'],
    ['delivered only after today, and past due', [90, 101, 10, 10], 'miss'],
    ['due today, not delivered yet', [100, gap, 10, 0], 'left out'],
    ['in the future, partly delivered', [120, 95, 10, 4], 'left out'],
    ['in the future, already complete', [120, 95, 10, 10], 'hit'],
    ['cancelled', [90, gap, 0, 0], 'left out'],
    ['without a requested day', [gap, 90, 10, 10], 'left out'],
  ])('%s', (_, line, expected) => expect(verdict(line)).toBe(expected));

  test('tolerances widen the window and the quantity, and an early limit narrows it', () => {
    const tolerance = { earlyDays: 3, lateDays: 2, underRatio: 0.1, overRatio: 0.1 };
    expect(verdict([90, 92, 10, 9], tolerance)).toBe('hit');
    expect(verdict([90, 86, 10, 10], tolerance)).toBe('miss');
    expect(verdict([99, gap, 10, 0], tolerance)).toBe('left out'); // Still within its late tolerance.
  });

  test('counts what it left out', () => {
    const kpi = otif(
      columns([
        [90, 90, 1, 1],
        [90, gap, 1, 0],
        [120, gap, 1, 0],
      ]),
      today,
    );
    expect(kpi).toMatchObject({ value: 0.5, numerator: 1, denominator: 2, droppedCount: 1 });
  });
});

test('every KPI has one definition that says what it divides by what', () => {
  expect(new Set(KPI_DEFINITIONS.map((definition) => definition.code)).size).toBe(5);
  for (const { code, formula, goodDirection, ideal } of KPI_DEFINITIONS) {
    expect(formula).toContain(' / ');
    expect(goodDirection === 'toward').toBe(ideal !== undefined);
    expect(kpiDefinition(code).code).toBe(code);
  }
});
