/**
 * Stock of components that is left from each day on while supply is drawn together: from it orders may start sooner than
 * was promised.
 */
import type { PlanState } from './plan-state.ts';
import { rowsByPoint, type SortedRows } from './sorted-rows.ts';

/** What is needed to know the stock of components that are still to be gone through. */
export type SpareStock = {
  readonly state: PlanState;
  readonly slotCount: number;
  /** Stock of a point at the end of each day, from its supplies as planned, before any use of it. */
  readonly suppliesOf: (point: number, daily: Float64Array) => void;
  /** Uses as they were planned, by point; undefined until someone asks. */
  useRows: SortedRows | undefined;
  /** What of the stock of each point is left from each day on, of the points that were asked for. */
  readonly spare: Map<number, Float64Array>;
  /** Who is told what is looked at and taken. */
  watch: SpareWatch | undefined;
};

export type SpareWatch = {
  lookedAt(point: number): void;
  /** It is known for the first time. */
  opened(point: number, spare: Float64Array): void;
  /** Whether an order may start sooner, and the component that is short; -1 none. */
  found(source: number, day: number, untilDay: number, quantity: number, short: number): void;
  taken(point: number, from: number, to: number, quantity: number): void;
};

const everyPoint = (): boolean => true;

/** Takes the components of an order that has them from `untilDay` on already on `day`, where they are there. */
export function takesSooner(
  spares: SpareStock,
  source: number,
  day: number,
  untilDay: number,
  quantity: number,
): boolean {
  const short = shortComponent(spares, source, day, untilDay, quantity);
  spares.watch?.found(source, day, untilDay, quantity, short);
  if (short >= 0) return false;
  takeComponents(spares, source, day, untilDay, quantity);
  return true;
}

/** The first component that is not there on `day`, of those that are asked after; -1 none. */
export function shortComponent(
  spares: SpareStock,
  source: number,
  day: number,
  untilDay: number,
  quantity: number,
  isAsked: (point: number) => boolean = everyPoint,
): number {
  const { sources, needs } = spares.state.network;
  const { isFree, openDay } = spares.state;
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    const option = needs.optionStart[need];
    const point = needs.point[option];
    if (!isAsked(point) || (isFree[point] === 1 ? day >= openDay[point] : day >= untilDay)) continue;
    if (isFree[point] === 1) return point;
    const used = needs.per[option] * quantity;
    const spare = spareOf(spares, point);
    for (let d = day; d < untilDay; d++) if (spare[d] < used) return point;
  }
  return -1;
}

/** Takes components that are there, of those that are asked after. */
export function takeComponents(
  spares: SpareStock,
  source: number,
  day: number,
  untilDay: number,
  quantity: number,
  isAsked: (point: number) => boolean = everyPoint,
): void {
  const { sources, needs } = spares.state.network;
  if (day >= untilDay) return;
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    const option = needs.optionStart[need];
    const point = needs.point[option];
    if (!isAsked(point) || spares.state.isFree[point] === 1) continue;
    takeSpare(spareOf(spares, point), day, untilDay, needs.per[option] * quantity);
    spares.watch?.taken(point, day, untilDay, needs.per[option] * quantity);
  }
}

/** Takes a quantity of what is left on each day of [from, to). */
export function takeSpare(spare: Float64Array, from: number, to: number, quantity: number): void {
  for (let day = from; day < to; day++) spare[day] -= quantity;
}

/** Stock at the end of each day by the plan as it was promised, less what was taken since. */
export function spareOf(spares: SpareStock, point: number): Float64Array {
  spares.watch?.lookedAt(point);
  const known = spares.spare.get(point);
  if (known !== undefined) return known;
  const { network, uses } = spares.state;
  const { start, rows } = plannedUses(spares);
  const stock = new Float64Array(network.dayCount);
  spares.suppliesOf(point, stock);
  const slot = network.subnetworks.slot[point];
  for (let i = start[slot]; i < start[slot + 1]; i++) stock[uses.day[rows[i]]] -= uses.quantity[rows[i]];
  for (let day = 1; day < stock.length; day++) stock[day] += stock[day - 1];
  spares.watch?.opened(point, stock);
  spares.spare.set(point, stock);
  return stock;
}

/** Uses as they were planned, by slot of their point: put in order for the first who asks. */
export function plannedUses(spares: SpareStock): SortedRows {
  const { state, slotCount } = spares;
  const { network, uses } = state;
  spares.useRows ??= rowsByPoint(network, { slotCount, points: uses.point }, 0, uses.count);
  return spares.useRows;
}
