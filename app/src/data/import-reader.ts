import type { Import, TargetName } from '@planwright/contracts';
import type { ImportIssue } from './import-source.ts';

export type Slice<T> = { readonly rows: readonly T[]; readonly total: number };

/** A row of a list with its place in it. */
export type Numbered<T> = { readonly number: number; readonly shown: T };

/** Port: the register of imports, as pages show it. Rows are one more than `limit` where there are more. */
export type ImportReader = {
  /** Throws NOT_FOUND where the company has no such import. */
  get(companyId: number, importId: string): Promise<Import>;
  list(
    companyId: number,
    page: { readonly before: number | undefined; readonly limit: number },
  ): Promise<Slice<Numbered<Import>>>;
  issues(
    importId: string,
    page: {
      readonly after: number | undefined;
      readonly limit: number;
      readonly severity: 'error' | 'warning' | undefined;
    },
  ): Promise<Slice<Numbered<ImportIssue>>>;
  /** Path of the file with the refused rows, relative to the data folder. */
  rejectsFiles(importId: string): Promise<readonly { target: TargetName; path: string }[]>;
};
