import {
  cancelImport,
  getFreshness,
  getImport,
  getQuality,
  listImportIssues,
  listImports,
  listRows,
  search,
  type Services,
  undoImport,
} from '@planwright/app';
import type { dataPorts } from '@planwright/postgres';

export type DataServices = Pick<
  Services,
  | 'listImports'
  | 'getImport'
  | 'listImportIssues'
  | 'cancelImport'
  | 'undoImport'
  | 'getFreshness'
  | 'getQuality'
  | 'listRows'
  | 'search'
>;

/** Imports and the company's rows. */
export function dataServices(ports: ReturnType<typeof dataPorts>): DataServices {
  return {
    listImports: listImports(ports),
    getImport: getImport(ports),
    listImportIssues: listImportIssues(ports),
    cancelImport: cancelImport(ports),
    undoImport: undoImport(ports),
    getFreshness: getFreshness(ports),
    getQuality: getQuality(ports),
    listRows: listRows(ports),
    search: search(ports),
  };
}
