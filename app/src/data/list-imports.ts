import { decodeCursor, pageFrom } from '../paging.ts';
import type { Service } from '../services.ts';
import type { ImportReader } from './import-reader.ts';

type Deps = { readonly imports: ImportReader };

/** The number behind which a page starts. */
function numberOf(cursor: string | undefined): number | undefined {
  const value = decodeCursor(cursor, 1)?.[0];
  return typeof value === 'number' ? value : undefined;
}

export function getImport(deps: Deps): Service<'getImport'> {
  return (member, { params }) => deps.imports.get(member.companyId, params.importId);
}

/** Newest first. */
export function listImports(deps: Deps): Service<'listImports'> {
  return async (member, { query }) => {
    const page = { before: numberOf(query.cursor), limit: query.limit };
    const { rows, total } = await deps.imports.list(member.companyId, page);
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.number],
      (row) => row.shown,
    );
  };
}

/** In the order in which they were found. */
export function listImportIssues(deps: Deps): Service<'listImportIssues'> {
  return async (member, { params, query }) => {
    await deps.imports.get(member.companyId, params.importId); // An import of another company is not there.
    const page = { after: numberOf(query.cursor), limit: query.limit, severity: query.severity };
    const { rows, total } = await deps.imports.issues(params.importId, page);
    return pageFrom(
      rows,
      query.limit,
      total,
      (row) => [row.number],
      (row) => row.shown,
    );
  };
}
