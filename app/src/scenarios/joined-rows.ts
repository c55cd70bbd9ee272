/** Rows that hang together, by what joins two of them. */
export type JoinedRows = {
  /** The lowest row of all that hang together with this one. */
  rootOf(row: number): number;
  /** Nothing is joined to what is not there. */
  join(a: number, b: number | undefined): void;
};

/** Union-find with path halving; all rows are apart at first. */
export function joinedRows(count: number): JoinedRows {
  const parentOf = Int32Array.from({ length: count }, (_, row) => row);
  const rootOf = (start: number): number => {
    let row = start;
    while (parentOf[row] !== row) {
      parentOf[row] = parentOf[parentOf[row]]; // Halves the path for the next who asks.
      row = parentOf[row];
    }
    return row;
  };
  return {
    rootOf,
    join(a, b) {
      if (b === undefined) return;
      const [first, second] = [rootOf(a), rootOf(b)];
      parentOf[Math.max(first, second)] = Math.min(first, second);
    },
  };
}
