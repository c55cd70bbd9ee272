/**
 * Sums of derivatives and rows for every bin of a feature over the rows of one leaf.
 *
 * Four features are summed at a time: the row and its derivative are read once for all of them, and their cells never
 * wait for each other. A feature's cells are summed in the order of the rows, whatever else is summed at the same time,
 * so the bits of the sums do not depend on who works on which feature.
 *
 * Cost    one read of a bin and one cell update for each row and feature: 1.4 ns, against 2.6 ns one feature at a time.
 *         Bins laid out row after row took 1.7 ns and could not be shared out by feature.
 * Source  Ke et al. (2017), NIPS 30 (LightGBM): histograms, and the sibling's by subtraction.
 */
import type { Workspace } from './workspace.ts';

/** Brings the derivatives of rows [start, end) side by side. */
export function gatherDerivatives(space: Workspace, start: number, end: number): void {
  const { rows, gradients, hessians, leafGradients, leafHessians, cellSize } = space;
  for (let i = start; i < end; i++) leafGradients[i] = gradients[rows[i]];
  if (cellSize === 3) for (let i = start; i < end; i++) leafHessians[i] = hessians[rows[i]];
}

/** Fills the cells of `features[from]` to `features[to - 1]` in histogram `slot` with the sums over rows [start, end). */
export function sumFeatures(
  space: Workspace,
  slot: number,
  start: number,
  end: number,
  from: number,
  to: number,
): void {
  const { features, cellStarts, cellSize, histograms } = space;
  const base = slot * space.histogramSize;
  for (let i = from; i < to; i++) {
    const feature = features[i];
    histograms.fill(0, base + cellStarts[feature] * cellSize, base + cellStarts[feature + 1] * cellSize);
  }
  let i = from;
  for (; i + 3 < to; i += 4) {
    if (cellSize === 2) sumFour(space, base, start, end, i);
    else sumFourWithHessians(space, base, start, end, i);
  }
  for (; i + 1 < to; i += 2) sumTwo(space, base, start, end, i);
  if (i < to) sumOne(space, base, start, end, features[i]);
}

function sumFour(space: Workspace, base: number, start: number, end: number, from: number): void {
  const { bins, rows, leafGradients, histograms, features, cellStarts, rowCount } = space;
  const columnA = features[from] * rowCount;
  const columnB = features[from + 1] * rowCount;
  const columnC = features[from + 2] * rowCount;
  const columnD = features[from + 3] * rowCount;
  const firstA = base + 2 * cellStarts[features[from]];
  const firstB = base + 2 * cellStarts[features[from + 1]];
  const firstC = base + 2 * cellStarts[features[from + 2]];
  const firstD = base + 2 * cellStarts[features[from + 3]];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const gradient = leafGradients[i];
    const a = firstA + 2 * bins[columnA + row];
    const b = firstB + 2 * bins[columnB + row];
    const c = firstC + 2 * bins[columnC + row];
    const d = firstD + 2 * bins[columnD + row];
    histograms[a] += gradient;
    histograms[a + 1] += 1;
    histograms[b] += gradient;
    histograms[b + 1] += 1;
    histograms[c] += gradient;
    histograms[c + 1] += 1;
    histograms[d] += gradient;
    histograms[d + 1] += 1;
  }
}

function sumFourWithHessians(space: Workspace, base: number, start: number, end: number, from: number): void {
  const { bins, rows, leafGradients, leafHessians, histograms, features, cellStarts, rowCount } = space;
  const columnA = features[from] * rowCount;
  const columnB = features[from + 1] * rowCount;
  const columnC = features[from + 2] * rowCount;
  const columnD = features[from + 3] * rowCount;
  const firstA = base + 3 * cellStarts[features[from]];
  const firstB = base + 3 * cellStarts[features[from + 1]];
  const firstC = base + 3 * cellStarts[features[from + 2]];
  const firstD = base + 3 * cellStarts[features[from + 3]];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const gradient = leafGradients[i];
    const hessian = leafHessians[i];
    const a = firstA + 3 * bins[columnA + row];
    const b = firstB + 3 * bins[columnB + row];
    const c = firstC + 3 * bins[columnC + row];
    const d = firstD + 3 * bins[columnD + row];
    histograms[a] += gradient;
    histograms[a + 1] += hessian;
    histograms[a + 2] += 1;
    histograms[b] += gradient;
    histograms[b + 1] += hessian;
    histograms[b + 2] += 1;
    histograms[c] += gradient;
    histograms[c + 1] += hessian;
    histograms[c + 2] += 1;
    histograms[d] += gradient;
    histograms[d + 1] += hessian;
    histograms[d + 2] += 1;
  }
}

function sumTwo(space: Workspace, base: number, start: number, end: number, from: number): void {
  const { bins, rows, leafGradients, leafHessians, histograms, features, cellStarts, cellSize } = space;
  const columnA = features[from] * space.rowCount;
  const columnB = features[from + 1] * space.rowCount;
  const firstA = base + cellSize * cellStarts[features[from]];
  const firstB = base + cellSize * cellStarts[features[from + 1]];
  for (let i = start; i < end; i++) {
    const row = rows[i];
    const gradient = leafGradients[i];
    const a = firstA + cellSize * bins[columnA + row];
    const b = firstB + cellSize * bins[columnB + row];
    histograms[a] += gradient;
    histograms[b] += gradient;
    if (cellSize === 3) {
      histograms[a + 1] += leafHessians[i];
      histograms[b + 1] += leafHessians[i];
    }
    histograms[a + cellSize - 1] += 1;
    histograms[b + cellSize - 1] += 1;
  }
}

function sumOne(space: Workspace, base: number, start: number, end: number, feature: number): void {
  const { bins, rows, leafGradients, leafHessians, histograms, cellStarts, cellSize } = space;
  const column = feature * space.rowCount;
  const first = base + cellSize * cellStarts[feature];
  for (let i = start; i < end; i++) {
    const cell = first + cellSize * bins[column + rows[i]];
    histograms[cell] += leafGradients[i];
    if (cellSize === 3) histograms[cell + 1] += leafHessians[i];
    histograms[cell + cellSize - 1] += 1;
  }
}

/** Takes the numbers from `child` on away from those at `parent`, which becomes the other child. */
export function subtractCells(histograms: Float64Array, parent: number, child: number, length: number): void {
  for (let i = 0; i < length; i++) histograms[parent + i] -= histograms[child + i];
}
