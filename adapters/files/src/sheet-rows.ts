/**
 * The rows of one sheet, one at a time, as texts: numbers as digits, dates as 'YYYY-MM-DD', nothing rounded.
 *
 * A row is no wider than `widthLimit`, wherever its cells claim to stand, so one cell in the last corner of the
 * sheet costs nothing. Merged cells are not looked at: the value stands in their first cell.
 */
import type { SourceFile } from './source-files.ts';
import { serialDate } from './sheet-dates.ts';
import { readEntry, type Workbook } from './workbook.ts';
import { attributeOf, XmlRefusal } from './xml-events.ts';
import type { ZipEntry } from './zip-directory.ts';

/** Stands before the text of a cell that holds an error, such as #N/A: never a value, whatever the column. */
export const ERROR_MARK = '\ue000';
const COLUMN_LIMIT = 16_384;
const ROW_LIMIT = 1_048_576;

export type SheetRow = {
  /** 1 is the first row of the sheet. */
  readonly number: number;
  readonly cells: readonly string[];
  /** True where a cell stands beyond `widthLimit`. */
  readonly tooWide: boolean;
  readonly hasFormula: boolean;
};

/** Calls `onRow` for every row with a cell; stops where it returns false. */
export async function readSheet(
  file: SourceFile,
  part: ZipEntry,
  workbook: Workbook,
  widthLimit: number,
  onRow: (row: SheetRow) => boolean,
): Promise<void> {
  const reader = new SheetReader(workbook, widthLimit, onRow);
  await readEntry(file, part, reader, () => reader.stopped);
}

class SheetReader {
  stopped = false;
  readonly #workbook: Workbook;
  readonly #widthLimit: number;
  readonly #onRow: (row: SheetRow) => boolean;
  #rowNumber = 0;
  #lastColumn = -1;
  #cells: string[] = [];
  #tooWide = false;
  #hasFormula = false;
  #type = 'n';
  #isDate = false;
  #value = '';
  #formula = false;
  #hasValue = false;
  #reading = false;
  #inPhonetic = false;

  constructor(workbook: Workbook, widthLimit: number, onRow: (row: SheetRow) => boolean) {
    this.#workbook = workbook;
    this.#widthLimit = widthLimit;
    this.#onRow = onRow;
  }

  readonly open = (name: string, attributes: string): void => {
    if (this.stopped) return;
    switch (name) {
      case 'row': {
        const number = Number(attributeOf(attributes, 'r') ?? this.#rowNumber + 1);
        if (!(number > this.#rowNumber) || number > ROW_LIMIT) throw new XmlRefusal('has rows out of order');
        this.#rowNumber = number;
        this.#lastColumn = -1;
        this.#cells = [];
        this.#tooWide = false;
        this.#hasFormula = false;
        break;
      }
      case 'c':
        this.#lastColumn = columnOf(attributeOf(attributes, 'r'), this.#lastColumn + 1);
        this.#type = attributeOf(attributes, 't') ?? 'n';
        this.#isDate = this.#workbook.dateStyles[Number(attributeOf(attributes, 's') ?? -1)] === true;
        this.#value = '';
        this.#formula = false;
        this.#hasValue = false;
        break;
      case 'f':
        this.#formula = true;
        break;
      case 'rPh':
        this.#inPhonetic = true;
        break;
      case 'v':
      case 't':
        this.#reading = !this.#inPhonetic;
        this.#hasValue = true;
        break;
    }
  };

  readonly text = (text: string): void => {
    if (this.#reading) this.#value += text;
  };

  readonly close = (name: string): void => {
    if (this.stopped) return;
    if (name === 'v' || name === 't') this.#reading = false;
    else if (name === 'rPh') this.#inPhonetic = false;
    else if (name === 'c') this.#endCell();
    else if (name === 'row') this.#endRow();
  };

  #endCell(): void {
    if (this.#formula) this.#hasFormula = true;
    const text = this.#cellText();
    if (text === '') return;
    if (this.#lastColumn >= this.#widthLimit) {
      this.#tooWide = true;
      return;
    }
    while (this.#cells.length < this.#lastColumn) this.#cells.push('');
    this.#cells[this.#lastColumn] = text;
  }

  #endRow(): void {
    if (this.#cells.length === 0 && !this.#tooWide) return;
    const row = {
      number: this.#rowNumber,
      cells: this.#cells,
      tooWide: this.#tooWide,
      hasFormula: this.#hasFormula,
    };
    if (!this.#onRow(row)) this.stopped = true;
  }

  #cellText(): string {
    if (this.#formula && !this.#hasValue) return `${ERROR_MARK}formula without a saved value`;
    const value = this.#value;
    switch (this.#type) {
      case 's': {
        if (value === '') return '';
        const text = this.#workbook.sharedTexts[Number(value)];
        if (text === undefined) throw new XmlRefusal('points to a text that it does not have');
        return text;
      }
      case 'b':
        return value === '1' ? 'true' : 'false';
      case 'e':
        return `${ERROR_MARK}${value}`;
      case 'd':
        return value.replace(/T00:00(:00(\.0+)?)?Z?$/, '');
      case 'n':
        return value === '' ? '' : this.#numberText(value);
      default:
        return value;
    }
  }

  #numberText(value: string): string {
    const number = Number(value);
    if (Number.isNaN(number)) return `${ERROR_MARK}${value}`;
    if (!this.#isDate) return String(number);
    return serialDate(number, this.#workbook.from1904) ?? `${ERROR_MARK}day ${value}`;
  }
}

/** 0 for A, 16,383 for XFD; the next column where a cell does not say. */
function columnOf(reference: string | undefined, next: number): number {
  if (reference === undefined) return next;
  let column = 0;
  for (let i = 0; i < reference.length; i++) {
    const code = reference.charCodeAt(i);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
    if (column > COLUMN_LIMIT) break;
  }
  if (column < 1 || column > COLUMN_LIMIT) throw new XmlRefusal('has a cell outside the sheet');
  return column - 1;
}
