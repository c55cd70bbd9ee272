/**
 * What a constrained plan proposes: orders that must start soon, and open orders that come too late, too early or for
 * nothing. Open orders are held against the first day on which anything of them is needed.
 */
import type { Proposal } from '@planwright/contracts';
import { SUPPLY_KIND, USE_KIND } from '@planwright/supply';
import { isoFromDay } from '@planwright/time';
import { ordersByStart } from './list-constrained-orders.ts';
import type { BookChunk, PlanBook } from './plan-book.ts';
import { ranked } from './ranked-pages.ts';

/** A proposal that nobody has acted upon. `runNumber` names it within its run. */
export type Proposed = {
  readonly runNumber: string;
  readonly kind: Proposal['kind'];
  readonly stockPointId: number;
  readonly item: string;
  readonly location: string;
  readonly from: string | null;
  readonly startDay: number;
  readonly dueDay: number;
  /** As started, before yield, and what arrives. */
  readonly quantity: number;
  readonly goodQuantity: number;
  readonly value: number;
  readonly order: string | null;
  readonly orderDueDay: number | null;
  readonly reason: string;
};

// Moving an order costs more than a few days are worth.
const EXPEDITE_DAYS_MIN = 3;
const RESCHEDULE_DAYS_MIN = 30;

/** All proposals of a plan by start day; those that start within `windowDays` of the as-of day. */
export function proposedOrders(book: PlanBook, windowDays: number): readonly Proposed[] {
  const all = ranked(book, 'proposed', () =>
    [...newOrders(book), ...book.chunks.flatMap((chunk) => orderMoves(book, chunk))].sort(
      (a, b) => a.startDay - b.startDay || (a.runNumber < b.runNumber ? -1 : 1),
    ),
  );
  const lastDay = book.blocks.meta.asOf + windowDays;
  return all.filter((row) => row.startDay <= lastDay);
}

/** Orders of one source for the same days are one proposal, unless a largest lot says how they are cut. */
function newOrders(book: PlanBook): Proposed[] {
  const groups = Map.groupBy(ordersByStart(book), ({ chunk, o }) => {
    const { source, startDay, endDay } = chunk.plan.orders;
    const row = chunk.piece.sources[source[o]];
    const isCut = book.blocks.planning.sources[row].lotMaximum !== undefined;
    return `${row} ${startDay[o]} ${endDay[o]} ${isCut ? chunk.orderOffset + o : ''}`;
  });
  return [...groups.values()].map((orders) => newOrder(book, orders));
}

function newOrder(
  book: PlanBook,
  places: readonly { readonly chunk: BookChunk; readonly o: number }[],
): Proposed {
  const [{ chunk, o }] = places;
  const { orders } = chunk.plan;
  const source = book.blocks.planning.sources[chunk.piece.sources[orders.source[o]]];
  const { kind, item, location, supplier, fromLocation, point, yieldRatio = 1, costPerUnit } = source;
  const { unitCost = 0 } = book.blocks.planning.stockPoints[point];
  const quantity = places.reduce((sum, place) => sum + orders.quantity[place.o], 0);
  const unitValue = kind === 'buy' && costPerUnit !== undefined && costPerUnit > 0 ? costPerUnit : unitCost;
  return {
    runNumber: `o${chunk.orderOffset + o + 1}`,
    kind,
    stockPointId: book.pointIds[point],
    item,
    location,
    from: supplier ?? fromLocation ?? null,
    startDay: orders.startDay[o],
    dueDay: orders.endDay[o],
    quantity,
    goodQuantity: quantity * yieldRatio,
    value: quantity * unitValue,
    order: null,
    orderDueDay: null,
    reason: usesText(
      book,
      chunk,
      places.map((place) => place.o),
      quantity * yieldRatio,
    ),
  };
}

type Uses = { readonly demand: Float64Array; readonly order: Float64Array; readonly stock: Float64Array };
const usesOfChunk = new WeakMap<BookChunk, Uses>();

/** Good units of each order that serve customers, other orders and the safety stock. */
function usesOf(chunk: BookChunk): Uses {
  const known = usesOfChunk.get(chunk);
  if (known !== undefined) return known;
  const { pegs, orders } = chunk.plan;
  const column = () => new Float64Array(orders.count);
  const uses = { demand: column(), order: column(), stock: column() };
  for (let row = 0; row < pegs.count; row++) {
    if (pegs.supplyKind[row] !== SUPPLY_KIND.order) continue;
    const kind = pegs.useKind[row];
    const into = kind === USE_KIND.demand ? uses.demand : kind === USE_KIND.order ? uses.order : uses.stock;
    into[pegs.supply[row]] += pegs.quantity[row];
  }
  usesOfChunk.set(chunk, uses);
  return uses;
}

function usesText(book: PlanBook, chunk: BookChunk, orders: readonly number[], good: number): string {
  const uses = usesOf(chunk);
  const total = (column: Float64Array) => orders.reduce((sum, o) => sum + column[o], 0);
  const [demand, order, stock] = [total(uses.demand), total(uses.order), total(uses.stock)];
  const unit = book.items.unit(chunk.piece.model.sources[chunk.plan.orders.source[orders[0]]].item);
  const parts = [
    [demand, 'for customers'],
    [order, 'for other orders'],
    [stock, 'for the safety stock'],
    [good - demand - order - stock, 'because of the lot'],
  ] as const;
  const named = parts
    .filter(([value]) => value > 1e-6)
    .map(([value, what]) => `${figure(value)} ${unit} ${what}`);
  return named.length === 0 ? 'Nothing asks for it yet.' : `${named.join(', ')}.`;
}

/** Open orders of suppliers and the works that should come earlier, later or not at all. */
function orderMoves(book: PlanBook, chunk: BookChunk): Proposed[] {
  const { piece, plan, service } = chunk;
  const { pegs, demands, orders } = plan;
  const { asOf } = book.blocks.meta;
  const needDay = new Float64Array(piece.receipts.length).fill(Number.POSITIVE_INFINITY);
  const used = new Float64Array(piece.receipts.length);
  const late = new Uint8Array(piece.receipts.length);
  for (let row = 0; row < pegs.count; row++) {
    if (pegs.supplyKind[row] !== SUPPLY_KIND.receipt) continue;
    const receipt = pegs.supply[row];
    used[receipt] += pegs.quantity[row];
    const use = pegs.use[row];
    if (pegs.useKind[row] === USE_KIND.demand) {
      needDay[receipt] = Math.min(needDay[receipt], Math.max(asOf, demands.dueDay[use]));
      if (service.late[use] > 0) late[receipt] = 1;
    } else if (pegs.useKind[row] === USE_KIND.order) {
      needDay[receipt] = Math.min(needDay[receipt], orders.startDay[use]);
    } else needDay[receipt] = Math.min(needDay[receipt], asOf);
  }
  return piece.receipts.flatMap((row, receipt): Proposed[] => {
    const facts = book.blocks.planning.receipts[row];
    if (facts.status !== 'confirmed') return [];
    const point = book.blocks.planning.stockPoints[facts.point];
    const base = {
      runNumber: `r${row + 1}`,
      stockPointId: book.pointIds[facts.point],
      item: facts.item,
      location: facts.location,
      from: facts.supplier ?? null,
      startDay: asOf,
      quantity: facts.quantity,
      goodQuantity: facts.quantity,
      value: facts.quantity * (point.unitCost ?? 0),
      order: facts.receipt,
      orderDueDay: facts.promisedDay ?? facts.dueDay,
    };
    if (!(used[receipt] > 1e-6)) {
      const reason = 'Nothing asks for it within the plan, not even the safety stock.';
      return [{ ...base, kind: 'cancel', dueDay: facts.dueDay, reason }];
    }
    const need = needDay[receipt];
    if (late[receipt] === 1 && facts.dueDay - need >= EXPEDITE_DAYS_MIN) {
      const reason = `Customers wait for it: it is needed on ${isoFromDay(need)}, ${facts.dueDay - need} days before it comes.`;
      return [{ ...base, kind: 'expedite', dueDay: need, reason }];
    }
    if (Number.isFinite(need) && need - facts.dueDay >= RESCHEDULE_DAYS_MIN) {
      const reason = `Nothing of it is needed before ${isoFromDay(need)}, ${need - facts.dueDay} days after it comes.`;
      return [{ ...base, kind: 'reschedule', dueDay: need, reason }];
    }
    return [];
  });
}

function figure(quantity: number): string {
  return String(Math.round(quantity * 100) / 100);
}
