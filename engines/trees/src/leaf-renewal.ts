/**
 * Gives the leaves of an L1 or quantile tree the quantile of their rows' residuals: their derivatives are only signs, and
 * a Newton step over signs says nothing about how far to go.
 *
 * Source  Friedman (2001), Annals of Statistics 29(5), section 4.3 (least absolute deviation).
 */
import type { GrownTree } from './grow.ts';
import { weightedQuantile } from './weighted-quantile.ts';
import type { Workspace } from './workspace.ts';

/** Rewrites the values of all leaves. The leaf-ordered derivatives are used up as scratch memory. */
export function renewLeaves(
  { nodes, leaves }: GrownTree,
  space: Workspace,
  scores: Float64Array,
  target: Float64Array,
  weights: Float64Array | undefined,
  level: number,
): void {
  const { rows, leafGradients, leafHessians } = space;
  for (const { node, start, end } of leaves) {
    for (let i = start; i < end; i++) leafGradients[i] = target[rows[i]] - scores[rows[i]];
    if (weights !== undefined) for (let i = start; i < end; i++) leafHessians[i] = weights[rows[i]];
    const value = weightedQuantile(
      leafGradients.subarray(start, end),
      weights === undefined ? undefined : leafHessians.subarray(start, end),
      level,
    );
    nodes.value[node] = Number.isNaN(value) ? 0 : value;
  }
}
