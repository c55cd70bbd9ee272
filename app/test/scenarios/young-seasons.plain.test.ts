import { describe, expect, test } from 'vitest';
import { item, location } from './company-data.ts';
import { HISTORY, HORIZON, runInMemory, streams } from './run-in-memory.ts';

const PLANT = [location('PLANT')];
const GROUPS = [{ code: 'G', name: 'G', parentCode: null }];
const indexOf = (month: number): number => 1 + 0.6 * Math.sin((2 * Math.PI * month) / 12);
/** About `level` times the season, with a ripple of each item's own. */
const seasonal = (level: number, ripple: number, from = 0): number[] =>
  Array.from({ length: HISTORY }, (_, t) =>
    t < from ? 0 : Math.round(level * indexOf(t) * (1 + 0.04 * Math.sin(t * t + ripple))),
  );
const OLD = ['A', 'B', 'C', 'D', 'E'];
const OLD_STREAMS = OLD.map((name, i) => ({ item: name, quantities: seasonal(300 + 100 * i, i) }));

describe('a stream of less than two seasons', () => {
  const young = { item: 'Y', quantities: seasonal(200, 9, 10) };

  test('takes over the season of its group, and says so', () => {
    const run = runInMemory({
      items: [...OLD, 'Y'].map((name) => item(name, { groupCode: 'G' })),
      groups: GROUPS,
      locations: PLANT,
      history: streams(...OLD_STREAMS, young),
    });
    const key = OLD.length;
    // The back-test leans on the group as well: without a season it would miss by a third.
    expect(run.forecast[key].wapeRatio).toBeLessThan(0.15);
    expect(run.forecast[key].explanation).toContain('borrows the season of its group');
    run.ofKey('baseline', key).forEach((quantity, step) => {
      const expected = 200 * indexOf(HISTORY + step);
      expect(Math.abs(quantity / expected - 1)).toBeLessThan(0.15);
    });
  });

  test('is forecast by its level alone where hardly another stream shows a season', () => {
    const run = runInMemory({
      items: ['A', 'Y'].map((name) => item(name, { groupCode: 'G' })),
      groups: GROUPS,
      locations: PLANT,
      history: streams(OLD_STREAMS[0], young),
    });
    expect(run.learnt.youngSeasons).toBeNull();
    expect(run.forecast[1].explanation).not.toContain('season of');
  });
});

test('a stream of two seasons leans on its group, one without a group on all items', () => {
  const run = runInMemory({
    items: [...OLD.map((name) => item(name, { groupCode: 'G' })), item('L')],
    groups: GROUPS,
    locations: PLANT,
    history: streams(...OLD_STREAMS, { item: 'L', quantities: seasonal(200, 5, 8) }),
  });
  expect(run.learnt.youngSeasons?.overall).toHaveLength(12);
  expect(run.forecast[0].explanation).toContain('leaning on the season of its group');
  expect(run.forecast[OLD.length].explanation).toContain('borrows the season of all items');
  expect(run.ofKey('baseline', 0)).toHaveLength(HORIZON);
});
