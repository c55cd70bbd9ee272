/**
 * The best split of one leaf by one category feature.
 *
 * Categories are put in order of their mean derivative, and only cuts of that order are tried: for a convex loss one of
 * them is the best of all 2^(k-1) subsets. Rare categories are drawn towards the mean of the leaf before they are
 * ordered, and a penalty of ten typical rows holds the gain of many small categories down. Missing rows are one more
 * category. Categories that the leaf does not hold go to the side with more rows.
 *
 * Source   Fisher (1958), J. of the American Statistical Association 53, 789-798; the order and the penalty are those of
 *          LightGBM (cat_smooth, cat_l2 = 10), whose means are drawn towards 0 instead.
 */
import { gainFloor, type LeafSums, leafValue, scoreWithin, type Split, type SplitRules } from './split.ts';
import type { Workspace } from './workspace.ts';

const SMOOTHING_ROWS = 10;
const PENALTY_ROWS = 10;
const CELLS_MAX = 256;

// Scratch of one search; nothing in it outlives a call.
const order = new Int32Array(CELLS_MAX);
const means = new Float64Array(CELLS_MAX);

/** Tries all cuts of a category feature's order and writes the best to `best` if its gain passes what stands there. */
export function tryCategorySplits(
  space: Workspace,
  first: number,
  valueBins: number,
  feature: number,
  leaf: LeafSums,
  rules: SplitRules,
  best: Split,
): void {
  const { histograms, cellSize } = space;
  const present = categoryOrder(space, first, valueBins, leaf);
  const rowHessian = leaf.hessian / leaf.rows;
  const penalty = rules.l2Penalty + PENALTY_ROWS * rowHessian;
  const { lower, upper } = leaf;
  const parentScore = scoreWithin(leaf.gradient, leaf.hessian, rules.l2Penalty, lower, upper);
  let bestScore = parentScore + Math.max(gainFloor(leaf.hessian, parentScore), 2 * best.gain);
  let bestCut = 0;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  for (let cut = 1; cut < present.length; cut++) {
    const cell = first + present[cut - 1] * cellSize;
    gradient += histograms[cell];
    hessian += histograms[cell + 1];
    rows += histograms[cell + cellSize - 1];
    if (rows < rules.minimumRows || hessian < rules.minimumHessian) continue;
    const rightHessian = leaf.hessian - hessian;
    if (leaf.rows - rows < rules.minimumRows || rightHessian < rules.minimumHessian) break;
    const score =
      scoreWithin(gradient, hessian, penalty, lower, upper) +
      scoreWithin(leaf.gradient - gradient, rightHessian, penalty, lower, upper);
    if (score <= bestScore) continue;
    bestScore = score;
    bestCut = cut;
    best.gain = (score - parentScore) / 2;
    best.leftGradient = gradient;
    best.leftHessian = hessian;
    best.leftRows = rows;
  }
  if (bestCut > 0) writeCategories(best, feature, bestCut, present, valueBins, leaf);
}

/** Bins with rows in ascending order of their smoothed mean derivative, ties by number. Valid until the next call. */
export function categoryOrder(
  space: Workspace,
  first: number,
  valueBins: number,
  leaf: LeafSums,
): Int32Array {
  const { histograms, cellSize } = space;
  const smoothing = (SMOOTHING_ROWS * leaf.hessian) / leaf.rows;
  const centre = leafValue(-leaf.gradient, leaf.hessian, 0, -Infinity, Infinity);
  let present = 0;
  for (let bin = 0; bin <= valueBins; bin++) {
    const cell = first + bin * cellSize;
    if (histograms[cell + cellSize - 1] === 0) continue;
    const mean = (histograms[cell] + smoothing * centre) / (histograms[cell + 1] + smoothing);
    means[bin] = Number.isNaN(mean) ? centre : mean;
    order[present++] = bin;
  }
  return order.subarray(0, present).sort((a, b) => means[a] - means[b] || a - b);
}

function writeCategories(
  best: Split,
  feature: number,
  cut: number,
  present: Int32Array,
  valueBins: number,
  leaf: LeafSums,
): void {
  const absentLeft = 2 * best.leftRows > leaf.rows;
  const { categories } = best;
  categories.fill(0);
  if (absentLeft) for (let bin = 0; bin <= valueBins; bin++) categories[bin >>> 5] |= 1 << (bin & 31);
  for (let i = 0; i < present.length; i++) {
    const bit = 1 << (present[i] & 31);
    if (i < cut) categories[present[i] >>> 5] |= bit;
    else categories[present[i] >>> 5] &= ~bit;
  }
  best.feature = feature;
  best.bin = 0;
  best.isCategory = true;
  best.missingLeft = (categories[0] & 1) === 1;
  best.direction = 0;
}
