import { Readable } from 'node:stream';
import type { Member } from '@planwright/app';
import { CompanyParams, Id, NoFields, RAW_ROUTES, TargetNameSchema } from '@planwright/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CsvDownload, RawHandlers } from './deps.ts';
import { attachment } from './file-names.ts';
import { memberOfRequest } from './guard.ts';

/** Puts back what was taken from an iterator to look at it. */
async function* resumed(first: IteratorResult<string>, rest: AsyncIterator<string>): AsyncIterable<string> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Waits for the first piece, so that a refusal is still an answer in JSON, then streams at the reader's pace. */
async function sendCsv(download: CsvDownload, reply: FastifyReply): Promise<FastifyReply> {
  const pieces = download.text[Symbol.asyncIterator]();
  const first = await pieces.next();
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', attachment(download.fileName))
    .send(Readable.from(resumed(first, pieces), { objectMode: false, highWaterMark: 64 * 1024 }));
}

const RejectsParams = CompanyParams.extend({ importId: Id });
const RejectsQuery = z.strictObject({ target: TargetNameSchema.optional() });
const RowsParams = CompanyParams.extend({ target: TargetNameSchema });

type Download = {
  readonly name: 'downloadRejects' | 'exportRows' | 'exportDemand';
  readonly summary: string;
  readonly tag: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly open: (raw: RawHandlers, member: Member, params: unknown, query: unknown) => Promise<CsvDownload>;
};

const DOWNLOADS: readonly Download[] = [
  {
    name: 'downloadRejects',
    summary: 'The refused rows of an import with their reasons, as CSV',
    tag: 'data',
    params: RejectsParams,
    query: RejectsQuery,
    open: (raw, member, params, query) =>
      raw.downloadRejects(
        member,
        (params as z.infer<typeof RejectsParams>).importId,
        (query as z.infer<typeof RejectsQuery>).target ?? null,
      ),
  },
  {
    name: 'exportRows',
    summary: 'All stored rows of a target, as CSV',
    tag: 'data',
    params: RowsParams,
    query: NoFields,
    open: (raw, member, params) => raw.exportRows(member, (params as z.infer<typeof RowsParams>).target),
  },
  {
    name: 'exportDemand',
    summary: 'The demand of the published run by stream and bucket, as CSV',
    tag: 'demand',
    params: CompanyParams,
    query: NoFields,
    open: (raw, member) => raw.exportDemand(member),
  },
];

/** Adds the routes that give CSV files. */
export function registerDownloads(app: FastifyInstance, raw: RawHandlers): void {
  for (const { name, summary, tag, params, query, open } of DOWNLOADS) {
    const { method, path, access } = RAW_ROUTES[name];
    app.route({
      method,
      url: path,
      schema: {
        operationId: name,
        summary,
        tags: [tag],
        produces: ['text/csv'],
        params,
        querystring: query,
      },
      config: { access },
      handler: async (request, reply) =>
        sendCsv(await open(raw, memberOfRequest(request), request.params, request.query), reply),
    });
  }
}
