/**
 * Tries a panel model on the keys' own past: how much of the forecast it should have, and how wide bands must be.
 *
 * Trial     the last buckets of every key are held out (the horizon, or a quarter of the median history if that is less);
 *           a small model learns from what came before, and forecasts them beside the local models.
 * Shares    of the two forests, the local combination having the rest: those of the lowest mean absolute error plus a
 *           penalty on their distance from PRIOR, because local models have less to learn from in the trial than they
 *           will have, and near its lowest point the error is flat. Nought where the blend is no better than the local models.
 * Widths    a band reaches from the forecast as far as the local model's band does, times the factor with which the bands
 *           of the trial would have held the promised share of the actuals, per step, pooled with its neighbours. Of a
 *           narrowing only half is believed: the trial saw one moment in time, and too narrow a band costs more.
 * Source    split conformal prediction: Vovk, Gammerman and Shafer (2005); scores over a local width: Lei et al. (2018),
 *           J. of the American Statistical Association 113(523), 1094-1111.
 */
import { assert } from '@planwright/units';
import { regularDefinition } from '../choice/choice.ts';
import type { Interval } from '../contract/contract.ts';
import { defineModel } from '../contract/define-model.ts';
import { featureLayout } from './panel-features.ts';
import { forestForecasts, type ForestSize, type ForestTraining, trainForests } from './panel-forests.ts';
import { type Origin, rowsOf, type RowLimits, shortestHistory, trainingOrigins } from './panel-rows.ts';
import type { Panel, PanelKey } from './panel.ts';

/** Of a forecast; the local combination has the rest. */
export type Shares = { readonly plain: number; readonly correcting: number };

export const NO_SHARE: Shares = { plain: 0, correcting: 0 };

/** Factors on the width of the local bands: one row per level, one column per step; the last column goes on. */
export type Widths = { readonly steps: number; readonly factors: Float64Array };

const WIDTH_LEVELS: readonly number[] = [50, 80, 90, 95, 99];
export const UNIT_WIDTHS: Widths = { steps: 1, factors: new Float64Array(WIDTH_LEVELS.length).fill(1) };

export type TrialResult = {
  readonly keyCount: number;
  readonly shares: Shares;
  readonly widths: Widths;
  /** By how much the mean absolute error fell, 0 to 1. */
  readonly gain: number;
};

const TRIAL_LIMITS: RowLimits = { rows: 120_000, buckets: 1_500_000 };
const TRIAL_SIZE: ForestSize = { treeCount: 100, learningRate: 0.12 };
const TRIAL_KEYS = 1500;
const FEWEST_TRIAL_KEYS = 20;
const FEWEST_TRIAL_ROWS = 1000;
const PRIOR: Shares = { plain: 0.32, correcting: 0.32 };
/** Share of the local models' error that a distance of 1 from PRIOR costs, and the keys that double it. */
const PENALTY = 0.15;
const PENALTY_KEYS = 200;
const GRID = 20;
/** Below these an error, in units of demand, and a gain on it are rounding. */
const NEGLIGIBLE_ERROR = 1e-6;
const LEAST_GAIN = 0.001;
const PRIOR_SCORES = 50;
const NEIGHBOURS = 1.5;
/** Bands of 95 % reach 1.2 times as far as those of 90 %, so that with no less than this they stay nested. */
const NARROWING = 0.85;

/** The outcome of the trial, or undefined where the histories are too short for one. */
export function runTrial(
  panel: Panel,
  keys: readonly PanelKey[],
  horizon: number,
  rowLimit: number,
  training: ForestTraining,
): TrialResult | undefined {
  const { season } = panel;
  const lengths = keys.map(({ history }) => history.length).sort((a, b) => a - b);
  const heldOut = Math.min(horizon, Math.floor(lengths[lengths.length >> 1] / 4));
  const judged = keys.filter(({ history }) => history.length - heldOut >= shortestHistory(season));
  if (heldOut < 1 || judged.length < FEWEST_TRIAL_KEYS) return undefined;
  const layout = featureLayout(panel);
  const limits: RowLimits = { ...TRIAL_LIMITS, rows: Math.min(TRIAL_LIMITS.rows, rowLimit) };
  const past = trainingOrigins(judged, season, heldOut, heldOut, limits);
  const pastRows = rowsOf(layout, panel, past);
  if (pastRows.table.rowCount < FEWEST_TRIAL_ROWS) return undefined;
  const forests = trainForests(layout, pastRows, TRIAL_SIZE, training);
  const stride = Math.max(1, judged.length / TRIAL_KEYS);
  const ends: Origin[] = [];
  for (let at = 0; at < judged.length; at += stride) {
    const owner = judged[Math.floor(at)];
    ends.push({ owner, length: owner.history.length - heldOut, steps: heldOut });
  }
  const rows = rowsOf(layout, panel, ends);
  const { plain, correcting } = forestForecasts(layout, forests, rows);
  const local = localBands(rows.origins, season, heldOut);
  const contest = { steps: heldOut, actual: rows.actual, local: local.mean, plain, correcting };
  const units = errorUnits(rows.origins, season, rows.level, heldOut);
  const { shares, gain } = learntShares(contest, units);
  const forecast = blended(contest, shares);
  return { keyCount: rows.origins.length, shares, gain, widths: learntWidths(contest, forecast, local) };
}

type Contest = {
  /** Rows per key. */
  readonly steps: number;
  readonly actual: Float64Array;
  readonly local: Float64Array;
  readonly plain: Float64Array;
  readonly correcting: Float64Array;
};

const blended = ({ local, plain, correcting }: Contest, shares: Shares): Float64Array =>
  local.map(
    (value, row) =>
      value + shares.plain * (plain[row] - value) + shares.correcting * (correcting[row] - value),
  );

type LocalBands = { readonly mean: Float64Array; readonly bands: readonly Interval[] };

/** The standard tier's forecasts and bands at the trial's origins. */
function localBands(origins: readonly Origin[], season: number, steps: number): LocalBands {
  const model = defineModel(regularDefinition('standard'));
  const block = (): Float64Array => new Float64Array(origins.length * steps);
  const result = { mean: block(), bands: WIDTH_LEVELS.map(() => ({ lower: block(), upper: block() })) };
  origins.forEach(({ owner, length }, index) => {
    const fitted = model.fit(owner.history.subarray(0, length), { season });
    result.mean.set(fitted.mean(steps), index * steps);
    WIDTH_LEVELS.forEach((level, i) => {
      const { lower, upper } = fitted.interval(steps, level);
      result.bands[i].lower.set(lower, index * steps);
      result.bands[i].upper.set(upper, index * steps);
    });
  });
  return result;
}

/**
 * What an error of each key is measured by: the geometric mean of its level and of its mean change over a season, so that
 * neither calm nor restless keys rule.
 */
function errorUnits(
  origins: readonly Origin[],
  season: number,
  level: Float64Array,
  steps: number,
): Float64Array {
  return Float64Array.from(origins, ({ owner, length }, index) => {
    let change = 0;
    for (let t = season; t < length; t++) change += Math.abs(owner.history[t] - owner.history[t - season]);
    const ofLevel = level[index * steps];
    return Math.sqrt(ofLevel * Math.max(change / Math.max(1, length - season), 0.01 * ofLevel));
  });
}

function learntShares(contest: Contest, units: Float64Array): { shares: Shares; gain: number } {
  const { count, mean: localError } = lossOf(contest, NO_SHARE, units);
  const penalty = localError * PENALTY * (1 + PENALTY_KEYS / count);
  let lowest = Infinity;
  let shares = NO_SHARE;
  for (let plain = 0; plain <= GRID; plain++) {
    for (let correcting = 0; plain + correcting <= GRID; correcting++) {
      const tried = { plain: plain / GRID, correcting: correcting / GRID };
      const distance = (tried.plain - PRIOR.plain) ** 2 + (tried.correcting - PRIOR.correcting) ** 2;
      const cost = lossOf(contest, tried, units).mean + penalty * distance;
      if (cost < lowest) {
        lowest = cost;
        shares = tried;
      }
    }
  }
  const gain = 1 - lossOf(contest, shares, units).mean / localError;
  const isBetter = localError > NEGLIGIBLE_ERROR && gain > LEAST_GAIN;
  return { shares: isBetter ? shares : NO_SHARE, gain };
}

/** Mean over keys of their mean absolute error, in their units. */
function lossOf(contest: Contest, shares: Shares, units: Float64Array): { mean: number; count: number } {
  const { steps, actual, local, plain, correcting } = contest;
  let count = 0;
  let total = 0;
  for (let key = 0; key < units.length; key++) {
    let error = 0;
    let known = 0;
    for (let row = key * steps; row < (key + 1) * steps; row++) {
      if (Number.isNaN(actual[row])) continue;
      const base = local[row];
      const forecast =
        base + shares.plain * (plain[row] - base) + shares.correcting * (correcting[row] - base);
      error += Math.abs(actual[row] - forecast);
      known += 1;
    }
    if (known === 0) continue;
    count += 1;
    total += error / known / units[key];
  }
  return { mean: total / count, count };
}

function learntWidths(
  { steps, actual, local }: Contest,
  forecast: Float64Array,
  { bands }: LocalBands,
): Widths {
  const factors = new Float64Array(WIDTH_LEVELS.length * steps);
  WIDTH_LEVELS.forEach((level, i) => {
    const { lower, upper } = bands[i];
    const scores: number[][] = Array.from({ length: steps }, () => []);
    actual.forEach((value, row) => {
      const error = value - forecast[row];
      const reach = error > 0 ? upper[row] - local[row] : local[row] - lower[row];
      if (reach > 0 && Number.isFinite(error)) scores[row % steps].push(Math.abs(error) / reach);
    });
    for (let step = 0; step < steps; step++) {
      const narrower = i === 0 ? 0 : factors[(i - 1) * steps + step];
      const least = NARROWING * narrower;
      factors[i * steps + step] = Math.max(least, widthFactor(scores, step, level / 100));
    }
  });
  return { steps, factors };
}

/** The factor that holds the share `level` of the scores of a step and its neighbours, drawn towards 1. */
function widthFactor(scores: readonly (readonly number[])[], step: number, level: number): number {
  const first = Math.floor(step / NEIGHBOURS);
  const last = Math.min(scores.length - 1, Math.ceil((step + 1) * NEIGHBOURS) - 1);
  const near = scores
    .slice(first, last + 1)
    .flat()
    .sort((a, b) => a - b);
  if (near.length === 0) return 1;
  const at = Math.min(near.length - 1, Math.ceil((near.length + 1) * level) - 1);
  // Neighbouring steps of a key miss together: they count as one.
  const keys = scores[step].length;
  const factor = (keys * near[at] + PRIOR_SCORES) / (keys + PRIOR_SCORES);
  return factor < 1 ? (1 + factor) / 2 : factor;
}

/** The factor on a local band of `level` percent at a step, between the levels that were learnt by interpolation. */
export function widthAt({ steps, factors }: Widths, level: number, step: number): number {
  assert(level > 0 && level < 100, 'a level is a percentage between 0 and 100');
  const column = Math.min(step, steps - 1);
  const next = WIDTH_LEVELS.findIndex((known) => known >= level);
  if (next === 0) return factors[column];
  if (next < 0) return factors[(WIDTH_LEVELS.length - 1) * steps + column];
  const low = WIDTH_LEVELS[next - 1];
  const share = (level - low) / (WIDTH_LEVELS[next] - low);
  return (1 - share) * factors[(next - 1) * steps + column] + share * factors[next * steps + column];
}
