/**
 * Gives the leaves of an L1 or quantile tree the quantile of their rows' residuals: their derivatives are only signs, and
 * a Newton step over signs says nothing about how far to go.
 *
 * Monotone features: the new values are bounded anew, from the root down, by the middle of the quantiles on both sides
 * of each split by such a feature.
 *
 * Cost    O(rows) a tree; with monotone features O(rows x depth).
 * Source  Friedman (2001), Annals of Statistics 29(5), section 4.3 (least absolute deviation).
 * Differs from LightGBM, which refuses monotone features for these losses.
 */
import type { GrownTree } from './grow.ts';
import type { TreeNodes } from './tree-nodes.ts';
import { weightedQuantile } from './weighted-quantile.ts';
import type { Workspace } from './workspace.ts';

type Renewal = {
  readonly space: Workspace;
  readonly scores: Float64Array;
  readonly target: Float64Array;
  readonly weights: Float64Array | undefined;
  readonly level: number;
};

/** Rewrites the values of all leaves. The leaf-ordered derivatives are used up as scratch memory. */
export function renewLeaves({ nodes, leaves }: GrownTree, renewal: Renewal): void {
  for (const { node, start, end } of leaves) nodes.value[node] = residualQuantile(renewal, start, end);
  if (renewal.space.directions.some((direction) => direction !== 0)) {
    boundLeaves({ nodes, leaves }, renewal);
  }
}

/** Quantile of the residuals of rows [start, end); 0 where none has weight. */
function residualQuantile(renewal: Renewal, start: number, end: number): number {
  const { space, scores, target, weights, level } = renewal;
  const { rows, leafGradients, leafHessians } = space;
  for (let i = start; i < end; i++) leafGradients[i] = target[rows[i]] - scores[rows[i]];
  if (weights !== undefined) for (let i = start; i < end; i++) leafHessians[i] = weights[rows[i]];
  const residuals = leafGradients.subarray(start, end);
  const shares = weights === undefined ? undefined : leafHessians.subarray(start, end);
  const value = weightedQuantile(residuals, shares, level);
  return Number.isNaN(value) ? 0 : value;
}

/** Clamps the leaves so that no split by a monotone feature has its sides in the wrong order. */
function boundLeaves({ nodes, leaves }: GrownTree, renewal: Renewal): void {
  const nodeCount = nodes.feature.length;
  const starts = new Uint32Array(nodeCount);
  const ends = new Uint32Array(nodeCount);
  const lower = new Float64Array(nodeCount).fill(-Infinity);
  const upper = new Float64Array(nodeCount).fill(Infinity);
  for (const { node, start, end } of leaves) {
    starts[node] = start;
    ends[node] = end;
  }
  // Children come behind their parents, and left rows before right ones.
  for (let node = nodeCount - 1; node >= 0; node--) {
    if (nodes.feature[node] < 0) continue;
    starts[node] = starts[nodes.left[node]];
    ends[node] = ends[nodes.right[node]];
  }
  const clamped = (node: number, value: number) => Math.min(upper[node], Math.max(lower[node], value));
  for (let node = 0; node < nodeCount; node++) {
    if (nodes.feature[node] < 0) {
      nodes.value[node] = clamped(node, nodes.value[node]);
      continue;
    }
    const left = nodes.left[node];
    const right = nodes.right[node];
    lower[left] = lower[right] = lower[node];
    upper[left] = upper[right] = upper[node];
    const direction = directionOf(nodes, node, renewal.space);
    if (direction === 0) continue;
    const ofLeft = clamped(left, residualQuantile(renewal, starts[left], ends[left]));
    const ofRight = clamped(right, residualQuantile(renewal, starts[right], ends[right]));
    const middle = ofLeft + (ofRight - ofLeft) / 2;
    const [low, high] = direction > 0 ? [left, right] : [right, left];
    upper[low] = middle;
    lower[high] = middle;
  }
}

/** Direction that a split must keep; a split of all values against the missing ones keeps none. */
function directionOf({ feature, threshold }: TreeNodes, node: number, { directions }: Workspace): number {
  return threshold[node] === Infinity ? 0 : directions[feature[node]];
}
