import {
  type ExportFormat,
  Import,
  ImportPreview,
  type Proposal,
  RAW_ROUTES,
  type TargetName,
} from '@planwright/contracts';
import type { Connection, Values } from './connection.ts';
import type { CallOptions } from './operations.ts';

/** A file to upload. `name` is its path relative to the import folder, with `/`. */
export type UploadFile = { readonly name: string; readonly content: Blob };

/** A file from the server. Read `body` or `text()`, once. */
export type Download = {
  readonly fileName: string;
  readonly body: ReadableStream<Uint8Array>;
  text(): Promise<string>;
};

type OfCompany = { readonly company: string };

export type Files = {
  /** Sends a mapping (YAML) and the files it speaks of; the import goes on after the answer. */
  uploadImport(
    given: { params: OfCompany; mapping: string; files: Iterable<UploadFile> },
    options?: CallOptions,
  ): Promise<Import>;
  previewFiles(
    given: { params: OfCompany; files: Iterable<UploadFile> },
    options?: CallOptions,
  ): Promise<ImportPreview>;
  downloadRejects(
    given: { params: OfCompany & { importId: string }; query?: { target?: TargetName } },
    options?: CallOptions,
  ): Promise<Download>;
  exportRows(given: { params: OfCompany & { target: TargetName } }, options?: CallOptions): Promise<Download>;
  exportDemand(given: { params: OfCompany }, options?: CallOptions): Promise<Download>;
  exportProposals(
    given: { params: OfCompany; query?: { status?: Proposal['status']; format?: ExportFormat } },
    options?: CallOptions,
  ): Promise<Download>;
  /** The address of a download, for a link in a page. */
  downloadAddress(
    name: 'downloadRejects' | 'exportRows' | 'exportDemand' | 'exportProposals',
    given: { params: Values; query?: Values },
  ): string;
};

function formOf(mapping: string | undefined, files: Iterable<UploadFile>): FormData {
  const form = new FormData();
  if (mapping !== undefined) form.append('mapping', mapping); // Before the files, as the server expects.
  for (const { name, content } of files) form.append('files', content, name);
  return form;
}

function fileNameOf(response: Response): string {
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
  return encoded === undefined ? 'download.csv' : decodeURIComponent(encoded);
}

export function createFiles(connection: Connection): Files {
  const upload = async (
    name: 'uploadImport' | 'previewFiles',
    params: Values,
    form: FormData,
    options: CallOptions = {},
  ) => (await connection.send({ ...RAW_ROUTES[name], params, form, ...options })).json();

  const download = async (
    name: 'downloadRejects' | 'exportRows' | 'exportDemand' | 'exportProposals',
    given: { params: Values; query?: Values },
    options: CallOptions = {},
  ): Promise<Download> => {
    const response = await connection.send({ ...RAW_ROUTES[name], ...given, ...options });
    const body = response.body ?? new ReadableStream<Uint8Array>();
    return { fileName: fileNameOf(response), body, text: () => response.text() };
  };

  return {
    uploadImport: async ({ params, mapping, files }, options) =>
      Import.parse(await upload('uploadImport', params, formOf(mapping, files), options)),
    previewFiles: async ({ params, files }, options) =>
      ImportPreview.parse(await upload('previewFiles', params, formOf(undefined, files), options)),
    downloadRejects: (given, options) => download('downloadRejects', given, options),
    exportRows: (given, options) => download('exportRows', given, options),
    exportDemand: (given, options) => download('exportDemand', given, options),
    exportProposals: (given, options) => download('exportProposals', given, options),
    downloadAddress: (name, given) => connection.addressOf({ path: RAW_ROUTES[name].path, ...given }),
  };
}
