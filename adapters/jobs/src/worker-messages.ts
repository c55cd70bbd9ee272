/** What the pool and its threads say to each other. A thread answers each `compute` once, in order; meanwhile it may tell how far it is. */
import type { ChunkTask, SharedRun } from '@planwright/app';

export type ToWorker =
  | ({ readonly kind: 'open'; readonly run: number } & SharedRun)
  | { readonly kind: 'compute'; readonly run: number; readonly task: ChunkTask }
  | { readonly kind: 'close'; readonly run: number };

export type FromWorker =
  | { readonly kind: 'done'; readonly result: string; readonly hash: string }
  | { readonly kind: 'failed'; readonly reason: string }
  /** How far the chunk under way is, 0 to 1. */
  | { readonly kind: 'progress'; readonly share: number };
