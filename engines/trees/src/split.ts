/**
 * The best split of one leaf by one numeric feature.
 *
 * Gain    with G, H the sums of first and second derivatives and L the penalty,
 *           gain = 1/2 [ Gl^2 / (Hl + L) + Gr^2 / (Hr + L) - G^2 / (H + L) ],
 *         the fall of the second-order loss when each side takes its best value -G / (H + L).
 * Missing rows (bin 0) are tried on either side; the last cut sets them against all values. A leaf without missing rows
 *         sends those of later tables to the side with more rows.
 * Order   rules bound both sides' values where a monotone feature above set bounds; gains are then those of the bounded
 *         values, and a cut whose sides stand in the wrong order is no candidate.
 * Source  Friedman (2001), Annals of Statistics 29(5); Chen and Guestrin (2016), KDD, eq. 7; Ke et al. (2017).
 */
import type { Workspace } from './workspace.ts';

/** What every split must keep to. */
export type SplitRules = {
  readonly minimumRows: number;
  readonly minimumHessian: number;
  readonly l2Penalty: number;
};

/** Sums over the rows of a leaf, and the bounds of its value. */
export type LeafSums = {
  gradient: number;
  hessian: number;
  rows: number;
  lower: number;
  upper: number;
};

/** The best split found so far; `gain` 0 means none. Written in place. */
export type Split = {
  gain: number;
  feature: number;
  /** The last bin that goes left, of a numeric feature. */
  bin: number;
  isCategory: boolean;
  missingLeft: boolean;
  /** -1 or 1 where the left side must not be lower or higher than the right; else 0. */
  direction: number;
  leftGradient: number;
  leftHessian: number;
  leftRows: number;
  /** One bit a bin: set goes left. Of a category feature. */
  readonly categories: Uint32Array;
};

export const WORDS_PER_SET = 8;

export function noSplit(): Split {
  return {
    gain: 0,
    feature: -1,
    bin: 0,
    isCategory: false,
    missingLeft: false,
    direction: 0,
    leftGradient: 0,
    leftHessian: 0,
    leftRows: 0,
    categories: new Uint32Array(WORDS_PER_SET),
  };
}

/** Twice the fall of the loss when a leaf with these sums takes its best value within bounds. */
export function scoreWithin(
  gradient: number,
  hessian: number,
  l2Penalty: number,
  lower: number,
  upper: number,
): number {
  const value = Math.min(upper, Math.max(lower, -gradient / (hessian + l2Penalty)));
  return -value * (2 * gradient + (hessian + l2Penalty) * value);
}

/** Best value of a leaf within its bounds. */
export function leafValue(
  gradient: number,
  hessian: number,
  l2Penalty: number,
  lower: number,
  upper: number,
): number {
  const value = hessian + l2Penalty > 0 ? -gradient / (hessian + l2Penalty) : 0;
  return Math.min(upper, Math.max(lower, value));
}

/**
 * Tries all cuts of a numeric feature and writes the best to `best` if its gain passes what stands there.
 * `first` is the number of the feature's bin 0 in the histogram memory.
 */
export function tryNumericSplits(
  space: Workspace,
  first: number,
  valueBins: number,
  feature: number,
  direction: number,
  leaf: LeafSums,
  rules: SplitRules,
  best: Split,
): void {
  const { histograms, cellSize } = space;
  const rowsAt = cellSize - 1;
  const { minimumRows, minimumHessian, l2Penalty } = rules;
  const bounded = direction !== 0 || leaf.lower !== -Infinity || leaf.upper !== Infinity;
  const missingGradient = histograms[first];
  const missingHessian = histograms[first + 1];
  const missingRows = histograms[first + rowsAt];
  const parentScore = scoreWithin(leaf.gradient, leaf.hessian, l2Penalty, leaf.lower, leaf.upper);
  const floor = parentScore + gainFloor(leaf.hessian, parentScore);
  let bestScore = Math.max(floor, parentScore + 2 * best.gain);
  let bestBin = 0;
  let bestMissingLeft = false;
  for (let side = 0; side < (missingRows > 0 ? 2 : 1); side++) {
    let gradient = side === 1 ? missingGradient : 0;
    let hessian = side === 1 ? missingHessian : 0;
    let rows = side === 1 ? missingRows : 0;
    // The last cut sets all values against the missing rows, so these must stand on the right.
    const lastBin = side === 0 && missingRows > 0 ? valueBins : valueBins - 1;
    for (let bin = 1; bin <= lastBin; bin++) {
      const cell = first + bin * cellSize;
      gradient += histograms[cell];
      hessian += histograms[cell + 1];
      rows += histograms[cell + rowsAt];
      if (rows < minimumRows || hessian < minimumHessian) continue;
      const rightHessian = leaf.hessian - hessian;
      if (leaf.rows - rows < minimumRows || rightHessian < minimumHessian) break;
      const rightGradient = leaf.gradient - gradient;
      const score = bounded
        ? boundedScore(
            gradient,
            hessian,
            rightGradient,
            rightHessian,
            bin === valueBins ? 0 : direction,
            leaf,
            l2Penalty,
          )
        : (gradient * gradient) / (hessian + l2Penalty) +
          (rightGradient * rightGradient) / (rightHessian + l2Penalty);
      if (score > bestScore) {
        bestScore = score;
        bestBin = bin;
        bestMissingLeft = side === 1;
      }
    }
  }
  if (bestBin === 0) return;
  best.gain = (bestScore - parentScore) / 2;
  best.feature = feature;
  best.bin = bestBin;
  best.isCategory = false;
  best.missingLeft = bestMissingLeft;
  best.direction = bestBin === valueBins ? 0 : direction;
  sumLeftSide(space, first, best);
  if (missingRows === 0) best.missingLeft = 2 * best.leftRows > leaf.rows;
}

/**
 * Twice the gain that rounding alone may feign: derivatives are sums of numbers near 1, exact to about 1e-16 each, and
 * scores of both sides differ from their parent's by the rounding of their sums.
 */
export function gainFloor(hessian: number, parentScore: number): number {
  return 1e-24 * hessian + 1e-12 * Math.abs(parentScore);
}

function boundedScore(
  leftGradient: number,
  leftHessian: number,
  rightGradient: number,
  rightHessian: number,
  direction: number,
  leaf: LeafSums,
  l2Penalty: number,
): number {
  const left = leafValue(leftGradient, leftHessian, l2Penalty, leaf.lower, leaf.upper);
  const right = leafValue(rightGradient, rightHessian, l2Penalty, leaf.lower, leaf.upper);
  if (direction * (right - left) < 0) return -Infinity;
  return (
    -left * (2 * leftGradient + (leftHessian + l2Penalty) * left) -
    right * (2 * rightGradient + (rightHessian + l2Penalty) * right)
  );
}

/** Adds up the left side again, in the order the scan did. */
function sumLeftSide(space: Workspace, first: number, best: Split): void {
  const { histograms, cellSize } = space;
  let gradient = 0;
  let hessian = 0;
  let rows = 0;
  for (let bin = best.missingLeft ? 0 : 1; bin <= best.bin; bin++) {
    const cell = first + bin * cellSize;
    gradient += histograms[cell];
    hessian += histograms[cell + 1];
    rows += histograms[cell + cellSize - 1];
  }
  best.leftGradient = gradient;
  best.leftHessian = hessian;
  best.leftRows = rows;
}
