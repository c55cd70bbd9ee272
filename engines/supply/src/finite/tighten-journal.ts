/**
 * A journal of how the supply of one sub-network was drawn together: of each piece what it looked at, what it changed,
 * and the rows that it wrote. With it an edited network draws only those pieces together anew that the edit reaches (see
 * `tighten-again.ts`).
 *
 * A piece goes by the orders and uses of its points, which are its own, and by two things that pieces share: counters of
 * hours, and the spare stock of components from which orders of one week may be joined.
 *
 * Memory  about 28 bytes an order, 37 a use, 20 a counter that a piece looks at, 12 a change of one, 36 a part that fits,
 *         and 24 a taking of spare stock.
 */
import { limit } from './capacity-window.ts';
import { grown, type OrderTable, rowsBetween, type UseTable } from './columns.ts';
import { rowsByOwner } from './compile-points.ts';
import { type OldPromises, promisesOf } from './other-promises.ts';
import type { PromisedRows } from './serve-journal.ts';
import { rowsByPoint, type SortedRows } from './sorted-rows.ts';
import { type Drawing, type Piece, turnOf } from './tighten.ts';
import type { Work } from './tighten-work.ts';
import { NO_WATCH } from './watch.ts';

/** What pieces looked at of counters; they leave them as `after`. */
type CountersSeen = { count: number; counter: Int32Array; before: Float64Array; after: Float64Array };

/** What pieces added to counters, one by one. */
type CounterChanges = { count: number; counter: Int32Array; quantity: Float64Array };

/** The part of an order that was found to fit on a day (see `partThatFits`); `change` is the number of changes before it. */
type PartsFound = {
  count: number;
  change: Int32Array;
  source: Int32Array;
  day: Int32Array;
  rest: Float64Array;
  part: Float64Array;
  earlierDay: Int32Array;
};

/** What was found of orders that might start on `day` in place of `untilDay`: the component that is short; -1 none. */
type SoonerFound = {
  count: number;
  source: Int32Array;
  day: Int32Array;
  untilDay: Int32Array;
  quantity: Float64Array;
  short: Int32Array;
};

/** Points whose spare stock pieces looked at. */
type SparesSeen = { count: number; point: Int32Array };

/** Spare stock that pieces took, on each day of [from, to). */
export type SpareTaken = {
  count: number;
  point: Int32Array;
  from: Int32Array;
  to: Int32Array;
  quantity: Float64Array;
};

export type TightenJournal = {
  readonly pieces: readonly Piece[];
  /** How the orders of each point were drawn together. */
  readonly how: Uint8Array;
  /** Rows as they were drawn together, orders numbered from 0; before the uses of the first piece stand those of demands. */
  readonly orders: OrderTable;
  readonly uses: UseTable;
  /** Uses of orders by slot, and the piece that wrote each use. */
  readonly usesBySlot: SortedRows;
  readonly pieceOfUse: Int32Array;
  readonly promises: OldPromises;
  /** New rows of the promised orders that are kept, by place in `promises.ordersBySlot`. */
  readonly newRow: Int32Array;
  /** By piece: first rows, and a last entry where the last one ends. */
  readonly starts: PieceStarts;
  /** By piece: 1 where its points were placed, in its own turn or in that of their resource. */
  readonly wasPlaced: Uint8Array;
  readonly counters: CountersSeen;
  readonly changes: CounterChanges;
  readonly parts: PartsFound;
  readonly spares: SparesSeen;
  readonly sooner: SoonerFound;
  readonly taken: SpareTaken;
  /** Rows of `taken` by point, in their order, and the piece of each. */
  readonly takenOf: SortedRows;
  readonly pieceOfTaken: Int32Array;
};

type PieceStarts = {
  readonly order: Int32Array;
  readonly use: Int32Array;
  readonly counter: Int32Array;
  readonly change: Int32Array;
  readonly part: Int32Array;
  readonly spare: Int32Array;
  readonly sooner: Int32Array;
  readonly taken: Int32Array;
};

export function takenTable(rows: number): SpareTaken {
  return {
    count: 0,
    point: new Int32Array(rows),
    from: new Int32Array(rows),
    to: new Int32Array(rows),
    quantity: new Float64Array(rows),
  };
}

export function addTaken(taken: SpareTaken, point: number, from: number, to: number, quantity: number): void {
  grown(taken, taken.quantity);
  const row = taken.count++;
  taken.point[row] = point;
  taken.from[row] = from;
  taken.to[row] = to;
  taken.quantity[row] = quantity;
}

/** Draws all pieces together and gives the journal of it. */
export const keptDrawing =
  (promised: PromisedRows, keep: (journal: TightenJournal) => void): Drawing =>
  (work, piecesOf) => {
    const pieces = piecesOf();
    const promises = promisesOf(work, promised);
    const keeper = newKeeper(work, pieces.length);
    const turn = turnOf(work);
    const { state, spares } = work;
    state.watch = {
      ...NO_WATCH,
      counter: (counter) => seeCounter(keeper, counter),
      counterAdded: (counter, quantity) => addCounterChange(keeper.changes, counter, quantity),
      lotFound: (source, day, _least, rest, part) => addPart(keeper, source, day, rest, part),
    };
    spares.watch = {
      lookedAt: (point) => seeSpare(keeper, point),
      opened() {},
      found: (source, day, untilDay, quantity, short) =>
        addSooner(keeper.sooner, source, day, untilDay, quantity, short),
      taken: (point, from, to, quantity) => addTaken(keeper.taken, point, from, to, quantity),
    };
    pieces.forEach((piece, i) => {
      beginPiece(keeper, i);
      turn.run(piece);
      endPiece(keeper, i);
      keeper.wasPlaced[i] = turn.isPlaced(piece) ? 1 : 0;
    });
    beginPiece(keeper, pieces.length);
    state.watch = undefined;
    spares.watch = undefined;
    keep(journalOf(keeper, pieces, promises));
    return undefined;
  };

type Keeper = Pick<
  TightenJournal,
  'starts' | 'wasPlaced' | 'counters' | 'changes' | 'parts' | 'spares' | 'sooner' | 'taken'
> & {
  readonly work: Work;
  readonly firstUse: number;
  /** By counter and by point: the last piece that looked at it. */
  readonly counterSeenIn: Int32Array;
  readonly spareSeenIn: Int32Array;
  now: number;
};

function newKeeper(work: Work, pieceCount: number): Keeper {
  const { counters, network } = work.state;
  const starts = () => new Int32Array(pieceCount + 1);
  return {
    work,
    firstUse: work.uses.count,
    starts: {
      order: starts(),
      use: starts(),
      counter: starts(),
      change: starts(),
      part: starts(),
      spare: starts(),
      sooner: starts(),
      taken: starts(),
    },
    wasPlaced: new Uint8Array(pieceCount),
    counters: {
      count: 0,
      counter: new Int32Array(64),
      before: new Float64Array(64),
      after: new Float64Array(64),
    },
    changes: { count: 0, counter: new Int32Array(64), quantity: new Float64Array(64) },
    parts: partTable(64),
    spares: { count: 0, point: new Int32Array(64) },
    sooner: soonerTable(64),
    taken: takenTable(64),
    counterSeenIn: new Int32Array(counters.length).fill(-1),
    spareSeenIn: new Int32Array(network.points.count).fill(-1),
    now: 0,
  };
}

function seeCounter({ counters, counterSeenIn, now, work }: Keeper, counter: number): void {
  if (counterSeenIn[counter] === now) return;
  counterSeenIn[counter] = now;
  grown(counters, counters.counter);
  const row = counters.count++;
  counters.counter[row] = counter;
  counters.before[row] = work.state.counters[counter];
}

function partTable(rows: number): PartsFound {
  return {
    count: 0,
    change: new Int32Array(rows),
    source: new Int32Array(rows),
    day: new Int32Array(rows),
    rest: new Float64Array(rows),
    part: new Float64Array(rows),
    earlierDay: new Int32Array(rows),
  };
}

function soonerTable(rows: number): SoonerFound {
  return {
    count: 0,
    source: new Int32Array(rows),
    day: new Int32Array(rows),
    untilDay: new Int32Array(rows),
    quantity: new Float64Array(rows),
    short: new Int32Array(rows),
  };
}

function addSooner(
  sooner: SoonerFound,
  source: number,
  day: number,
  untilDay: number,
  quantity: number,
  short: number,
): void {
  grown(sooner, sooner.quantity);
  const row = sooner.count++;
  sooner.source[row] = source;
  sooner.day[row] = day;
  sooner.untilDay[row] = untilDay;
  sooner.quantity[row] = quantity;
  sooner.short[row] = short;
}

function addCounterChange(changes: CounterChanges, counter: number, quantity: number): void {
  grown(changes, changes.counter);
  const row = changes.count++;
  changes.counter[row] = counter;
  changes.quantity[row] = quantity;
}

function addPart({ parts, changes }: Keeper, source: number, day: number, rest: number, part: number): void {
  grown(parts, parts.part);
  const row = parts.count++;
  parts.change[row] = changes.count;
  parts.source[row] = source;
  parts.day[row] = day;
  parts.rest[row] = rest;
  parts.part[row] = part;
  parts.earlierDay[row] = limit.earlierDay;
}

function seeSpare({ spares, spareSeenIn, now }: Keeper, point: number): void {
  if (spareSeenIn[point] === now) return;
  spareSeenIn[point] = now;
  grown(spares, spares.point);
  spares.point[spares.count++] = point;
}

function beginPiece(keeper: Keeper, piece: number): void {
  const { work, starts, counters, changes, parts, spares, sooner, taken } = keeper;
  keeper.now = piece;
  starts.order[piece] = work.orders.count;
  starts.use[piece] = work.uses.count;
  starts.counter[piece] = counters.count;
  starts.change[piece] = changes.count;
  starts.part[piece] = parts.count;
  starts.spare[piece] = spares.count;
  starts.sooner[piece] = sooner.count;
  starts.taken[piece] = taken.count;
}

function endPiece({ work, starts, counters }: Keeper, piece: number): void {
  for (let row = starts.counter[piece]; row < counters.count; row++)
    counters.after[row] = work.state.counters[counters.counter[row]];
}

function journalOf(keeper: Keeper, pieces: readonly Piece[], promises: OldPromises): TightenJournal {
  const { work, starts, wasPlaced, counters, changes, parts, spares, sooner, taken, firstUse } = keeper;
  const { state, slotCount, firstOrder, orderRows, newRow } = work;
  const { network } = state;
  const uses = rowsBetween(work.uses, 0, work.uses.count);
  for (let row = firstUse; row < uses.count; row++) uses.index[row] -= firstOrder;
  const ownerOf = (start: Int32Array, count: number): Int32Array => {
    const owner = new Int32Array(count);
    for (let piece = 0; piece < pieces.length; piece++) owner.fill(piece, start[piece], start[piece + 1]);
    return owner;
  };
  return {
    pieces,
    how: state.how,
    orders: rowsBetween(work.orders, 0, work.orders.count),
    uses,
    usesBySlot: rowsByPoint(network, { slotCount, points: uses.point }, firstUse, uses.count),
    pieceOfUse: ownerOf(starts.use, uses.count),
    promises,
    newRow: orderRows.rows.map((row) => newRow[row - firstOrder] - firstOrder),
    starts,
    wasPlaced,
    counters,
    changes,
    parts,
    spares,
    sooner,
    taken,
    takenOf: rowsByOwner(taken.point.subarray(0, taken.count), network.points.count),
    pieceOfTaken: ownerOf(starts.taken, taken.count),
  };
}
