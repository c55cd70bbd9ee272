/**
 * All memory that growing trees needs, carved from one buffer before the first tree.
 *
 * Histograms have `cellSize` numbers a cell: (gradient, rows) where every second derivative is 1, else (gradient,
 * hessian, rows). There is one histogram for each leaf that a tree may have; leaves hand theirs on when they split.
 */
import type { BinnedTable } from './binning.ts';

export type Workspace = {
  /** Bins of the table, feature after feature. */
  readonly bins: Uint8Array;
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
  readonly cellSize: number;
  /** Numbers in one histogram over all features. */
  readonly histogramSize: number;
};

export function allocateWorkspace(binned: BinnedTable, leafCount: number, cellSize: number): Workspace {
  const { rowCount } = binned;
  const hessianCount = cellSize === 3 ? rowCount : 0;
  const histogramSize = binned.cellStarts[binned.names.length] * cellSize;
  const doubles = 2 * rowCount + 2 * hessianCount + leafCount * histogramSize;
  const buffer = new ArrayBuffer(8 * doubles + 8 * rowCount);
  let offset = 0;
  const floats = (length: number): Float64Array => {
    const view = new Float64Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  const words = (length: number): Uint32Array => {
    const view = new Uint32Array(buffer, offset, length);
    offset += view.byteLength;
    return view;
  };
  return {
    bins: binned.bins,
    gradients: floats(rowCount),
    leafGradients: floats(rowCount),
    hessians: floats(hessianCount),
    leafHessians: floats(hessianCount),
    histograms: floats(leafCount * histogramSize),
    rows: words(rowCount),
    spareRows: words(rowCount),
    cellSize,
    histogramSize,
  };
}
