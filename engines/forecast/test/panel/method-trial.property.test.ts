import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { softmaxWeights } from '@planwright/trees';
import { type MethodTrial, tryMethods, weightedMean } from '../../src/panel/method-trial.ts';
import { SERIES_FEATURES, seriesFeatures } from '../../src/panel/series-features.ts';
import { triedShare } from '../../src/panel/tried-share.ts';

const METHODS = 3;
const STEPS = 4;

/** Series of one feature; `errorOf` is how far each method is off on a series of that feature. */
function trialOf(
  count: number,
  seed: number,
  errorOf: (feature: number, method: number) => number,
): MethodTrial {
  const random = randomStream(seed, 'method trial');
  const features = Array.from({ length: count }, () => random.uniform());
  const actual = new Float64Array(count * STEPS).map(() => 100 + 10 * random.normal());
  const forecasts = new Float64Array(count * METHODS * STEPS);
  const losses = new Float64Array(count * METHODS);
  const local = new Float64Array(count * STEPS);
  for (let row = 0; row < count; row++) {
    for (let method = 0; method < METHODS; method++) {
      const off = errorOf(features[row], method);
      for (let step = 0; step < STEPS; step++) {
        const error = off * random.normal();
        forecasts[(row * METHODS + method) * STEPS + step] = actual[row * STEPS + step] + error;
        losses[row * METHODS + method] += Math.abs(error) / STEPS;
        local[row * STEPS + step] += (actual[row * STEPS + step] + error) / METHODS;
      }
    }
  }
  return {
    methodCount: METHODS,
    table: { rowCount: count, names: ['x'], values: Float32Array.from(features) },
    series: features.map((_, row) => row),
    losses,
    judgedCount: count,
    steps: STEPS,
    forecasts,
    actual,
    local,
    units: new Float64Array(count).fill(1),
  };
}

const errorOf = (forecast: Float64Array, actual: Float64Array): number =>
  forecast.reduce((sum, value, i) => sum + Math.abs(value - actual[i]), 0);

describe('tryMethods', () => {
  test('weighs methods where a feature says which is good, and series not learnt from gain by it', () => {
    const decided = (feature: number, method: number): number =>
      method === 2 ? 12 : feature < 0.5 === (method === 0) ? 1 : 20;
    const trial = trialOf(200, 1, decided);
    const { share, gain, moved, forests } = tryMethods(trial);
    expect(share).toBeGreaterThan(0.3);
    expect(gain).toBeGreaterThan(0.2);
    expect(errorOf(moved, trial.actual)).toBeLessThan(0.8 * errorOf(trial.local, trial.actual));
    const unseen = trialOf(200, 2, decided);
    const weights = softmaxWeights(forests, unseen.table);
    let weighted = 0;
    for (let row = 0; row < 200; row++) {
      const said = unseen.forecasts.subarray(row * METHODS * STEPS, (row + 1) * METHODS * STEPS);
      const own = weights.subarray(row * METHODS, (row + 1) * METHODS);
      weighted += errorOf(weightedMean(said, own, STEPS), unseen.actual.subarray(row * STEPS));
    }
    // The local forecast is the equal mean here.
    expect(weighted).toBeLessThan(0.7 * errorOf(unseen.local, unseen.actual));
  });

  test('leaves equals alone: the mean of independent errors cannot be beaten', () => {
    for (const seed of [3, 4, 5, 6]) {
      const trial = trialOf(120, seed, () => 10);
      expect(tryMethods(trial)).toMatchObject({ share: 0, forests: [], moved: trial.local });
    }
  });

  test('few series, or series whose losses are not known, teach nothing', () => {
    const decided = (_: number, method: number): number => (method === 0 ? 1 : 20);
    expect(tryMethods(trialOf(49, 1, decided)).share).toBe(0);
    const trial = trialOf(200, 1, decided);
    const unknown = { ...trial, losses: trial.losses.map(() => Number.NaN) };
    expect(tryMethods(unknown)).toMatchObject({ share: 0, forests: [] });
  });
});

const errors = fc.array(fc.double({ min: 0, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 80 });

describe('triedShare', () => {
  test('is 0 where errors do not fall, however often the share is tried', () => {
    fc.assert(
      fc.property(errors, fc.double({ min: 0, max: 2, noNaN: true }), (before, worse) => {
        expect(triedShare(before, (share) => before.map((error) => error * (1 + worse * share))).share).toBe(
          0,
        );
      }),
    );
  });

  test('is a share of at least one step where every error falls by as much', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 100 }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (count, fall) => {
          const before = Array.from({ length: count }, (_, key) => 1 + (key % 7));
          const { share, gain } = triedShare(before, (part) =>
            before.map((error) => error * (1 - fall * part)),
          );
          expect(share).toBeGreaterThan(0);
          expect(share).toBeLessThanOrEqual(1);
          expect(gain).toBeCloseTo(fall * share, 9);
        },
      ),
    );
  });
});

describe('seriesFeatures', () => {
  // Histories are brought to an ordinary size before, so that squares neither vanish nor run over.
  const quantity = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e6, noNaN: true }));
  const history = fc.array(quantity, { minLength: 2, maxLength: 90 });

  test('one number or NaN per name, the same in another unit', () => {
    fc.assert(
      fc.property(history, fc.constantFrom(1, 4, 12), (values, season) => {
        const series = Float64Array.from(values);
        const features = seriesFeatures(series, season);
        expect(features).toHaveLength(SERIES_FEATURES.length);
        expect(features.every((value) => Number.isFinite(value) || Number.isNaN(value))).toBe(true);
        expect(
          seriesFeatures(
            series.map((value) => 1024 * value),
            season,
          ),
        ).toEqual(features);
      }),
    );
  });

  test('tells a wave from noise, and a trend from none', () => {
    const random = randomStream(1, 'features');
    const of = (name: (typeof SERIES_FEATURES)[number], valueAt: (t: number) => number): number =>
      seriesFeatures(
        Float64Array.from({ length: 96 }, (_, t) => valueAt(t)),
        12,
      )[SERIES_FEATURES.indexOf(name)];
    const wave = (t: number): number => 100 + 40 * Math.sin((2 * Math.PI * t) / 12) + random.normal();
    const noise = (): number => 100 + 10 * random.normal();
    expect(of('strength of season', wave)).toBeGreaterThan(0.95);
    expect(of('strength of season', noise)).toBeLessThan(0.5);
    expect(of('spectral entropy', wave)).toBeLessThan(0.3);
    expect(of('spectral entropy', noise)).toBeGreaterThan(0.7);
    expect(of('strength of trend', (t) => 10 * t + random.normal())).toBeGreaterThan(0.95);
    expect(of('share of empty buckets', (t) => (t % 4 === 0 ? 8 : 0))).toBe(0.75);
    expect(of('memory of a bucket', (t) => (t % 2 === 0 ? 1 : -1))).toBeLessThan(-0.9);
  });
});
