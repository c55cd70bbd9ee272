/**
 * CSV that is safe to open in a spreadsheet.
 *
 * A cell that a spreadsheet would take for a formula gets an apostrophe in front, also where the sign hides
 * behind spaces, control characters, a full-width form or a separator; plain numbers, negative ones too, stay
 * as they are.
 */
import type { CellValue } from '@planwright/contracts';

// Signs that start a formula, their full-width and small forms, and what may stand before them unseen.
const FORMULA =
  /^[\s\p{Cc}\p{Cf}\u00a0\u3000;,"']*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u2212]|^[\t\r\n]/u;
const PLAIN_NUMBER = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?%?$/;

/** The text as a spreadsheet may have it: never a formula. */
export function neutralCell(text: string): string {
  if (!FORMULA.test(text) || PLAIN_NUMBER.test(text)) return text;
  return `'${text}`;
}

/** Rows as CSV: comma, quotation marks where needed, CR LF as RFC 4180 says, no BOM. */
export function csvText(rows: readonly (readonly CellValue[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = neutralCell(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
