import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateUplifts, eventsOfAllKeys, type KeyUplifts, type UpliftEffect } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { BUCKETS, type SimulatedPanel, simulatedPanel } from './simulated-panel.ts';

const effectOf = ({ effects }: KeyUplifts, role: UpliftEffect['role']): UpliftEffect =>
  effects.find((effect) => effect.role === role)!;

function quality({ truth }: SimulatedPanel, keys: readonly KeyUplifts[]) {
  const errors = keys.map((key, k) => effectOf(key, 'uplift').log - truth[k]);
  const inside = keys.filter((key, k) => Math.abs(errors[k]) < 1.96 * effectOf(key, 'uplift').standardError);
  return {
    coverage: inside.length / keys.length,
    rootMeanSquare: Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / keys.length),
    bias: errors.reduce((sum, error) => sum + error, 0) / keys.length,
  };
}

describe.each(['proportional', 'correlated', 'counts'] as const)('%s noise', (noise) => {
  const simulated = simulatedPanel({ noise, keyCount: 600, seed: 3 });
  const alone = quality(
    simulated,
    estimateUplifts(simulated.panel, simulated.events, { shrink: false, others: false }),
  );
  const keys = estimateUplifts(simulated.panel, simulated.events, { others: false });
  const shrunk = quality(simulated, keys);

  test('the true uplift lies in its 95 % interval in about 95 % of cases', () => {
    expect(alone.coverage).toBeGreaterThan(0.92);
    expect(alone.coverage).toBeLessThan(0.98);
    expect(shrunk.coverage).toBeGreaterThan(0.92);
    expect(shrunk.coverage).toBeLessThan(0.99);
  });

  test('learning from the group takes a quarter of the error away, and adds no bias', () => {
    expect(shrunk.rootMeanSquare).toBeLessThan(0.75 * alone.rootMeanSquare);
    expect(Math.abs(shrunk.bias)).toBeLessThan(0.03);
  });

  test('the dip after a sale is found', () => {
    const dips = keys.map((key) => effectOf(key, 'after').log);
    const mean = dips.reduce((sum, dip) => sum + dip, 0) / dips.length;
    expect(Math.abs(mean + 0.1)).toBeLessThan(0.05);
  });
});

test('sparse demand: the group’s effect is found although most events saw nothing sold', () => {
  const simulated = simulatedPanel({ noise: 'sparse', keyCount: 600, seed: 3 });
  const { coverage, bias } = quality(
    simulated,
    estimateUplifts(simulated.panel, simulated.events, { others: false }),
  );
  expect(coverage).toBeGreaterThan(0.92);
  expect(Math.abs(bias)).toBeLessThan(0.12);
});

test('what a promotion draws from the other keys of its group is found, with its sign', () => {
  const simulated = simulatedPanel({ noise: 'proportional', keyCount: 400, seed: 5, others: -0.8 });
  const keys = estimateUplifts(simulated.panel, simulated.events);
  const effects = keys.map((key) => effectOf(key, 'others').log);
  const mean = effects.reduce((sum, effect) => sum + effect, 0) / effects.length;
  expect(Math.abs(mean + 0.8)).toBeLessThan(0.2);
  expect(effects.filter((effect) => effect < 0).length / effects.length).toBeGreaterThan(0.95);
});

test('without events nothing is changed, bit for bit', () => {
  const { panel } = simulatedPanel({ noise: 'proportional', keyCount: 30, seed: 1 });
  const keys = estimateUplifts(panel, eventsOfAllKeys([], 30));
  keys.forEach(({ baseline, reasons, effects }, key) => {
    expect(baseline).toEqual(panel.values.slice(key * BUCKETS, (key + 1) * BUCKETS));
    expect(reasons.every((reason) => reason === 0)).toBe(true);
    expect(effects).toEqual([]);
  });
});

test('the baseline differs only where an event acts, and comes near to the truth there', () => {
  const { panel, events, truth } = simulatedPanel({ noise: 'proportional', keyCount: 200, seed: 9 });
  const keys = estimateUplifts(panel, events, { others: false });
  let error = 0;
  let touched = 0;
  keys.forEach(({ baseline, reasons }, key) => {
    for (let t = 0; t < BUCKETS; t++) {
      const value = panel.values[key * BUCKETS + t];
      const acts = [...events.eventIndex.subarray(events.firstOfKey[key], events.firstOfKey[key + 1])].some(
        (index) => t >= events.events[index].first && t <= events.events[index].last,
      );
      if (acts) {
        error += Math.abs(baseline[t] - value / Math.exp(truth[key])) / baseline[t];
        touched += 1;
      }
      expect(reasons[t] === 0).toBe(Object.is(baseline[t], value));
    }
  });
  expect(error / touched).toBeLessThan(0.12);
});

test('an elasticity is found, and is never above 0', () => {
  const bucketCount = 104;
  const keyCount = 60;
  const values = new Float64Array(keyCount * bucketCount);
  const prices = new Float64Array(keyCount * bucketCount);
  const truth = new Float64Array(keyCount);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(4, `price ${key}`);
    truth[key] = -1.5 + 0.4 * random.normal();
    for (let t = 0; t < bucketCount; t++) {
      const ratio = t % 9 < 2 ? 0.85 : 1;
      prices[key * bucketCount + t] = 10 * ratio;
      values[key * bucketCount + t] = 100 * ratio ** truth[key] * Math.exp(0.2 * random.normal());
    }
  }
  const keys = estimateUplifts(
    { keyCount, bucketCount, values, season: 52 },
    { ...eventsOfAllKeys([], keyCount), prices: { values: prices, bucketCount } },
  );
  const errors = keys.map((key, k) => effectOf(key, 'price').log - truth[k]);
  expect(Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / keyCount)).toBeLessThan(0.4);
  expect(keys.every((key) => effectOf(key, 'price').log <= 0)).toBe(true);
});

test('all effects are finite and all baselines are where the history is, whatever comes in', () => {
  const event = fc.record({
    id: fc.constant('e'),
    name: fc.constantFrom('A', 'B'),
    kind: fc.constantFrom('promotion', 'price', 'holiday', 'one-off', 'driver'),
    first: fc.integer({ min: 0, max: 50 }),
    shape: fc.constantFrom('pulse', 'step', 'ramp'),
    strength: fc.constantFrom(0, 0.2, 1, 30),
  });
  const quantity = fc.oneof(
    fc.constant(0),
    fc.constant(Number.NaN),
    fc.double({ min: 0, max: 1e6, noNaN: true }),
    fc.integer({ min: 0, max: 1_000_000 }),
    fc.integer({ min: 0, max: 9 }),
  );
  fc.assert(
    fc.property(
      fc.array(quantity, { minLength: 120, maxLength: 120 }),
      fc.array(event, { maxLength: 5 }),
      fc.constantFrom(1, 4, 12),
      (numbers, drawn, season) => {
        const values = Float64Array.from(numbers);
        const events = drawn.map(({ first, ...rest }) => ({ ...rest, first, last: first + 2 }) as const);
        const keys = estimateUplifts(
          { keyCount: 3, bucketCount: 40, values, season },
          eventsOfAllKeys(events, 3),
        );
        keys.forEach(({ effects, baseline }, key) => {
          expect(effects.every(({ log, standardError }) => Number.isFinite(log + standardError))).toBe(true);
          const own = values.subarray(key * 40, (key + 1) * 40);
          expect(baseline.every((value, t) => Number.isFinite(value) === Number.isFinite(own[t]))).toBe(true);
        });
      },
    ),
    { seed: 7, numRuns: 400 },
  );
});
