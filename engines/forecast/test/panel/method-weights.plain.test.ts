import { describe, expect, test } from 'vitest';
import {
  autoForecast,
  decodePanelModel,
  encodePanelModel,
  explainPanelForecast,
  forecastBlock,
  forecastPanelModel,
  type Panel,
  panelSentence,
  trainPanelModel,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { METHOD_COUNT, methodForecasts } from '../../src/panel/method-forecasts.ts';
import { methodMoves, triedMethods } from '../../src/panel/method-weights.ts';
import { levelAt } from '../../src/panel/panel-features.ts';
import type { Origin } from '../../src/panel/panel-rows.ts';
import { panelKey } from '../../src/panel/panel.ts';

const BUCKETS = 60;
const HORIZON = 6;

/** Half of the keys grow without a season, half repeat one about a level that never moves. */
function mixed(keyCount: number, seed: number): { panel: Panel; future: Float64Array } {
  const values = new Float64Array(keyCount * BUCKETS);
  const future = new Float64Array(keyCount * HORIZON);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(seed, `mixed-${key}`);
    let level = 100 + 100 * random.uniform();
    const figure = Array.from({ length: 12 }, () => 0.4 + 1.2 * random.uniform());
    for (let t = 0; t < BUCKETS + HORIZON; t++) {
      if (key % 2 === 0) level *= 1.015;
      const value = level * (key % 2 === 0 ? 1 : figure[t % 12]) * Math.exp(0.05 * random.normal());
      if (t < BUCKETS) values[key * BUCKETS + t] = value;
      else future[key * HORIZON + t - BUCKETS] = value;
    }
  }
  return { panel: { keyCount, bucketCount: BUCKETS, values, season: 12, firstPosition: 0 }, future };
}

const originsOf = (panel: Panel, heldOut: number): Origin[] =>
  Array.from({ length: panel.keyCount }, (_, key) => {
    const owner = panelKey(panel, key);
    return { owner, length: owner.history.length - heldOut, steps: HORIZON };
  });

const unitsOf = (origins: readonly Origin[]): Float64Array =>
  Float64Array.from(origins, ({ owner, length }) => levelAt(owner.history.subarray(0, length), 12));

/** Weights learnt from the held-out ends of a panel, against a forecast that is the equal mean of the methods. */
function learnt(panel: Panel) {
  const ends = originsOf(panel, HORIZON);
  const actual = new Float64Array(ends.length * HORIZON);
  const local = new Float64Array(ends.length * HORIZON);
  ends.forEach(({ owner, length }, row) => {
    actual.set(owner.history.subarray(length), row * HORIZON);
    local.set(equalMean(owner.history.subarray(0, length)), row * HORIZON);
  });
  return triedMethods(panel, ends, { actual, local, steps: HORIZON }, unitsOf);
}

function equalMean(history: Float64Array): Float64Array {
  const said = methodForecasts(history, 12, HORIZON);
  return Float64Array.from({ length: HORIZON }, (_, step) => {
    let sum = 0;
    for (let method = 0; method < METHOD_COUNT; method++) sum += said[method * HORIZON + step];
    return sum / METHOD_COUNT;
  });
}

describe('weights of methods', () => {
  test('beat the equal mean on keys that they have not seen', () => {
    const { methods } = learnt(mixed(80, 1).panel);
    expect(methods!.share).toBeGreaterThan(0);
    const { panel, future } = mixed(60, 2);
    const origins = originsOf(panel, 0);
    const equal = origins.map(({ owner }) => equalMean(owner.history));
    const moves = methodMoves(methods!, origins, 12, ({ owner }, step) => equal[owner.key][step]);
    let before = 0;
    let after = 0;
    origins.forEach(({ owner: { key, scale } }) => {
      for (let step = 0; step < HORIZON; step++) {
        const actual = future[key * HORIZON + step] / scale;
        before += Math.abs(equal[key][step] - actual);
        after += Math.abs(equal[key][step] + moves[key][step] - actual);
      }
    });
    expect(after).toBeLessThan(0.85 * before);
  });

  test("a key's weights do not depend on its place among others", () => {
    const { panel } = mixed(60, 1);
    const { methods } = learnt(panel);
    const origins = originsOf(panel, 0);
    const all = methodMoves(methods!, origins, 12, () => 0);
    const turned = methodMoves(methods!, [...origins].reverse(), 12, () => 0).reverse();
    expect(turned).toEqual(all);
    expect(methodMoves(methods!, [origins[7]], 12, () => 0)).toEqual([all[7]]);
  });
});

describe('a model with weights alone', () => {
  const { panel } = mixed(60, 1);
  const model = {
    ...trainPanelModel(
      { ...panel, keyCount: 4, values: panel.values.subarray(0, 4 * BUCKETS) },
      { horizon: HORIZON },
    ),
    methods: learnt(panel).methods!,
  };

  test('moves forecasts towards the weighted mean, in bytes and blocks alike', () => {
    const { mean, judged, bands } = forecastPanelModel(model, panel, HORIZON);
    expect(judged.every((flag) => flag === 1)).toBe(true);
    const again = decodePanelModel(encodePanelModel(model));
    expect(forecastPanelModel(again, panel, HORIZON)).toEqual({ mean, judged, bands });
    const block = forecastBlock({
      ...panel,
      horizon: HORIZON,
      tier: 'best',
      panelModel: model,
      backtestOrigins: 0,
    });
    expect(block.mean).toEqual(mean);
    const own = autoForecast(panel.values.subarray(0, BUCKETS), { season: 12, horizon: HORIZON }).mean;
    expect(mean.slice(0, HORIZON)).not.toEqual(own);
    for (let at = 0; at < mean.length; at++) {
      expect(bands[1].lower[at]).toBeLessThanOrEqual(bands[0].lower[at]);
      expect(bands[0].lower[at]).toBeLessThanOrEqual(mean[at]);
      expect(bands[0].upper[at]).toBeGreaterThanOrEqual(mean[at]);
      expect(bands[1].upper[at]).toBeGreaterThanOrEqual(bands[0].upper[at]);
    }
  });

  test('says which methods count, and its parts add up', () => {
    expect(panelSentence(model, panel, 1)).toMatch(
      /^Of the methods tried on series like it, .+ \(\d+ %\) and .+ \(\d+ %\) count most, mainly by the .+ of its own forecast\./,
    );
    const own = autoForecast(panel.values.subarray(0, BUCKETS), { season: 12, horizon: HORIZON }).mean;
    const { mean } = forecastPanelModel(model, panel, HORIZON);
    const { start, reasons } = explainPanelForecast(model, panel, 0, own)!;
    expect(reasons.map(({ topic }) => topic)).toEqual(['methods weighted by the kind of series']);
    for (let step = 0; step < HORIZON; step++)
      expect(start[step] + reasons[0].effect[step]).toBeCloseTo(mean[step], 6);
  });
});
