/** Hands a file to the reader's browser. */
export function saveFile(name: string, content: string | Blob, type = 'text/plain'): void {
  const blob = typeof content === 'string' ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const address = URL.createObjectURL(blob);
  saveAddress(name, address);
  URL.revokeObjectURL(address);
}

export function saveAddress(name: string, address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
}

type Cell = string | number | boolean | null | undefined;

// A spreadsheet takes a text that starts so for a formula and would run it.
const FORMULA_START = /^[=+\-@\t\r]/;

function csvCell(value: Cell): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const safe = FORMULA_START.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Rows as CSV text, the header first. Numbers keep all their digits. */
export function csvText(rows: readonly (readonly Cell[])[]): string {
  return `${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** Rows as tab-separated text, which spreadsheets paste as cells. */
export function tsvText(rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string =>
    value === null || value === undefined ? '' : String(value).replaceAll(/[\t\r\n]+/g, ' ');
  return rows.map((row) => row.map(cell).join('\t')).join('\n');
}
