/**
 * The demand that is planned for: the baseline, and what people know better. Adjustments join here.
 *
 * An item that may no longer be sold is not planned for, whatever its past says.
 */
import type { Snapshot } from '../snapshot.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { keyRange } from './stage-plan.ts';

export function consensusStage(snapshot: Snapshot, blocks: RunBlocks, chunk: number): null {
  const { meta, keys, items } = snapshot;
  const lastDayOf = new Map(items.code.map((code, item) => [code, items.activeTo[item]]));
  const { from, to } = keyRange(meta, 'consensus', chunk);
  for (let key = from; key < to; key++) {
    const consensus = rowIn(blocks, meta, 'consensus', key);
    consensus.set(rowIn(blocks, meta, 'baseline', key));
    const lastDay = lastDayOf.get(keys.item[key]) ?? null;
    if (lastDay === null) continue;
    for (let t = 0; t < meta.horizonBuckets; t++) {
      const start = meta.starts[meta.historyBuckets + t];
      const end = meta.starts[meta.historyBuckets + t + 1];
      const soldDays = Math.min(Math.max(lastDay + 1 - start, 0), end - start);
      consensus[t] *= soldDays / (end - start);
    }
  }
  return null;
}
