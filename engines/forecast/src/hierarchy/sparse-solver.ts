/**
 * Weighted least squares for any structure, by one unknown per group.
 *
 * Form       with G y = 0 saying that each group is the sum of its leaves, the solution is  y = f + V G' x  where
 *            (G V G') x = -G f  and V holds the variances: no inverse of V is needed (a locked node is one of variance 0).
 * Method     up to FEW_GROUPS the matrix is built and factored once for all columns of the same variances; beyond, it never
 *            is: conjugate gradients scaled by the diagonal, until the residual is TOLERANCE of the start or is exhausted.
 *            Consistent systems that are singular (locked groups that say the same) are no trouble to either.
 * Cost       O(groups^2 + entries of S) a column, or O(entries of S) an iteration, whose number grows with the variety of
 *            the groups, not with their number.
 * Source     Wickramasuriya, Athanasopoulos and Hyndman (2019), equation 9 (the form); Hestenes and Stiefel (1952), J. of
 *            Research of the National Bureau of Standards 49(6), 409-436.
 */
import { cholesky, choleskySolve } from '@planwright/numerics';
import type { LeastSquaresSolver } from './least-squares.ts';
import { type Structure, sumUp } from './structure.ts';

const TOLERANCE = 1e-13;
const FEW_GROUPS = 400;

/** `fewGroups` is how many groups are solved by factoring at most. */
export function sparseSolver(structure: Structure, fewGroups = FEW_GROUPS): LeastSquaresSolver {
  const { nodeCount, leafCount, rowStart, leaf, coefficient } = structure;
  const groupCount = nodeCount - leafCount;
  const unknowns = new Float64Array(groupCount);
  const gap = new Float64Array(groupCount);
  const diagonal = new Float64Array(groupCount);
  const free = new Float64Array(nodeCount);
  const spread = new Float64Array(leafCount);
  const find = groupCount > fewGroups ? conjugateGradients(groupCount) : undefined;
  const applyTo = (input: Float64Array, result: Float64Array): void =>
    applySystem(structure, free, spread, input, result);
  let factored: { variance: Float64Array; locked: Uint8Array; factor: Float64Array } | undefined;

  const solve: LeastSquaresSolver['solve'] = (base, variance, locked, values, leafPrice) => {
    for (let node = 0; node < nodeCount; node++) free[node] = locked[node] === 1 ? 0 : variance[node];
    for (let g = 0; g < groupCount; g++) {
      const own = free[leafCount + g];
      let sum = -base[leafCount + g];
      let size = own;
      for (let i = rowStart[g]; i < rowStart[g + 1]; i++) {
        sum += coefficient[i] * base[leaf[i]];
        size += coefficient[i] * coefficient[i] * free[leaf[i]];
      }
      gap[g] = own === Infinity ? 0 : sum;
      diagonal[g] = size;
    }
    if (find !== undefined) find(applyTo, gap, diagonal, unknowns);
    else {
      if (factored?.variance !== variance || factored.locked !== locked) {
        factored = { variance, locked, factor: factoredSystem(structure, free) };
      }
      unknowns.set(gap);
      choleskySolve(factored.factor, groupCount, unknowns);
    }
    leafPrice.fill(0);
    for (let g = 0; g < groupCount; g++) {
      if (unknowns[g] === 0) continue;
      for (let i = rowStart[g]; i < rowStart[g + 1]; i++) leafPrice[leaf[i]] -= coefficient[i] * unknowns[g];
    }
    for (let key = 0; key < leafCount; key++) values[key] = base[key] + free[key] * leafPrice[key];
    sumUp(structure, values);
  };
  return { solve };
}

/** The Cholesky factor of G V G', groups x groups; a group without a base has an empty row, its unknown becomes 0. */
function factoredSystem(
  { nodeCount, leafCount, rowStart, leaf, coefficient }: Structure,
  variance: Float64Array,
): Float64Array {
  const groupCount = nodeCount - leafCount;
  const holders: number[][] = Array.from({ length: leafCount }, () => []);
  const matrix = new Float64Array(groupCount * groupCount);
  for (let g = 0; g < groupCount; g++) {
    if (variance[leafCount + g] === Infinity) continue;
    matrix[g * groupCount + g] = variance[leafCount + g];
    for (let i = rowStart[g]; i < rowStart[g + 1]; i++) holders[leaf[i]].push(g, coefficient[i]);
  }
  holders.forEach((held, key) => {
    for (let a = 0; a < held.length; a += 2) {
      const row = held[a] * groupCount;
      const share = held[a + 1] * variance[key];
      for (let b = 0; b < held.length; b += 2) matrix[row + held[b]] += share * held[b + 1];
    }
  });
  cholesky(matrix, groupCount);
  return matrix;
}

/** result = G V G' input, over groups that have a base; `spread` is working memory, one entry per leaf. */
function applySystem(
  { leafCount, rowStart, leaf, coefficient }: Structure,
  variance: Float64Array,
  spread: Float64Array,
  input: Float64Array,
  result: Float64Array,
): void {
  spread.fill(0);
  for (let g = 0; g < input.length; g++) {
    if (input[g] === 0) continue;
    for (let i = rowStart[g]; i < rowStart[g + 1]; i++) spread[leaf[i]] += coefficient[i] * input[g];
  }
  for (let key = 0; key < leafCount; key++) spread[key] *= variance[key];
  for (let g = 0; g < input.length; g++) {
    const own = variance[leafCount + g];
    let sum = own === Infinity ? 0 : own * input[g];
    if (own !== Infinity) {
      for (let i = rowStart[g]; i < rowStart[g + 1]; i++) sum += coefficient[i] * spread[leaf[i]];
    }
    result[g] = sum;
  }
}

type Apply = (input: Float64Array, result: Float64Array) => void;

/** Solves A x = right for a symmetric A that is not negative; an infinite or zero diagonal entry keeps its unknown at 0. */
function conjugateGradients(
  size: number,
): (apply: Apply, right: Float64Array, diagonal: Float64Array, x: Float64Array) => void {
  const residual = new Float64Array(size);
  const direction = new Float64Array(size);
  const image = new Float64Array(size);
  const inverse = new Float64Array(size);
  return (apply, right, diagonal, x) => {
    let start = 0;
    for (let i = 0; i < size; i++) {
      inverse[i] = diagonal[i] > 0 && diagonal[i] < Infinity ? 1 / diagonal[i] : 0;
      residual[i] = inverse[i] === 0 ? 0 : right[i];
      direction[i] = inverse[i] * residual[i];
      start += residual[i] * direction[i];
    }
    x.fill(0);
    let length = start;
    for (let round = 0; round < 20 * size + 50 && length > TOLERANCE * TOLERANCE * start; round++) {
      apply(direction, image);
      let curvature = 0;
      for (let i = 0; i < size; i++) curvature += direction[i] * image[i];
      if (!(curvature > 0)) return;
      const step = length / curvature;
      let next = 0;
      for (let i = 0; i < size; i++) {
        x[i] += step * direction[i];
        residual[i] -= step * image[i];
        next += residual[i] * inverse[i] * residual[i];
      }
      const kept = next / length;
      for (let i = 0; i < size; i++) direction[i] = inverse[i] * residual[i] + kept * direction[i];
      length = next;
    }
  };
}
