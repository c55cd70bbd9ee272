/** Port: threads that compute chunks. What all of them read and write is shared memory; only small things travel. */
import type { SnapshotBlocks } from './snapshot.ts';
import type { ChunkDone } from './stages/compute-chunk.ts';
import type { RunBlocks, StageName } from './stages/run-blocks.ts';

export type SharedRun = { readonly snapshot: SnapshotBlocks; readonly blocks: RunBlocks };

/** Results of earlier stages as JSON, chunk by chunk, of those stages that the task reads. */
export type EarlierJson = Partial<Record<StageName, readonly string[]>>;

export type ChunkTask = { readonly stage: StageName; readonly chunk: number; readonly earlier: EarlierJson };

export type PoolRun = {
  /** How many chunks are worth having under way at once. */
  readonly width: number;
  /** Computes one chunk on some thread, telling from time to time how far it is (0 to 1). Rejects with the reason where the chunk, or its thread, fails. */
  compute(task: ChunkTask, onProgress?: (share: number) => void): Promise<ChunkDone>;
  /** Frees what the run holds; chunks under way are given up. */
  close(): Promise<void>;
};

export type StagePool = { open(run: SharedRun): PoolRun };

/** Which earlier results a stage reads beside the blocks. */
export const STAGE_NEEDS: Record<StageName, readonly StageName[]> = {
  actuals: [],
  learn: [],
  forecast: ['learn'],
  reconcile: ['forecast'],
  consensus: [],
  supply: [],
  capacity: ['supply'],
  constrained: [],
  finance: ['forecast', 'reconcile'],
  kpis: ['learn', 'forecast', 'reconcile', 'supply', 'capacity', 'finance'],
};
