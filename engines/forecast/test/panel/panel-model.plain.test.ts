import { Worker } from 'node:worker_threads';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  autoForecast,
  decodePanelModel,
  encodePanelModel,
  explainPanelForecast,
  forecastBlock,
  forecastPanelModel,
  type Panel,
  type PanelModel,
  trainPanelModel,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import type { CrewShared } from '@planwright/trees';
import { featureLayout } from '../../src/panel/panel-features.ts';
import { trainForests } from '../../src/panel/panel-forests.ts';
import {
  FULL_TRAINING,
  nextBucketOrigins,
  plainRowsOf,
  rowsOf,
  trainingOrigins,
} from '../../src/panel/panel-rows.ts';
import { panelKey } from '../../src/panel/panel.ts';
import { AWKWARD_SERIES } from '../contract/series.ts';

const BUCKETS = 42;
const HORIZON = 6;
const KEYS = 80;
/** Six hundred trees take seconds, and minutes beside other work. */
const PATIENT = 300_000;

/** Keys whose season is the same, hidden in noise, and whose price cuts double demand: what one key cannot tell, all can. */
function shop(keyCount: number, bucketCount = BUCKETS): { panel: Panel; future: Float64Array } {
  const whole = bucketCount + HORIZON;
  const values = new Float64Array(keyCount * bucketCount);
  const future = new Float64Array(keyCount * HORIZON);
  const price = new Float64Array(keyCount * whole);
  const codes = new Int32Array(keyCount);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(5, `panel-${key}`);
    const level = 50 + 500 * random.uniform();
    codes[key] = key % 3;
    for (let t = 0; t < whole; t++) {
      const cut = random.uniform() < 0.15;
      price[key * whole + t] = cut ? 7 : 10;
      const season = 1 + 0.4 * Math.sin((2 * Math.PI * t) / 12);
      const demand = level * season * (cut ? 2 : 1) * Math.exp(0.25 * random.normal());
      if (t < bucketCount) values[key * bucketCount + t] = demand;
      else future[key * HORIZON + t - bucketCount] = demand;
    }
  }
  const panel: Panel = {
    keyCount,
    bucketCount,
    values,
    season: 12,
    firstPosition: 0,
    attributes: { names: ['group'], codes },
    regressors: { names: ['price'], bucketCount: whole, values: price },
  };
  return { panel, future };
}

const rowOf = ({ values, bucketCount }: Panel, key: number): Float64Array =>
  values.subarray(key * bucketCount, (key + 1) * bucketCount);

function absoluteError(forecast: Float64Array, actual: Float64Array): number {
  return forecast.reduce((sum, value, i) => sum + Math.abs(value - actual[i]), 0);
}

describe('a panel whose keys share season and price effect', () => {
  const { panel, future } = shop(KEYS);
  let model: PanelModel;
  const shares: number[] = [];
  beforeAll(() => {
    model = trainPanelModel(panel, { horizon: HORIZON, onProgress: (share) => shares.push(share) });
  });

  test('forecasts it much better than each key alone', () => {
    const own = new Float64Array(KEYS * HORIZON);
    for (let key = 0; key < KEYS; key++)
      own.set(autoForecast(rowOf(panel, key), { season: 12, horizon: HORIZON }).mean, key * HORIZON);
    const { mean, judged } = forecastPanelModel(model, panel, HORIZON);
    expect(judged.every((flag) => flag === 1)).toBe(true);
    expect(absoluteError(mean, future)).toBeLessThan(0.92 * absoluteError(own, future));
    expect(model.reason).toMatch(/^On the last periods of 80 keys .* lowered the error by \d+ %/);
  });

  test('tells its progress, rising to 1', () => {
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
  });

  test('bands lie around the forecast, the wider around the narrower', () => {
    const { mean, bands } = forecastPanelModel(model, panel, HORIZON, [50, 80, 85, 95, 99]);
    for (let at = 0; at < mean.length; at++) {
      expect(bands[0].lower[at]).toBeLessThanOrEqual(mean[at]);
      expect(bands[0].upper[at]).toBeGreaterThanOrEqual(mean[at]);
      for (let i = 1; i < bands.length; i++) {
        expect(bands[i].lower[at]).toBeLessThanOrEqual(bands[i - 1].lower[at]);
        expect(bands[i].upper[at]).toBeGreaterThanOrEqual(bands[i - 1].upper[at]);
      }
    }
  });

  test('explains a forecast in parts that add up to it, the price among them', () => {
    const own = autoForecast(rowOf(panel, 3), { season: 12, horizon: HORIZON }).mean;
    const { mean } = forecastPanelModel(model, panel, HORIZON);
    const explanation = explainPanelForecast(model, panel, 3, own)!;
    for (let step = 0; step < HORIZON; step++) {
      const sum = explanation.reasons.reduce(
        (total, { effect }) => total + effect[step],
        explanation.start[step],
      );
      expect(sum).toBeCloseTo(mean[3 * HORIZON + step], 4);
    }
    expect(explanation.reasons.map(({ topic }) => topic)).toContain('price');
    expect(explanation.sentence).toMatch(/^What counts most in the model across keys: .+\.$/);
  });

  test('bytes bring back the same model', () => {
    const again = decodePanelModel(encodePanelModel(model));
    expect(forecastPanelModel(again, panel, HORIZON)).toEqual(forecastPanelModel(model, panel, HORIZON));
    expect(again.reason).toBe(model.reason);
    expect(() => decodePanelModel(new Uint8Array(20))).toThrow('bytes of a panel model');
  });

  test("a key's numbers do not depend on its chunk, in forecastBlock neither", () => {
    const whole = forecastPanelModel(model, panel, HORIZON);
    const { regressors, attributes } = panel;
    const chunk = {
      ...panel,
      keyCount: 2,
      values: panel.values.subarray(5 * BUCKETS, 7 * BUCKETS),
      attributes: { names: attributes!.names, codes: attributes!.codes.subarray(5, 7) },
      regressors: {
        ...regressors!,
        values: regressors!.values.subarray(5 * regressors!.bucketCount, 7 * regressors!.bucketCount),
      },
    };
    expect(forecastPanelModel(model, chunk, HORIZON).mean).toEqual(
      whole.mean.slice(5 * HORIZON, 7 * HORIZON),
    );
    const best = { ...chunk, horizon: HORIZON, tier: 'best', panelModel: model, backtestOrigins: 0 } as const;
    const block = forecastBlock(best);
    expect(block.mean).toEqual(whole.mean.slice(5 * HORIZON, 7 * HORIZON));
    expect(block.hi95).toEqual(whole.bands[1].upper.slice(5 * HORIZON, 7 * HORIZON));
    expect(block.methods[0]).toMatch(/ \+ panel model$/);
    expect(block.explanations[0]).toContain(model.reason);
    const without = forecastBlock({ ...best, panelModel: undefined });
    expect(without.mean).toEqual(forecastBlock({ ...best, tier: 'standard' }).mean);
  });

  test('forests are the same with helping threads', async () => {
    const some = shop(20).panel;
    const keys = Array.from({ length: 20 }, (_, key) => panelKey(some, key));
    const layout = featureLayout(some);
    const rows = rowsOf(layout, some, trainingOrigins(keys, 12, HORIZON, 0, FULL_TRAINING));
    const next = plainRowsOf(layout, some, nextBucketOrigins(keys, 12, 0, FULL_TRAINING));
    const size = { treeCount: 3, learningRate: 0.1 };
    const source = `const { workerData } = require('node:worker_threads');
      import(workerData.trees).then(({ serveCrew }) => serveCrew(workerData.shared));`;
    const trees = new URL('../../../trees/src/index.ts', import.meta.url).href;
    const threads: Worker[] = [];
    const helpers = (shared: CrewShared): void => {
      threads.push(new Worker(source, { eval: true, workerData: { trees, shared } }));
    };
    const helped = trainForests(layout, rows, next, size, { seed: 1, helpers });
    await Promise.all(threads.map((thread) => thread.terminate()));
    expect(threads.length).toBe(3);
    expect(helped).toEqual(trainForests(layout, rows, next, size, { seed: 1 }));
  });

  test('refuses another season and a longer horizon', () => {
    expect(() => forecastPanelModel(model, { ...panel, season: 4 }, HORIZON)).toThrow('seasons of 12');
    expect(() => forecastPanelModel(model, panel, HORIZON + 1)).toThrow('6 steps ahead');
  });
});

test(
  'every kind of series among the keys gets finite, ordered numbers',
  () => {
    const awkward = Object.values(AWKWARD_SERIES);
    const calm = shop(40).panel;
    const bucketCount = 60;
    const keyCount = 40 + awkward.length;
    const values = new Float64Array(keyCount * bucketCount).fill(Number.NaN);
    for (let key = 0; key < keyCount; key++) {
      const series = key < 40 ? rowOf(calm, key) : awkward[key - 40];
      values.set(
        series.subarray(0, bucketCount),
        (key + 1) * bucketCount - Math.min(bucketCount, series.length),
      );
    }
    const panel: Panel = { keyCount, bucketCount, values, season: 12 };
    const model = trainPanelModel(panel, { horizon: 4, rowLimit: 2500 });
    const { mean, bands } = forecastPanelModel(
      { ...model, shares: { plain: 0.3, correcting: 0.3, recursive: 0.4 } },
      panel,
      4,
    );
    expect(model.forests).toBeDefined();
    for (let at = 0; at < mean.length; at++) {
      const ladder = [bands[1].lower[at], bands[0].lower[at], bands[0].upper[at], bands[1].upper[at]];
      expect([mean[at], ...ladder].every(Number.isFinite)).toBe(true);
      for (let i = 1; i < 4; i++) expect(ladder[i]).toBeGreaterThanOrEqual(ladder[i - 1]);
    }
  },
  PATIENT,
);

describe('a panel that cannot teach', () => {
  test('a few keys are forecast each on its own', () => {
    const { panel } = shop(8);
    const model = trainPanelModel(panel, { horizon: HORIZON });
    expect(model.forests).toBeUndefined();
    expect(model.reason).toBe(
      'Only 8 keys have a regular history of two seasons, too few to learn from each other.',
    );
    const { mean, judged } = forecastPanelModel(model, panel, HORIZON);
    expect(judged.some((flag) => flag === 1)).toBe(false);
    expect(mean.slice(0, HORIZON)).toEqual(
      autoForecast(rowOf(panel, 0), { season: 12, horizon: HORIZON }).mean,
    );
    expect(decodePanelModel(encodePanelModel(model))).toEqual(model);
  });

  test('short histories are too', () => {
    const { panel } = shop(40, 15);
    expect(trainPanelModel(panel, { horizon: HORIZON }).reason).toMatch(/^Only 0 keys/);
  });

  test('demand that never changes is left to the models that know it', () => {
    const values = Float64Array.from({ length: 40 * 60 }, (_, i) => 100 + Math.floor(i / 60));
    const panel: Panel = { keyCount: 40, bucketCount: 60, values, season: 1 };
    const model = trainPanelModel(panel, { horizon: HORIZON });
    expect(model.shares).toEqual({ plain: 0, correcting: 0, recursive: 0 });
    expect(model.reason).toMatch(/no better than each key's own/);
  });
});
