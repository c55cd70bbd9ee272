import { describe, expect, test } from 'vitest';
import { autoForecast, forecastBlock, groupSeason, type Panel } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const BUCKETS = 60;
const FIRST = 3;
/** Demand of group 0 peaks in place 6 of the season, that of group 1 in place 0; group 2 has none. */
const swing = (group: number, place: number): number =>
  group === 2 ? 1 : 1 + 0.4 * Math.cos((2 * Math.PI * (place - (group === 0 ? 6 : 0))) / 12);

function shop(keyCount: number, young: number): { panel: Panel; truth: Float64Array } {
  const values = new Float64Array(keyCount * BUCKETS).fill(Number.NaN);
  const truth = new Float64Array(keyCount * 12);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(3, `group-season-${key}`);
    const level = 50 + 100 * random.uniform();
    for (let t = 0; t < BUCKETS + 12; t++) {
      const demand = level * swing(key % 3, (FIRST + t) % 12);
      if (t >= BUCKETS) truth[key * 12 + t - BUCKETS] = demand;
      else if (key >= young || t >= BUCKETS - 8)
        values[key * BUCKETS + t] = demand * Math.exp(0.15 * random.normal());
    }
  }
  const codes = Int32Array.from({ length: keyCount }, (_, key) => key % 3);
  const attributes = { names: ['family'], codes };
  return {
    panel: { keyCount, bucketCount: BUCKETS, values, season: 12, firstPosition: FIRST, attributes },
    truth,
  };
}

describe('the season of a group', () => {
  const { panel, truth } = shop(90, 9);
  const seasons = groupSeason(panel, 'family');

  test('is found by its place in the calendar, and is none where there is none', () => {
    expect(seasons.keyCount).toBe(81);
    for (let group = 0; group < 3; group++) {
      const figure = seasons.groups.get(group)!;
      expect(figure.reduce((sum, index) => sum + index / 12, 0)).toBeCloseTo(1, 2);
      figure.forEach((index, place) => expect(Math.abs(index - swing(group, place))).toBeLessThan(0.1));
    }
  });

  test('is taken over by keys of eight months, whose forecasts get much better by it', () => {
    const block = { ...panel, keyCount: 9, values: panel.values.subarray(0, 9 * BUCKETS), horizon: 12 };
    const plain = forecastBlock(block);
    const borrowed = forecastBlock({ ...block, groupSeasons: seasons });
    const error = ({ mean }: { mean: Float64Array }): number =>
      mean.reduce((sum, value, i) => sum + Math.abs(value - truth[i]), 0);
    expect(error(borrowed)).toBeLessThan(0.5 * error(plain));
    expect(borrowed.explanations[0]).toContain('so it borrows the season of its family.');
    expect(borrowed.methods[0]).toMatch(/ with a borrowed season$/);
    for (let at = 0; at < 9 * 12; at++) {
      expect(borrowed.lo95[at]).toBeLessThanOrEqual(borrowed.lo80[at]);
      expect(borrowed.hi95[at]).toBeGreaterThanOrEqual(borrowed.hi80[at]);
    }
  });

  test('is told by keys of two seasons and a bit, and such keys lean on it', () => {
    const months = 26;
    const short = new Float64Array(90 * months);
    for (let key = 0; key < 90; key++)
      short.set(panel.values.subarray((key + 1) * BUCKETS - months, (key + 1) * BUCKETS), key * months);
    const firstPosition = (FIRST + BUCKETS - months) % 12;
    const young = { ...panel, values: short, bucketCount: months, firstPosition };
    const found = groupSeason(young, 'family');
    expect(found.keyCount).toBe(81);
    found.groups
      .get(0)!
      .forEach((index, place) => expect(Math.abs(index - swing(0, place))).toBeLessThan(0.12));
    const keys = { ...young, horizon: 12, backtestOrigins: 0 };
    const alone = forecastBlock(keys);
    const leaning = forecastBlock({ ...keys, groupSeasons: found });
    const error = ({ mean }: { mean: Float64Array }): number =>
      truth.reduce((sum, demand, i) => sum + (i < 9 * 12 ? 0 : Math.abs(mean[i] - demand)), 0);
    expect(error(leaning)).toBeLessThan(0.95 * error(alone));
    expect(leaning.explanations[20]).toContain('leaning on the season of its family');
  });

  test('leaves keys with a history of their own alone', () => {
    const row = panel.values.subarray(20 * BUCKETS, 21 * BUCKETS);
    const options = { season: 12, horizon: 12 };
    const borrowedSeason = { figure: seasons.overall, firstPosition: FIRST, from: 'all items' };
    expect(autoForecast(row, { ...options, borrowedSeason }).mean).toEqual(autoForecast(row, options).mean);
  });

  test('a borrowed season is a part of the forecast, and the parts add up', () => {
    const row = panel.values.subarray(0, BUCKETS);
    const borrowedSeason = { figure: seasons.groups.get(0)!, firstPosition: FIRST, from: 'its family' };
    const { mean, fitted, components } = autoForecast(row, { season: 12, horizon: 12, borrowedSeason });
    const parts = components();
    expect(parts.map((part) => part.name)).toContain('season');
    mean.forEach((value, step) =>
      expect(parts.reduce((sum, part) => sum + part.future[step], 0)).toBeCloseTo(value, 8),
    );
    const last = BUCKETS - 1;
    expect(parts.reduce((sum, part) => sum + part.history[last], 0)).toBeCloseTo(fitted[last], 8);
  });

  test('keys that do not agree have no season together', () => {
    const values = Float64Array.from({ length: 40 * BUCKETS }, (_, i) => {
      const key = Math.floor(i / BUCKETS);
      return 100 * (1 + 0.3 * Math.cos((2 * Math.PI * ((i % BUCKETS) - 12 * ((key * 0.618) % 1))) / 12));
    });
    const { overall } = groupSeason({
      keyCount: 40,
      bucketCount: BUCKETS,
      values,
      season: 12,
      firstPosition: 0,
    });
    overall.forEach((index) => expect(Math.abs(index - 1)).toBeLessThan(0.02));
  });

  test('refuses a panel without a calendar, and an attribute it has not', () => {
    expect(() => groupSeason({ ...panel, firstPosition: undefined })).toThrow('place of bucket 0');
    expect(() => groupSeason(panel, 'colour')).toThrow('an attribute colour');
  });
});

test('steady demand has no season at all, to the last bit', () => {
  const values = Float64Array.from({ length: 7 * 24 }, (_, i) => 100 / 3 + Math.floor(i / 24));
  const panel = { keyCount: 7, bucketCount: 24, values, season: 12, firstPosition: 4 };
  const attributes = { names: ['group'], codes: Int32Array.of(0, 0, 0, 1, 1, 1, 1) };
  const { overall, groups, keyCount } = groupSeason({ ...panel, attributes }, 'group');
  expect(keyCount).toBe(7);
  for (const figure of [overall, ...groups.values()]) expect(figure).toEqual(new Float64Array(12).fill(1));
});
