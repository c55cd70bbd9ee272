/**
 * Forecasts with a panel model: the local forecast of each key moved towards what the forests say, with bands of the
 * width that the trial found.
 *
 * Keys are taken in slices, so that memory does not grow with the panel. A key's result does not depend on the others.
 */
import { assert } from '@planwright/units';
import { autoForecast, DEFAULT_LEVELS, neverNegative } from '../choice/auto-forecast.ts';
import { featureLayout } from './panel-features.ts';
import { forestForecasts } from './panel-forests.ts';
import { isJudged, type PanelModel } from './panel-model.ts';
import { type Origin, rowsOf } from './panel-rows.ts';
import { widthAt } from './panel-trial.ts';
import { assertPanel, type Panel, panelKey } from './panel.ts';

/** Blocks of keyCount x horizon numbers, row-major. */
export type BlockBand = {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
};
export type BlockNumbers = { readonly mean: Float64Array; readonly bands: readonly BlockBand[] };

export type PanelForecast = BlockNumbers & {
  /** 1 where the model spoke, 0 where the key's own forecast stands alone. */
  readonly judged: Uint8Array;
};

const SLICE_ROWS = 8192;

/**
 * Mean and bands of every key of a panel that has the shape of the one the model learnt from.
 * `levels` are percentages of central bands, 80 and 95 unless told.
 */
export function forecastPanelModel(
  model: PanelModel,
  panel: Panel,
  horizon: number,
  levels: readonly number[] = DEFAULT_LEVELS,
): PanelForecast {
  const block = (): Float64Array => new Float64Array(panel.keyCount * horizon);
  const local = { mean: block(), bands: levels.map((level) => ({ level, lower: block(), upper: block() })) };
  for (let key = 0; key < panel.keyCount; key++) {
    const series = panel.values.subarray(key * panel.bucketCount, (key + 1) * panel.bucketCount);
    const { mean, intervals } = autoForecast(series, { season: panel.season, horizon, levels });
    local.mean.set(mean, key * horizon);
    intervals.forEach(({ lower, upper }, i) => {
      local.bands[i].lower.set(lower, key * horizon);
      local.bands[i].upper.set(upper, key * horizon);
    });
  }
  return { ...local, judged: blendInto(local, model, panel, horizon) };
}

/**
 * Moves the local forecasts of a block of keys to the blend, in place. Returns which keys were.
 * `nonNegative`: never below 0; unless told, where the history never is.
 */
export function blendInto(
  local: BlockNumbers,
  model: PanelModel,
  panel: Panel,
  horizon: number,
  nonNegative?: boolean,
): Uint8Array {
  assertPanel(panel);
  assert(panel.season === model.season, `the model has learnt seasons of ${model.season} buckets`);
  assert(horizon <= model.horizon, `the model has learnt ${model.horizon} steps ahead`);
  const judged = new Uint8Array(panel.keyCount);
  if (model.forests === undefined || horizon === 0) return judged;
  const sliceKeys = Math.max(1, Math.floor(SLICE_ROWS / horizon));
  for (let from = 0; from < panel.keyCount; from += sliceKeys) {
    const origins: Origin[] = [];
    for (let key = from; key < Math.min(panel.keyCount, from + sliceKeys); key++) {
      const owner = panelKey(panel, key);
      if (isJudged(owner, panel.season))
        origins.push({ owner, length: owner.history.length, steps: horizon });
    }
    blendSlice(local, model, panel, origins, judged, nonNegative);
  }
  return judged;
}

function blendSlice(
  local: BlockNumbers,
  model: PanelModel,
  panel: Panel,
  asked: readonly Origin[],
  judged: Uint8Array,
  nonNegative: boolean | undefined,
): void {
  const layout = featureLayout(panel);
  const rows = rowsOf(layout, panel, asked);
  const { plain, correcting } = forestForecasts(layout, model.forests!, rows);
  const widening = [...local.bands].sort((a, b) => a.level - b.level);
  let row = 0;
  for (const { owner, steps } of rows.origins) {
    judged[owner.key] = 1;
    const floor = (nonNegative ?? neverNegative(owner.history)) ? 0 : -Number.MAX_VALUE;
    for (let step = 0; step < steps; step++, row++) {
      const at = owner.key * steps + step;
      const base = local.mean[at];
      const moved =
        base +
        model.shares.plain * (plain[row] * owner.scale - base) +
        model.shares.correcting * (correcting[row] * owner.scale - base);
      // A history near the largest number there is: its own forecast has been kept finite.
      const mean = Number.isFinite(moved) ? Math.max(floor, moved) : base;
      let lowest = mean;
      let highest = mean;
      for (const { level, lower, upper } of widening) {
        const width = widthAt(model.widths, level, step);
        // Where the local band was cut at 0 the wider one would not hold the narrower.
        lowest = Math.max(floor, Math.min(lowest, mean - width * (base - lower[at])));
        highest = Math.min(Number.MAX_VALUE, Math.max(highest, mean + width * (upper[at] - base)));
        lower[at] = lowest;
        upper[at] = highest;
      }
      local.mean[at] = mean;
    }
  }
}
