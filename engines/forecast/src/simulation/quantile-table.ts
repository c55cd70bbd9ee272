/**
 * A forecast distribution per step as a table that a normal score is looked up in.
 *
 * Input     a quantile function (horizon, probability) -> one value per step, rising in the probability.
 * Table     the values at normal scores from -6 to 6. Between two scores the value is taken to be linear, which is exact for
 *           normal errors; where it is not, cells are halved until the line is within FLATNESS of the width of
 *           the distribution, so that an atom (no demand with probability 0.7) keeps its edge to 1/1000 of a score.
 * Cost      about 60 calls of the quantile function for smooth distributions, at most MOST_SCORES.
 */
import { normalCdf } from '@planwright/numerics';

export type QuantileTable = {
  readonly horizon: number;
  /** Ascending normal scores. */
  readonly scores: Float64Array;
  /** scores x horizon, row-major, not falling from row to row. */
  readonly values: Float64Array;
};

/** The value of each future step below which the forecast stays with a probability. */
export type QuantileFunction = (horizon: number, probability: number) => Float64Array;

// Beyond six standard deviations (one in a billion) the outermost value stands.
const OUTERMOST = 6;
const CELL = 0.375;
const FLATNESS = 0.002;
const HALVINGS = 9;
const MOST_SCORES = 1500;

type Node = { readonly score: number; readonly values: Float64Array };

export function quantileTable(quantile: QuantileFunction, horizon: number): QuantileTable {
  const at = (score: number): Node => ({ score, values: quantile(horizon, normalCdf(score)) });
  const first = at(-OUTERMOST);
  const nodes: Node[] = [first];
  const low = at(-3).values;
  const width = at(3).values.map((value, step) => (value / 2 - low[step] / 2) * FLATNESS);
  const refine = (left: Node, right: Node, halvings: number): void => {
    if (halvings > 0 && nodes.length < MOST_SCORES) {
      const middle = at((left.score + right.score) / 2);
      if (!isStraight(left, middle, right, width)) {
        refine(left, middle, halvings - 1);
        refine(middle, right, halvings - 1);
        return;
      }
    }
    nodes.push(right);
  };
  const cells = Math.round((2 * OUTERMOST) / CELL);
  let left = first;
  for (let cell = 1; cell <= cells; cell++) {
    const right = at(-OUTERMOST + cell * CELL);
    refine(left, right, HALVINGS);
    left = right;
  }
  return tableOf(nodes, horizon);
}

/** Whether the line from left to right meets the middle, at every step; in halves, which cannot overflow. */
function isStraight(left: Node, middle: Node, right: Node, slack: Float64Array): boolean {
  for (let step = 0; step < slack.length; step++) {
    const line = left.values[step] / 4 + right.values[step] / 4;
    if (Math.abs(middle.values[step] / 2 - line) > slack[step]) return false;
  }
  return true;
}

function tableOf(nodes: readonly Node[], horizon: number): QuantileTable {
  const values = new Float64Array(nodes.length * horizon);
  nodes.forEach((node, row) => {
    for (let step = 0; step < horizon; step++) {
      const before = row === 0 ? -Infinity : values[(row - 1) * horizon + step];
      values[row * horizon + step] = Math.max(before, node.values[step]);
    }
  });
  return { horizon, scores: Float64Array.from(nodes, (node) => node.score), values };
}

/** The value of a step at a normal score. */
export function valueAt({ horizon, scores, values }: QuantileTable, step: number, score: number): number {
  const last = scores.length - 1;
  if (!(score > scores[0])) return values[step];
  if (score >= scores[last]) return values[last * horizon + step];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return values[low * horizon + step] * (1 - share) + values[high * horizon + step] * share;
}
