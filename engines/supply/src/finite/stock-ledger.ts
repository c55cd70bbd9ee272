/**
 * Projected stock of every point and day, and what of it is free.
 *
 * A row holds the stock at the end of each day if all that is planned happens. What may still be promised on day d is
 * the least of the row from d on: taking more would leave a later use without. Days are cut into blocks of 32, each
 * with a pending addition and its least value, so that adding from a day on and asking for the least from a day on
 * touch one block and then one number a block.
 *
 * Cost  one addition or question: 32 + days / 32 steps. Memory: 8.5 bytes a point and day.
 */
export const BLOCK_DAYS = 32;

export type StockLedger = {
  /** Days of each row. */
  readonly dayCount: Int32Array;
  /** Blocks of row r: firstBlock[r] .. firstBlock[r + 1]. */
  readonly firstBlock: Int32Array;
  /** Days behind a row's last are Infinity and never the least. */
  readonly value: Float64Array;
  readonly pending: Float64Array;
  readonly least: Float64Array;
};

/**
 * A ledger for rows of these lengths in days, each to be written by `fillRow` before it is looked at or added to.
 * @param before a ledger that nobody needs any more, for its memory
 */
export function stockLedger(rowDays: ArrayLike<number>, before?: StockLedger): StockLedger {
  const dayCount = Int32Array.from(rowDays);
  const firstBlock = new Int32Array(dayCount.length + 1);
  for (let row = 0; row < dayCount.length; row++) {
    firstBlock[row + 1] = firstBlock[row] + ((dayCount[row] + BLOCK_DAYS - 1) >> 5);
  }
  const blockCount = firstBlock[dayCount.length];
  if (before !== undefined && before.pending.length >= blockCount) {
    const { value, pending, least } = before;
    return { dayCount, firstBlock, value, pending, least };
  }
  return {
    dayCount,
    firstBlock,
    value: new Float64Array(blockCount * BLOCK_DAYS),
    pending: new Float64Array(blockCount),
    least: new Float64Array(blockCount),
  };
}

/** Adds to every day from `day` on. Days behind the row change nothing. */
export function addFrom(ledger: StockLedger, row: number, day: number, quantity: number): void {
  const { firstBlock, value, pending, least } = ledger;
  if (day >= ledger.dayCount[row]) return;
  const block = firstBlock[row] + (day >> 5);
  const start = block << 5;
  const from = start + (day & 31);
  const end = start + BLOCK_DAYS;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = start; i < from; i++) if (value[i] < lowest) lowest = value[i];
  for (let i = from; i < end; i++) {
    const next = value[i] + quantity;
    value[i] = next;
    if (next < lowest) lowest = next;
  }
  least[block] = lowest;
  const endBlock = firstBlock[row + 1];
  for (let b = block + 1; b < endBlock; b++) pending[b] += quantity;
}

/** Writes a row that was not written before, from what is added on each day. */
export function fillRow(
  { firstBlock, dayCount, value, pending, least }: StockLedger,
  row: number,
  daily: Float64Array,
): void {
  let stock = 0;
  for (let block = firstBlock[row], day = 0; block < firstBlock[row + 1]; block++) {
    let lowest = Number.POSITIVE_INFINITY;
    for (let at = block << 5; at < (block + 1) << 5; at++, day++) {
      stock = day < dayCount[row] ? stock + daily[day] : Number.POSITIVE_INFINITY;
      value[at] = stock;
      if (stock < lowest) lowest = stock;
    }
    least[block] = lowest;
    pending[block] = 0;
  }
}

/** What is added to rows of the ledger, or taken from them. */
export type Additions = { readonly day: Int32Array; readonly quantity: Float64Array };

/**
 * Adds the entries [from, to) to one row, in their order: to the last bits what `addFrom` leaves, but where there are more than a few,
 * the least of each block is looked for only once.
 */
export function addAll(
  ledger: StockLedger,
  row: number,
  { day: days, quantity: quantities }: Additions,
  entries: Int32Array,
  from: number,
  to: number,
): void {
  const { firstBlock, value, pending, least, dayCount } = ledger;
  const [first, end] = [firstBlock[row], firstBlock[row + 1]];
  if (to - from < (end - first) >> 1) {
    for (let i = from; i < to; i++) addFrom(ledger, row, days[entries[i]], quantities[entries[i]]);
    return;
  }
  for (let i = from; i < to; i++) {
    const day = days[entries[i]];
    if (day >= dayCount[row]) continue;
    const quantity = quantities[entries[i]];
    const block = first + (day >> 5);
    for (let at = (block << 5) + (day & 31); at < (block + 1) << 5; at++) value[at] += quantity;
    for (let b = block + 1; b < end; b++) pending[b] += quantity;
  }
  for (let block = first; block < end; block++) {
    let lowest = Number.POSITIVE_INFINITY;
    for (let at = block << 5; at < (block + 1) << 5; at++) if (value[at] < lowest) lowest = value[at];
    least[block] = lowest;
  }
}

/** What may be promised on a day of the row: the least stock from it on. */
export function freeOn(ledger: StockLedger, row: number, day: number): number {
  const { firstBlock, value, pending, least } = ledger;
  const block = firstBlock[row] + (day >> 5);
  const end = (block + 1) << 5;
  let lowest = Number.POSITIVE_INFINITY;
  for (let i = (block << 5) + (day & 31); i < end; i++) if (value[i] < lowest) lowest = value[i];
  lowest += pending[block];
  const endBlock = firstBlock[row + 1];
  for (let b = block + 1; b < endBlock; b++) {
    const inBlock = least[b] + pending[b];
    if (inBlock < lowest) lowest = inBlock;
  }
  return lowest;
}

/** The first day from which on the stock never falls below `quantity`; the row's day count where it always does. */
export function firstDayWith(ledger: StockLedger, row: number, quantity: number): number {
  const { firstBlock, value, pending, least, dayCount } = ledger;
  for (let b = firstBlock[row + 1] - 1; b >= firstBlock[row]; b--) {
    if (least[b] + pending[b] >= quantity) continue;
    const below = quantity - pending[b];
    let i = ((b + 1) << 5) - 1;
    while (value[i] >= below) i -= 1;
    return Math.min(dayCount[row], i + 1 - (firstBlock[row] << 5));
  }
  return 0;
}

/** Stock at the end of a day. */
function stockOn(ledger: StockLedger, row: number, day: number): number {
  const block = ledger.firstBlock[row] + (day >> 5);
  return ledger.value[(block << 5) + (day & 31)] + ledger.pending[block];
}

/** The least that lies there at the end of any day of [from, to). */
export function leastBetween(ledger: StockLedger, row: number, from: number, to: number): number {
  const { value, pending, firstBlock } = ledger;
  const first = firstBlock[row] << 5;
  let least = Number.POSITIVE_INFINITY;
  for (let at = first + from; at < first + to; at++) {
    const stock = value[at] + pending[at >> 5];
    if (stock < least) least = stock;
  }
  return least;
}

/** The most that lies there at the end of any day of [from, to). */
export function mostBetween(ledger: StockLedger, row: number, from: number, to: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let day = from; day < to; day++) most = Math.max(most, stockOn(ledger, row, day));
  return most;
}
