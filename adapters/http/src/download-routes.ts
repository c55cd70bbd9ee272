import { Readable } from 'node:stream';
import type { Member } from '@planwright/app';
import {
  CompanyParams,
  EXPORT_FORMATS,
  Id,
  NoFields,
  PROPOSAL_STATUSES,
  RAW_ROUTES,
  TargetNameSchema,
} from '@planwright/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { CsvDownload, RawHandlers, WorkbookDownload } from './deps.ts';
import { attachment } from './file-names.ts';
import { memberOfRequest } from './guard.ts';

const WORKBOOK_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Puts back what was taken from an iterator to look at it. */
async function* resumed(first: IteratorResult<string>, rest: AsyncIterator<string>): AsyncIterable<string> {
  try {
    for (let next = first; next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}

/** Waits for the first piece, so that a refusal is still an answer in JSON, then streams at the reader's pace. */
async function sendFile(
  download: CsvDownload | WorkbookDownload,
  reply: FastifyReply,
): Promise<FastifyReply> {
  if ('workbook' in download) {
    return reply
      .header('content-type', WORKBOOK_TYPE)
      .header('content-disposition', attachment(download.fileName))
      .send(Buffer.from(download.workbook));
  }
  const pieces = download.text[Symbol.asyncIterator]();
  const first = await pieces.next();
  return reply
    .header('content-type', 'text/csv; charset=utf-8')
    .header('content-disposition', attachment(download.fileName))
    .send(Readable.from(resumed(first, pieces), { objectMode: false, highWaterMark: 64 * 1024 }));
}

const RejectsParams = CompanyParams.extend({ importId: Id });
const RejectsQuery = z.strictObject({ target: TargetNameSchema.optional() });
const ProposalsQuery = z.strictObject({
  status: z.enum(PROPOSAL_STATUSES).optional(),
  format: z.enum(EXPORT_FORMATS).default('csv'),
});
const RowsParams = CompanyParams.extend({ target: TargetNameSchema });

type Download = {
  readonly name: 'downloadRejects' | 'exportRows' | 'exportDemand' | 'exportProposals';
  readonly summary: string;
  readonly tag: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly produces: readonly string[];
  readonly open: (
    raw: RawHandlers,
    member: Member,
    params: unknown,
    query: unknown,
  ) => Promise<CsvDownload | WorkbookDownload>;
};

const CSV_ONLY = ['text/csv'];

const DOWNLOADS: readonly Download[] = [
  {
    name: 'downloadRejects',
    summary: 'The refused rows of an import with their reasons, as CSV',
    tag: 'data',
    produces: CSV_ONLY,
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
    produces: CSV_ONLY,
    params: RowsParams,
    query: NoFields,
    open: (raw, member, params) => raw.exportRows(member, (params as z.infer<typeof RowsParams>).target),
  },
  {
    name: 'exportDemand',
    summary: 'The demand of the published run by stream and bucket, as CSV',
    tag: 'demand',
    produces: CSV_ONLY,
    params: CompanyParams,
    query: NoFields,
    open: (raw, member) => raw.exportDemand(member),
  },
  {
    name: 'exportProposals',
    summary: 'Proposed, approved and released orders, as CSV or as a workbook',
    tag: 'supply',
    produces: ['text/csv', WORKBOOK_TYPE],
    params: CompanyParams,
    query: ProposalsQuery,
    open: (raw, member, _params, query) => {
      const { status, format } = query as z.infer<typeof ProposalsQuery>;
      return raw.exportProposals(member, status ?? null, format);
    },
  },
];

/** Adds the routes that give files to save. */
export function registerDownloads(app: FastifyInstance, raw: RawHandlers): void {
  for (const { name, summary, tag, produces, params, query, open } of DOWNLOADS) {
    const { method, path, access } = RAW_ROUTES[name];
    app.route({
      method,
      url: path,
      schema: {
        operationId: name,
        summary,
        tags: [tag],
        produces: [...produces],
        params,
        querystring: query,
      },
      config: { access },
      handler: async (request, reply) =>
        sendFile(await open(raw, memberOfRequest(request), request.params, request.query), reply),
    });
  }
}
