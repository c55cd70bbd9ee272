/**
 * The work on one split that can be shared out by feature: sum the smaller child's histogram, take it off its parent's
 * for the larger child, and find the best split of both by each feature.
 *
 * A job is written as numbers into the workspace, and so are its answers, one candidate for each child and feature: any
 * thread that sees the workspace can work on any features, and the answers do not depend on which one did.
 */
import { tryCategorySplits } from './category-split.ts';
import { subtractCells, sumFeatures } from './histogram.ts';
import {
  type LeafSums,
  noSplit,
  type Split,
  type SplitRules,
  tryNumericSplits,
  WORDS_PER_SET,
} from './split.ts';
import { CANDIDATE_SIZE, type Workspace } from './workspace.ts';

// Places in the job: one number each.
const SMALL_SLOT = 0;
const LARGE_SLOT = 1;
const START = 2;
const END = 3;
const FEATURE_COUNT = 4;
const CELL_SIZE = 5;
const MINIMUM_ROWS = 6;
const MINIMUM_HESSIAN = 7;
const L2_PENALTY = 8;
/** Of each child: whether it may split, then its sums and bounds. */
const CHILDREN = 10;
const CHILD_SIZE = 6;

export type JobLeaf = LeafSums & { readonly slot: number; readonly start: number; readonly end: number };

/** Writes a job: `small` is summed; `large`, where given, holds its parent's histogram. A child that may not split has no search. */
export function writeJob(
  space: Workspace,
  featureCount: number,
  rules: SplitRules,
  small: JobLeaf,
  smallMaySplit: boolean,
  large: JobLeaf | undefined,
  largeMaySplit: boolean,
): void {
  const { job } = space;
  job[SMALL_SLOT] = small.slot;
  job[LARGE_SLOT] = large === undefined ? -1 : large.slot;
  job[START] = small.start;
  job[END] = small.end;
  job[FEATURE_COUNT] = featureCount;
  job[CELL_SIZE] = space.cellSize;
  job[MINIMUM_ROWS] = rules.minimumRows;
  job[MINIMUM_HESSIAN] = rules.minimumHessian;
  job[L2_PENALTY] = rules.l2Penalty;
  writeChild(job, CHILDREN, small, smallMaySplit);
  writeChild(job, CHILDREN + CHILD_SIZE, large ?? small, largeMaySplit);
}

function writeChild(job: Float64Array, at: number, leaf: LeafSums, maySplit: boolean): void {
  job[at] = maySplit ? 1 : 0;
  job[at + 1] = leaf.gradient;
  job[at + 2] = leaf.hessian;
  job[at + 3] = leaf.rows;
  job[at + 4] = leaf.lower;
  job[at + 5] = leaf.upper;
}

/** Cell size of the job at hand. */
export function jobCellSize(job: Float64Array): number {
  return job[CELL_SIZE] | 0;
}

export function jobFeatureCount(job: Float64Array): number {
  return job[FEATURE_COUNT] | 0;
}

// Scratch of one search; nothing in it outlives a call.
const scratchLeaf: LeafSums = { gradient: 0, hessian: 0, rows: 0, lower: 0, upper: 0 };
const scratchSplit = noSplit();
const scratchRules = { minimumRows: 0, minimumHessian: 0, l2Penalty: 0 };

/** Does the job at hand for `features[from]` to `features[to - 1]`. */
export function workOnFeatures(space: Workspace, from: number, to: number): void {
  const { job, features, cellStarts, cellSize, histograms, histogramSize } = space;
  // Read as integers: loops that count in floating point take twice as long.
  const smallSlot = job[SMALL_SLOT] | 0;
  const largeSlot = job[LARGE_SLOT] | 0;
  const smallBase = smallSlot * histogramSize;
  const largeBase = largeSlot * histogramSize;
  sumFeatures(space, smallSlot, job[START] | 0, job[END] | 0, from, to);
  scratchRules.minimumRows = job[MINIMUM_ROWS];
  scratchRules.minimumHessian = job[MINIMUM_HESSIAN];
  scratchRules.l2Penalty = job[L2_PENALTY];
  for (let i = from; i < to; i++) {
    const feature = features[i];
    const first = cellStarts[feature] * cellSize;
    if (job[CHILDREN] === 1) search(space, smallBase + first, i, 0);
    if (largeSlot < 0) continue;
    const length = cellStarts[feature + 1] * cellSize - first;
    subtractCells(histograms, largeBase + first, smallBase + first, length);
    if (job[CHILDREN + CHILD_SIZE] === 1) search(space, largeBase + first, i, 1);
  }
}

/** Finds one child's best split by the feature at place `index` and writes it as a candidate. */
function search(space: Workspace, first: number, index: number, child: number): void {
  const { job, features, valueBinCounts, isCategory, directions, candidates } = space;
  const at = CHILDREN + child * CHILD_SIZE;
  const feature = features[index];
  const valueBins = valueBinCounts[feature];
  scratchLeaf.gradient = job[at + 1];
  scratchLeaf.hessian = job[at + 2];
  scratchLeaf.rows = job[at + 3];
  scratchLeaf.lower = job[at + 4];
  scratchLeaf.upper = job[at + 5];
  scratchSplit.gain = 0;
  if (isCategory[feature] === 1) {
    tryCategorySplits(space, first, valueBins, feature, scratchLeaf, scratchRules, scratchSplit);
  } else {
    const direction = directions[feature];
    tryNumericSplits(space, first, valueBins, feature, direction, scratchLeaf, scratchRules, scratchSplit);
  }
  writeCandidate(candidates, (child * features.length + index) * CANDIDATE_SIZE, scratchSplit);
}

function writeCandidate(candidates: Float64Array, at: number, split: Split): void {
  candidates[at] = split.gain;
  if (split.gain === 0) return;
  candidates[at + 1] = split.feature;
  candidates[at + 2] = split.bin;
  candidates[at + 3] = (split.isCategory ? 1 : 0) + (split.missingLeft ? 2 : 0);
  candidates[at + 4] = split.direction;
  candidates[at + 5] = split.leftGradient;
  candidates[at + 6] = split.leftHessian;
  candidates[at + 7] = split.leftRows;
  if (!split.isCategory) return;
  for (let word = 0; word < WORDS_PER_SET; word++) candidates[at + 8 + word] = split.categories[word];
}

/** Reads the best candidate of child 0 (small) or 1 (large); of equal gains the one of the lower feature. */
export function readBestSplit(space: Workspace, child: number, split: Split): void {
  const { job, features, candidates } = space;
  split.gain = 0;
  let best = -1;
  for (let index = 0; index < job[FEATURE_COUNT]; index++) {
    const at = (child * features.length + index) * CANDIDATE_SIZE;
    if (candidates[at] <= split.gain) continue;
    split.gain = candidates[at];
    best = at;
  }
  if (best < 0) return;
  split.feature = candidates[best + 1];
  split.bin = candidates[best + 2];
  split.isCategory = (candidates[best + 3] & 1) === 1;
  split.missingLeft = (candidates[best + 3] & 2) === 2;
  split.direction = candidates[best + 4];
  split.leftGradient = candidates[best + 5];
  split.leftHessian = candidates[best + 6];
  split.leftRows = candidates[best + 7];
  if (!split.isCategory) return;
  for (let word = 0; word < WORDS_PER_SET; word++) split.categories[word] = candidates[best + 8 + word];
}
