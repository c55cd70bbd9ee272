/**
 * Exact weighted least squares on a tree in two passes, O(nodes), without any matrix.
 *
 * Problem    the node values y closest to base forecasts f:  sum of (y_i - f_i)^2 / v_i  is least, where every group is the sum of
 *            its children and locked nodes keep their value.
 * Upwards    what a subtree says of its own total is a parabola with centre m and width v: of a leaf (f, v), of children
 *            together the sums of their centres and widths, of a group its children's blended with its own forecast, as
 *            a Kalman filter does.
 * Downwards  the root takes its centre; what a group got beyond its children's centres is shared in proportion to their widths.
 *            The slope of a child's parabola there, alike for all children, is the price of the group's total.
 * Source     Gaussian elimination of the normal equations in the order of the tree; the same solution as Wickramasuriya,
 *            Athanasopoulos and Hyndman (2019), J. of the American Statistical Association 114(526), 804-819, with
 *            a diagonal W.
 */
import { NO_PARENT } from '@planwright/series';
import type { LeastSquaresSolver } from './least-squares.ts';
import type { Structure } from './structure.ts';

export function treeSolver(structure: Structure): LeastSquaresSolver {
  const { nodeCount, leafCount } = structure;
  const { parentOf, bottomUp } = structure.tree!;
  const centre = new Float64Array(nodeCount);
  const width = new Float64Array(nodeCount);
  const centreSum = new Float64Array(nodeCount);
  const widthSum = new Float64Array(nodeCount);
  const price = new Float64Array(nodeCount);

  const pass = (base: Float64Array, variance: Float64Array, locked: Uint8Array): void => {
    centreSum.fill(0);
    widthSum.fill(0);
    for (let i = 0; i < nodeCount; i++) {
      const node = bottomUp[i];
      const own = variance[node];
      const below = widthSum[node];
      if (locked[node] === 1) {
        centre[node] = base[node];
        width[node] = 0;
      } else if (node < leafCount) {
        centre[node] = base[node];
        width[node] = own;
      } else if (own === Infinity || below === 0) {
        centre[node] = centreSum[node];
        width[node] = below;
      } else {
        const gain = below / (below + own);
        centre[node] = centreSum[node] + gain * (base[node] - centreSum[node]);
        width[node] = gain * own;
      }
      const parent = parentOf[node];
      if (parent === NO_PARENT) continue;
      centreSum[parent] += centre[node];
      widthSum[parent] += width[node];
    }
  };

  const solve: LeastSquaresSolver['solve'] = (base, variance, locked, values, leafPrice) => {
    pass(base, variance, locked);
    for (let i = nodeCount - 1; i >= 0; i--) {
      const node = bottomUp[i];
      const parent = parentOf[node];
      const fromAbove = parent === NO_PARENT ? 0 : price[parent];
      const value = centre[node] + width[node] * fromAbove;
      values[node] = value;
      if (node < leafCount) leafPrice[node] = fromAbove;
      else if (widthSum[node] > 0) price[node] = (value - centreSum[node]) / widthSum[node];
      else price[node] = priceOfFixed(fromAbove, value - base[node], locked[node] === 1 ? 0 : variance[node]);
    }
  };

  const variances: LeastSquaresSolver['variances'] = (base, variance, locked, result) => {
    pass(base, variance, locked);
    for (let i = nodeCount - 1; i >= 0; i--) {
      const node = bottomUp[i];
      const parent = parentOf[node];
      const below = parent === NO_PARENT ? 0 : widthSum[parent];
      const share = below > 0 ? width[node] / below : 0;
      const ofParent = parent === NO_PARENT ? 0 : result[parent];
      result[node] = width[node] * (1 - share) + share * share * ofParent;
    }
  };
  return { solve, variances };
}

/** The price below a group whose children are all fixed: what its own forecast and the groups above pull at it with. */
function priceOfFixed(fromAbove: number, gap: number, variance: number): number {
  return variance > 0 ? fromAbove - gap / variance : 0;
}
