/** Rows of a CSV text: for headers, previews and the rewriting of irregular files. Big sound files never come here. */

/**
 * Splits text chunks into rows of cells. Quoting as in `scanCsv`; a row ends at LF, CR LF or CR outside quotes;
 * blank lines are no rows; text behind a closing quotation mark belongs to the cell.
 */
export async function* csvRows(
  chunks: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<string[]> {
  const splitter = new RowSplitter(delimiter);
  for await (const chunk of chunks) {
    splitter.push(chunk);
    yield* splitter.take();
  }
  splitter.finish();
  yield* splitter.take();
}

class RowSplitter {
  readonly #delimiter: string;
  #rows: string[][] = [];
  #row: string[] = [];
  #cell = '';
  #state: 'start' | 'plain' | 'quoted' | 'quote-seen' = 'start';

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  push(text: string): void {
    let from = 0;
    for (let i = 0; i < text.length; i++) {
      const sign = text[i];
      if (this.#state === 'quoted') {
        if (sign !== '"') continue;
        this.#cell += text.slice(from, i);
        from = i + 1;
        this.#state = 'quote-seen';
      } else if (sign === '"' && this.#state === 'quote-seen') {
        // The second of two marks is part of the text.
        from = i;
        this.#state = 'quoted';
      } else if (sign === '"' && this.#state === 'start') {
        from = i + 1;
        this.#state = 'quoted';
      } else if (sign === this.#delimiter || sign === '\n' || sign === '\r') {
        this.#cell += text.slice(from, i);
        from = i + 1;
        if (sign === this.#delimiter) this.#endCell();
        else this.#endRow();
      } else if (this.#state === 'start' || this.#state === 'quote-seen') {
        this.#state = 'plain';
      }
    }
    this.#cell += text.slice(from);
  }

  finish(): void {
    this.#endRow();
  }

  take(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  #endCell(): void {
    this.#row.push(this.#cell);
    this.#cell = '';
    this.#state = 'start';
  }

  #endRow(): void {
    if (this.#row.length === 0 && this.#cell === '' && this.#state === 'start') return;
    this.#endCell();
    this.#rows.push(this.#row);
    this.#row = [];
  }
}

const CANDIDATES = [',', ';', '\t', '|'] as const;

/**
 * The delimiter under which the first rows are the most alike and the widest; ',' where no sign divides them.
 * `complete` is false where the text was cut, so that its last row is not judged.
 */
export async function guessDelimiter(text: string, complete: boolean): Promise<string> {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of CANDIDATES) {
    const widths: number[] = [];
    for await (const row of csvRows([text], delimiter)) {
      widths.push(row.length);
      if (widths.length > 50) break;
    }
    if (!complete && widths.length > 1 && widths.length <= 50) widths.pop();
    const counts = new Map<number, number>();
    for (const width of widths) counts.set(width, (counts.get(width) ?? 0) + 1);
    const [width, count] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1, 0];
    const score = width === 1 ? 0 : (count / widths.length) * (1 + Math.log(width));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
