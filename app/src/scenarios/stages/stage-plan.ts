/** Which stages a run has and how each is cut into chunks: by the data alone, never by who does the work. */
import type { SnapshotMeta } from '../snapshot.ts';
import type { StageName } from './run-blocks.ts';

export type StagePlan = { readonly stage: StageName; readonly chunkCount: number };

// A forecast chunk is about half a second of work: soon enough to cancel, long enough to be worth a commit.
const KEYS_PER_FORECAST_CHUNK = 64;
const KEYS_PER_COPY_CHUNK = 2000;

export function stagePlans(meta: SnapshotMeta): StagePlan[] {
  const copies = chunkCount(meta.keyCount, KEYS_PER_COPY_CHUNK);
  return [
    { stage: 'actuals', chunkCount: copies },
    { stage: 'learn', chunkCount: 1 },
    { stage: 'forecast', chunkCount: chunkCount(meta.keyCount, KEYS_PER_FORECAST_CHUNK) },
    { stage: 'reconcile', chunkCount: 1 },
    { stage: 'consensus', chunkCount: copies },
    { stage: 'supply', chunkCount: meta.supplyChunkCount },
    { stage: 'capacity', chunkCount: 1 },
    { stage: 'constrained', chunkCount: meta.planningChunkCount },
    { stage: 'finance', chunkCount: 1 },
    { stage: 'kpis', chunkCount: 1 },
  ];
}

/** Stages that see all keys at once. */
const ONE_CHUNK: ReadonlySet<StageName> = new Set(['learn', 'reconcile', 'finance']);

/** The demand keys [from, to) of a chunk of a stage that works key by key. */
export function keyRange(meta: SnapshotMeta, stage: StageName, chunk: number): { from: number; to: number } {
  const size =
    stage === 'forecast'
      ? KEYS_PER_FORECAST_CHUNK
      : ONE_CHUNK.has(stage)
        ? meta.keyCount
        : KEYS_PER_COPY_CHUNK;
  return { from: chunk * size, to: Math.min(meta.keyCount, (chunk + 1) * size) };
}

function chunkCount(keyCount: number, keysPerChunk: number): number {
  return Math.ceil(keyCount / keysPerChunk);
}
