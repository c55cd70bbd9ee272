/**
 * A serial system under random demand: the echelon base-stock levels of least cost, exact (Clark and Scarf).
 *
 * Stage 1 serves customers, who wait; stage j is supplied by stage j + 1, the last by an outside supplier that always has stock.
 * With x the echelon level of stage j (its stock and all downstream, less what is owed) when an order arrives, D(j) the demand of its lead
 * time and h(j) its echelon holding cost,
 *
 *   C^(1)(x) = h(1) x + (backorder cost + sum of h) max(0, -x),   C(j)(y) = E[C^(j)(y - D(j))],
 *   S(j) = argmin C(j),   C^(j + 1)(x) = h(j + 1) x + C(j)(min(S(j), x))
 *
 * Whole demand is exact to rounding. Continuous demand is summed over `cells` equal cells of the range of the whole
 * system's lead-time demand: its error falls with the square of the width. Outside the range C^ is straight and continued so.
 *
 * Continuous review with constant lead times; for periodic review give D(1) one bucket more.
 *
 * Cost     O(stages x levels x width of D(j)).
 * Source   Clark and Scarf (1960), Management Science 6(4), 475-490; Chen and Zheng (1994), Management Science 40(11),
 *          1426-1443; bounds: Shang and Song (2003), Management Science 49(5), 618-638; Snyder and Shen (2019), section 6.2.
 */
import { assert } from '@planwright/units';
import type { DemandDistribution } from '../demand-distribution.ts';

export type SerialStage = {
  /** What holding a unit here costs more than one stage up, per unit of time, > 0. */
  readonly echelonHoldingCost: number;
  readonly leadTimeDemand: DemandDistribution;
  /** Demand over the lead times of this stage and all downstream. */
  readonly leadTimeDemandThrough: DemandDistribution;
};

export type SerialStock = {
  /** Echelon base-stock level per stage, stage 1 first; the level may rise from stage to stage or not. */
  readonly echelonBaseStock: readonly number[];
  /** What to hold at each stage itself: the differences of the levels, each cut at the least level upstream. */
  readonly localBaseStock: readonly number[];
  /** Expected cost per unit of time, pipelines included. */
  readonly cost: number;
};

export type SerialInput = {
  /** Stage 1 (customers) first. All demands are whole, or none is. */
  readonly stages: readonly SerialStage[];
  /** Money a unit owed to customers and unit of time, > 0. */
  readonly backorderCost: number;
  /** Of continuous demand. Default 4,000. */
  readonly cells?: number;
};

export function serialBaseStock(input: SerialInput): SerialStock {
  const { stages, backorderCost } = input;
  assert(stages.length > 0 && backorderCost > 0, 'there are stages, and owing costs something');
  assert(
    stages.every((stage) => stage.echelonHoldingCost > 0),
    'each stage adds to the holding cost',
  );
  const grid = gridOf(input);
  const total = stages.reduce((sum, stage) => sum + stage.echelonHoldingCost, 0);
  const levels: number[] = [];
  let induced: Line = lineOf(grid, (x) => (backorderCost + total) * Math.max(0, -x));
  let cost = Number.NaN;
  for (const { echelonHoldingCost, leadTimeDemand } of stages) {
    const before = addStraight(induced, grid, echelonHoldingCost);
    const expected = convolved(before, grid, leadTimeDemand);
    const best = lowest(expected.values);
    levels.push(grid.from + best * grid.step);
    cost = expected.values[best];
    induced = cappedAt(expected, best);
  }
  return { echelonBaseStock: levels, localBaseStock: localLevels(levels), cost };
}

/**
 * Bounds of each echelon base-stock level by newsvendors over the demand of the lead times through the stage, and the average of
 * the two, which is a good level by itself.
 */
export function serialBaseStockBounds(
  input: SerialInput,
): readonly { readonly lower: number; readonly upper: number; readonly middle: number }[] {
  const { stages, backorderCost } = input;
  const costs = stages.map((stage) => stage.echelonHoldingCost);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let upstream = total;
  return stages.map(({ leadTimeDemandThrough }, j) => {
    upstream -= costs[j];
    const wanted = backorderCost + Math.max(0, upstream);
    const lower = leadTimeDemandThrough.quantile(wanted / (backorderCost + total));
    const upper = leadTimeDemandThrough.quantile(wanted / (wanted + costs[j]));
    const middle = (lower + upper) / 2;
    return { lower, upper, middle: leadTimeDemandThrough.isWhole ? Math.floor(middle) : middle };
  });
}

type Grid = { readonly from: number; readonly step: number; readonly count: number };

/** A function on the grid, straight beyond both ends. */
type Line = { readonly values: Float64Array; readonly slopeBelow: number; readonly slopeAbove: number };

const DEFAULT_CELLS = 4_000;
// Beyond these tails demand changes the cost by less than a double resolves.
const TAIL = 1e-12;

/** From below 0, where stage 1 owes, to the most that the whole system could want. */
function gridOf({ stages, cells = DEFAULT_CELLS }: SerialInput): Grid {
  const whole = stages[0].leadTimeDemand.isWhole;
  for (const { leadTimeDemand, leadTimeDemandThrough } of stages) {
    assert(leadTimeDemand.isWhole === whole, 'all demands are whole, or none is');
    assert(
      leadTimeDemandThrough.mean >= leadTimeDemand.mean * (1 - 1e-9),
      'demand through a stage holds its own',
    );
  }
  const through = stages[stages.length - 1].leadTimeDemandThrough;
  const most = through.quantile(1 - TAIL);
  const least = -Math.max(1, most);
  const step = whole ? 1 : (most - least) / cells;
  const from = whole ? Math.floor(least) : least;
  return { from, step, count: Math.ceil((most - from) / step) + 2 };
}

const lineOf = (grid: Grid, value: (x: number) => number): Line => {
  const values = Float64Array.from({ length: grid.count }, (_, i) => value(grid.from + i * grid.step));
  return {
    values,
    slopeBelow: (values[1] - values[0]) / grid.step,
    slopeAbove: (values[grid.count - 1] - values[grid.count - 2]) / grid.step,
  };
};

function addStraight(line: Line, grid: Grid, slope: number): Line {
  return {
    values: line.values.map((value, i) => value + slope * (grid.from + i * grid.step)),
    slopeBelow: line.slopeBelow + slope,
    slopeAbove: line.slopeAbove + slope,
  };
}

/** E[line(y - D)] for every y of the grid. */
function convolved(line: Line, grid: Grid, demand: DemandDistribution): Line {
  const { values, slopeBelow } = line;
  const { first, weights } = weightsOf(demand, grid.step);
  const result = new Float64Array(grid.count);
  for (let i = 0; i < grid.count; i++) {
    let sum = 0;
    for (let w = 0; w < weights.length; w++) {
      const j = i - first - w;
      // Demand moves the level down only, except for the part of a normal demand below 0.
      if (j < 0) sum += weights[w] * (values[0] + j * grid.step * slopeBelow);
      else if (j < grid.count) sum += weights[w] * values[j];
      else sum += weights[w] * (values[grid.count - 1] + (j - grid.count + 1) * grid.step * line.slopeAbove);
    }
    result[i] = sum;
  }
  return { values: result, slopeBelow, slopeAbove: line.slopeAbove };
}

/** Probabilities of demand rounded to steps, from `first` steps on; they sum to 1. */
function weightsOf(demand: DemandDistribution, step: number): { first: number; weights: Float64Array } {
  if (demand.variance === 0) return { first: Math.round(demand.mean / step), weights: Float64Array.of(1) };
  const half = demand.isWhole ? 0 : 0.5;
  const first = Math.floor(demand.quantile(TAIL) / step);
  const last = Math.ceil(demand.quantile(1 - TAIL) / step) + 1;
  const weights = new Float64Array(last - first + 1);
  let below = 0;
  for (let w = 0; w < weights.length; w++) {
    const upTo = w === weights.length - 1 ? 1 : demand.cdf((first + w + half) * step);
    weights[w] = upTo - below;
    below = upTo;
  }
  return { first, weights };
}

function lowest(values: Float64Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i] < values[best]) best = i;
  return best;
}

/** The line up to its minimum, and level from there on: more upstream than wanted changes nothing downstream. */
function cappedAt({ values, slopeBelow }: Line, best: number): Line {
  return { values: values.map((value, i) => (i > best ? values[best] : value)), slopeBelow, slopeAbove: 0 };
}

function localLevels(levels: readonly number[]): number[] {
  const local = new Array<number>(levels.length);
  let upstreamLeast = Infinity;
  const kept = levels.map(() => 0);
  for (let j = levels.length - 1; j >= 0; j--) {
    upstreamLeast = Math.min(upstreamLeast, levels[j]);
    kept[j] = upstreamLeast;
  }
  for (let j = 0; j < levels.length; j++) local[j] = kept[j] - (j === 0 ? 0 : kept[j - 1]);
  return local;
}
