import {
  keyColumnsOf,
  TARGET_NAMES,
  type TargetBatch,
  type TargetName,
  targetOf,
} from '@planwright/contracts';
import { assert } from '@planwright/units';
import type { ImportSource } from './import-source.ts';
import type { Staging } from './ports.ts';

/** Chunks 0 to `chunkCount - 1` of the target wait to be merged. */
export type StagedTarget = { readonly target: TargetName; readonly chunkCount: number };

/** A statement of the embedded database holds the whole process: this many rows keep it near a tenth of a second. */
const CHUNK_ROWS = 10_000;

/**
 * Puts all rows of a source aside, batch by batch, so that each is a short piece of work for the database.
 * Returns the targets in the order in which they refer to each other.
 */
export async function stageRows(
  staging: Staging,
  importId: string,
  source: ImportSource,
  signal: AbortSignal,
  onRows: (rowCount: number) => void,
): Promise<StagedTarget[]> {
  const chunkCounts = new Map<TargetName, number>();
  let rowCount = 0;
  for await (const batch of source.batches()) {
    assertWhole(batch);
    for (let start = 0; start < batch.rowCount; start += CHUNK_ROWS) {
      if (signal.aborted) return [];
      const chunk = chunkCounts.get(batch.target) ?? 0;
      await staging.add(importId, chunk, sliceOf(batch, start));
      chunkCounts.set(batch.target, chunk + 1);
    }
    rowCount += batch.rowCount;
    onRows(rowCount);
    if (signal.aborted) return [];
  }
  return TARGET_NAMES.filter((target) => chunkCounts.has(target)).map((target) => ({
    target,
    chunkCount: chunkCounts.get(target) ?? 0,
  }));
}

function sliceOf(batch: TargetBatch, start: number): TargetBatch {
  if (batch.rowCount <= CHUNK_ROWS) return batch;
  const end = Math.min(start + CHUNK_ROWS, batch.rowCount);
  const columns = Object.entries(batch.columns).map(([name, values]) => [name, values.slice(start, end)]);
  return { target: batch.target, rowCount: end - start, columns: Object.fromEntries(columns) };
}

/** A batch with a column missing or a key empty is a fault of the reader, not of the files. */
function assertWhole(batch: TargetBatch): void {
  const target = targetOf(batch.target);
  for (const { name } of target.columns) {
    assert(
      batch.columns[name]?.length === batch.rowCount,
      `${batch.target}.${name} has a value for every row`,
    );
  }
  for (const name of keyColumnsOf(target)) {
    assert(!batch.columns[name].includes(null), `${batch.target}.${name} is part of the key and never empty`);
  }
}
