/** What a file is by its first bytes, whatever its name says. */
export type ContentKind =
  | 'empty'
  | 'text'
  | 'gzip'
  | 'zip'
  | 'parquet'
  | 'old-office'
  | 'html'
  | 'xml'
  | 'pdf'
  | 'sqlite';

const startsWith = (head: Uint8Array, bytes: readonly number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

export function contentKind(head: Uint8Array): ContentKind {
  if (head.length === 0) return 'empty';
  if (startsWith(head, [0x1f, 0x8b])) return 'gzip';
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04]) || startsWith(head, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (startsWith(head, [0x50, 0x41, 0x52, 0x31]) || startsWith(head, [0x50, 0x41, 0x52, 0x45]))
    return 'parquet';
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0])) return 'old-office';
  const text = Buffer.from(head.subarray(0, 1_024))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart();
  if (text.startsWith('%PDF-')) return 'pdf';
  if (text.startsWith('SQLite format 3')) return 'sqlite';
  if (/^<(!doctype\s+html|html|table|meta|head|body)\b/i.test(text)) return 'html';
  if (/^<\?xml\b/i.test(text)) return 'xml';
  return 'text';
}

export const CONTENT_WORDS: Readonly<Record<ContentKind, string>> = {
  empty: 'an empty file',
  text: 'a text file',
  gzip: 'a gzip file',
  zip: 'a zip file or workbook',
  parquet: 'a Parquet file',
  'old-office': 'an old Excel workbook (.xls) or a workbook with a password',
  html: 'a web page',
  xml: 'an XML file',
  pdf: 'a PDF document',
  sqlite: 'a SQLite database',
};
