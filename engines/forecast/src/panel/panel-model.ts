/**
 * The panel model: what all keys of a company teach about each of them, in gradient-boosted trees.
 *
 * `trainPanelModel` learns it once per run; `panel-forecast.ts` applies it to any share of the keys. It is plain data,
 * and `panel-bytes.ts` makes bytes of it.
 *
 * How much of each forecast it may have is learnt too, in a trial: a small model that has not seen the end of any
 * history forecasts that end (`panel-trial.ts`). Where it does not beat the local models there, or the panel is small,
 * its share is nought and nothing is trained.
 *
 * Cost      at the row limit about one minute of one core; less for fewer rows.
 * Source    Montero-Manso and Hyndman (2021), Int. J. of Forecasting 37(4), 1632-1653, on why one model for all series can
 *           be as good as one for each.
 */
import type { CrewShared } from '@planwright/trees';
import { assert } from '@planwright/units';
import { featureLayout } from './panel-features.ts';
import { methodSentence, type MethodWeights } from './method-weights.ts';
import { type Forests, FULL_SIZE, trainForests } from './panel-forests.ts';
import {
  FULL_TRAINING,
  nextBucketOrigins,
  plainRowsOf,
  rowsOf,
  type RowLimits,
  shortestHistory,
  trainingOrigins,
} from './panel-rows.ts';
import {
  NO_SHARE,
  runTrial,
  type Shares,
  sumOfShares,
  type TrialResult,
  UNIT_WIDTHS,
  type Widths,
} from './panel-trial.ts';
import { assertPanel, type Panel, panelKey, type PanelKey } from './panel.ts';
import { isSparse, type SparseForest, sparseSentence, trainSparse } from './sparse-forest.ts';

export type PanelModel = {
  /** Steps ahead that it has learnt. */
  readonly horizon: number;
  readonly season: number;
  /** Keys it has learnt from. */
  readonly keyCount: number;
  readonly shares: Shares;
  readonly widths: Widths;
  /** Undefined where the model has no share. */
  readonly forests: Forests | undefined;
  /** Weights of methods by the kind of series; undefined where they do not help. */
  readonly methods: MethodWeights | undefined;
  /** Of intermittent and lumpy demand; undefined where there is little of it or nothing is gained. */
  readonly sparse: SparseForest | undefined;
  /** One sentence: what the trial of regular demand found. */
  readonly reason: string;
};

export type PanelTraining = {
  readonly horizon: number;
  /** A whole number; 1 unless told. */
  readonly seed?: number;
  /** Told the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
  /** Rows to train on at most; 400,000 unless told. */
  readonly rowLimit?: number;
  /**
   * Sets helping threads to work, once for each of the six forests: every thread calls `serveCrew` of @planwright/trees with
   * what it is given here. The model is the same without them.
   */
  readonly helpers?: (shared: CrewShared) => void;
};

/** Below this many keys the trial itself is chance. */
const FEWEST_KEYS = 30;
const FEWEST_ROWS = 2000;
/** Share of the time that the trial takes. */
const TRIAL_TIME = 0.25;

/** Learns from every key that is smooth or erratic and has two seasons, and apart from these from the sparse ones. The same input gives the same model. */
export function trainPanelModel(panel: Panel, options: PanelTraining): PanelModel {
  assertPanel(panel);
  const { horizon, seed = 1, rowLimit = FULL_TRAINING.rows } = options;
  assert(Number.isInteger(horizon) && horizon >= 1, 'horizon is a whole number of buckets from 1');
  return { ...trainRegular(panel, options), sparse: trainSparse(panel, horizon, rowLimit, seed) };
}

function trainRegular(panel: Panel, options: PanelTraining): PanelModel {
  const { horizon, seed = 1, onProgress, rowLimit = FULL_TRAINING.rows, helpers } = options;
  const keys = learningKeys(panel);
  const without = (reason: string): PanelModel => ({
    horizon,
    season: panel.season,
    keyCount: keys.length,
    shares: NO_SHARE,
    widths: UNIT_WIDTHS,
    forests: undefined,
    methods: undefined,
    sparse: undefined,
    reason,
  });
  if (keys.length < FEWEST_KEYS)
    return without(
      `Only ${keys.length} keys have a regular history of two seasons, too few to learn from each other.`,
    );
  const trial = runTrial(panel, keys, horizon, rowLimit, { seed, helpers });
  if (trial === undefined)
    return without('The histories are too short to try a model across keys on their own past.');
  const { methods, widths, shares } = trial;
  if (sumOfShares(shares) === 0 && methods === undefined) return without(lostTrial(trial));
  onProgress?.(TRIAL_TIME);
  if (sumOfShares(shares) === 0) return { ...without(wonTrial(trial)), widths, methods };
  const layout = featureLayout(panel);
  const limits: RowLimits = { ...FULL_TRAINING, rows: Math.min(FULL_TRAINING.rows, rowLimit) };
  const rows = rowsOf(layout, panel, trainingOrigins(keys, panel.season, horizon, 0, limits));
  if (rows.table.rowCount < FEWEST_ROWS)
    return without('The histories are too short to learn from each other.');
  const onShare = (share: number): void => onProgress?.(TRIAL_TIME + (1 - TRIAL_TIME) * share);
  const next = plainRowsOf(layout, panel, nextBucketOrigins(keys, panel.season, 0, limits));
  const forests = trainForests(layout, rows, next, FULL_SIZE, { seed, onShare, helpers });
  return { ...without(wonTrial(trial)), shares, widths, methods, forests };
}

/** Keys that the model learns from and speaks for. */
function learningKeys(panel: Panel): PanelKey[] {
  const keys: PanelKey[] = [];
  for (let key = 0; key < panel.keyCount; key++) {
    const owner = panelKey(panel, key);
    if (isJudged(owner, panel.season)) keys.push(owner);
  }
  return keys;
}

/** Whether a key has the kind and length of history that the model was trained on. */
export const isJudged = ({ regular, history }: PanelKey, season: number): boolean =>
  regular && history.length >= shortestHistory(season);

/** Whether the model changes any forecast at all. */
export const hasSay = ({ forests, methods, sparse }: PanelModel): boolean =>
  forests !== undefined || methods !== undefined || sparse !== undefined;

/** Why the model changed the forecast of a key, in one sentence or two; empty where it has nothing to say of it. */
export function panelSentence(model: PanelModel, panel: Panel, key: number): string {
  const owner = panelKey(panel, key);
  if (isSparse(owner, panel.season)) return model.sparse === undefined ? '' : sparseSentence(model.sparse);
  if (!isJudged(owner, panel.season) || (model.forests === undefined && model.methods === undefined))
    return '';
  if (model.methods === undefined) return model.reason;
  const origin = { owner, length: owner.history.length, steps: 1 };
  return `${methodSentence(model.methods, origin, panel.season)} ${model.reason}`;
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

const wonTrial = ({ keyCount, shares, gain }: TrialResult): string =>
  sumOfShares(shares) === 0
    ? `On the last periods of ${keyCount} keys only the weights of methods lowered the error, so no forest is used.`
    : `On the last periods of ${keyCount} keys a model across keys lowered the error by ${percent(gain)}, so it has ${percent(sumOfShares(shares))} of the forecast.`;

const lostTrial = ({ keyCount }: TrialResult): string =>
  `On the last periods of ${keyCount} keys a model across keys was no better than each key's own, so it is not used.`;
