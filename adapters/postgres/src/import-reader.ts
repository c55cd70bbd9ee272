import { type ImportIssue, type ImportReader, PlanningError } from '@planwright/app';
import type { Import } from '@planwright/contracts';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ImportTable } from './company-tables.ts';
import type { Database } from './schema.ts';

/** The register of imports as pages show it. */
export function importReader(db: Kysely<Database>): ImportReader {
  const withUndo = (companyId: number) =>
    db
      .selectFrom('import')
      .selectAll()
      .select(
        sql<boolean>`status = 'done' and stored_number = (
          select max(stored_number) from import where company_id = ${companyId} and status = 'done')`.as(
          'can_undo',
        ),
      )
      .where('company_id', '=', companyId);

  return {
    async get(companyId, importId) {
      const row = await withUndo(companyId).where('id', '=', importId).executeTakeFirst();
      if (row === undefined) throw new PlanningError('NOT_FOUND', { what: 'import', id: importId });
      return importOf(row);
    },
    async list(companyId, { before, limit }) {
      let query = withUndo(companyId)
        .orderBy('number', 'desc')
        .limit(limit + 1);
      if (before !== undefined) query = query.where('number', '<', before);
      const { total } = await db
        .selectFrom('import')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('company_id', '=', companyId)
        .executeTakeFirstOrThrow();
      return {
        rows: (await query.execute()).map((row) => ({ number: row.number, shown: importOf(row) })),
        total,
      };
    },
    async issues(importId, { after, limit, severity }) {
      const ofImport = () => {
        const query = db.selectFrom('import_issue').where('import_id', '=', importId);
        return severity === undefined ? query : query.where('severity', '=', severity);
      };
      const { total } = await ofImport()
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const rows = await ofImport()
        .select([
          'number',
          'severity',
          'code',
          'message',
          'advice',
          'target',
          'file',
          'row',
          'column',
          'value',
        ])
        .where('number', '>', after ?? 0)
        .orderBy('number')
        .limit(limit + 1)
        .execute();
      return { rows: rows.map(({ number, ...issue }) => ({ number, shown: issue as ImportIssue })), total };
    },
    async rejectsFiles(importId) {
      const files = db.selectFrom('import').select('rejects_files').where('id', '=', importId);
      return (await files.executeTakeFirst())?.rejects_files ?? [];
    },
  };
}

function importOf(row: Selectable<ImportTable> & { can_undo: boolean }): Import {
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    createdBy: row.created_by_name,
    files: row.files,
    progressRatio: row.progress_ratio,
    progressText: row.progress_text,
    targets: row.targets,
    errorCount: row.error_count,
    warningCount: row.warning_count,
    canUndo: row.can_undo,
    failure: row.failure,
  };
}
