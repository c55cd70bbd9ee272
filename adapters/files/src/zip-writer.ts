/** A zip file from parts in memory, each deflated. Names are plain ASCII. */
import { crc32, deflateRawSync } from 'node:zlib';
import { assert } from '@planwright/units';

const LOCAL_SIGNATURE = 0x04034b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_SIGNATURE = 0x06054b50;
const VERSION = 20;
const DEFLATED = 8;
// 1 January 1980, the first day that the format knows: the same content gives the same bytes.
const DOS_DATE = 0x21;
const PARTS_MAX = 65_535;
const BYTES_MAX = 2 ** 32 - 1;

export function zipFile(parts: readonly { readonly name: string; readonly content: string }[]): Buffer {
  assert(parts.length <= PARTS_MAX, 'a zip file of this form holds at most 65,535 parts');
  const pieces: Buffer[] = [];
  const entries: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const head = headOf(name, crc32(bytes), packed.length, bytes.length);
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL_SIGNATURE, 0);
    pieces.push(local, head, Buffer.from(name, 'ascii'), packed);
    entries.push(entryOf(head, offset), Buffer.from(name, 'ascii'));
    offset += local.length + head.length + name.length + packed.length;
  }
  assert(offset <= BYTES_MAX, 'a zip file of this form holds at most 4 GB');
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_SIGNATURE, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, directory, end]);
}

/** What stands alike before each part and in the directory. */
function headOf(name: string, crc: number, packedBytes: number, bytes: number): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(VERSION, 0);
  head.writeUInt16LE(DEFLATED, 4);
  head.writeUInt16LE(DOS_DATE, 8);
  head.writeUInt32LE(crc, 10);
  head.writeUInt32LE(packedBytes, 14);
  head.writeUInt32LE(bytes, 18);
  head.writeUInt16LE(name.length, 22);
  return head;
}

function entryOf(head: Buffer, offset: number): Buffer {
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(ENTRY_SIGNATURE, 0);
  entry.writeUInt16LE(VERSION, 4);
  head.copy(entry, 6);
  entry.writeUInt32LE(offset, 42);
  return entry;
}
