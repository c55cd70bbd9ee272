/**
 * Gradient boosting: each tree follows the derivatives of the loss at the scores of the trees before it.
 *
 * The same table, target, options and seed give the same model, bit for bit.
 *
 * Cost    per tree about 2.5 x rows x features cell updates of 2 ns, plus leaves x features x bins for the splits.
 * Source  Friedman (2001), Annals of Statistics 29(5), 1189-1232; (2002), Computational Statistics and Data Analysis
 *         38(4), 367-378 (row sampling); Ke et al. (2017), NIPS 30.
 */
import { randomStream } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { BinnedTable } from './binning.ts';
import { type Crew } from './crew.ts';
import { type GrownTree, growTree, type GrowthRules } from './grow.ts';
import { renewLeaves } from './leaf-renewal.ts';
import {
  assertObjective,
  baseScore,
  deriveInto,
  hasLogLink,
  leafQuantile,
  meanLoss,
  type Objective,
} from './objective.ts';
import { sampleRows } from './row-sample.ts';
import { joinedTrees, type TreeModel } from './tree-model.ts';
import { leafOfBins, type TreeNodes } from './tree-nodes.ts';
import { allocateWorkspace, withCellSize, type Workspace } from './workspace.ts';

export type TrainOptions = {
  readonly objective: Objective;
  readonly treeCount: number;
  /** Leaves a tree may have, 1 or more. */
  readonly leafCount: number;
  /** Share of each tree's step that is taken, above 0 and at most 1. */
  readonly learningRate: number;
  /** Rows on each side of a split (20). */
  readonly minimumRowsInLeaf?: number;
  /** Sum of second derivatives on each side of a split (0.001). */
  readonly minimumHessian?: number;
  /** Added to the second derivatives of every leaf (0). */
  readonly l2Penalty?: number;
  readonly maxDepth?: number;
  /** Share of the features that each tree may use, 0 to 1 (1). */
  readonly featureShare?: number;
  /** Share of the rows that each tree is grown on, 0 to 1 (1). */
  readonly rowShare?: number;
  /** Per feature: 1 if the prediction must not fall as it rises, -1 if it must not rise, else 0. */
  readonly monotone?: Int8Array;
  /** One a row, 0 or more. */
  readonly weights?: Float64Array;
  /** Rows kept out of training; training stops when their loss has not improved for `patience` trees. */
  readonly validation?: { readonly rows: Uint32Array; readonly patience: number };
  /** A whole number. */
  readonly seed: number;
  /** Threads that help; made for this table and at least this many leaves. The model is the same without them. */
  readonly crew?: Crew;
  /** Told each tree's number and the mean loss after it (of the validation rows if there are any); false stops. */
  readonly onTree?: (tree: number, loss: number) => boolean;
};

// A tree moves the logarithm of a mean by at most this before the learning rate: 55-fold, and never to infinity.
const LOG_STEP_MAX = 4;

type Training = {
  readonly binned: BinnedTable;
  /** Scaled for objectives without link; see `scaleOf`. */
  readonly target: Float64Array;
  readonly options: TrainOptions;
  readonly space: Workspace;
  readonly scores: Float64Array;
  /** 1 for rows that have their value of the current tree; all 0 between trees. */
  readonly isAdded: Uint8Array;
  readonly trainingRows: Uint32Array;
  readonly rules: GrowthRules;
  readonly features: Uint32Array;
};

/**
 * Trains a model on the rows of a binned table.
 *
 * `target`  one finite number a row; not negative under a log link. A NaN stops with its row.
 * Returns   the model with all trees; after early stopping, with those up to the lowest validation loss.
 */
export function trainTrees(binned: BinnedTable, target: Float64Array, options: TrainOptions): TreeModel {
  assertOptions(binned, target, options);
  const scale = scaleOf(options.objective, target);
  const training = startTraining(binned, target, options, scale);
  const { scores, trainingRows, space } = training;
  const base = baseScore(options.objective, training.target, options.weights, trainingRows);
  scores.fill(base);
  const trees: TreeNodes[] = [];
  const validation = options.validation?.rows.length === 0 ? undefined : options.validation;
  const watched = validation?.rows ?? trainingRows;
  let bestLoss = meanLoss(options.objective, scores, training.target, options.weights, watched);
  let bestCount = 0;
  for (let tree = 0; tree < options.treeCount && trainingRows.length > 0; tree++) {
    deriveInto(options.objective, scores, training.target, options.weights, space.gradients, space.hessians);
    const grown = boostOnce(training, tree);
    trees.push(grown.nodes);
    if (validation === undefined && options.onTree === undefined) continue;
    const loss = meanLoss(options.objective, scores, training.target, options.weights, watched);
    if (loss < bestLoss) {
      bestLoss = loss;
      bestCount = tree + 1;
    }
    const goesOn = options.onTree?.(tree, inTargetUnits(options.objective, loss, scale)) ?? true;
    if (!goesOn || (validation !== undefined && tree + 1 - bestCount >= validation.patience)) break;
  }
  const kept = validation === undefined ? trees : trees.slice(0, bestCount);
  for (const nodes of kept) rescale(nodes, options.objective, scale);
  return {
    names: binned.names,
    objective: options.objective,
    baseScore: base * scale,
    ...joinedTrees(kept),
    categoryBins: binned.categoryBins,
  };
}

/** Derives, grows, shrinks and adds one tree. */
function boostOnce(training: Training, tree: number): GrownTree {
  const { binned, options, space, scores, rules } = training;
  const rowCount = chooseRows(training, tree);
  const grown = growTree(
    { binned, space, crew: options.crew },
    rowCount,
    chooseFeatures(training, tree),
    rules,
  );
  const { nodes, leaves } = grown;
  const level = leafQuantile(options.objective);
  if (level !== undefined) {
    const { target } = training;
    renewLeaves(grown, { space, scores, target, weights: options.weights, level });
  }
  const step = hasLogLink(options.objective) ? LOG_STEP_MAX : Infinity;
  for (const leaf of leaves) {
    const value = Math.min(step, Math.max(-step, nodes.value[leaf.node]));
    nodes.value[leaf.node] = value * options.learningRate;
  }
  addToScores(training, grown, rowCount);
  return grown;
}

/** Adds a tree to the scores: its own rows by their leaves, those it was not grown on by walking down. */
function addToScores({ binned, space, scores, isAdded }: Training, grown: GrownTree, rowCount: number): void {
  const { nodes, leaves } = grown;
  for (const { node, start, end } of leaves) {
    const value = nodes.value[node];
    for (let i = start; i < end; i++) {
      scores[space.rows[i]] += value;
      isAdded[space.rows[i]] = 1;
    }
  }
  if (rowCount < binned.rowCount) {
    for (let row = 0; row < binned.rowCount; row++) {
      if (isAdded[row] === 1) continue;
      scores[row] += nodes.value[leafOfBins(nodes, 0, binned.bins, binned.rowCount, row)];
    }
  }
  isAdded.fill(0);
}

/** Puts the rows of this tree to the front of `space.rows` and returns how many there are. */
function chooseRows({ options, space, trainingRows }: Training, tree: number): number {
  const { rowShare = 1, seed } = options;
  if (rowShare === 1) {
    space.rows.set(trainingRows);
    return trainingRows.length;
  }
  const wanted = Math.max(1, Math.round(rowShare * trainingRows.length));
  sampleRows(trainingRows, wanted, randomStream(seed, `rows ${tree}`), space.rows);
  return wanted;
}

/** Puts the features of this tree to the front of `space.features` and returns how many there are. */
function chooseFeatures({ options, space, features }: Training, tree: number): number {
  const { featureShare = 1, seed } = options;
  if (featureShare === 1 || features.length === 0) {
    space.features.set(features);
    return features.length;
  }
  const wanted = Math.max(1, Math.round(featureShare * features.length));
  const sample = new Uint32Array(wanted);
  sampleRows(features, wanted, randomStream(seed, `features ${tree}`), sample);
  space.features.set(sample);
  return wanted;
}

function startTraining(
  binned: BinnedTable,
  target: Float64Array,
  options: TrainOptions,
  scale: number,
): Training {
  const { rowCount } = binned;
  const isHeldOut = new Uint8Array(rowCount);
  for (const row of options.validation?.rows ?? []) isHeldOut[row] = 1;
  const cellSize = hasLogLink(options.objective) || options.weights !== undefined ? 3 : 2;
  const space =
    options.crew === undefined
      ? allocateWorkspace(binned, options.leafCount, cellSize, false)
      : withCellSize(options.crew.shared.space, cellSize);
  space.directions.fill(0);
  if (options.monotone !== undefined) space.directions.set(options.monotone);
  return {
    binned,
    target: scale === 1 ? target : target.map((value) => value / scale),
    options,
    space,
    scores: new Float64Array(rowCount),
    isAdded: new Uint8Array(rowCount),
    trainingRows: Uint32Array.from({ length: rowCount }, (_, row) => row).filter(
      (row) => isHeldOut[row] === 0,
    ),
    rules: {
      leafCount: options.leafCount,
      maxDepth: options.maxDepth ?? Infinity,
      minimumRows: options.minimumRowsInLeaf ?? 20,
      minimumHessian: options.minimumHessian ?? 1e-3,
      l2Penalty: options.l2Penalty ?? 0,
    },
    features: Uint32Array.from(binned.names.keys()).filter((feature) => hasTwoBins(binned, feature)),
  };
}

/** False where every row has the same bin: such a feature cannot split. */
function hasTwoBins({ bins, rowCount }: BinnedTable, feature: number): boolean {
  const column = bins.subarray(feature * rowCount, (feature + 1) * rowCount);
  return column.some((bin) => bin !== column[0]);
}

/**
 * A power of two near the largest target, so that squares of huge or tiny targets stay finite: dividing by it is exact,
 * and a thousand times the demand gives a thousand times the forecast. Losses with a log link are left as they are.
 */
function scaleOf(objective: Objective, target: Float64Array): number {
  if (hasLogLink(objective)) return 1;
  let largest = 0;
  for (const value of target) largest = Math.max(largest, Math.abs(value));
  return largest === 0 ? 1 : 2 ** Math.max(-1000, Math.min(1000, Math.round(Math.log2(largest))));
}

/** Brings values, and gains where they are losses, back to the units of the target. */
function rescale({ value, gain }: TreeNodes, objective: Objective, scale: number): void {
  const gainScale = objective.kind === 'l2' ? scale * scale : 1;
  for (let node = 0; node < value.length; node++) {
    value[node] *= scale;
    gain[node] *= gainScale;
  }
}

function inTargetUnits(objective: Objective, loss: number, scale: number): number {
  return objective.kind === 'l2' ? loss * scale * scale : loss * scale;
}

function assertOptions(binned: BinnedTable, target: Float64Array, options: TrainOptions): void {
  const { rowCount, names } = binned;
  const { featureShare = 1, rowShare = 1, weights, validation, monotone, crew } = options;
  assert(target.length === rowCount, `target has ${rowCount} rows, not ${target.length}`);
  assertObjective(options.objective, target);
  assert(Number.isInteger(options.treeCount) && options.treeCount >= 0, 'treeCount is a whole number from 0');
  assert(Number.isInteger(options.leafCount) && options.leafCount >= 1, 'leafCount is a whole number from 1');
  assert(options.learningRate > 0 && options.learningRate <= 1, 'learningRate is above 0 and at most 1');
  assert((options.minimumRowsInLeaf ?? 1) >= 1, 'minimumRowsInLeaf is 1 or more');
  assert((options.minimumHessian ?? 0) >= 0, 'minimumHessian is not negative');
  assert((options.l2Penalty ?? 0) >= 0, 'l2Penalty is not negative');
  assert((options.maxDepth ?? 1) >= 1, 'maxDepth is 1 or more');
  assert(featureShare > 0 && featureShare <= 1, 'featureShare is above 0 and at most 1');
  assert(rowShare > 0 && rowShare <= 1, 'rowShare is above 0 and at most 1');
  assert(
    crew === undefined || (crew.binned === binned && crew.leafCount >= options.leafCount),
    'the crew was made for this table and leafCount',
  );
  assert(monotone === undefined || monotone.length === names.length, 'monotone has one entry a feature');
  assert(
    monotone === undefined ||
      monotone.every(
        (way, feature) => way === 0 || (Math.abs(way) === 1 && binned.categoryBins[feature] === undefined),
      ),
    'monotone is -1, 0 or 1, and 0 for categories',
  );
  if (weights !== undefined) {
    assert(weights.length === rowCount, `weights has ${rowCount} rows, not ${weights.length}`);
    assert(
      weights.every((weight) => weight >= 0 && weight < Infinity),
      'weights are finite and not negative',
    );
  }
  if (validation !== undefined) {
    assert(validation.patience >= 1, 'patience is 1 or more trees');
    assert(
      validation.rows.every((row) => row < rowCount),
      `validation rows are below ${rowCount}`,
    );
  }
}
