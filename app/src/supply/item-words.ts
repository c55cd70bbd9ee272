import type { ItemColumns } from '../scenarios/snapshot.ts';

/** How items of a snapshot are called; codes stand for themselves where nothing is known. */
export type ItemWords = {
  name(code: string): string;
  unit(code: string): string;
  kind(code: string): string;
};

export function itemWords(items: ItemColumns): ItemWords {
  const rowOf = new Map(items.code.map((code, row) => [code, row]));
  const at = (column: readonly string[], code: string): string | undefined => {
    const row = rowOf.get(code);
    return row === undefined ? undefined : column[row];
  };
  return {
    name: (code) => at(items.name, code) ?? code,
    unit: (code) => at(items.unit, code) ?? '',
    kind: (code) => at(items.kind, code) ?? '',
  };
}
