/**
 * Weights of methods from boosted trees: which of several methods to trust for a row, and how far.
 *
 * Model     one forest a method; the weights of a row are the softmax of their scores, all equal before the first tree.
 * Loss      sum over rows of sum over methods of weight x loss of that method on that row: what somebody who draws a method by its
 *           weight has to expect. Nobody says which method is right; that a bad one costs more than a fair one is what is learnt.
 * Steps     gradient w (L - mean loss), second derivative w (L (1 - w) - gradient), which is never negative where losses are not.
 *           Each round grows one tree a method at the same weights.
 * Cost      methods times what one forest of as many trees takes.
 * Source    Montero-Manso, Athanasopoulos, Hyndman and Talagala (2020), Int. J. of Forecasting 36(1), 86-92 (FFORMA).
 */
import { assert } from '@planwright/units';
import type { BinnedTable } from './binning.ts';
import type { FeatureTable } from './feature-table.ts';
import { growTree, type GrowthRules } from './grow.ts';
import { scoreTrees } from './predict.ts';
import { joinedTrees, type TreeModel } from './tree-model.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { allocateWorkspace, type Workspace } from './workspace.ts';

export type SoftmaxOptions = {
  /** Rounds: trees of each method. */
  readonly treeCount: number;
  /** Leaves a tree may have, 1 or more. */
  readonly leafCount: number;
  /** Share of each tree's step that is taken, above 0 and at most 1. */
  readonly learningRate: number;
  /** Rows on each side of a split (20). */
  readonly minimumRowsInLeaf?: number;
  /** Added to the second derivatives of every leaf (1): keeps the weights of few rows near each other. */
  readonly l2Penalty?: number;
};

/** A method that is nearly never chosen has next to no second derivative: its steps stay finite. */
const LEAST_HESSIAN = 1e-12;
/** Before the learning rate: the odds of a method change at most 55-fold in a round. */
const STEP_MAX = 4;

/**
 * Trains one forest for each method. `losses` has rows x `methodCount` numbers, row-major, finite and 0 or more; they should be
 * near 1 on average, because `l2Penalty` is measured against them. No chance is involved: the same input gives the same forests.
 */
export function trainSoftmax(
  binned: BinnedTable,
  losses: Float64Array,
  methodCount: number,
  options: SoftmaxOptions,
): TreeModel[] {
  assertSoftmax(binned, losses, methodCount, options);
  const { rowCount } = binned;
  const space = allocateWorkspace(binned, options.leafCount, 3, false);
  space.directions.fill(0);
  const rules: GrowthRules = {
    leafCount: options.leafCount,
    maxDepth: Infinity,
    minimumRows: options.minimumRowsInLeaf ?? 20,
    minimumHessian: LEAST_HESSIAN,
    l2Penalty: options.l2Penalty ?? 1,
  };
  const scores = Array.from({ length: methodCount }, () => new Float64Array(rowCount));
  const trees: TreeNodes[][] = scores.map(() => []);
  for (let round = 0; round < options.treeCount && rowCount > 0; round++) {
    const weights = softmaxOf(scores);
    for (let method = 0; method < methodCount; method++) {
      deriveMethod(weights, losses, methodCount, method, space);
      trees[method].push(boostMethod(binned, space, rules, options.learningRate, scores[method]));
    }
  }
  return trees.map((ofMethod) => ({
    names: binned.names,
    // The link is the identity, as that of the squared error.
    objective: { kind: 'l2' },
    baseScore: 0,
    ...joinedTrees(ofMethod),
    categoryBins: binned.categoryBins,
  }));
}

/** Weights of every row: rows x forests, row-major; those of a row are 0 or more and add up to 1. */
export function softmaxWeights(forests: readonly TreeModel[], table: FeatureTable): Float64Array {
  return softmaxOf(forests.map((forest) => scoreTrees(forest, table)));
}

/** rows x methods, row-major. */
function softmaxOf(scores: readonly Float64Array[]): Float64Array {
  const methodCount = scores.length;
  const rowCount = scores[0].length;
  const weights = new Float64Array(rowCount * methodCount);
  for (let row = 0; row < rowCount; row++) {
    let highest = -Infinity;
    for (const score of scores) highest = Math.max(highest, score[row]);
    let sum = 0;
    for (let method = 0; method < methodCount; method++) {
      const odds = Math.exp(scores[method][row] - highest);
      weights[row * methodCount + method] = odds;
      sum += odds;
    }
    for (let method = 0; method < methodCount; method++) weights[row * methodCount + method] /= sum;
  }
  return weights;
}

function deriveMethod(
  weights: Float64Array,
  losses: Float64Array,
  methodCount: number,
  method: number,
  { gradients, hessians }: Workspace,
): void {
  for (let row = 0; row < gradients.length; row++) {
    const first = row * methodCount;
    let mean = 0;
    for (let other = 0; other < methodCount; other++) mean += weights[first + other] * losses[first + other];
    const weight = weights[first + method];
    const loss = losses[first + method];
    const gradient = weight * (loss - mean);
    gradients[row] = gradient;
    hessians[row] = Math.max(LEAST_HESSIAN, weight * (loss * (1 - weight) - gradient));
  }
}

/** Grows one tree on the derivatives in `space` and adds it to the scores. */
function boostMethod(
  binned: BinnedTable,
  space: Workspace,
  rules: GrowthRules,
  learningRate: number,
  scores: Float64Array,
): TreeNodes {
  const { rowCount, names } = binned;
  for (let row = 0; row < rowCount; row++) space.rows[row] = row;
  for (let feature = 0; feature < names.length; feature++) space.features[feature] = feature;
  const { nodes, leaves } = growTree({ binned, space, crew: undefined }, rowCount, names.length, rules);
  for (const { node, start, end } of leaves) {
    const value = learningRate * Math.min(STEP_MAX, Math.max(-STEP_MAX, nodes.value[node]));
    nodes.value[node] = value;
    for (let i = start; i < end; i++) scores[space.rows[i]] += value;
  }
  return nodes;
}

function assertSoftmax(
  { rowCount }: BinnedTable,
  losses: Float64Array,
  methodCount: number,
  options: SoftmaxOptions,
): void {
  const { treeCount, leafCount, learningRate } = options;
  assert(Number.isInteger(methodCount) && methodCount >= 1, 'there is a method at least');
  assert(losses.length === rowCount * methodCount, `losses has ${rowCount} x ${methodCount} numbers`);
  assert(
    losses.every((loss) => loss >= 0 && loss < Infinity),
    'losses are finite and not negative',
  );
  assert(Number.isInteger(treeCount) && treeCount >= 0, 'treeCount is a whole number from 0');
  assert(Number.isInteger(leafCount) && leafCount >= 1, 'leafCount is a whole number from 1');
  assert(learningRate > 0 && learningRate <= 1, 'learningRate is above 0 and at most 1');
  assert((options.minimumRowsInLeaf ?? 1) >= 1, 'minimumRowsInLeaf is 1 or more');
  assert((options.l2Penalty ?? 0) >= 0, 'l2Penalty is not negative');
}
