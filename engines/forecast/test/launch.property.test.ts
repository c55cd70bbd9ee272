import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { randomStream } from '@planwright/numerics';
import { gowerDistances, likeItems } from '../src/life-cycle/like-items.ts';
import { learntAttributeWeights } from '../src/life-cycle/attribute-weights.ts';
import { launchProfile, launchQuantile, updatedLaunch } from '../src/life-cycle/launch-profile.ts';

const attributes = fc.record(
  {
    colour: fc.constantFrom('red', 'black', ''),
    size: fc.double({ min: -10, max: 10, noNaN: true }),
    price: fc.double({ min: 0, max: 1e4, noNaN: true }),
  },
  { requiredKeys: [] },
);
const RULES = [
  { name: 'colour', kind: 'category' },
  { name: 'size', kind: 'number', weight: 0.5 },
  { name: 'price', kind: 'ratio', weight: 2 },
] as const;
const candidates = fc
  .array(attributes, { minLength: 1, maxLength: 12, size: 'max' })
  .map((list) => list.map((values, index) => ({ name: `Item ${index}`, attributes: values })));

describe('likeItems', () => {
  test('ranks by distance, with weights that sum to 1 and a sentence each', () => {
    fc.assert(
      fc.property(attributes, candidates, fc.integer({ min: 1, max: 5 }), (item, others, count) => {
        const found = likeItems(item, others, { attributes: RULES, count });
        expect(found.length).toBe(Math.min(count, others.length));
        expect(found.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
        const all = gowerDistances(item, others, RULES);
        found.forEach(({ candidate, distance, weight, sentence }, rank) => {
          const nearer = found[Math.max(0, rank - 1)];
          expect(distance).toBe(all[candidate]);
          expect(distance).toBeGreaterThanOrEqual(0);
          expect(distance).toBeLessThanOrEqual(1);
          expect(distance).toBeGreaterThanOrEqual(nearer.distance);
          expect(weight).toBeLessThanOrEqual(nearer.weight);
          expect(sentence).toMatch(/^Item \d+ .+\.$/);
        });
      }),
      { seed: 41, numRuns: 300 },
    );
  });

  test('finds an item the same in everything at distance 0, and says how the next one differs', () => {
    const others = [
      { name: 'Road 250', attributes: { colour: 'red', size: 4, price: 104 } },
      { name: 'Road 150', attributes: { colour: 'red', size: 5, price: 100 } },
    ];
    const [first, second] = likeItems({ colour: 'red', size: 5, price: 100 }, others, {
      attributes: RULES,
      count: 2,
    });
    expect([first.candidate, first.distance]).toEqual([1, 0]);
    expect(first.sentence).toBe('Road 150 has the same colour, size and price.');
    expect(second.sentence).toBe('Road 250 has the same colour, size 4 against 5 and price 4 % higher.');
  });

  // By hand: of colour (weight 1), size (weight 1/2, range 4) and price (unknown of the new item), Gower's
  // distance is (1 x 1 + 1/2 x 3/4) / (1 + 1/2) = 11/12.
  test('leaves out what is not known of both', () => {
    const others = [
      { name: 'A', attributes: { colour: 'black', size: 4, price: 5 } },
      { name: 'B', attributes: { size: 5 } },
    ];
    const distances = gowerDistances({ colour: 'red', size: 1 }, others, RULES);
    expect(distances[0]).toBeCloseTo(11 / 12, 12);
    expect(distances[1]).toBe(1);
  });

  test('learns that the attribute which decides sales weighs most', () => {
    const others = Array.from({ length: 30 }, (_, i) => ({
      name: `Item ${i}`,
      attributes: { colour: ['red', 'black'][i % 2], size: (i * 7) % 10, price: 10 + i },
    }));
    const sales = Float64Array.from(others, ({ attributes: { size } }) => Math.exp(0.4 * size));
    const learnt = learntAttributeWeights(others, sales, RULES);
    expect(learnt.reduce((sum, { weight }) => sum + weight!, 0)).toBeCloseTo(1, 12);
    expect(learnt[1].weight).toBeGreaterThan(0.8);
  });
});

const quantity = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 10_000 }) },
  { weight: 3, arbitrary: fc.double({ min: 0, max: 1e4, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const demandSeries = fc
  .array(quantity, { maxLength: 20, size: 'max' })
  .map((values) => Float64Array.from(values));
const analogues = fc.array(
  fc.record({
    history: demandSeries,
    weight: fc.double({ min: 0, max: 3, noNaN: true }),
    launchPhase: fc.integer({ min: 0, max: 30 }),
  }),
  { maxLength: 6, size: 'max' },
);
const launch = fc.record(
  {
    analogues,
    horizon: fc.integer({ min: 1, max: 26 }),
    seasonalFigure: fc.constantFrom(Float64Array.of(1), Float64Array.of(0.5, 1.5, 1), Float64Array.of(2, 0)),
    launchPhase: fc.integer({ min: 0, max: 30 }),
    plannedLevel: fc.double({ min: 0, max: 1e4, noNaN: true }),
    priceRatio: fc.double({ min: 0.1, max: 10, noNaN: true }),
  },
  { requiredKeys: ['analogues', 'horizon'] },
);

describe('launchProfile', () => {
  test('is finite, ordered, never negative and explained, before and after demand is seen', () => {
    fc.assert(
      fc.property(launch, demandSeries, (input, demand) => {
        for (const forecast of [launchProfile(input), updatedLaunch(launchProfile(input), demand)]) {
          expect(forecast.mean.length).toBe(input.horizon);
          const total = forecast.curve.reduce((sum, value) => sum + value, 0);
          expect(total / input.horizon).toBeCloseTo(1, 9);
          for (let t = 0; t < input.horizon; t++) {
            expect(forecast.lower[t]).toBeGreaterThanOrEqual(0);
            expect(forecast.upper[t]).toBeGreaterThanOrEqual(forecast.lower[t]);
            expect(forecast.mean[t]).toBeGreaterThanOrEqual(0);
            expect(forecast.mean[t] + forecast.upper[t]).toBeLessThan(Infinity);
          }
          expect(forecast.explanation).toMatch(/^[A-Z].*\.$/);
        }
      }),
      { seed: 42, numRuns: 300 },
    );
  });

  test('a plan a billion times below the like items stands, and stays finite', () => {
    const { level, mean, upper } = launchProfile({
      analogues: [{ history: Float64Array.of(8000, 9000, 10_000, 11_000), weight: 1 }],
      horizon: 4,
      plannedLevel: 1e-6,
    });
    expect(level / 1e-6).toBeCloseTo(1, 6);
    expect([...mean, ...upper].every(Number.isFinite)).toBe(true);
  });

  test('stays as it was while nothing is seen', () => {
    fc.assert(
      fc.property(launch, (input) => {
        const before = launchProfile(input);
        expect(updatedLaunch(before, new Float64Array())).toEqual(before);
        expect(updatedLaunch(before, Float64Array.of(Number.NaN, Number.NaN))).toEqual(before);
      }),
      { seed: 43, numRuns: 100 },
    );
  });

  test('moves between the prior and own demand, and ends at own demand', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 1, max: 500, noNaN: true }),
        (planned, own) => {
          const horizon = 4000;
          const before = launchProfile({ analogues: [], horizon, plannedLevel: planned });
          let last = planned;
          for (const seen of [1, 4, 40, horizon]) {
            const { level } = updatedLaunch(before, new Float64Array(seen).fill(own));
            expect(Math.abs(level - own)).toBeLessThanOrEqual(Math.abs(last - own) + 1e-9);
            last = level;
          }
          expect(Math.abs(last - own)).toBeLessThanOrEqual(0.02 * Math.max(own, planned));
        },
      ),
      { seed: 44, numRuns: 60 },
    );
  });

  test('has the same curve, and a level in proportion, in any unit', () => {
    const histories = [Float64Array.of(2, 6, 9, 12), Float64Array.of(1, 4, 4, 5), Float64Array.of(4, 9, 15)];
    const of = (factor: number): ReturnType<typeof launchProfile> =>
      launchProfile({
        analogues: histories.map((history) => ({ history: history.map((y) => y * factor), weight: 1 })),
        horizon: 6,
      });
    const [plain, scaled] = [of(1), of(1000)];
    expect(plain.method).toBe('like items');
    plain.mean.forEach((mean, t) => {
      expect(scaled.mean[t]).toBeCloseTo(1000 * mean, 6);
      expect(scaled.curve[t]).toBeCloseTo(plain.curve[t], 9);
      expect(scaled.upper[t]).toBeCloseTo(1000 * plain.upper[t], 6);
    });
  });

  test('puts quantiles up to the share of empty buckets at 0', () => {
    const history = Float64Array.of(0, 9, 0, 0, 7, 0, 8, 0, 0, 5, 0, 0);
    const analogues = [0, 1, 2].map((from) => ({ history: history.slice(from, from + 9), weight: 1 }));
    const launch = launchProfile({ analogues, horizon: 9 });
    expect(launch.emptyShare).toBeCloseTo(17 / 27, 12);
    expect(launchQuantile(launch, 0.6)).toEqual(new Float64Array(9));
    for (const value of launchQuantile(launch, 0.9)) expect(value).toBeGreaterThan(3);
  });

  test('draws a curve that is nothing but noise towards a flat one, and keeps one that all share', () => {
    const random = randomStream(7, 'noise');
    const curveOf = (history: (t: number) => number): Float64Array => {
      const histories = Array.from({ length: 5 }, () =>
        Float64Array.from({ length: 16 }, (_, t) => history(t)),
      );
      return launchProfile({ analogues: histories.map((y) => ({ history: y, weight: 1 })), horizon: 16 })
        .curve;
    };
    // Pieces now and then: the mean of five such histories strays from flat by 0.9 or so.
    let strayed = 0;
    for (let launch = 0; launch < 40; launch++) {
      const curve = curveOf(() => (random.uniform() < 0.2 ? 200 * random.uniform() : 0));
      for (const share of curve) strayed += (share - 1) ** 2 / 16 / 40;
    }
    expect(Math.sqrt(strayed)).toBeLessThan(0.3);
    const ramp = curveOf((t) => 10 * (t + 1) * (1 + 0.05 * random.normal()));
    ramp.forEach((share, t) => expect(Math.abs(share - (t + 1) / 8.5)).toBeLessThan(0.08));
  });

  test('says what it falls back to without like items', () => {
    const nothing = launchProfile({ analogues: [], horizon: 3 });
    expect(nothing.mean).toEqual(Float64Array.of(0, 0, 0));
    expect(nothing.issues.map(({ code }) => code)).toEqual(['NO_LAUNCH_BASIS']);
    const planned = launchProfile({ analogues: [], horizon: 3, plannedLevel: 40, unit: 'pieces' });
    expect([...planned.mean]).toEqual([40, 40, 40].map((level) => expect.closeTo(level, 9)));
    expect(planned.explanation).toContain('planned level of 40 pieces a bucket');
    expect(planned.issues).toEqual([]);
    const seen = updatedLaunch(nothing, Float64Array.of(6, 8));
    expect(seen.level).toBeCloseTo(7, 9);
    expect(seen.issues).toEqual([]);
  });

  // By hand: a level of 100 with spread 0.5 has shape 4, rate 0.04; two buckets of 60, each with noise 0.16 and so of
  // precision 6.25, add 2 x 6.25 x 60 / 100 and 2 x 6.25 / 100: (4 + 7.5) / (0.04 + 0.125) = 69.70.
  test('updates by adding, as computed by hand', () => {
    const before = launchProfile({ analogues: [], horizon: 10, plannedLevel: 100 });
    expect(updatedLaunch(before, Float64Array.of(60, 60)).level).toBeCloseTo(11.5 / 0.165, 9);
  });

  // A mean of 0.5 pieces with spread 1 is shape 1, rate 2; counts of Poisson noise (variance 0.5) make the gamma-Poisson
  // model, whose rate rises by one a bucket: (1 + 3) / (2 + 4).
  test('is the gamma-Poisson model for small counts', () => {
    const before = launchProfile({ analogues: [], horizon: 9, plannedLevel: 0.5, plannedSpreadRatio: 1 });
    expect(updatedLaunch(before, Float64Array.of(1, 0, 2, 0)).level).toBeCloseTo(4 / 6, 9);
  });

  test('takes the season out of the like items and puts the new one’s in', () => {
    const seasonalFigure = Float64Array.of(0.5, 1.5);
    const like = (launchPhase: number): Float64Array =>
      Float64Array.from({ length: 8 }, (_, t) => 100 * seasonalFigure[(launchPhase + t) % 2]);
    const forecast = launchProfile({
      analogues: [0, 1, 1].map((launchPhase) => ({ history: like(launchPhase), weight: 1, launchPhase })),
      horizon: 8,
      seasonalFigure,
      launchPhase: 1,
    });
    forecast.mean.forEach((mean, t) => expect(mean).toBeCloseTo(t % 2 === 0 ? 150 : 50, 6));
  });
});
