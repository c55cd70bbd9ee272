/**
 * Forecasts with a panel model: the local forecast of each key moved towards what the forests say, with bands of the
 * width that the trial found.
 *
 * Keys are taken in slices, so that memory does not grow with the panel. A key's result does not depend on the others.
 */
import { assert } from '@planwright/units';
import { autoForecast, DEFAULT_LEVELS, neverNegative } from '../choice/auto-forecast.ts';
import type { MethodMeans } from '../contract/contract.ts';
import { featureLayout } from './panel-features.ts';
import { methodMoves } from './method-weights.ts';
import { forestForecasts, type OfForests } from './panel-forests.ts';
import { hasSay, isJudged, type PanelModel } from './panel-model.ts';
import { levelled, type Origin, rowsOf } from './panel-rows.ts';
import { movedBy, widthAt } from './panel-trial.ts';
import { assertPanel, type Panel, panelKey, type PanelKey } from './panel.ts';
import { isSparse, type SparseForest, sparseMoves } from './sparse-forest.ts';

/** Blocks of keyCount x horizon numbers, row-major. */
export type BlockBand = {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
};
export type BlockNumbers = { readonly mean: Float64Array; readonly bands: readonly BlockBand[] };

/** The keys' own forecasts, and, one entry a key, what their methods said where that is known: it need not be reckoned again. */
export type OwnForecasts = BlockNumbers & { readonly methods?: readonly (MethodMeans | undefined)[] };

export type PanelForecast = BlockNumbers & {
  /** 1 where the model spoke, 0 where the key's own forecast stands alone. */
  readonly judged: Uint8Array;
};

const SLICE_ROWS = 8192;
/** Bands of sparse demand move with its forecast by no more than this. */
const WIDEST = 2;

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
  const methods: (MethodMeans | undefined)[] = [];
  for (let key = 0; key < panel.keyCount; key++) {
    const series = panel.values.subarray(key * panel.bucketCount, (key + 1) * panel.bucketCount);
    const own = autoForecast(series, { season: panel.season, horizon, levels });
    local.mean.set(own.mean, key * horizon);
    methods.push(own.methods());
    own.intervals.forEach(({ lower, upper }, i) => {
      local.bands[i].lower.set(lower, key * horizon);
      local.bands[i].upper.set(upper, key * horizon);
    });
  }
  return { ...local, judged: blendInto({ ...local, methods }, model, panel, horizon) };
}

/**
 * Moves the local forecasts of a block of keys to the blend, in place. Returns which keys were.
 * `nonNegative`: never below 0; unless told, where the history never is.
 */
export function blendInto(
  local: OwnForecasts,
  model: PanelModel,
  panel: Panel,
  horizon: number,
  nonNegative?: boolean,
): Uint8Array {
  assertPanel(panel);
  assert(panel.season === model.season, `the model has learnt seasons of ${model.season} buckets`);
  assert(horizon <= model.horizon, `the model has learnt ${model.horizon} steps ahead`);
  const judged = new Uint8Array(panel.keyCount);
  if (!hasSay(model) || horizon === 0) return judged;
  const sliceKeys = Math.max(1, Math.floor(SLICE_ROWS / horizon));
  for (let from = 0; from < panel.keyCount; from += sliceKeys) {
    const regular: Origin[] = [];
    const sparse: Origin[] = [];
    for (let key = from; key < Math.min(panel.keyCount, from + sliceKeys); key++) {
      const owner = panelKey(panel, key);
      const methods = inUnitOf(owner, local.methods?.[key]);
      const origin = { owner, length: owner.history.length, steps: horizon, methods };
      if (isJudged(owner, panel.season)) regular.push(origin);
      else if (isSparse(owner, panel.season)) sparse.push(origin);
    }
    if (model.forests !== undefined || model.methods !== undefined)
      blendSlice(local, model, panel, regular, judged, nonNegative);
    if (model.sparse !== undefined) moveSparse(local, model.sparse, panel, sparse, judged);
  }
  return judged;
}

function inUnitOf({ scale }: PanelKey, methods: MethodMeans | undefined): MethodMeans | undefined {
  if (methods === undefined || scale === 1) return methods;
  return new Map([...methods].map(([id, mean]) => [id, mean.map((value) => value / scale)]));
}

function blendSlice(
  local: BlockNumbers,
  model: PanelModel,
  panel: Panel,
  asked: readonly Origin[],
  judged: Uint8Array,
  nonNegative: boolean | undefined,
): void {
  const origins = levelled(asked, panel.season);
  const said = sayingOf(model, panel, origins);
  const moves =
    model.methods &&
    methodMoves(
      model.methods,
      origins,
      panel.season,
      ({ owner, steps }, step) => local.mean[owner.key * steps + step] / owner.scale,
    );
  const widening = [...local.bands].sort((a, b) => a.level - b.level);
  let row = 0;
  origins.forEach(({ owner, steps }, index) => {
    judged[owner.key] = 1;
    const floor = (nonNegative ?? neverNegative(owner.history)) ? 0 : -Number.MAX_VALUE;
    for (let step = 0; step < steps; step++, row++) {
      const at = owner.key * steps + step;
      const base = local.mean[at];
      const weighted = base + (moves?.[index][step] ?? 0) * owner.scale;
      const moved = said === undefined ? weighted : movedBy(weighted, said(row, owner.scale), model.shares);
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
  });
}

/** Moves forecasts of sparse demand, and their bands in proportion: as rates rise, so do the sizes that may come. */
function moveSparse(
  local: BlockNumbers,
  sparse: SparseForest,
  panel: Panel,
  asked: readonly Origin[],
  judged: Uint8Array,
): void {
  const origins = levelled(asked, panel.season);
  const moves = sparseMoves(
    sparse,
    panel,
    origins,
    ({ owner, steps }, step) => local.mean[owner.key * steps + step] / owner.scale,
  );
  origins.forEach(({ owner, steps }, index) => {
    judged[owner.key] = 1;
    for (let step = 0; step < steps; step++) {
      const at = owner.key * steps + step;
      const base = local.mean[at];
      const moved = base + moves[index][step] * owner.scale;
      if (!Number.isFinite(moved) || !(base > 0)) continue;
      const factor = Math.min(WIDEST, Math.max(1 / WIDEST, moved / base));
      local.mean[at] = Math.max(0, moved);
      for (const { lower, upper } of local.bands) {
        lower[at] *= factor;
        upper[at] = Math.min(Number.MAX_VALUE, upper[at] * factor);
      }
    }
  });
}

/** What the forests say of each row, in the unit of the series. */
function sayingOf(
  model: PanelModel,
  panel: Panel,
  origins: readonly Origin[],
): ((row: number, scale: number) => OfForests<number>) | undefined {
  if (model.forests === undefined) return undefined;
  const layout = featureLayout(panel);
  const rows = rowsOf(layout, panel, origins);
  const { plain, correcting, recursive } = forestForecasts(layout, panel, model.forests, rows);
  return (row, scale) => ({
    plain: plain[row] * scale,
    correcting: correcting[row] * scale,
    recursive: recursive[row] * scale,
  });
}
