/** The frame of a workbook: which part is the sheet, which texts its cells share, which formats are dates. */
import { FileRefusal } from './file-refusal.ts';
import { isDateFormat } from './sheet-dates.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';
import { attributeOf, readXml, type XmlHandler, XmlRefusal } from './xml-events.ts';
import { type ZipDirectory, zipDirectory, type ZipEntry, zipPart } from './zip-directory.ts';

const PLAIN_WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const SHARED_TEXT_LIMIT = 50_000_000;
const SHARED_COUNT_LIMIT = 2_000_000;

export type Workbook = {
  readonly sheets: readonly { readonly name: string; readonly part: ZipEntry }[];
  readonly sharedTexts: readonly string[];
  /** Whether the cell format of an index shows dates. */
  readonly dateStyles: readonly boolean[];
  readonly from1904: boolean;
};

/** Reads the frame. Throws a FileRefusal where the file is not a plain workbook. */
export async function openWorkbook(file: SourceFile, limitMegabytes: number): Promise<Workbook> {
  const directory = zipDirectory(file, limitMegabytes);
  await checkContentTypes(file, directory);
  const paths = await relatedParts(file, directory);
  const sheets: { name: string; part: ZipEntry }[] = [];
  let from1904 = false;
  await readPart(file, directory, 'xl/workbook.xml', true, {
    open: (name, attributes) => {
      if (name === 'workbookPr') from1904 = /^(1|true|on)$/.test(attributeOf(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const id = attributeOf(attributes, 'r:id') ?? attributeOf(attributes, 'id') ?? '';
      const part = directory.get(paths.get(id) ?? '');
      if (part !== undefined) sheets.push({ name: attributeOf(attributes, 'name') ?? '', part });
    },
  });
  if (sheets.length === 0) throw notPlain(file, 'has no sheet');
  const sharedTexts = await sharedTextsOf(file, directory);
  const dateStyles = await dateStylesOf(file, directory);
  return { sheets, sharedTexts, dateStyles, from1904 };
}

/** Feeds one part to a handler; XML that is refused becomes a refusal of the file. */
async function readPart(
  file: SourceFile,
  directory: ZipDirectory,
  name: string,
  needed: boolean,
  handler: Partial<XmlHandler>,
): Promise<void> {
  const entry = directory.get(name);
  if (entry === undefined) {
    if (needed) throw notPlain(file, `has no part ${name}`);
    return;
  }
  await readEntry(file, entry, handler);
}

export async function readEntry(
  file: SourceFile,
  entry: ZipEntry,
  handler: Partial<XmlHandler>,
  stopped?: () => boolean,
): Promise<void> {
  const nothing = (): void => undefined;
  try {
    await readXml(
      zipPart(file, entry),
      { open: nothing, close: nothing, text: nothing, ...handler },
      stopped,
    );
  } catch (error) {
    if (error instanceof XmlRefusal) throw notPlain(file, `${error.message} (${shownValue(entry.name)})`);
    throw error;
  }
}

async function checkContentTypes(file: SourceFile, directory: ZipDirectory): Promise<void> {
  let workbookType: string | undefined;
  await readPart(file, directory, '[Content_Types].xml', true, {
    open: (name, attributes) => {
      const partName = attributeOf(attributes, 'PartName');
      if (name === 'Override' && partName === '/xl/workbook.xml')
        workbookType = attributeOf(attributes, 'ContentType');
    },
  });
  const macros =
    /macroEnabled/i.test(workbookType ?? '') ||
    [...directory.keys()].some((part) => /vbaProject/i.test(part));
  if (macros) throw notPlain(file, 'has macros');
  if (workbookType !== PLAIN_WORKBOOK) throw notPlain(file, 'is not an Excel workbook (.xlsx)');
}

async function relatedParts(file: SourceFile, directory: ZipDirectory): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  await readPart(file, directory, 'xl/_rels/workbook.xml.rels', true, {
    open: (name, attributes) => {
      if (name !== 'Relationship' || attributeOf(attributes, 'TargetMode') === 'External') return;
      const target = attributeOf(attributes, 'Target') ?? '';
      paths.set(
        attributeOf(attributes, 'Id') ?? '',
        target.startsWith('/') ? target.slice(1) : `xl/${target}`,
      );
    },
  });
  return paths;
}

async function sharedTextsOf(file: SourceFile, directory: ZipDirectory): Promise<string[]> {
  const texts: string[] = [];
  let length = 0;
  let current = '';
  let inText = false;
  let phonetic = false;
  await readPart(file, directory, 'xl/sharedStrings.xml', false, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    text: (text) => {
      if (inText) current += text;
    },
    close: (name) => {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        length += current.length;
        texts.push(current);
        if (length > SHARED_TEXT_LIMIT || texts.length > SHARED_COUNT_LIMIT)
          throw new XmlRefusal('has too much text');
      }
    },
  });
  return texts;
}

async function dateStylesOf(file: SourceFile, directory: ZipDirectory): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const styles: boolean[] = [];
  let inCellFormats = false;
  await readPart(file, directory, 'xl/styles.xml', false, {
    open: (name, attributes) => {
      if (name === 'numFmt')
        codes.set(Number(attributeOf(attributes, 'numFmtId')), attributeOf(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) {
        const id = Number(attributeOf(attributes, 'numFmtId') ?? 0);
        styles.push(isDateFormat(id, codes.get(id)));
      }
    },
    close: (name) => {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}

function notPlain(file: SourceFile, what: string): FileRefusal {
  return new FileRefusal(
    'WORKBOOK_REFUSED',
    `${shownValue(file.name)} ${what}.`,
    'Save it as a plain Excel workbook (.xlsx) or as CSV.',
    { file: file.name },
  );
}
