/** Runs an import in a folder of its own, for tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CellValue, Mapping, TargetName } from '@planwright/contracts';
import { importFiles, type ImportReading, type ImportRequest, readMapping } from '@planwright/files';

export type Folder = { readonly path: string; readonly work: string; readonly remove: () => void };

/** A fresh folder holding `files`. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Folder {
  const root = mkdtempSync(path.join(tmpdir(), 'planwright-files-'));
  const folder = path.join(root, 'files');
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  mkdirSync(folder, { recursive: true });
  return {
    path: folder,
    work: path.join(root, 'work'),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The mapping of a YAML text that must be sound. */
export function mappingOf(yaml: string): Mapping {
  const reading = readMapping(yaml);
  if ('issues' in reading) throw new Error(reading.issues.map((issue) => issue.message).join('\n'));
  return reading.mapping;
}

export type Row = Readonly<Record<string, CellValue>>;
export type Outcome = Omit<ImportReading, 'batches' | 'dispose'> & {
  /** Accepted rows by target. */
  readonly rows: Readonly<Partial<Record<TargetName, readonly Row[]>>>;
  readonly codes: readonly string[];
};

/** Imports and collects everything. */
export async function imported(
  folder: Pick<Folder, 'path' | 'work'>,
  yaml: string,
  more: Partial<Omit<ImportRequest, 'folder' | 'workFolder' | 'mapping'>> = {},
): Promise<Outcome> {
  const reading = await importFiles({
    folder: folder.path,
    workFolder: folder.work,
    mapping: mappingOf(yaml),
    ...more,
  });
  const rows: Partial<Record<TargetName, Row[]>> = {};
  for await (const batch of reading.batches()) {
    const list = (rows[batch.target] ??= []);
    for (let i = 0; i < batch.rowCount; i++) {
      list.push(Object.fromEntries(Object.entries(batch.columns).map(([name, values]) => [name, values[i]])));
    }
  }
  return { ...reading, rows, codes: [...new Set(reading.issues.map((issue) => issue.code))] };
}

/** Takes the stock on hand from a workbook with the columns Item, Place, Quantity and Day. */
export const STOCK_WORKBOOK_MAPPING = `
version: 1
sources: { stock: { file: stock.xlsx } }
targets:
  on_hand:
    from: stock
    columns: { item: Item, location: Place, quantity: Quantity, asOf: Day }
`;
