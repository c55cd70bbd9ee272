import type { CompanyData, DriverRows } from '@planwright/app';
import fc from 'fast-check';
import { dayFromIso } from '@planwright/time';
import { expect, test } from 'vitest';
import { EMPTY, item, location } from './company-data.ts';
import { HISTORY, HORIZON, runInMemory, streams } from './run-in-memory.ts';

/** Six streams of four items in two groups, one below the other. Returns beyond what was sold make a month negative. */
const companyFrom = (quantity: fc.Arbitrary<number>) =>
  fc
    .array(fc.array(quantity, { minLength: HISTORY, maxLength: HISTORY }), { minLength: 6, maxLength: 6 })
    .map(
      (rows): Partial<CompanyData> => ({
        items: ['A', 'B', 'C', 'D'].map((code, n) =>
          item(code, { groupCode: n === 3 ? null : n < 2 ? 'G1' : 'G' }),
        ),
        groups: [
          { code: 'G', name: 'All goods', parentCode: null },
          { code: 'G1', name: 'Some', parentCode: 'G' },
        ],
        locations: [location('PLANT'), location('EAST')],
        history: streams(
          ...rows.map((quantities, n) => ({
            item: ['A', 'A', 'B', 'C', 'C', 'D'][n],
            location: ['EAST', 'PLANT', 'PLANT', 'EAST', 'PLANT', 'PLANT'][n],
            quantities,
          })),
        ),
      }),
    );
const company = companyFrom(fc.integer({ min: 0, max: 200 }));
const settings = { numRuns: 8, seed: 11 };

const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 6));
const sumOf = (rows: readonly (readonly number[])[]): number[] =>
  rows[0].map((_, t) => rows.reduce((sum, row) => sum + row[t], 0));

test('the parts add up to the baseline, the baseline is the consensus, and without events nothing is uplift', () => {
  fc.assert(
    fc.property(company, (data) => {
      const run = runInMemory(data);
      for (const key of run.snapshot.keys.item.keys()) {
        const uplift = run.wholeOfKey('uplift', key);
        expect(uplift.every((value) => value === 0 || Number.isNaN(value))).toBe(true);
        const parts = (['level', 'trend', 'season', 'reconciled'] as const).map((part) =>
          run.ofKey(part, key),
        );
        expect(run.ofKey('baseline', key)).toEqual(closeTo(sumOf([...parts, uplift.slice(HISTORY)])));
        expect(run.ofKey('consensus', key)).toEqual(run.ofKey('baseline', key));
        const [lower95, lower80, middle, upper80, upper95] = (
          ['lower95', 'lower80', 'baseline', 'upper80', 'upper95'] as const
        ).map((measure) => run.ofKey(measure, key));
        for (let t = 0; t < HORIZON; t++) {
          expect(lower95[t]).toBeLessThanOrEqual(lower80[t] + 1e-9);
          expect(lower80[t]).toBeLessThanOrEqual(middle[t] + 1e-9);
          expect(middle[t]).toBeLessThanOrEqual(upper80[t] + 1e-9);
          expect(upper80[t]).toBeLessThanOrEqual(upper95[t] + 1e-9);
          expect(middle[t]).toBeGreaterThanOrEqual(0);
        }
      }
    }),
    settings,
  );
});

test('groups are the sums of their streams', () => {
  fc.assert(
    fc.property(company, (data) => {
      const run = runInMemory(data);
      const baselines = run.snapshot.keys.item.map((_, key) => run.ofKey('baseline', key));
      const valuesOf = (group: string, measure: string) =>
        run.groupSeries.find((one) => one.group === group && one.measure === measure)?.values;
      expect(valuesOf('', 'baseline')).toEqual(closeTo(sumOf(baselines)));
      expect(valuesOf('G', 'baseline')).toEqual(closeTo(sumOf(baselines.slice(0, 5))));
      expect(valuesOf('G1', 'baseline')).toEqual(closeTo(sumOf(baselines.slice(0, 3))));
      expect(valuesOf('', 'consensus')).toEqual(closeTo(sumOf(baselines)));
      const lower = valuesOf('', 'lower80') ?? [];
      const upper = valuesOf('', 'upper80') ?? [];
      sumOf(baselines).forEach((value, t) => {
        expect(lower[t]).toBeLessThanOrEqual(value + 1e-9);
        expect(upper[t]).toBeGreaterThanOrEqual(value - 1e-9);
      });
    }),
    settings,
  );
});

test('no stream and no group is expected to give back more than it takes, however much came back', () => {
  fc.assert(
    fc.property(companyFrom(fc.integer({ min: -100, max: 100 })), (data) => {
      const run = runInMemory(data);
      for (const measure of ['baseline', 'lower80', 'lower95', 'upper80', 'upper95'] as const) {
        const ofKeys = run.snapshot.keys.item.map((_, key) => run.ofKey(measure, key));
        const ofGroups = run.groupSeries.filter((one) => one.measure === measure);
        expect(ofGroups.length).toBeGreaterThan(2);
        for (const row of [...ofKeys, ...ofGroups.map(({ values }) => values.map((value) => value ?? 0))])
          expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      }
    }),
    settings,
  );
});

test('what a planner set counts as that, and nowhere else does anything change', () => {
  const bucket = fc.integer({ min: 0, max: HISTORY - 1 });
  fc.assert(
    fc.property(company, bucket, fc.integer({ min: 0, max: 500 }), (data, at, to) => {
      const plain = runInMemory(data);
      const first = plain.snapshot.actualQuantity.findIndex(Number.isFinite);
      const month = Math.max(at, first);
      const bucketOn = plain.snapshot.meta.starts[month];
      const decided = (decision: 'keep' | 'set'): DriverRows => ({
        ...EMPTY.drivers,
        decisions: [
          {
            item: 'A',
            location: 'EAST',
            channel: 'all',
            bucketOn,
            decision,
            quantity: decision === 'set' ? to : null,
          },
        ],
      });
      const set = runInMemory({ ...data, drivers: decided('set') });
      const expected = plain.pastOfKey('cleansed');
      expected[month] = to;
      expect(set.pastOfKey('cleansed')).toEqual(expected);
      expect(set.pastOfKey('actual')).toEqual(plain.pastOfKey('actual'));
      expect(set.pastOfKey('cleansed', 1)).toEqual(plain.pastOfKey('cleansed', 1));

      const kept = runInMemory({ ...data, drivers: decided('keep') });
      expected[month] = plain.pastOfKey('actual')[month];
      expect(kept.pastOfKey('cleansed')).toEqual(expected);
      expect(kept.pastOfKey('reason')[month]).toBe(0);
    }),
    { ...settings, numRuns: 5 },
  );
});

test('an event that reaches nobody changes nothing but the inputs', () => {
  fc.assert(
    fc.property(company, (data) => {
      const nobody = {
        code: 'P1',
        name: 'Sale',
        kind: 'promotion',
        itemGroup: null,
        item: 'A',
        location: 'WEST',
        channel: null,
        startsOn: dayFromIso('2025-05-01'),
        endsOn: dayFromIso('2025-05-31'),
        upliftRatio: 0.5,
        strength: 1,
        priceChangeRatio: null,
      };
      const plain = runInMemory(data);
      const run = runInMemory({ ...data, drivers: { ...EMPTY.drivers, events: [nobody] } });
      expect(run.hashes).toEqual(plain.hashes);
      expect(run.learnt.effects).toEqual([]);
    }),
    { ...settings, numRuns: 3 },
  );
});
