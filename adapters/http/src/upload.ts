import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { ReceivedUpload, UploadLimits, UploadSlot } from './deps.ts';
import { safeRelativePath } from './file-names.ts';
import { HttpRefusal } from './refusal.ts';

const MAPPING_BYTES_MAX = 1024 ** 2;

/** What has come in so far of one upload. */
type Intake = {
  readonly folder: string;
  readonly limits: UploadLimits;
  readonly files: { name: string; bytes: number }[];
  readonly names: Set<string>;
  totalBytes: number;
};

/** What the parser says of a body that ends before its last part does; it has no code. */
const CUT_OFF = /unexpected end of multipart data/i;

const refuse = (problem: string) => new HttpRefusal('UPLOAD_REFUSED', { problem });

async function storeFile(part: MultipartFile, intake: Intake): Promise<void> {
  const name = safeRelativePath(part.filename ?? '');
  if (name === undefined) throw refuse('A file has a name that leads out of the folder or cannot be stored.');
  // Two names that differ in case are one file on some systems.
  const nameKey = name.toLowerCase();
  if (intake.names.has(nameKey)) throw refuse(`The file ${name} was sent twice.`);
  intake.names.add(nameKey);

  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      intake.totalBytes += chunk.length;
      const isOver = bytes > intake.limits.fileBytes || intake.totalBytes > intake.limits.totalBytes;
      done(isOver ? new HttpRefusal('UPLOAD_TOO_LARGE') : null, chunk);
    },
  });
  const target = path.join(intake.folder, ...name.split('/'));
  await mkdir(path.dirname(target), { recursive: true });
  await pipeline(part.file, meter, createWriteStream(target, { flags: 'wx' }));
  if (part.file.truncated) throw new HttpRefusal('UPLOAD_TOO_LARGE');
  intake.files.push({ name, bytes });
}

async function receiveParts(request: FastifyRequest, intake: Intake): Promise<ReceivedUpload> {
  const { fileCount, fileBytes } = intake.limits;
  let mapping: string | null = null;
  const parts = request.parts({
    preservePath: true,
    limits: {
      files: fileCount,
      fileSize: fileBytes,
      fields: 1,
      fieldSize: MAPPING_BYTES_MAX,
      parts: fileCount + 1,
    },
  });
  for await (const part of parts) {
    if (part.type === 'file') {
      if (part.fieldname !== 'files') throw refuse('Files are sent in parts named files.');
      await storeFile(part, intake);
    } else {
      if (part.fieldname !== 'mapping') throw refuse('The only text part is the one named mapping.');
      if (part.valueTruncated) throw new HttpRefusal('UPLOAD_TOO_LARGE');
      mapping = String(part.value).replaceAll('\r\n', '\n'); // Forms send every line end as CRLF.
    }
  }
  return { mapping, files: intake.files };
}

/**
 * Streams the files of a multipart request into the slot's folder, one after the other, in constant memory.
 * Whatever goes wrong, the slot is discarded.
 */
export async function receiveUpload<Result>(
  request: FastifyRequest,
  slot: UploadSlot<Result>,
  limits: UploadLimits,
  check: (received: ReceivedUpload) => void,
): Promise<Result> {
  try {
    const intake: Intake = { folder: slot.folder, limits, files: [], names: new Set(), totalBytes: 0 };
    const received = await receiveParts(request, intake);
    check(received);
    return await slot.finish(received);
  } catch (error) {
    await slot.discard();
    if (error instanceof Error && CUT_OFF.test(error.message)) throw refuse('The upload ended too early.');
    throw error;
  }
}
