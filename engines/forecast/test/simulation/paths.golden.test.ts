import { mean, randomStream, variance } from '@planwright/numerics';
import { describe, expect, test } from 'vitest';
import {
  bandOfSum,
  etsModel,
  leadTimeDemand,
  leadTimePaths,
  naive,
  tsb,
  type Fitted,
} from '@planwright/forecast';
import { innovationWeights } from '../../src/simulation/innovation-weights.ts';
import { stratifiedShocks } from '../../src/simulation/sample-paths.ts';

const noise = randomStream(3, 'paths');
let level = 200;
const restless = Float64Array.from({ length: 80 }, () => {
  const error = 12 * noise.normal();
  const value = level + error;
  level += 0.4 * error;
  return value;
});

const deviation = (fitted: Fitted): number => {
  const { lower, upper } = fitted.interval(1, 95);
  return (upper[0] - lower[0]) / 2 / 1.959963984540054;
};

describe('dependence over time', () => {
  test('weights of ETS(A,N,N) are alpha (Hyndman et al. 2008, table 6.2), of a random walk 1', () => {
    const simple = etsModel({ error: 'A', trend: 'N', season: 'N' }).fit(restless, { season: 1 });
    const { alpha } = simple.parameters;
    expect(alpha).toBeGreaterThan(0.1);
    const weights = innovationWeights(simple.quantile, 6);
    expect(weights[0]).toBe(1);
    for (const weight of weights.subarray(1)) expect(weight).toBeCloseTo(alpha, 6);
    for (const weight of innovationWeights(naive.fit(restless, { season: 1 }).quantile, 6))
      expect(weight).toBeCloseTo(1, 6);
  });

  test('weights of ETS(A,A,N) are alpha + beta j', () => {
    const trended = restless.map((value, t) => value + 3 * t);
    const holt = etsModel({ error: 'A', trend: 'A', season: 'N' }).fit(trended, { season: 1 });
    const { alpha, beta } = holt.parameters;
    const weights = innovationWeights(holt.quantile, 6);
    for (let j = 1; j < 6; j++) expect(weights[j]).toBeCloseTo(alpha + beta * j, 6);
  });
});

describe('demand over a lead time', () => {
  const simple = etsModel({ error: 'A', trend: 'N', season: 'N' }).fit(restless, { season: 1 });

  test('has the variance of Hyndman et al. (2008), equation 6.12, for ETS(A,N,N)', () => {
    const { alpha } = simple.parameters;
    const sigma = deviation(simple);
    const block = leadTimePaths(simple, 12, { count: 20_000, seed: 5 });
    const band = simple.interval(12, 95);
    for (const length of [1, 3, 6, 12]) {
      let exact = 0;
      for (let j = 1; j <= length; j++) exact += (sigma * (1 + (length - j) * alpha)) ** 2;
      // The band of a sum needs no paths: the widths of single buckets tell.
      const sum = bandOfSum(simple.mean(12), band, 0, length);
      expect((sum.upper - sum.mean) / (1.959963984540054 * Math.sqrt(exact))).toBeCloseTo(1, 6);
      expect((sum.mean - sum.lower) / (sum.upper - sum.mean)).toBeCloseTo(1, 6);
      const demand = leadTimeDemand(block, { length });
      expect(demand.mean / (length * simple.mean(1)[0])).toBeCloseTo(1, 3);
      expect(demand.variance / exact).toBeGreaterThan(0.97);
      expect(demand.variance / exact).toBeLessThan(1.03);
      const exact95 = length * simple.mean(1)[0] + 1.6448536269514722 * Math.sqrt(exact);
      expect(demand.quantile(0.95) / exact95).toBeCloseTo(1, 2);
    }
  });

  test('adds the review, starts where it is told and takes a part of a bucket with its share of variance', () => {
    const block = leadTimePaths(simple, 8, { count: 20_000, seed: 6 });
    const expected = simple.mean(1)[0];
    expect(leadTimeDemand(block, { length: 2, review: 1 }).totals).toEqual(
      leadTimeDemand(block, { length: 3 }).totals,
    );
    expect(leadTimeDemand(block, { first: 3, length: 2 }).mean / (2 * expected)).toBeCloseTo(1, 2);
    const half = leadTimeDemand(block, { length: 0.5 });
    expect(half.mean / (0.5 * expected)).toBeCloseTo(1, 2);
    expect(half.variance / (0.5 * deviation(simple) ** 2)).toBeGreaterThan(0.95);
    expect(half.variance / (0.5 * deviation(simple) ** 2)).toBeLessThan(1.05);
    expect(leadTimeDemand(block, { length: 0 }).quantile(0.99)).toBe(0);
  });

  test('of rare demand keeps the chance of none at all', () => {
    const rare = Float64Array.from({ length: 60 }, (_, t) => (t % 6 === 2 ? 5 + (t % 4) : 0));
    const fitted = tsb.fit(rare, { season: 1 });
    const chance = 1 - fitted.parameters.probability;
    const block = leadTimePaths(fitted, 4, { count: 20_000, seed: 7 });
    const zeros = (length: number): number =>
      leadTimeDemand(block, { length }).totals.filter((total) => total === 0).length / block.count;
    expect(zeros(1)).toBeCloseTo(chance, 2);
    expect(zeros(3)).toBeCloseTo(chance ** 3, 1.9);
    expect(zeros(0.5)).toBeCloseTo(1 - (1 - chance) / 2, 1.9);
    expect(leadTimeDemand(block, { length: 3 }).mean / (3 * fitted.mean(1)[0])).toBeCloseTo(1, 1.5);
  });
});

test('stratified shocks fill every column evenly', () => {
  const shocks = stratifiedShocks(1000, 3, randomStream(1, 'even'));
  for (let step = 0; step < 3; step++) {
    const column = Float64Array.from({ length: 1000 }, (_, path) => shocks[path * 3 + step]);
    expect(Math.abs(mean(column))).toBeLessThan(2e-3);
    expect(variance(column)).toBeCloseTo(1, 1.8);
  }
});
