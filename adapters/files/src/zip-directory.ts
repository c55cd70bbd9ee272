/**
 * The directory of a zip file, checked before anything is unpacked.
 *
 * What the directory states is an upper bound that unpacking is held to: a part that grows beyond its stated
 * size ends the reading, so neither an honest nor a lying bomb ever fills memory.
 */
import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { crc32, createInflateRaw } from 'node:zlib';
import { FileRefusal } from './file-refusal.ts';
import { shownValue } from './shown-value.ts';
import type { SourceFile } from './source-files.ts';

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const LOCAL_BYTES = 30;
const COMMENT_LIMIT_BYTES = 65_535;
const DIRECTORY_LIMIT_BYTES = 4 * 1024 * 1024;
const ENTRY_LIMIT = 2_000;
const STORED = 0;
const DEFLATED = 8;
const RATIO_LIMIT = 200;
/** Small parts may be packed any amount: a few kilobytes of zeros harm nobody. */
const RATIO_FREE_BYTES = 10 * 1024 * 1024;

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly crc: number;
  readonly offset: number;
};

export type ZipDirectory = ReadonlyMap<string, ZipEntry>;

/** Reads and checks the directory. Throws a FileRefusal where the zip is damaged, hostile or encrypted. */
export function zipDirectory(file: SourceFile, limitMegabytes: number): ZipDirectory {
  const descriptor = openSync(file.path, 'r');
  try {
    const end = endRecord(descriptor, file);
    const entryCount = end.readUInt16LE(10);
    const directoryBytes = end.readUInt32LE(12);
    const directoryOffset = end.readUInt32LE(16);
    if (entryCount > ENTRY_LIMIT)
      throw refused(file, 'ZIP_REFUSED', `has ${entryCount} parts; a workbook has a few dozen`);
    if (directoryBytes > DIRECTORY_LIMIT_BYTES || directoryOffset + directoryBytes > file.bytes) {
      throw refused(file, 'FILE_DAMAGED', 'is damaged or cut off');
    }
    const directory = Buffer.alloc(directoryBytes);
    readSync(descriptor, directory, 0, directoryBytes, directoryOffset);
    const entries = parsedEntries(directory, entryCount, file);
    checkEntries(entries, file, limitMegabytes);
    return new Map(entries.map((entry) => [entry.name, entry]));
  } finally {
    closeSync(descriptor);
  }
}

function endRecord(descriptor: number, file: SourceFile): Buffer {
  const length = Math.min(file.bytes, END_BYTES + COMMENT_LIMIT_BYTES);
  const tail = Buffer.alloc(length);
  readSync(descriptor, tail, 0, length, file.bytes - length);
  for (let at = length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) === END_SIGNATURE) return tail.subarray(at, at + END_BYTES);
  }
  throw refused(file, 'FILE_DAMAGED', 'is damaged or cut off: the end of the zip is missing');
}

function parsedEntries(directory: Buffer, entryCount: number, file: SourceFile): ZipEntry[] {
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < entryCount; i++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE) {
      throw refused(file, 'FILE_DAMAGED', 'has a damaged zip directory');
    }
    const flags = directory.readUInt16LE(at + 8);
    if ((flags & 1) === 1) throw refused(file, 'FILE_ENCRYPTED', 'is protected with a password');
    const nameBytes = directory.readUInt16LE(at + 28);
    const extraBytes = directory.readUInt16LE(at + 30);
    const commentBytes = directory.readUInt16LE(at + 32);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}

function checkEntries(entries: readonly ZipEntry[], file: SourceFile, limitMegabytes: number): void {
  const names = new Set<string>();
  let total = 0;
  let end = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const unsafe = /(^|\/)\.\.(\/|$)|^\/|\\|:/.test(entry.name) || /\p{Cc}/u.test(entry.name);
    if (unsafe)
      throw refused(file, 'ZIP_REFUSED', `has a part with the unsafe name ${shownValue(entry.name)}`);
    if (names.has(entry.name))
      throw refused(file, 'ZIP_REFUSED', `has the part ${shownValue(entry.name)} twice`);
    names.add(entry.name);
    if (entry.bytes === 0xffffffff || entry.packedBytes === 0xffffffff)
      throw refused(file, 'ZIP_REFUSED', 'uses sizes beyond 4 GB');
    if (entry.method !== STORED && entry.method !== DEFLATED)
      throw refused(file, 'ZIP_REFUSED', 'is packed in an unusual way');
    // Parts that overlap unpack the same bytes many times over.
    if (entry.offset < end) throw refused(file, 'ZIP_REFUSED', 'has parts that overlap');
    end = entry.offset + LOCAL_BYTES + entry.packedBytes;
    if (end > file.bytes) throw refused(file, 'FILE_DAMAGED', 'is damaged or cut off');
    total += entry.bytes;
    const ratio = entry.bytes / Math.max(entry.packedBytes, 1);
    if (entry.bytes > RATIO_FREE_BYTES && ratio > RATIO_LIMIT) {
      throw refused(file, 'ZIP_BOMB', `has a part that unpacks to ${Math.round(ratio)} times its size`);
    }
  }
  if (total > limitMegabytes * 1024 * 1024) {
    throw refused(
      file,
      'FILE_TOO_LARGE',
      `unpacks to ${Math.round(total / 1024 / 1024)} MB; ${limitMegabytes} MB are read`,
    );
  }
}

/** The unpacked bytes of a part, never more than the directory states. */
export async function* zipPart(file: SourceFile, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  const start = dataStart(file, entry);
  if (entry.packedBytes === 0) return;
  const raw = createReadStream(file.path, { start, end: start + entry.packedBytes - 1 });
  const stream = entry.method === DEFLATED ? raw.pipe(createInflateRaw()) : raw;
  let total = 0;
  let crc = 0;
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Uint8Array;
      total += bytes.length;
      if (total > entry.bytes)
        throw refused(file, 'ZIP_BOMB', `has a part ${shownValue(entry.name)} that is larger than it states`);
      crc = crc32(bytes, crc);
      yield bytes;
    }
  } catch (error) {
    if (error instanceof FileRefusal) throw error;
    throw refused(file, 'FILE_DAMAGED', `has a damaged part ${shownValue(entry.name)}`);
  } finally {
    raw.destroy();
    stream.destroy();
  }
  if (total !== entry.bytes || crc !== entry.crc)
    throw refused(file, 'FILE_DAMAGED', `has a damaged part ${shownValue(entry.name)}`);
}

function dataStart(file: SourceFile, entry: ZipEntry): number {
  const local = Buffer.alloc(LOCAL_BYTES);
  const descriptor = openSync(file.path, 'r');
  try {
    readSync(descriptor, local, 0, LOCAL_BYTES, entry.offset);
  } finally {
    closeSync(descriptor);
  }
  if (local.readUInt32LE(0) !== LOCAL_SIGNATURE)
    throw refused(file, 'FILE_DAMAGED', 'has a damaged zip directory');
  return entry.offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28);
}

function refused(file: SourceFile, code: string, what: string): FileRefusal {
  const advice =
    code === 'FILE_ENCRYPTED'
      ? 'Save it without a password.'
      : code === 'FILE_TOO_LARGE'
        ? 'Save the sheet as CSV, which may be much larger.'
        : 'Save the workbook again with a spreadsheet program.';
  return new FileRefusal(code, `${shownValue(file.name)} ${what}.`, advice, { file: file.name });
}
