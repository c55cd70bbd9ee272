/** Rows of a table by an owner each: list o lies in `rows` from start[o] up to start[o + 1], in ascending order. */
export type RowLists = { readonly start: Int32Array; readonly rows: Int32Array };

/** Lists of `count` rows; an owner below 0 leaves its row out. O(rows + owners). */
export function rowLists(count: number, ownerCount: number, ownerOf: (row: number) => number): RowLists {
  const start = new Int32Array(ownerCount + 1);
  for (let row = 0; row < count; row++) {
    const owner = ownerOf(row);
    if (owner >= 0) start[owner + 1] += 1;
  }
  for (let owner = 0; owner < ownerCount; owner++) start[owner + 1] += start[owner];
  const next = start.slice();
  const rows = new Int32Array(start[ownerCount]);
  for (let row = 0; row < count; row++) {
    const owner = ownerOf(row);
    if (owner >= 0) rows[next[owner]++] = row;
  }
  return { start, rows };
}

/** One list. */
export function rowsOf({ start, rows }: RowLists, owner: number): Int32Array {
  return rows.subarray(start[owner], start[owner + 1]);
}
