import { z } from 'zod';
import { CompanyParams, endpoint, Id, IssueRow, PageQuery, pageOf } from './endpoint.ts';
import { TARGET_NAMES } from './targets.ts';

export const TargetNameSchema = z.enum(TARGET_NAMES);

export const IMPORT_STATUSES = [
  'queued',
  'reading',
  'storing',
  'done',
  'refused',
  'failed',
  'cancelled',
  'undone',
] as const;

/**
 * One import of a set of files. `refused`: the mapping or the files are wrong as a whole and nothing was
 * stored. `done` with rejected rows: the sound rows are stored and the rest can be downloaded.
 */
export const Import = z.object({
  id: Id,
  name: z.string(),
  status: z.enum(IMPORT_STATUSES),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  createdBy: z.string(),
  files: z.array(z.object({ name: z.string(), bytes: z.number() })),
  /** Share of the work that is done, 0 to 1, and what is being done. */
  progressRatio: z.number(),
  progressText: z.string(),
  targets: z.array(
    z.object({
      target: TargetNameSchema,
      read: z.number(),
      rejected: z.number(),
      inserted: z.number(),
      updated: z.number(),
      unchanged: z.number(),
      removed: z.number(),
    }),
  ),
  errorCount: z.number(),
  warningCount: z.number(),
  /** True while this is the newest stored import, the only one that can be undone. */
  canUndo: z.boolean(),
  failure: z.string().nullable(),
});
export type Import = z.infer<typeof Import>;

/** What the first look at files found: columns and first rows as text, and a mapping to start from, as YAML. */
export const ImportPreview = z.object({
  files: z.array(
    z.object({
      name: z.string(),
      delimiter: z.string().nullable(),
      encoding: z.string().nullable(),
      columns: z.array(z.string()),
      rows: z.array(z.array(z.string().nullable())),
    }),
  ),
  mapping: z.string(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const Freshness = z.object({
  target: TargetNameSchema,
  label: z.string(),
  rowCount: z.number(),
  lastImportId: z.string().nullable(),
  lastImportAt: z.string().nullable(),
  /** Range of the target's main date, where it has one. */
  firstDay: z.string().nullable(),
  lastDay: z.string().nullable(),
});

/** A check of the stored data as a whole: orphans, gaps, duplicates, outliers. */
export const QualityFinding = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  target: TargetNameSchema,
  count: z.number(),
  message: z.string(),
  advice: z.string(),
  examples: z.array(z.string()),
});

const ImportParams = CompanyParams.extend({ importId: Id });

export const dataEndpoints = {
  listImports: endpoint({
    method: 'GET',
    path: '/companies/:company/imports',
    summary: 'The imports of the company, newest first',
    access: 'data.read',
    query: PageQuery,
    response: pageOf(Import),
  }),
  getImport: endpoint({
    method: 'GET',
    path: '/companies/:company/imports/:importId',
    summary: 'One import with its progress and counts',
    access: 'data.read',
    params: ImportParams,
    response: Import,
  }),
  listImportIssues: endpoint({
    method: 'GET',
    path: '/companies/:company/imports/:importId/issues',
    summary: 'What was wrong, with file, row, column and value',
    access: 'data.read',
    params: ImportParams,
    query: PageQuery.extend({ severity: z.enum(['error', 'warning']).optional() }),
    response: pageOf(IssueRow.extend({ target: z.string().nullable() })),
  }),
  cancelImport: endpoint({
    method: 'POST',
    path: '/companies/:company/imports/:importId/cancel',
    summary: 'Stop an import; nothing of it is stored',
    access: 'data.import',
    params: ImportParams,
    response: Import,
  }),
  undoImport: endpoint({
    method: 'POST',
    path: '/companies/:company/imports/:importId/undo',
    summary: 'Take the newest import back, row by row',
    access: 'data.import',
    params: ImportParams,
    response: Import,
  }),
  getFreshness: endpoint({
    method: 'GET',
    path: '/companies/:company/data/freshness',
    summary: 'What is there, how much and how new',
    access: 'data.read',
    response: z.object({ targets: z.array(Freshness) }),
  }),
  getQuality: endpoint({
    method: 'GET',
    path: '/companies/:company/data/quality',
    summary: 'Checks of the stored data: orphans, gaps, duplicates, outliers',
    access: 'data.read',
    response: z.object({ findings: z.array(QualityFinding), checkedAt: z.string() }),
  }),
  listRows: endpoint({
    method: 'GET',
    path: '/companies/:company/data/rows/:target',
    summary: 'The stored rows of a target, filtered by equal values',
    access: 'data.read',
    params: CompanyParams.extend({ target: TargetNameSchema }),
    query: PageQuery.extend({
      /** `column=value` filters, at most six, joined by `;`, for example `item=BK-M68;location=1`. */
      where: z.string().max(400).optional(),
      q: z.string().max(100).optional(),
    }),
    response: pageOf(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))),
  }),
};
