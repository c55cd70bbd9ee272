import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { cleanse, CLEANSING_REASONS, reasonCode } from '@planwright/forecast';
import { demandBehindSales, meanAbove } from '../../src/cleansing/censored-demand.ts';
import { AWKWARD_SERIES } from '../contract/series.ts';
import { CLEAN_DEMAND, drawn } from './demand-series.ts';

const SEASON = 12;
const RUNS = 300;
const changes = (reasons: Uint8Array): number => reasons.filter((reason) => reason !== 0).length;

describe.each(Object.keys(CLEAN_DEMAND))('%s', (kind) => {
  test('less than one bucket in 200 of clean demand is changed', () => {
    let changed = 0;
    let buckets = 0;
    for (let index = 0; index < RUNS; index++) {
      const series = drawn(kind, index);
      changed += changes(cleanse({ series, season: SEASON }).reasons);
      buckets += series.length;
    }
    expect(changed / buckets).toBeLessThan(1 / 200);
  });

  test('cleansing what is cleansed changes all but nothing', () => {
    let again = 0;
    let buckets = 0;
    for (let index = 0; index < RUNS; index++) {
      const series = drawn(kind, index);
      series[10] *= 6;
      const once = cleanse({ series, season: SEASON }).cleansed;
      again += changes(cleanse({ series: once, season: SEASON }).reasons);
      buckets += once.length;
    }
    expect(again / buckets).toBeLessThan(1 / 250);
  });
});

describe.each(Object.keys(CLEAN_DEMAND).filter((kind) => CLEAN_DEMAND[kind].spread !== undefined))(
  '%s',
  (kind) => {
    const { spread, found: least = 0.9 } = CLEAN_DEMAND[kind];
    test('nine in ten spikes of six spreads are found and mended', () => {
      let found = 0;
      let error = 0;
      for (let index = 0; index < RUNS; index++) {
        const clean = drawn(kind, index);
        const bucket = randomStream(3, `${kind} ${index}`).integer(clean.length - 2);
        const series = clean.slice();
        series[bucket] += 6 * spread!(bucket);
        const { cleansed, reasons } = cleanse({ series, season: SEASON });
        if (reasons[bucket] !== reasonCode('outlier')) continue;
        found += 1;
        error += Math.abs(cleansed[bucket] - clean[bucket]) / spread!(bucket);
      }
      expect(found / RUNS).toBeGreaterThanOrEqual(least);
      // What takes the place of a spike is as near to the truth as noise lets it be.
      expect(error / found).toBeLessThan(1.5);
    });
  },
);

const quantity = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 1000 }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1000, noNaN: true }) },
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.double({ min: -50, max: 1e6, noNaN: true }) },
);

test('the input is not written to; where no reason is given, nothing is changed; all else is finite or unknown', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(quantity, fc.double({ min: -0.2, max: 1.2 })), { maxLength: 80 }),
      fc.constantFrom(1, 4, 12),
      fc.boolean(),
      (rows, season, withAvailability) => {
        const series = Float64Array.from(rows, ([value]) => value);
        const before = series.slice();
        const shares = Float64Array.from(rows, ([, share]) => (share > 0.5 ? 1 : share));
        const availability = withAvailability ? shares : undefined;
        const { cleansed, reasons, findings } = cleanse({ series, season, availability });
        expect(series).toEqual(before);
        const same = (t: number): boolean => Object.is(cleansed[t], series[t]);
        const broken = [...series.keys()].filter((t) => {
          const left = reasons[t] === 0;
          // Where nothing was on sale the estimate may be what was sold, 0 among it.
          const soldOut = CLEANSING_REASONS[reasons[t]] === 'stock-out' && series[t] >= 0;
          if (left !== same(t) && !(soldOut && same(t))) return true;
          return Math.abs(cleansed[t]) === Infinity || (soldOut && cleansed[t] < series[t]);
        });
        expect(broken).toEqual([]);
        for (const finding of findings) {
          expect(finding.strength).toBeGreaterThanOrEqual(0);
          expect(finding.strength).toBeLessThanOrEqual(1);
          // A new level is kept as it is, also where its first bucket is changed for a reason of its own.
          const isLevel = finding.reason === 'none';
          expect(finding.changed).toBe(!isLevel && reasons[finding.bucket] !== 0);
        }
      },
    ),
    { seed: 5, numRuns: 400 },
  );
});

test('demand behind sales is never below them, never passes what was to be expected of so much, and rises with both', () => {
  const size = fc.double({ min: 0, max: 1e4, noNaN: true });
  const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(Number.NaN));
  fc.assert(
    fc.property(size, share, size, size, size, (sold, part, expected, spread, more) => {
      const demand = demandBehindSales(sold, part, expected, spread);
      const rounding = 1e-9 * (1 + sold + expected + spread + more);
      expect(demand).toBeGreaterThanOrEqual(sold);
      expect(demand).toBeLessThanOrEqual(meanAbove(sold, expected, spread) + rounding);
      // Whatever its availability: at most the deviation further than both, where much was sold less than it.
      expect(demand).toBeLessThanOrEqual(Math.max(sold, expected) + spread + rounding);
      expect(demandBehindSales(sold + more, part, expected, spread)).toBeGreaterThanOrEqual(
        demand - rounding,
      );
      expect(demandBehindSales(sold, part, expected + more, spread)).toBeGreaterThanOrEqual(
        demand - rounding,
      );
    }),
    { numRuns: 1000 },
  );
});

test('sales in a bucket that was all but never on sale do not make demand run off', () => {
  const series = Float64Array.of(4, 1e6);
  const { cleansed } = cleanse({ series, season: 1, availability: Float64Array.of(0, 1e-310) });
  expect(cleansed.every(Number.isFinite)).toBe(true);
});

test('awkward series come back without infinities that were not there', () => {
  for (const [name, series] of Object.entries(AWKWARD_SERIES)) {
    for (const season of [1, 4, 12]) {
      const { cleansed, reasons } = cleanse({ series, season });
      const broken = [...cleansed.keys()].filter(
        (t) => reasons[t] !== 0 && Math.abs(cleansed[t]) === Infinity,
      );
      expect({ name, broken }).toEqual({ name, broken: [] });
    }
  }
});
