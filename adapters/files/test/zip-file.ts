/** Builds zip files for tests, honest ones and others. */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipInput = {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the directory says instead of the truth. */
  readonly statedBytes?: number;
  readonly encrypted?: boolean;
};

type Packed = { readonly packed: Buffer; readonly crc: number };
const packedBefore = new WeakMap<Uint8Array, Packed>();

/** Packing hundreds of megabytes takes seconds: the same bytes are packed once. */
function packedOf(bytes: Uint8Array): Packed {
  const known = packedBefore.get(bytes);
  if (known !== undefined) return known;
  const result = { packed: deflateRawSync(bytes, { level: 6 }), crc: crc32(bytes) };
  packedBefore.set(bytes, result);
  return result;
}

/** The bytes of a zip file with the given parts, each deflated. */
export function zipOf(parts: readonly ZipInput[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, statedBytes, encrypted } of parts) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    const { packed, crc } = packedOf(bytes);
    const local = Buffer.alloc(30);
    const central = Buffer.alloc(46);
    const stated = statedBytes ?? bytes.length;
    const flags = encrypted === true ? 1 : 0;
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(stated, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(20, 4);
    central.writeUInt16LE(20, 6);
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(8, 10);
    central.writeUInt32LE(crc, 16);
    central.writeUInt32LE(packed.length, 20);
    central.writeUInt32LE(stated, 24);
    central.writeUInt16LE(Buffer.byteLength(name), 28);
    central.writeUInt32LE(offset, 42);
    pieces.push(local, Buffer.from(name), packed);
    directory.push(central, Buffer.from(name));
    offset += local.length + Buffer.byteLength(name) + packed.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, central, end]);
}

export type WorkbookInput = {
  /** XML inside <sheetData>; the rows of the sheet. */
  readonly rows: string;
  /** The whole sheet instead of one made of `rows`. */
  readonly sheet?: Uint8Array;
  /** XML behind <sheetData>. */
  readonly after?: string;
  readonly sharedTexts?: readonly string[];
  readonly date1904?: boolean;
  readonly contentType?: string;
  readonly doctype?: string;
  readonly extra?: readonly ZipInput[];
  readonly statedSheetBytes?: number;
  readonly encrypted?: boolean;
};

const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** A workbook with one sheet named Data. Style 1 is a date. */
export function workbookOf(input: WorkbookInput): Buffer {
  const head = `<?xml version="1.0" encoding="UTF-8"?>${input.doctype ?? ''}`;
  const shared = (input.sharedTexts ?? []).map((text) => `<si><t>${text}</t></si>`).join('');
  const { encrypted } = input;
  return zipOf([
    {
      name: '[Content_Types].xml',
      content: `${head}<Types><Override PartName="/xl/workbook.xml" ContentType="${input.contentType ?? MAIN}"/></Types>`,
      encrypted,
    },
    {
      name: 'xl/workbook.xml',
      content: `${head}<workbook ${NAMESPACE} xmlns:r="r"><workbookPr${input.date1904 === true ? ' date1904="1"' : ''}/><sheets><sheet name="Data" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `${head}<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>`,
    },
    {
      name: 'xl/styles.xml',
      content: `${head}<styleSheet ${NAMESPACE}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', content: `${head}<sst ${NAMESPACE}>${shared}</sst>` },
    {
      name: 'xl/worksheets/sheet1.xml',
      content:
        input.sheet ??
        `${head}<worksheet ${NAMESPACE}><sheetData>${input.rows}</sheetData>${input.after ?? ''}</worksheet>`,
      statedBytes: input.statedSheetBytes,
    },
    ...(input.extra ?? []),
  ]);
}

/** A row of the sheet: strings become inline texts, numbers numbers; anything else is XML of a cell. */
export function sheetRow(
  number: number,
  cells: readonly (string | number | { readonly xml: string })[],
): string {
  const inner = cells.map((cell, index) => {
    const reference = `${String.fromCharCode(65 + index)}${number}`;
    if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
    if (typeof cell === 'string') return `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    return cell.xml.replace('<c', `<c r="${reference}"`);
  });
  return `<row r="${number}">${inner.join('')}</row>`;
}
