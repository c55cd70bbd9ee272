import { describe, expect, test } from 'vitest';
import {
  applyUplifts,
  autoForecast,
  type DemandEvent,
  forecastWithEvents,
  upliftPath,
  type UpliftEffect,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const SEASON = 12;
const HORIZON = 12;
const options = { season: SEASON, horizon: HORIZON, tier: 'fast' } as const;

const sale = (first: number, more: Partial<DemandEvent> = {}): DemandEvent => ({
  id: `sale ${first}`,
  name: 'Spring sale',
  kind: 'promotion',
  first,
  last: first,
  ...more,
});

/** Five years of months; a sale each March sells half as much again, and a fifth less in April. */
function historyWithSales(): { series: Float64Array; events: DemandEvent[] } {
  const random = randomStream(2, 'sales');
  const events = [10, 20, 33, 45].map((t) => sale(t));
  const series = Float64Array.from({ length: 60 }, (_, t) => {
    const factor = [10, 20, 33, 45].includes(t) ? 1.5 : [11, 21, 34, 46].includes(t) ? 0.8 : 1;
    return 100 * factor * Math.exp(0.05 * random.normal());
  });
  return { series, events };
}

describe('forecast with events', () => {
  const { series, events } = historyWithSales();

  test('without events it is the automatic forecast of the history', () => {
    const found = forecastWithEvents(series, { ...options, events: [], cleansing: false });
    const plain = autoForecast(series, options);
    expect(found.mean).toEqual(plain.mean);
    expect(found.intervals).toEqual(plain.intervals);
    expect(found.history).toEqual(series);
    expect(found.uplift.every((value) => value === 0)).toBe(true);
  });

  test('a planned sale lifts its bucket, dips the next and leaves the others bit for bit', () => {
    const found = forecastWithEvents(series, { ...options, events: [...events, sale(64)] });
    const ratio = found.mean.map((value, step) => value / found.baseline[step]);
    expect(Math.abs(ratio[4] - 1.5)).toBeLessThan(0.1);
    expect(Math.abs(ratio[5] - 0.8)).toBeLessThan(0.08);
    for (const step of [0, 1, 2, 3, 6, 7, 8, 9, 10, 11]) expect(found.mean[step]).toBe(found.baseline[step]);
    expect(Math.abs(found.baseline[4] - 100)).toBeLessThan(8);
  });

  test('the interval of a sale is wider than the baseline’s in proportion, by the uplift’s own error', () => {
    const found = forecastWithEvents(series, { ...options, events: [...events, sale(64)] });
    const [{ lower, upper }] = found.intervals;
    const share = (step: number): number => (upper[step] - lower[step]) / found.mean[step];
    expect(share(4)).toBeGreaterThan(share(3));
    expect(lower[4]).toBeLessThan(found.mean[4]);
    expect(upper[4]).toBeGreaterThan(found.mean[4]);
  });

  test('the sentence says how much, how sure, how often and what comes after', () => {
    const { sentences } = forecastWithEvents(series, { ...options, events });
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toMatch(
      /^Spring sale: \+\d\d % \(80 %: \+\d\d % to \+\d\d %\), 4 times seen, and \d\d % less in the bucket after\.$/,
    );
  });

  test('a sale is not taken for an outlier', () => {
    const { cleansing, reasons } = forecastWithEvents(series, { ...options, events });
    expect([10, 20, 33, 45].map((t) => cleansing!.reasons[t])).toEqual([0, 0, 0, 0]);
    expect([10, 20, 33, 45].map((t) => reasons[t])).toEqual([5, 5, 5, 5]);
  });

  test('an event nobody has seen has no effect and says so', () => {
    const unknown = sale(63, { name: 'Jubilee', kind: 'one-off' });
    const found = forecastWithEvents(series, { ...options, events: [unknown] });
    expect(found.mean).toEqual(found.baseline);
    expect(found.sentences).toEqual([
      'Jubilee: nothing is known of such events; maybe give an effect by hand.',
    ]);
  });

  test('a rule that a planner says costs a tenth from bucket 66 on', () => {
    const rule: DemandEvent = {
      id: 'r',
      name: 'New rule',
      kind: 'driver',
      first: 66,
      last: 66,
      shape: 'step',
      given: { upliftRatio: -0.1 },
    };
    const found = forecastWithEvents(series, { ...options, events: [rule] });
    const ratio = found.mean.map((value, step) => value / found.baseline[step]);
    expect([...ratio.subarray(0, 6)]).toEqual([1, 1, 1, 1, 1, 1]);
    for (const value of ratio.subarray(6)) expect(value).toBeCloseTo(0.9, 12);
    expect(found.sentences).toEqual(['New rule: −10 %, as given by a planner.']);
  });

  test('a step in the history goes on: the forecast stays at the new level', () => {
    const stepped = series.map((value, t) => (t >= 40 ? 1.4 * value : value));
    const lasting = sale(40, { name: 'Listing', kind: 'driver', shape: 'step' });
    const found = forecastWithEvents(stepped, { ...options, events: [...events, lasting] });
    expect(Math.abs(found.mean[0] - 140)).toBeLessThan(15);
  });

  test('a lower price ahead sells more', () => {
    const random = randomStream(6, 'price');
    const prices = Float64Array.from({ length: 72 }, (_, t) => (t % 7 === 3 || t === 65 ? 8 : 10));
    const demand = Float64Array.from(
      { length: 60 },
      (_, t) => 100 * (prices[t] / 10) ** -2 * Math.exp(0.05 * random.normal()),
    );
    const found = forecastWithEvents(demand, { ...options, events: [], prices });
    expect(Math.abs(found.mean[5] / found.baseline[5] - 0.8 ** -2)).toBeLessThan(0.15);
    expect(found.mean[4]).toBe(found.baseline[4]);
    expect(found.sentences[0]).toMatch(/^Price: 1 % more costs about (1\.9|2\.0|2\.1) % of demand/);
  });
});

test('an effect of exactly nothing leaves the forecast as it is', () => {
  const { series } = historyWithSales();
  const plain = autoForecast(series, options);
  const none: UpliftEffect = {
    role: 'uplift',
    type: 'Spring sale',
    seen: 2,
    known: true,
    log: 0,
    standardError: 0,
  };
  const path = upliftPath({ events: [sale(62)], bucketCount: 60, horizon: HORIZON }, [none]);
  const after = applyUplifts(plain, path);
  expect(after.mean).toEqual(plain.mean);
  expect(after.intervals).toEqual(plain.intervals);
  const unsure = applyUplifts(
    plain,
    upliftPath({ events: [sale(62)], bucketCount: 60, horizon: HORIZON }, [{ ...none, standardError: 0.1 }]),
  );
  expect(unsure.mean).toEqual(plain.mean);
  expect(unsure.intervals[0].upper[2]).toBeGreaterThan(plain.intervals[0].upper[2]);
});

test('half the strength has the square root of the ratio', () => {
  const effect: UpliftEffect = {
    role: 'uplift',
    type: 'Spring sale',
    seen: 2,
    known: true,
    log: Math.log(1.44),
    standardError: 0,
  };
  const planned = { events: [sale(61, { strength: 0.5 })], bucketCount: 60, horizon: 3 };
  const { factor } = upliftPath(planned, [effect]);
  expect(factor[0]).toBe(1);
  expect(factor[1]).toBeCloseTo(1.2, 12);
});

test('rare demand: an upper limit below the mean stays below it', () => {
  const forecast = {
    mean: Float64Array.of(0.2),
    intervals: [{ level: 50, lower: Float64Array.of(0), upper: Float64Array.of(0) }],
  };
  const path = { factor: Float64Array.of(1.5), logDeviation: Float64Array.of(0.3) };
  const { mean, intervals } = applyUplifts(forecast, path, 0);
  expect(mean[0]).toBeCloseTo(0.3, 12);
  expect([intervals[0].lower[0], intervals[0].upper[0]]).toEqual([0, 0]);
});

test('promotions of the rest of the group ahead take demand away, and a sentence says so', () => {
  const { series } = historyWithSales();
  const others: UpliftEffect = {
    role: 'others',
    type: '',
    seen: 0,
    known: true,
    log: Math.log(0.8),
    standardError: 0.05,
  };
  const othersExposure = new Float64Array(60 + HORIZON);
  othersExposure[63] = 0.5;
  const found = forecastWithEvents(series, { ...options, events: [], effects: [others], othersExposure });
  expect(found.mean[3] / found.baseline[3]).toBeCloseTo(Math.sqrt(0.8), 12);
  expect(found.mean[2]).toBe(found.baseline[2]);
  expect(found.sentences).toEqual(['While the rest of its group is on promotion it sells about 20 % less.']);
});
