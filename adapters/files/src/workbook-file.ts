/**
 * A workbook to save (.xlsx): one sheet with a header that stays in sight, a width for each column and a filter.
 *
 * Texts are stored as texts and never as formulas; those that would become one when somebody edits the cell are marked as quoted,
 * as Excel does with an apostrophe. Days are real dates, numbers keep all their digits.
 *
 * Source   ECMA-376, 5th edition, part 1: SpreadsheetML, sections 18.3.1.4 (c), 18.8.45 (xf, quotePrefix).
 */
import type { CellValue } from '@planwright/contracts';
import { assert } from '@planwright/units';
import { neutralCell } from './csv-text.ts';
import { zipFile } from './zip-writer.ts';

export type SheetColumn = {
  readonly title: string;
  /** Days are given as '2026-11-30'. */
  readonly kind: 'text' | 'number' | 'day';
  /** In characters. */
  readonly width: number;
};

const ROWS_MAX = 1_048_575;
const TEXT_MAX = 32_767;
const DAY_MS = 86_400_000;
// Excel counts days from here, as if 1900 had had a 29 February.
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);

/** Indexes into the cell formats of `STYLES`. */
const STYLE = { plain: 0, header: 1, day: 2, quoted: 3, wholeNumber: 4 } as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/><xf quotePrefix="1" xfId="0"/><xf numFmtId="3" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>`;

/** The bytes of the workbook. Cells stand in the order of the columns. */
export function workbookFile(
  sheetName: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly CellValue[])[],
): Buffer {
  assert(rows.length <= ROWS_MAX, 'a sheet holds at most 1,048,575 rows below its header');
  return zipFile([
    {
      name: '[Content_Types].xml',
      content: `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    },
    {
      name: '_rels/.rels',
      content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    {
      name: 'xl/workbook.xml',
      content: `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xmlText(sheetName)}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: STYLES },
    { name: 'xl/worksheets/sheet1.xml', content: sheetXml(columns, rows) },
  ]);
}

function sheetXml(columns: readonly SheetColumn[], rows: readonly (readonly CellValue[])[]): string {
  const widths = columns
    .map(
      ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('');
  const header = columns
    .map(({ title }, index) => textCell(`${columnName(index)}1`, title, STYLE.header))
    .join('');
  const body = rows.map((row, index) => {
    const number = index + 2;
    const cells = columns.map(({ kind }, column) =>
      cellXml(`${columnName(column)}${number}`, kind, row[column] ?? null),
    );
    return `<row r="${number}">${cells.join('')}</row>`;
  });
  const last = `${columnName(columns.length - 1)}${rows.length + 1}`;
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths}</cols><sheetData><row r="1">${header}</row>${body.join('')}</sheetData><autoFilter ref="A1:${last}"/></worksheet>`;
}

/** A, B, … Z, AA, … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}

function cellXml(reference: string, kind: SheetColumn['kind'], value: CellValue): string {
  if (value === null || value === '') return '';
  if (kind === 'number' && typeof value === 'number' && Number.isFinite(value)) {
    const style = Number.isInteger(value) ? STYLE.wholeNumber : STYLE.plain;
    return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  }
  const time = kind === 'day' ? Date.parse(`${String(value)}T00:00:00Z`) : Number.NaN;
  if (time >= EXCEL_EPOCH_MS)
    return `<c r="${reference}" s="${STYLE.day}"><v>${(time - EXCEL_EPOCH_MS) / DAY_MS}</v></c>`;
  const text = String(value);
  return textCell(reference, text, neutralCell(text) === text ? STYLE.plain : STYLE.quoted);
}

function textCell(reference: string, text: string, style: number): string {
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(text.slice(0, TEXT_MAX))}</t></is></c>`;
}

// What XML 1.0 cannot hold even as a reference: control characters, halves of pairs, and the two that are no characters.
const NOT_IN_XML =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function xmlText(text: string): string {
  return text
    .replaceAll(NOT_IN_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
