import type { Access } from './endpoint.ts';

/** What lists are saved as: text for other programs, or a workbook for Excel. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/**
 * The routes that are not JSON in, JSON out, with the access each needs. Paths are under `/api`.
 *
 * uploadImport     POST multipart/form-data: part `mapping` (YAML text) first, then the files, each part named `files`
 *                  with its path relative to the import folder as filename; answers 202 with an Import.
 * previewFiles     POST multipart/form-data: files; answers { files: [{ name, delimiter, encoding, columns, rows }], mapping } where
 *                  mapping is a suggested mapping as YAML text.
 * downloadRejects  GET text/csv: the refused rows with their reasons; query `target`.
 * exportRows       GET text/csv: all stored rows of a target.
 * exportDemand     GET text/csv: one row a demand stream and bucket of the published run: item, location, channel, bucket, measure, value.
 * exportProposals  GET text/csv: one row a proposal, as the list shows them; query `status`, and `format`: 'csv', or 'xlsx' for a
 *                  workbook whose texts never run as formulas.
 * importEvents     GET text/event-stream: `import` events carrying an Import.
 * runEvents        GET text/event-stream: `run` events carrying a Run.
 * companyEvents    GET text/event-stream: `changed` events { what: 'import' | 'run' | 'cycle' | 'company', id }.
 */
export const RAW_ROUTES = {
  uploadImport: { method: 'POST', path: '/companies/:company/imports', access: 'data.import' },
  previewFiles: { method: 'POST', path: '/companies/:company/imports/preview', access: 'data.import' },
  downloadRejects: {
    method: 'GET',
    path: '/companies/:company/imports/:importId/rejects',
    access: 'data.read',
  },
  exportRows: { method: 'GET', path: '/companies/:company/data/rows/:target/export', access: 'data.read' },
  exportDemand: { method: 'GET', path: '/companies/:company/demand/export', access: 'plan.read' },
  exportProposals: {
    method: 'GET',
    path: '/companies/:company/supply/proposals/export',
    access: 'plan.read',
  },
  importEvents: { method: 'GET', path: '/companies/:company/imports/:importId/events', access: 'data.read' },
  runEvents: { method: 'GET', path: '/companies/:company/runs/:runId/events', access: 'plan.read' },
  companyEvents: { method: 'GET', path: '/companies/:company/events', access: 'company.read' },
} as const satisfies Record<string, { method: 'GET' | 'POST'; path: `/${string}`; access: Access }>;
