/**
 * What additions to rows of the ledger overwrite, so that they can be undone bit for bit: what is added and taken away again
 * leaves other last bits.
 */
import { BLOCK_DAYS, type StockLedger } from './stock-ledger.ts';

/** Additions in their order, and the numbers that each overwrites. */
export type Overwritten = {
  count: number;
  row: Int32Array;
  day: Int32Array;
  numbers: Float64Array;
  numberCount: number;
};

export const nothingOverwritten = (): Overwritten => ({
  count: 0,
  row: new Int32Array(64),
  day: new Int32Array(64),
  numbers: new Float64Array(4096),
  numberCount: 0,
});

/** Keeps what `addFrom` overwrites of a row from a day on: before it is called. */
export function keepOverwritten(kept: Overwritten, ledger: StockLedger, row: number, day: number): void {
  if (day >= ledger.dayCount[row]) return;
  const block = ledger.firstBlock[row] + (day >> 5);
  const end = ledger.firstBlock[row + 1];
  makeRoom(kept, numbersOf(end - block));
  kept.row[kept.count] = row;
  kept.day[kept.count] = day;
  kept.count += 1;
  const { numbers } = kept;
  let at = kept.numberCount;
  for (let i = block << 5; i < (block + 1) << 5; i++) numbers[at++] = ledger.value[i];
  numbers[at++] = ledger.least[block];
  for (let b = block + 1; b < end; b++) numbers[at++] = ledger.pending[b];
  kept.numberCount = at;
}

/** Undoes all additions that are kept, the last one first. */
export function undoAdditions(kept: Overwritten, ledger: StockLedger): void {
  const { numbers } = kept;
  while (kept.count > 0) {
    kept.count -= 1;
    const row = kept.row[kept.count];
    const block = ledger.firstBlock[row] + (kept.day[kept.count] >> 5);
    const end = ledger.firstBlock[row + 1];
    kept.numberCount -= numbersOf(end - block);
    let at = kept.numberCount;
    for (let i = block << 5; i < (block + 1) << 5; i++) ledger.value[i] = numbers[at++];
    ledger.least[block] = numbers[at++];
    for (let b = block + 1; b < end; b++) ledger.pending[b] = numbers[at++];
  }
}

/** The additions stay. */
export function keepAdditions(kept: Overwritten): void {
  kept.count = 0;
  kept.numberCount = 0;
}

/** The values and the least of one block, and what is pending in those behind it. */
const numbersOf = (blocks: number): number => BLOCK_DAYS + blocks;

function makeRoom(kept: Overwritten, more: number): void {
  if (kept.count === kept.row.length) {
    kept.row = longer(kept.row, new Int32Array(2 * kept.count));
    kept.day = longer(kept.day, new Int32Array(2 * kept.count));
  }
  const wanted = kept.numberCount + more;
  if (wanted > kept.numbers.length) kept.numbers = longer(kept.numbers, new Float64Array(2 * wanted));
}

function longer<Numbers extends Int32Array | Float64Array>(old: Numbers, next: Numbers): Numbers {
  next.set(old);
  return next;
}
