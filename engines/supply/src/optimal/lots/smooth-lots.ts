/**
 * Makes lots fit the hours: what overloads a bucket moves to earlier ones, from the last bucket to the first; what still
 * overloads the first ones moves later, as far as stock allows; and again. Then lots move wherever it saves money.
 *
 * Each move is the one that costs least an hour of overload it takes away: a whole lot (which saves a setup) or a part,
 * to any bucket; a setup that the target lacks is paid for, in money and in hours.
 *
 * Cost      O(passes x moves x items x buckets); a few thousand steps an instance of 10 x 20.
 * Source    after the smoothing of Trigeiro, Thomas and McClain (1989), with moves over any distance and improvement.
 */
import type { LotSizingProblem } from './lot-sizing-problem.ts';

const PASSES = 8;
const SLACK = 1e-9;

type Work = {
  readonly problem: LotSizingProblem;
  readonly quantity: Float64Array;
  readonly hours: Float64Array;
};

/** Changes `quantity` in place; true where every bucket's hours are kept. */
export function smoothLots(problem: LotSizingProblem, quantity: Float64Array): boolean {
  const work = { problem, quantity, hours: hoursOf(problem, quantity) };
  const { bucketCount } = problem;
  for (let pass = 0; pass < PASSES; pass++) {
    for (let t = bucketCount - 1; t > 0; t--) relieve(work, t, 'earlier');
    if (!isOverloaded(work)) break;
    for (let t = 0; t < bucketCount - 1; t++) relieve(work, t, 'later');
    if (!isOverloaded(work)) break;
  }
  if (isOverloaded(work)) return false;
  improve(work);
  return true;
}

function hoursOf(problem: LotSizingProblem, quantity: Float64Array): Float64Array {
  const { itemCount, bucketCount, hoursPerUnit, setupHours } = problem;
  const hours = new Float64Array(bucketCount);
  for (let item = 0; item < itemCount; item++) {
    for (let t = 0; t < bucketCount; t++) {
      const lot = quantity[item * bucketCount + t];
      if (lot > 0) hours[t] += lot * hoursPerUnit[item] + setupHours[item];
    }
  }
  return hours;
}

const overload = ({ problem, hours }: Work, t: number) => hours[t] - problem.capacityHours[t];
const isOver = (work: Work, t: number) => overload(work, t) > SLACK * work.problem.capacityHours[t];

function isOverloaded(work: Work): boolean {
  for (let t = 0; t < work.problem.bucketCount; t++) if (isOver(work, t)) return true;
  return false;
}

type Move = { item: number; from: number; to: number; units: number; cost: number };

/** Moves units out of bucket t until its hours are kept or nothing can move. */
function relieve(work: Work, t: number, way: 'earlier' | 'later'): void {
  for (let moves = 0; moves < 4 * work.problem.itemCount && isOver(work, t); moves++) {
    const move = bestRelief(work, t, way);
    if (move === undefined) return;
    apply(work, move);
  }
}

function bestRelief(work: Work, t: number, way: 'earlier' | 'later'): Move | undefined {
  const { itemCount, bucketCount, hoursPerUnit, setupHours } = work.problem;
  let best: Move | undefined;
  let bestPrice = Number.POSITIVE_INFINITY;
  for (let item = 0; item < itemCount; item++) {
    const lot = work.quantity[item * bucketCount + t];
    if (lot <= 0) continue;
    const per = hoursPerUnit[item];
    const row = item * bucketCount;
    let movable = lot;
    // On hand before bucket t: what is not taken before a later bucket can be made in that one.
    let stock = way === 'later' ? stockBefore(work, row, t) : 0;
    const step = way === 'earlier' ? -1 : 1;
    for (let to = t + step; to >= 0 && to < bucketCount; to += step) {
      if (way === 'later') {
        stock = Math.max(0, stock + work.quantity[row + to - 1] - work.problem.demand[row + to - 1]);
        movable = Math.min(movable, stock);
      }
      if (movable <= SLACK * lot) break;
      const hasSetup = work.quantity[item * bucketCount + to] > 0;
      const room = work.problem.capacityHours[to] - work.hours[to] - (hasSetup ? 0 : setupHours[item]);
      const needed = per > 0 ? overload(work, t) / per : lot;
      // Next door may be overloaded for now: its own turn comes. Farther off only what fits.
      const isNext = to === t + step && to !== (way === 'earlier' ? 0 : bucketCount - 1);
      const fits = per > 0 ? Math.max(0, room) / per : room >= 0 ? lot : 0;
      for (const units of [movable, Math.min(movable, needed), Math.min(movable, fits)]) {
        if (units <= SLACK * lot || (!isNext && units > fits * (1 + SLACK))) continue;
        const isWhole = units >= lot * (1 - SLACK);
        const relief = Math.min(overload(work, t), units * per + (isWhole ? setupHours[item] : 0));
        if (relief <= 0) continue;
        const move = { item, from: t, to, units: isWhole ? lot : units, cost: 0 };
        move.cost = costOf(work, move);
        const excess = Math.max(0, units * per - Math.max(0, room)) + (room < 0 ? -room : 0);
        const price = (move.cost + excess * OVERLOAD_PRICE * meanHolding(work)) / relief;
        if (price >= bestPrice) continue;
        bestPrice = price;
        best = move;
      }
    }
  }
  return best;
}

/** Putting an hour into a bucket that is full costs about this many buckets of holding a unit. */
const OVERLOAD_PRICE = 2;

function meanHolding({ problem }: Work): number {
  return problem.holdingCost.reduce((sum, cost) => sum + cost, 0) / problem.itemCount;
}

function stockBefore({ problem, quantity }: Work, row: number, t: number): number {
  let stock = 0;
  for (let k = 0; k < t; k++) stock += quantity[row + k] - problem.demand[row + k];
  return stock;
}

/** Money that a move costs; below 0 it saves. */
function costOf({ problem, quantity }: Work, { item, from, to, units }: Move): number {
  const row = item * problem.bucketCount;
  const isWhole = units >= quantity[row + from];
  return (
    (from - to) * units * problem.holdingCost[item] -
    (isWhole ? problem.setupCost[item] : 0) +
    (quantity[row + to] > 0 ? 0 : problem.setupCost[item])
  );
}

function apply({ problem, quantity, hours }: Work, { item, from, to, units }: Move): void {
  const row = item * problem.bucketCount;
  const per = problem.hoursPerUnit[item];
  const isWhole = units >= quantity[row + from];
  hours[from] -= units * per + (isWhole ? problem.setupHours[item] : 0);
  hours[to] += units * per + (quantity[row + to] > 0 ? 0 : problem.setupHours[item]);
  quantity[row + to] += units;
  quantity[row + from] = isWhole ? 0 : quantity[row + from] - units;
}

/** Moves that save money and keep the hours, the best of each item and bucket, until there are none. */
function improve(work: Work): void {
  const { itemCount, bucketCount } = work.problem;
  for (let pass = 0; pass < 4 * PASSES; pass++) {
    let saved = 0;
    for (let item = 0; item < itemCount; item++) {
      for (let from = 0; from < bucketCount; from++) {
        const move = bestSaving(work, item, from);
        if (move === undefined) continue;
        saved -= move.cost;
        apply(work, move);
      }
    }
    if (saved <= SLACK) return;
  }
}

function bestSaving(work: Work, item: number, from: number): Move | undefined {
  const { bucketCount, capacityHours, hoursPerUnit, setupHours } = work.problem;
  const row = item * bucketCount;
  const lot = work.quantity[row + from];
  if (lot <= 0) return undefined;
  let best: Move | undefined;
  let leavable = lot;
  const consider = (to: number, most: number) => {
    const hasSetup = work.quantity[row + to] > 0;
    const room = capacityHours[to] - work.hours[to] - (hasSetup ? 0 : setupHours[item]);
    const fits = hoursPerUnit[item] > 0 ? room / hoursPerUnit[item] : lot;
    const units = Math.min(most, fits);
    if (room < 0 || units <= SLACK * lot) return;
    const move = { item, from, to, units: units >= lot * (1 - SLACK) ? lot : units, cost: 0 };
    move.cost = costOf(work, move);
    if (move.cost < (best?.cost ?? -SLACK)) best = move;
  };
  let stock = stockBefore(work, row, from);
  for (let to = from + 1; to < bucketCount; to++) {
    stock += work.quantity[row + to - 1] - work.problem.demand[row + to - 1];
    leavable = Math.min(leavable, stock);
    if (leavable <= SLACK * lot) break;
    consider(to, leavable);
  }
  for (let to = from - 1; to >= 0; to--) consider(to, lot);
  return best;
}
