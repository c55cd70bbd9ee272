/**
 * Reads the rows of a JSON file of the form {"name": [{…}, {…}], "meta": {…}} one by one, so that a file of a hundred
 * megabytes never is one text or one tree in memory. Strings may hold braces and escaped quotes.
 */
const [QUOTE, BACKSLASH, OPEN, CLOSE, LIST, END_LIST] = Buffer.from('"\\{}[]');

/** Calls `onRow` with each row of a list and the list's name; objects outside of lists come as rows too. */
export function readRows(json: Buffer, onRow: (list: string, row: unknown) => void): void {
  let list = '';
  let at = json.indexOf(OPEN) + 1;
  while (at < json.length) {
    const byte = json[at];
    if (byte === QUOTE) {
      const end = endOfString(json, at);
      list = json.toString('utf8', at + 1, end - 1);
      at = end;
    } else if (byte === OPEN) {
      const end = endOfValue(json, at);
      onRow(list, JSON.parse(json.toString('utf8', at, end)));
      at = end;
    } else if (byte === CLOSE) return;
    else at += 1;
  }
  throw new Error('The file ends within its first object. Maybe it was cut off: fetch it again.');
}

/** The position behind the object or list that begins at `from`. */
function endOfValue(json: Buffer, from: number): number {
  let depth = 0;
  for (let at = from; at < json.length; at++) {
    const byte = json[at];
    if (byte === QUOTE) at = endOfString(json, at) - 1;
    else if (byte === OPEN || byte === LIST) depth += 1;
    else if (byte === CLOSE || byte === END_LIST) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  throw new Error('The file ends within a row. Maybe it was cut off: fetch it again.');
}

/** The position behind the string that begins at `from`. */
function endOfString(json: Buffer, from: number): number {
  for (let at = from + 1; at < json.length; at++) {
    if (json[at] === BACKSLASH) at += 1;
    else if (json[at] === QUOTE) return at + 1;
  }
  throw new Error('The file ends within a text. Maybe it was cut off: fetch it again.');
}
