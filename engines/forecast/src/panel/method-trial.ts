/**
 * Weights of methods by what kind of series it is, learnt from losses on held-out ends, and tried on series that had no part
 * in the learning.
 *
 * Trial     the series are dealt into FOLDS; the weights of each are those of trees that learnt from the others alone. The
 *           forecast is moved from the local one towards the weighted mean of the methods by a share, or not at all
 *           (tried-share.ts).
 * Source    Montero-Manso et al. (2020), Int. J. of Forecasting 36(1), 86-92 (FFORMA); stacking by cross-validation: Wolpert
 *           (1992), Neural Networks 5(2), 241-259.
 */
import { binTable, type FeatureTable, softmaxWeights, trainSoftmax, type TreeModel } from '@planwright/trees';
import { triedShare } from './tried-share.ts';

/** Rows are origins of series; the first `judgedCount` are ends that the trial is held on. */
export type MethodTrial = {
  readonly methodCount: number;
  /** Features of each row, numeric. */
  readonly table: FeatureTable;
  /** The series of each row. */
  readonly series: readonly number[];
  /** rows x methodCount, row-major, 0 or more; a row of NaN has nothing to teach. */
  readonly losses: Float64Array;
  readonly judgedCount: number;
  readonly steps: number;
  /** judgedCount x methodCount x steps. */
  readonly forecasts: Float64Array;
  /** judgedCount x steps; what is not known is NaN. */
  readonly actual: Float64Array;
  readonly local: Float64Array;
  /** What an error of each judged row is measured by, above 0. */
  readonly units: Float64Array;
};

export type MethodOutcome = {
  /** How far forecasts move from the local one towards the weighted mean, 0 to 1; 0 where the trial found no gain. */
  readonly share: number;
  /** By how much the mean error of series not learnt from fell, 0 to 1. */
  readonly gain: number;
  /** The local forecasts as the weights moved them, each by trees that had not seen the series. */
  readonly moved: Float64Array;
  /** One for each method, of all series; empty where the share is 0. */
  readonly forests: readonly TreeModel[];
};

const FOLDS = 4;
const FEWEST_SERIES = 50;
/** Times the mean loss: no single failure of a method may rule. */
const LARGEST_LOSS = 5;

const ROUNDS = 60;
const LEARNING_RATE = 0.15;
const LEAF_COUNT = 6;
const SMALLEST_LEAF = 10;
/** A leaf holds this share of the rows at least. */
const LEAF_SHARE = 1 / 40;

export function tryMethods(trial: MethodTrial): MethodOutcome {
  const { series, judgedCount, steps, forecasts, methodCount, table } = trial;
  const without: MethodOutcome = { share: 0, gain: 0, moved: trial.local, forests: [] };
  const teaching = series
    .map((_, row) => row)
    .filter((row) => !Number.isNaN(trial.losses[row * methodCount]));
  if (new Set(teaching.map((row) => series[row])).size < FEWEST_SERIES) return without;
  const said = new Float64Array(judgedCount * steps);
  for (let fold = 0; fold < FOLDS; fold++) {
    const isIn = (row: number): boolean => series[row] % FOLDS === fold;
    const judged = Array.from({ length: judgedCount }, (_, row) => row).filter(isIn);
    const learnt = teaching.filter((row) => !isIn(row));
    if (judged.length === 0 || learnt.length === 0) continue;
    const weights = softmaxWeights(trainOn(trial, learnt), rowsOfTable(table, judged));
    judged.forEach((row, i) => {
      const own = weights.subarray(i * methodCount, (i + 1) * methodCount);
      const all = forecasts.subarray(row * methodCount * steps, (row + 1) * methodCount * steps);
      said.set(weightedMean(all, own, steps), row * steps);
    });
  }
  const { share, gain } = triedShare(meanErrors(trial, trial.local), (tried) =>
    meanErrors(trial, movedTowards(trial.local, said, tried)),
  );
  if (share === 0) return { ...without, gain };
  return { share, gain, moved: movedTowards(trial.local, said, share), forests: trainOn(trial, teaching) };
}

/** The mean of the rows of `forecasts` (methods x steps) by their weights. */
export function weightedMean(forecasts: Float64Array, weights: Float64Array, steps: number): Float64Array {
  const mean = new Float64Array(steps);
  for (let method = 0; method < weights.length; method++)
    for (let step = 0; step < steps; step++) mean[step] += weights[method] * forecasts[method * steps + step];
  return mean;
}

const movedTowards = (local: Float64Array, said: Float64Array, share: number): Float64Array =>
  local.map((value, i) => value + share * (said[i] - value));

/** Trees of the given rows. */
function trainOn({ table, losses, methodCount }: MethodTrial, rows: readonly number[]): TreeModel[] {
  const own = Float64Array.from(
    rows.flatMap((row) => [...losses.subarray(row * methodCount, (row + 1) * methodCount)]),
  );
  const mean = own.reduce((sum, loss) => sum + loss / own.length, 0);
  const unit = mean > 0 ? mean : 1;
  return trainSoftmax(
    binTable(rowsOfTable(table, rows)),
    own.map((loss) => Math.min(LARGEST_LOSS, loss / unit)),
    methodCount,
    {
      treeCount: ROUNDS,
      leafCount: LEAF_COUNT,
      learningRate: LEARNING_RATE,
      minimumRowsInLeaf: Math.max(SMALLEST_LEAF, Math.round(rows.length * LEAF_SHARE)),
    },
  );
}

function rowsOfTable({ names, values, rowCount }: FeatureTable, rows: readonly number[]): FeatureTable {
  const chosen = new Float32Array(rows.length * names.length);
  for (let column = 0; column < names.length; column++)
    rows.forEach((row, i) => {
      chosen[column * rows.length + i] = values[column * rowCount + row];
    });
  return { rowCount: rows.length, names, values: chosen };
}

/** Mean absolute error of each judged row with known actuals, in its unit. */
function meanErrors({ judgedCount, steps, actual, units }: MethodTrial, forecast: Float64Array): number[] {
  const errors: number[] = [];
  for (let row = 0; row < judgedCount; row++) {
    const error = meanAbsoluteError(
      forecast.subarray(row * steps, (row + 1) * steps),
      actual.subarray(row * steps, (row + 1) * steps),
    );
    if (!Number.isNaN(error)) errors.push(error / units[row]);
  }
  return errors;
}

/** Over the steps that are known; NaN where none is. */
export function meanAbsoluteError(forecast: Float64Array, actual: Float64Array): number {
  let sum = 0;
  let known = 0;
  for (let step = 0; step < forecast.length; step++) {
    if (Number.isNaN(actual[step])) continue;
    sum += Math.abs(actual[step] - forecast[step]);
    known += 1;
  }
  return known > 0 ? sum / known : Number.NaN;
}
