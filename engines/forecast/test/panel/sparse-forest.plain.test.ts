import { describe, expect, test } from 'vitest';
import {
  autoForecast,
  decodePanelModel,
  encodePanelModel,
  forecastBlock,
  forecastPanelModel,
  type Panel,
  panelSentence,
  trainPanelModel,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

const BUCKETS = 60;
const HORIZON = 6;

/** Orders that come at a rate with a season and in sizes that vary: of one key hardly to be seen, of all together plainly. */
function spares(keyCount: number): { panel: Panel; future: Float64Array } {
  const values = new Float64Array(keyCount * BUCKETS);
  const future = new Float64Array(keyCount * HORIZON);
  for (let key = 0; key < keyCount; key++) {
    const random = randomStream(3, `spare-${key}`);
    const rate = 0.25 + 0.25 * random.uniform();
    const size = 1 + Math.floor(9 * random.uniform());
    for (let t = 0; t < BUCKETS + HORIZON; t++) {
      const isOrdered = random.uniform() < rate * (1 + 0.9 * Math.sin((2 * Math.PI * t) / 12));
      const ordered = isOrdered ? Math.ceil(size * 2 * random.uniform()) : 0;
      if (t < BUCKETS) values[key * BUCKETS + t] = ordered;
      else future[key * HORIZON + t - BUCKETS] = ordered;
    }
  }
  return { panel: { keyCount, bucketCount: BUCKETS, values, season: 12, firstPosition: 0 }, future };
}

const rowOf = ({ values }: Panel, key: number): Float64Array =>
  values.subarray(key * BUCKETS, (key + 1) * BUCKETS);

describe('sparse demand whose rate has a season that all keys share', () => {
  const { panel, future } = spares(150);
  const model = trainPanelModel(panel, { horizon: HORIZON });
  const { mean, bands, judged } = forecastPanelModel(model, panel, HORIZON);

  test('is forecast by a rate, not by a median, and better than by each key alone', () => {
    expect(['l2', 'poisson', 'tweedie']).toContain(model.sparse!.objective.kind);
    expect(judged.reduce((sum, flag) => sum + flag, 0)).toBeGreaterThan(100);
    let own = 0;
    let moved = 0;
    let total = 0;
    let ownTotal = 0;
    let demand = 0;
    for (let key = 0; key < panel.keyCount; key++) {
      if (judged[key] === 0) continue;
      const alone = autoForecast(rowOf(panel, key), { season: 12, horizon: HORIZON }).mean;
      for (let step = 0; step < HORIZON; step++) {
        const at = key * HORIZON + step;
        own += (alone[step] - future[at]) ** 2;
        moved += (mean[at] - future[at]) ** 2;
        total += mean[at];
        ownTotal += alone[step];
        demand += future[at];
      }
    }
    expect(moved).toBeLessThan(0.97 * own);
    // Their own rates know nothing of the season that comes.
    expect(Math.abs(total - demand)).toBeLessThan(0.75 * Math.abs(ownTotal - demand));
  });

  test('numbers are finite, not below 0, and bands nest', () => {
    for (let at = 0; at < mean.length; at++) {
      const ladder = [0, bands[1].lower[at], bands[0].lower[at], bands[0].upper[at], bands[1].upper[at]];
      expect([mean[at], ...ladder].every(Number.isFinite)).toBe(true);
      expect(mean[at]).toBeGreaterThanOrEqual(0);
      for (let i = 1; i < ladder.length; i++) expect(ladder[i]).toBeGreaterThanOrEqual(ladder[i - 1]);
    }
  });

  test('bytes bring it back, blocks agree, and a sentence says why', () => {
    const again = decodePanelModel(encodePanelModel(model));
    expect(again).toEqual(model);
    expect(forecastPanelModel(again, panel, HORIZON).mean).toEqual(mean);
    const key = judged.indexOf(1);
    const block = forecastBlock({
      ...panel,
      horizon: HORIZON,
      tier: 'best',
      panelModel: model,
      backtestOrigins: 0,
    });
    expect(block.mean).toEqual(mean);
    expect(block.explanations[key]).toContain(panelSentence(model, panel, key));
    expect(panelSentence(model, panel, key)).toMatch(
      /^On the last periods of \d+ keys of sparse demand, a model across them with .+ lowered the error by \d+\.\d %/,
    );
  });

  test('the same panel gives the same model', () => {
    expect(trainPanelModel(panel, { horizon: HORIZON }).sparse).toEqual(model.sparse);
  });
});

test('few sparse keys are left to their own rates', () => {
  const { panel } = spares(40);
  const model = trainPanelModel(panel, { horizon: HORIZON });
  expect(model.sparse).toBeUndefined();
  const { mean, judged } = forecastPanelModel(model, panel, HORIZON);
  expect(judged.every((flag) => flag === 0)).toBe(true);
  expect(mean.slice(0, HORIZON)).toEqual(
    autoForecast(rowOf(panel, 0), { season: 12, horizon: HORIZON }).mean,
  );
  expect(panelSentence(model, panel, 0)).toBe('');
});
