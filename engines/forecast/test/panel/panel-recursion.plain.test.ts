import { describe, expect, test } from 'vitest';
import type { Panel } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { binTable, trainTrees } from '@planwright/trees';
import { featureLayout } from '../../src/panel/panel-features.ts';
import { recursiveForecasts } from '../../src/panel/panel-recursion.ts';
import { FULL_TRAINING, nextBucketOrigins, plainRowsOf } from '../../src/panel/panel-rows.ts';
import { panelKey, type PanelKey } from '../../src/panel/panel.ts';

const SEASON = 4;
const BUCKETS = 40;
const HORIZON = 8;

/** Keys of one season and all levels; a saw of four buckets with a little noise. */
function saw(keyCount: number): { panel: Panel; future: number[][] } {
  const values = new Float64Array(keyCount * BUCKETS);
  const future: number[][] = [];
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(9, `saw-${key}`);
    const level = 10 + 1000 * random.uniform();
    const place = random.integer(SEASON);
    const demand = (t: number): number =>
      level * (0.4 + 0.4 * ((t + place) % SEASON)) * Math.exp(0.05 * random.normal());
    for (let t = 0; t < BUCKETS; t++) values[key * BUCKETS + t] = demand(t);
    future.push(Array.from({ length: HORIZON }, (_, step) => demand(BUCKETS + step)));
  }
  return { panel: { keyCount, bucketCount: BUCKETS, values, season: SEASON }, future };
}

const { panel, future } = saw(40);
const layout = featureLayout(panel);
const keys = Array.from({ length: panel.keyCount }, (_, key) => panelKey(panel, key));
const rows = plainRowsOf(layout, panel, nextBucketOrigins(keys, SEASON, 0, FULL_TRAINING));
const forest = trainTrees(
  binTable(rows.table),
  rows.actual.map((actual, row) => actual / rows.level[row]),
  {
    objective: { kind: 'l1' },
    treeCount: 60,
    learningRate: 0.2,
    leafCount: 15,
    minimumRowsInLeaf: 10,
    seed: 1,
  },
);
const endOf = (owner: PanelKey, steps: number) => ({ owner, length: owner.history.length, steps });

describe('recursive forecasts', () => {
  test('carry a season on over two seasons, better than the last value by far', () => {
    const { forecast } = recursiveForecasts(
      layout,
      panel,
      forest,
      keys.map((owner) => endOf(owner, HORIZON)),
    );
    let error = 0;
    let ofNaive = 0;
    future.forEach((actuals, key) => {
      const { history } = keys[key];
      actuals.forEach((actual, step) => {
        error += Math.abs(forecast[key * HORIZON + step] - actual) / actual;
        ofNaive += Math.abs(history[history.length - 1] - actual) / actual;
      });
    });
    expect(error).toBeLessThan(0.2 * ofNaive);
  });

  test('are the forecasts of a history that holds the ones before: to the last bit', () => {
    const owner = keys[3];
    const whole = recursiveForecasts(layout, panel, forest, [endOf(owner, 5)]);
    const longer = new Float64Array(BUCKETS + 1);
    longer.set(owner.history);
    longer[BUCKETS] = whole.forecast[0];
    const rest = recursiveForecasts(layout, panel, forest, [endOf({ ...owner, history: longer }, 4)]);
    expect(rest.forecast).toEqual(whole.forecast.slice(1));
    expect(rest.level).toEqual(whole.level.slice(1));
  });

  test('do not depend on the origins beside them, also of other lengths', () => {
    const [first, second] = [endOf(keys[0], 2), endOf(keys[1], 6)];
    const both = recursiveForecasts(layout, panel, forest, [first, second]);
    const alone = recursiveForecasts(layout, panel, forest, [second]);
    expect(both.forecast.slice(2)).toEqual(alone.forecast);
    expect(recursiveForecasts(layout, panel, forest, []).forecast).toHaveLength(0);
  });

  test('of a history that has fallen silent are 0', () => {
    const history = keys[0].history.slice().fill(0, BUCKETS - SEASON);
    const { forecast } = recursiveForecasts(layout, panel, forest, [endOf({ ...keys[0], history }, HORIZON)]);
    expect([...forecast]).toEqual(new Array(HORIZON).fill(0));
  });
});
