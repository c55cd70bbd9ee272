/**
 * Tries a panel model on the keys' own past: how much of the forecast it should have, and how wide bands must be.
 *
 * Trial     the last buckets of every key are held out (the horizon, or a quarter of the median history if that is less);
 *           a small model learns from what came before, and forecasts them beside the local models.
 * Shares    of the three forests, the local combination having the rest: those of the lowest mean absolute error plus a
 *           penalty on their distance from PRIOR, because local models have less to learn from in the trial than they
 *           will have, and near its lowest point the error is flat. Nought where the blend is no better than the local models.
 * Methods   before that the weights of methods by the kind of series are tried on the same ends (method-trial.ts).
 * Widths    a band reaches from the forecast as far as the local model's band does, times the factor with which the bands
 *           of the trial would have held the promised share of the actuals, per step, pooled with its neighbours. Of a
 *           narrowing only half is believed: the trial saw one moment in time, and too narrow a band costs more.
 * Source    split conformal prediction: Vovk, Gammerman and Shafer (2005); scores over a local width: Lei et al. (2018),
 *           J. of the American Statistical Association 113(523), 1094-1111.
 */
import { assert } from '@planwright/units';
import { regularFor } from '../choice/choice.ts';
import type { Interval } from '../contract/contract.ts';
import { defineModel } from '../contract/define-model.ts';
import { type MethodWeights, triedMethods } from './method-weights.ts';
import { featureLayout, levelAt } from './panel-features.ts';
import {
  forestForecasts,
  type ForestSize,
  type ForestTraining,
  type OfForests,
  trainForests,
} from './panel-forests.ts';
import {
  levelled,
  nextBucketOrigins,
  type Origin,
  plainRowsOf,
  rowsOf,
  type RowLimits,
  shortestHistory,
  trainingOrigins,
} from './panel-rows.ts';
import type { Panel, PanelKey } from './panel.ts';

/** Of a forecast; the local combination has the rest. */
export type Shares = OfForests<number>;

export const NO_SHARE: Shares = { plain: 0, correcting: 0, recursive: 0 };

/** What all forests together have. */
export const sumOfShares = ({ plain, correcting, recursive }: Shares): number =>
  plain + correcting + recursive;

/** The local forecast moved towards what each forest says by its share. */
export const movedBy = (local: number, said: OfForests<number>, shares: Shares): number =>
  local +
  shares.plain * (said.plain - local) +
  shares.correcting * (said.correcting - local) +
  shares.recursive * (said.recursive - local);

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
  /** Weights of methods, where they help; the shares are then of what they leave. */
  readonly methods: MethodWeights | undefined;
};

const TRIAL_LIMITS: RowLimits = { rows: 120_000, buckets: 1_500_000 };
const TRIAL_SIZE: ForestSize = { treeCount: 100, learningRate: 0.12 };
const TRIAL_KEYS = 1500;
const FEWEST_TRIAL_KEYS = 20;
const FEWEST_TRIAL_ROWS = 1000;
/**
 * Of the six sets named in panel-forests.ts none is more than 0.3 % from its best with these, and what the trial of each finds best
 * on its own is further away: it saw one moment in time.
 */
const PRIOR: Shares = { plain: 0.18, correcting: 0.24, recursive: 0.18 };
/** Share of the local models' error that a distance of 1 from PRIOR costs, and the keys that double it. */
const PENALTY = 0.4;
const PENALTY_KEYS = 200;
const GRID = 16;
/** Below these an error, in units of demand, and a gain on it are rounding. */
const NEGLIGIBLE_ERROR = 1e-6;
const LEAST_GAIN = 0.001;
const LEAST_GAIN_OF_WEIGHTS = 0.005;
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
  const next = plainRowsOf(layout, panel, nextBucketOrigins(judged, season, heldOut, limits));
  const forests = trainForests(layout, pastRows, next, TRIAL_SIZE, training);
  const stride = Math.max(1, judged.length / TRIAL_KEYS);
  const ends: Origin[] = [];
  for (let at = 0; at < judged.length; at += stride) {
    const owner = judged[Math.floor(at)];
    ends.push({ owner, length: owner.history.length - heldOut, steps: heldOut });
  }
  const local = localBands(levelled(ends, season), season, heldOut);
  const rows = rowsOf(layout, panel, local.origins);
  const said = forestForecasts(layout, panel, forests, rows);
  const contest = { steps: heldOut, actual: rows.actual, local: local.mean, ...said };
  const tried = triedMethods(panel, rows.origins, contest, (origins) => errorUnits(origins, season));
  const units = errorUnits(rows.origins, season);
  const weighted = { ...contest, local: tried.local };
  const alone = learntShares(contest, units);
  const both = tried.methods && learntShares(weighted, units);
  // Forests learn much of what weights do: these must lower the error of all together, for what they cost.
  const isWeighted =
    both !== undefined &&
    lossOf(weighted, both.shares, units).mean <
      (1 - LEAST_GAIN_OF_WEIGHTS) * lossOf(contest, alone.shares, units).mean;
  const { shares, gain } = isWeighted ? both : alone;
  const forecast = blended(isWeighted ? weighted : contest, shares);
  return {
    keyCount: rows.origins.length,
    shares,
    gain,
    methods: isWeighted ? tried.methods : undefined,
    // The reach of a band is told from the forecast it was made for.
    widths: learntWidths(contest, forecast, local),
  };
}

type Contest = {
  /** Rows per key. */
  readonly steps: number;
  readonly actual: Float64Array;
  readonly local: Float64Array;
} & OfForests<Float64Array>;

const blended = ({ local, plain, correcting, recursive }: Contest, shares: Shares): Float64Array =>
  local.map((value, row) =>
    movedBy(value, { plain: plain[row], correcting: correcting[row], recursive: recursive[row] }, shares),
  );

type LocalBands = {
  readonly mean: Float64Array;
  readonly bands: readonly Interval[];
  /** The same origins with what each method said there. */
  readonly origins: readonly Origin[];
};

/** The standard tier's forecasts and bands at the trial's origins. */
function localBands(origins: readonly Origin[], season: number, steps: number): LocalBands {
  const block = (): Float64Array => new Float64Array(origins.length * steps);
  const result = { mean: block(), bands: WIDTH_LEVELS.map(() => ({ lower: block(), upper: block() })) };
  const informed = origins.map((origin, index): Origin => {
    const { owner, length } = origin;
    const model = defineModel(regularFor(length, season, 'standard'));
    const fitted = model.fit(owner.history.subarray(0, length), { season });
    result.mean.set(fitted.mean(steps), index * steps);
    WIDTH_LEVELS.forEach((level, i) => {
      const { lower, upper } = fitted.interval(steps, level);
      result.bands[i].lower.set(lower, index * steps);
      result.bands[i].upper.set(upper, index * steps);
    });
    return { ...origin, methods: fitted.methods?.(steps) };
  });
  return { ...result, origins: informed };
}

/**
 * What an error of each key is measured by: the geometric mean of its level and of its mean change over a season, so that
 * neither calm nor restless keys rule.
 */
function errorUnits(origins: readonly Origin[], season: number): Float64Array {
  return Float64Array.from(origins, ({ owner, length }) => {
    let change = 0;
    for (let t = season; t < length; t++) change += Math.abs(owner.history[t] - owner.history[t - season]);
    const ofLevel = levelAt(owner.history.subarray(0, length), season);
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
      for (let recursive = 0; plain + correcting + recursive <= GRID; recursive++) {
        const tried = { plain: plain / GRID, correcting: correcting / GRID, recursive: recursive / GRID };
        const cost = penalty * distanceFromPrior(tried);
        // The loss is 0 at least: what costs as much without it need not be looked at.
        if (cost >= lowest) continue;
        const all = cost + lossOf(contest, tried, units).mean;
        if (all < lowest) {
          lowest = all;
          shares = tried;
        }
      }
    }
  }
  const gain = 1 - lossOf(contest, shares, units).mean / localError;
  const isBetter = localError > NEGLIGIBLE_ERROR && gain > LEAST_GAIN;
  return { shares: isBetter ? shares : NO_SHARE, gain };
}

const distanceFromPrior = ({ plain, correcting, recursive }: Shares): number =>
  (plain - PRIOR.plain) ** 2 + (correcting - PRIOR.correcting) ** 2 + (recursive - PRIOR.recursive) ** 2;

/** Mean over keys of their mean absolute error, in their units. */
function lossOf(contest: Contest, shares: Shares, units: Float64Array): { mean: number; count: number } {
  const { steps, actual } = contest;
  const forecast = blended(contest, shares);
  let count = 0;
  let total = 0;
  for (let key = 0; key < units.length; key++) {
    let error = 0;
    let known = 0;
    for (let row = key * steps; row < (key + 1) * steps; row++) {
      if (Number.isNaN(actual[row])) continue;
      error += Math.abs(actual[row] - forecast[row]);
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
