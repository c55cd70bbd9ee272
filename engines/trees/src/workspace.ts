/**
 * All memory that growing trees needs, carved from one buffer before the first tree. Of a crew the buffer is shared, and
 * its workers see the same views.
 *
 * Histograms have `cellSize` numbers a cell: (gradient, rows) where every second derivative is 1, else (gradient,
 * hessian, rows). There is one histogram for each leaf that a tree may have; leaves hand theirs on when they split.
 *
 * Memory  32 bytes a row (48 with second derivatives), and leaves x cells x cellSize x 8 bytes for the histograms.
 */
import type { BinnedTable } from './binning.ts';

export type CellSize = 2 | 3;

export type Workspace = {
  readonly rowCount: number;
  /** Bins of the table, feature after feature. */
  readonly bins: Uint8Array;
  readonly valueBinCounts: Int32Array;
  readonly cellStarts: Int32Array;
  /** 1 for a category feature. */
  readonly isCategory: Uint8Array;
  /** Rows of the tree being grown; the rows of a leaf stand side by side. */
  readonly rows: Uint32Array;
  readonly spareRows: Uint32Array;
  /** Derivatives by row; `hessians` is empty where they all are 1. */
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  /** Derivatives of the rows of one leaf, side by side in the order of `rows`. */
  readonly leafGradients: Float64Array;
  readonly leafHessians: Float64Array;
  readonly histograms: Float64Array;
  readonly cellSize: CellSize;
  /** Numbers in one histogram over all features. */
  readonly histogramSize: number;
  /** The job at hand and its answers; see leaf-job.ts. */
  readonly job: Float64Array;
  readonly candidates: Float64Array;
  /** Features that the tree may use, the first `featureCount` of the job. */
  readonly features: Int32Array;
  /** The direction of each monotone feature, else 0. */
  readonly directions: Int8Array;
};

const JOB_SIZE = 32;
export const CANDIDATE_SIZE = 16;

/** Memory for trees of up to `leafCount` leaves; `shared` also copies the table into it, for other threads to see. */
export function allocateWorkspace(
  binned: BinnedTable,
  leafCount: number,
  cellSize: CellSize,
  shared: boolean,
): Workspace {
  const { rowCount, names } = binned;
  const featureCount = names.length;
  const hessianCount = cellSize === 3 ? rowCount : 0;
  const histogramSize = binned.cellStarts[featureCount] * cellSize;
  const doubles =
    2 * (rowCount + hessianCount + featureCount * CANDIDATE_SIZE) + leafCount * histogramSize + JOB_SIZE;
  const words = 2 * rowCount + 3 * featureCount + 1;
  const byteCount = 8 * doubles + 4 * words + 2 * featureCount + (shared ? binned.bins.length : 0);
  const buffer = shared ? new SharedArrayBuffer(byteCount) : new ArrayBuffer(byteCount);
  let offset = 0;
  const taken = (size: number): number => {
    offset += size;
    return offset - size;
  };
  const floats = (length: number) => new Float64Array(buffer, taken(8 * length), length);
  const naturals = (length: number) => new Uint32Array(buffer, taken(4 * length), length);
  const integers = (length: number) => new Int32Array(buffer, taken(4 * length), length);
  const bytes = (length: number) => new Uint8Array(buffer, taken(length), length);
  const space: Workspace = {
    rowCount,
    gradients: floats(rowCount),
    leafGradients: floats(rowCount),
    hessians: floats(hessianCount),
    leafHessians: floats(hessianCount),
    histograms: floats(leafCount * histogramSize),
    job: floats(JOB_SIZE),
    candidates: floats(2 * featureCount * CANDIDATE_SIZE),
    rows: naturals(rowCount),
    spareRows: naturals(rowCount),
    features: integers(featureCount),
    valueBinCounts: integers(featureCount),
    cellStarts: integers(featureCount + 1),
    isCategory: bytes(featureCount),
    directions: new Int8Array(buffer, taken(featureCount), featureCount),
    bins: shared ? bytes(binned.bins.length) : binned.bins,
    cellSize,
    histogramSize,
  };
  if (shared) space.bins.set(binned.bins);
  space.valueBinCounts.set(binned.valueBinCounts);
  space.cellStarts.set(binned.cellStarts);
  binned.categoryBins.forEach((codes, feature) => {
    space.isCategory[feature] = codes === undefined ? 0 : 1;
  });
  return space;
}

/** The same memory for cells of another size, which must not be larger. */
export function withCellSize(space: Workspace, cellSize: CellSize): Workspace {
  if (cellSize === space.cellSize) return space;
  return {
    ...space,
    hessians: space.hessians.subarray(0, 0),
    leafHessians: space.leafHessians.subarray(0, 0),
    cellSize,
    histogramSize: (space.histogramSize / space.cellSize) * cellSize,
  };
}
