/**
 * A forest for intermittent and lumpy demand: what all sparse keys teach about the rate of each.
 *
 * Objective squared and absolute errors, Poisson and Tweedie are tried on the held-out ends of the keys, and the best is kept. The
 *           median of sparse demand is nothing, so absolute errors lose as a rule; which of the others wins depends on how sizes vary.
 * Unit      of a row the level at its origin. Rows weigh as the deviance of each objective scales (the variance is a power
 *           of the mean), so that keys count alike, and not origins with little demand most.
 * Judged    by the mean squared error of each key over that of its changes from bucket to bucket, which is lowest at the mean
 *           (its root, as in M5, is not: on car parts the median would win with a third too little in all), and by the total,
 *           which must not be further off than that of IMAPA.
 * Share     moved from IMAPA by what was gained (tried-share.ts); nothing where nothing was.
 * Cost      of the trial four small forests; training about 0.25 us x rows x trees.
 * Source    Tweedie losses for intermittent demand: the winners of M5, Makridakis et al. (2022), Int. J. of Forecasting
 *           38(4), 1346-1364; Jørgensen (1987), J. of the Royal Statistical Society B 49(2), 127-162.
 */
import { binTable, type Objective, predictTrees, trainTrees, type TreeModel } from '@planwright/trees';
import { defineModel } from '../contract/define-model.ts';
import { aggregationDefinition } from '../models/intermittent/aggregation.ts';
import { featureLayout } from './panel-features.ts';
import type { ForestSize } from './panel-forests.ts';
import { type Origin, plainRowsOf, type PlainRows, shortestHistory, trainingOrigins } from './panel-rows.ts';
import { type Panel, panelKey, type PanelKey } from './panel.ts';
import { triedShare } from './tried-share.ts';

export type SparseForest = {
  readonly objective: Objective;
  /** How far forecasts move from IMAPA towards the forest, above 0 to 1. */
  readonly share: number;
  /** By how much the error fell in the trial, 0 to 1. */
  readonly gain: number;
  /** Keys of the trial. */
  readonly keyCount: number;
  readonly forest: TreeModel;
};

type Tried = { readonly objective: Objective; readonly power: number };

/** With the power of the mean that the variance is proportional to: deviances are in units of demand to the 2 less that. */
const OBJECTIVES: readonly Tried[] = [
  { objective: { kind: 'l1' }, power: 1 },
  { objective: { kind: 'l2' }, power: 0 },
  { objective: { kind: 'poisson' }, power: 1 },
  { objective: { kind: 'tweedie', power: 1.5 }, power: 1.5 },
];

const FEWEST_KEYS = 60;
const FEWEST_ROWS = 1000;
const LIMITS = { rows: 120_000, buckets: 20_000_000 };
const TRIAL_LIMITS = { rows: 40_000, buckets: 20_000_000 };
const SIZE: ForestSize = { treeCount: 120, learningRate: 0.06 };
const TRIAL_SIZE: ForestSize = { treeCount: 60, learningRate: 0.12 };
const LEAF_COUNT = 31;
const FEATURE_SHARE = 0.5;
const ROW_SHARE = 0.7;
/** Sparse rows say little each: leaves are larger than those of regular demand. */
const LEAF_SHARE = 1 / 200;
const SMALLEST_LEAF = 50;
/** Of the seed of the forests for regular demand. */
const SEED_STEP = 10;
const WEIGHT_MAX = 20;
/** The total may be off by this in any case: the trial sees one moment. */
const TOTAL_ERROR = 0.05;

/** Whether a key is sparse and has the length of history that the forest was trained on. */
export const isSparse = ({ demandClass, regular, history }: PanelKey, season: number): boolean =>
  !regular &&
  (demandClass === 'intermittent' || demandClass === 'lumpy') &&
  history.length >= shortestHistory(season);

/** The forest of a panel; undefined where sparse keys are few or short, or where none of the objectives helps. */
export function trainSparse(
  panel: Panel,
  horizon: number,
  rowLimit: number,
  seed: number,
): SparseForest | undefined {
  const { season } = panel;
  const keys: PanelKey[] = [];
  for (let key = 0; key < panel.keyCount; key++) {
    const owner = panelKey(panel, key);
    if (isSparse(owner, season)) keys.push(owner);
  }
  if (keys.length < FEWEST_KEYS) return undefined;
  const best = bestObjective(panel, keys, horizon, rowLimit, seed);
  if (best === undefined) return undefined;
  const limits = { ...LIMITS, rows: Math.min(LIMITS.rows, rowLimit) };
  const rows = plainRowsOf(featureLayout(panel), panel, trainingOrigins(keys, season, horizon, 0, limits));
  const forest = trainOn(rows, best.tried, SIZE, seed);
  const { share, gain, keyCount } = best;
  return { objective: best.tried.objective, share, gain, keyCount, forest };
}

type BestObjective = Omit<SparseForest, 'objective' | 'forest'> & { readonly tried: Tried };

/** The outcome of the trial; undefined where nothing is gained by any. */
function bestObjective(
  panel: Panel,
  keys: readonly PanelKey[],
  horizon: number,
  rowLimit: number,
  seed: number,
): BestObjective | undefined {
  const { season } = panel;
  const lengths = keys.map(({ history }) => history.length).sort((a, b) => a - b);
  const heldOut = Math.min(horizon, Math.floor(lengths[lengths.length >> 1] / 4));
  const judged = keys.filter(({ history }) => history.length - heldOut >= shortestHistory(season));
  if (heldOut < 1 || judged.length < FEWEST_KEYS) return undefined;
  const layout = featureLayout(panel);
  const limits = { ...TRIAL_LIMITS, rows: Math.min(TRIAL_LIMITS.rows, rowLimit) };
  const past = plainRowsOf(layout, panel, trainingOrigins(judged, season, heldOut, heldOut, limits));
  if (past.table.rowCount < FEWEST_ROWS) return undefined;
  const ends = plainRowsOf(
    layout,
    panel,
    judged.map((owner) => ({ owner, length: owner.history.length - heldOut, steps: heldOut })),
  );
  const local = Float64Array.from(ends.origins.flatMap((origin) => [...localRates(origin, season)]));
  const units = ends.origins.map(({ owner, length }) => stepUnit(owner.history.subarray(0, length)));
  const errorsOf = (forecast: Float64Array): number[] => scaledErrors(ends, forecast, units, heldOut);
  const before = errorsOf(local);
  let best: BestObjective | undefined;
  for (const tried of OBJECTIVES) {
    const said = saidBy(trainOn(past, tried, TRIAL_SIZE, seed), ends);
    const moved = (part: number): Float64Array =>
      local.map((value, row) => value + part * (said[row] - value));
    const { share, gain } = triedShare(before, (part) => errorsOf(moved(part)));
    const isOff =
      totalError(ends.actual, moved(share)) > Math.max(TOTAL_ERROR, totalError(ends.actual, local));
    if (share > 0 && !isOff && gain > (best?.gain ?? 0))
      best = { tried, share, gain, keyCount: before.length };
  }
  return best;
}

/** What the forest says of each row, in the unit of the history. */
const saidBy = (forest: TreeModel, { table, level }: PlainRows): Float64Array =>
  predictTrees(forest, table).map((ratio, row) => Math.max(0, ratio) * level[row]);

/** What sparse keys are forecast by on their own. */
const localRates = ({ owner, length, steps }: Origin, season: number): Float64Array =>
  defineModel(aggregationDefinition('IMAPA', true))
    .fit(owner.history.subarray(0, length), { season })
    .mean(steps);

/** Mean squared change from bucket to bucket: what squared errors are measured by. Above 0 where demand comes and goes. */
function stepUnit(history: Float64Array): number {
  let squares = 0;
  for (let t = 1; t < history.length; t++) squares += (history[t] - history[t - 1]) ** 2;
  return squares / Math.max(1, history.length - 1);
}

/** How far the sum of what is known is off, over that sum. */
function totalError(actual: Float64Array, forecast: Float64Array): number {
  let known = 0;
  let error = 0;
  for (let row = 0; row < actual.length; row++) {
    if (Number.isNaN(actual[row])) continue;
    known += Math.abs(actual[row]);
    error += forecast[row] - actual[row];
  }
  return Math.abs(error) / known;
}

/** Of each key with known actuals. */
function scaledErrors(
  { actual }: PlainRows,
  forecast: Float64Array,
  units: readonly number[],
  steps: number,
): number[] {
  const errors: number[] = [];
  units.forEach((unit, key) => {
    let squares = 0;
    let known = 0;
    for (let row = key * steps; row < (key + 1) * steps; row++) {
      if (Number.isNaN(actual[row])) continue;
      squares += (forecast[row] - actual[row]) ** 2;
      known += 1;
    }
    if (known > 0 && unit > 0) errors.push(squares / known / unit);
  });
  return errors;
}

function trainOn(
  { table, level, actual, origins }: PlainRows,
  tried: Tried,
  size: ForestSize,
  seed: number,
): TreeModel {
  const target = new Float64Array(table.rowCount);
  const weights = new Float64Array(table.rowCount);
  let row = 0;
  for (const { owner, length, steps } of origins) {
    const own = meanOf(owner.history.subarray(0, length));
    for (let step = 0; step < steps; step++, row++) {
      if (Number.isNaN(actual[row])) continue;
      target[row] = Math.max(0, actual[row]) / level[row];
      weights[row] = Math.min(WEIGHT_MAX, (level[row] / own) ** (2 - tried.power));
    }
  }
  return trainTrees(binTable(table), target, {
    objective: tried.objective,
    ...size,
    leafCount: LEAF_COUNT,
    minimumRowsInLeaf: Math.max(SMALLEST_LEAF, Math.round(table.rowCount * LEAF_SHARE)),
    featureShare: FEATURE_SHARE,
    rowShare: ROW_SHARE,
    weights,
    seed: seed + SEED_STEP,
  });
}

const meanOf = (history: Float64Array): number =>
  history.reduce((sum, value) => sum + Math.abs(value), 0) / history.length;

/** By how much each step of each origin moves, in the unit of its history, from the local forecast in that unit. */
export function sparseMoves(
  { forest, share }: SparseForest,
  panel: Panel,
  origins: readonly Origin[],
  localOf: (origin: Origin, step: number) => number,
): Float64Array[] {
  const said = saidBy(forest, plainRowsOf(featureLayout(panel), panel, origins));
  let row = 0;
  return origins.map((origin) =>
    Float64Array.from({ length: origin.steps }, (_, step) => share * (said[row++] - localOf(origin, step))),
  );
}

const OBJECTIVE_NAMES: Readonly<Record<Objective['kind'], string>> = {
  l1: 'absolute errors',
  l2: 'squared errors',
  quantile: 'a quantile',
  poisson: 'a Poisson loss',
  tweedie: 'a Tweedie loss',
};

/** One sentence: what the trial found. */
export const sparseSentence = ({ objective, share, gain, keyCount }: SparseForest): string =>
  `On the last periods of ${keyCount} keys of sparse demand, a model across them with ${OBJECTIVE_NAMES[objective.kind]} lowered the error by ${(100 * gain).toFixed(1)} %, so it has ${Math.round(100 * share)} % of the forecast.`;
