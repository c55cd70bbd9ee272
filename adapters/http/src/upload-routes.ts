import multipart from '@fastify/multipart';
import { CompanyParams, Import, ImportPreview, NoFields, RAW_ROUTES } from '@planwright/contracts';
import type { FastifyInstance } from 'fastify';
import type { RawHandlers, ReceivedUpload, UploadLimits } from './deps.ts';
import { memberOfRequest } from './guard.ts';
import { HttpRefusal } from './refusal.ts';
import { receiveUpload } from './upload.ts';

function assertHasFiles(received: ReceivedUpload): void {
  if (received.files.length === 0) {
    throw new HttpRefusal('UPLOAD_REFUSED', { problem: 'The upload has no files.' });
  }
}

function assertHasMapping(received: ReceivedUpload): void {
  assertHasFiles(received);
  if (received.mapping === null) {
    throw new HttpRefusal('UPLOAD_REFUSED', { problem: 'The upload has no part named mapping.' });
  }
}

/** Adds the routes that take files. No other parser lives here, so a JSON body cannot pretend to be files. */
export async function registerUploads(
  app: FastifyInstance,
  raw: Pick<RawHandlers, 'receiveImport' | 'previewFiles'>,
  limits: UploadLimits,
): Promise<void> {
  app.removeAllContentTypeParsers();
  await app.register(multipart, { throwFileSizeLimit: false });
  const schema = {
    tags: ['data'],
    consumes: ['multipart/form-data'],
    params: CompanyParams,
    querystring: NoFields,
  };
  const { uploadImport, previewFiles } = RAW_ROUTES;

  app.route({
    method: uploadImport.method,
    url: uploadImport.path,
    schema: {
      ...schema,
      operationId: 'uploadImport',
      summary: 'Import files: the part mapping (YAML), then the files, each in a part named files',
      response: { 202: Import },
    },
    config: { access: uploadImport.access },
    handler: async (request, reply) => {
      assertMultipart(request.isMultipart());
      const slot = await raw.receiveImport(memberOfRequest(request));
      return reply.code(202).send(await receiveUpload(request, slot, limits, assertHasMapping));
    },
  });
  app.route({
    method: previewFiles.method,
    url: previewFiles.path,
    schema: {
      ...schema,
      operationId: 'previewFiles',
      summary: 'A first look at files, with a suggested mapping; nothing is stored',
      response: { 200: ImportPreview },
    },
    config: { access: previewFiles.access },
    handler: async (request, reply) => {
      assertMultipart(request.isMultipart());
      const slot = await raw.previewFiles(memberOfRequest(request));
      return reply.send(await receiveUpload(request, slot, limits, assertHasFiles));
    },
  });
}

function assertMultipart(isMultipart: boolean): void {
  if (!isMultipart) throw new HttpRefusal('MEDIA_TYPE_REFUSED');
}
