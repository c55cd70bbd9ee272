/**
 * How much each attribute tells about what an item sells: the share of the variation of the candidates' sales (in logarithms,
 * so that big sellers do not decide alone) that it explains on its own, less what chance would explain.
 *
 * Categories  eta squared, adjusted for their number (Kelley 1935's epsilon squared): splitting n items into n categories
 *             explains everything and tells nothing.
 * Numbers     squared correlation, adjusted likewise; of logarithms for 'ratio'.
 * Cost        O(candidates x attributes).
 */
import { assert } from '@planwright/units';
import type { AttributeRule, LikeCandidate } from './like-items.ts';

const FEWEST = 8;
/** No attribute is worth nothing: the candidates may all be alike in it and the new item not. */
const LEAST_SHARE = 0.05;

/**
 * The rules with weights that sum to 1. `sales` is one figure per candidate, 0 or more: mean demand per bucket in the first
 * year, say. Equal weights below eight candidates with sales.
 */
export function learntAttributeWeights(
  candidates: readonly LikeCandidate[],
  sales: Float64Array,
  rules: readonly AttributeRule[],
): readonly AttributeRule[] {
  assert(sales.length === candidates.length, 'sales has one figure per candidate');
  const sold = Array.from(sales.keys()).filter((index) => sales[index] > 0 && sales[index] < Infinity);
  const logs = Float64Array.from(sold, (index) => Math.log(sales[index]));
  const shares = rules.map((rule) => {
    if (sold.length < FEWEST) return 1;
    const values = sold.map((index) => candidates[index].attributes[rule.name]);
    const explained = rule.kind === 'category' ? byCategory(values, logs) : byNumber(values, logs, rule.kind);
    return Math.max(LEAST_SHARE, explained);
  });
  const total = shares.reduce((sum, share) => sum + share, 0);
  return rules.map((rule, index) => ({ ...rule, weight: shares[index] / total }));
}

function byCategory(values: readonly (string | number | undefined)[], logs: Float64Array): number {
  const groups = new Map<string, { count: number; sum: number; squares: number }>();
  let count = 0;
  let sum = 0;
  let squares = 0;
  values.forEach((value, index) => {
    if (value === undefined || value === '') return;
    const group = groups.get(String(value)) ?? { count: 0, sum: 0, squares: 0 };
    groups.set(String(value), group);
    const log = logs[index];
    group.count += 1;
    group.sum += log;
    group.squares += log * log;
    count += 1;
    sum += log;
    squares += log * log;
  });
  if (count - groups.size < 2) return 0;
  let within = 0;
  for (const group of groups.values()) within += group.squares - (group.sum * group.sum) / group.count;
  const whole = squares - (sum * sum) / count;
  return whole > 0 ? 1 - within / (count - groups.size) / (whole / (count - 1)) : 0;
}

function byNumber(
  values: readonly (string | number | undefined)[],
  logs: Float64Array,
  kind: AttributeRule['kind'],
): number {
  const x: number[] = [];
  const y: number[] = [];
  values.forEach((value, index) => {
    const number = kind === 'ratio' ? Math.log(Number(value)) : Number(value);
    if (typeof value !== 'number' || !Number.isFinite(number)) return;
    x.push(number);
    y.push(logs[index]);
  });
  if (x.length < 4) return 0;
  const meanX = x.reduce((sum, value) => sum + value, 0) / x.length;
  const meanY = y.reduce((sum, value) => sum + value, 0) / y.length;
  let cross = 0;
  let squaresX = 0;
  let squaresY = 0;
  for (let i = 0; i < x.length; i++) {
    cross += (x[i] - meanX) * (y[i] - meanY);
    squaresX += (x[i] - meanX) ** 2;
    squaresY += (y[i] - meanY) ** 2;
  }
  const r2 = squaresX > 0 && squaresY > 0 ? (cross * cross) / (squaresX * squaresY) : 0;
  return 1 - ((1 - r2) * (x.length - 1)) / (x.length - 2);
}
