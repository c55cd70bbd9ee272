/** The program of a thread: keeps the runs it was given and computes their chunks. */
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import {
  type ChunkSupport,
  computeChunk,
  decodeSnapshot,
  parsedResults,
  type RunBlocks,
  type Snapshot,
} from '@planwright/app';
import type { FromWorker, ToWorker } from './worker-messages.ts';

type OpenRun = { readonly snapshot: Snapshot; readonly blocks: RunBlocks };

/** Growing trees is worth all processors; other stages keep them busy by chunks. */
const HELPERS_MAX = 7;

const support: ChunkSupport = {
  helpers: (shared) => {
    const count = Math.min(HELPERS_MAX, availableParallelism() - 1);
    for (let helper = 0; helper < count; helper++)
      new Worker(new URL('./crew-worker.ts', import.meta.url), { workerData: shared });
  },
  onProgress: (share) => parentPort?.postMessage({ kind: 'progress', share } satisfies FromWorker),
};

const runs = new Map<number, OpenRun>();

function answerTo(message: Extract<ToWorker, { kind: 'compute' }>): FromWorker {
  try {
    const open = runs.get(message.run);
    if (open === undefined) return { kind: 'failed', reason: 'The run was closed.' };
    const { stage, chunk, earlier } = message.task;
    return {
      kind: 'done',
      ...computeChunk(open.snapshot, open.blocks, parsedResults(earlier), stage, chunk, support),
    };
  } catch (error) {
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'open') {
    const { run, snapshot, blocks } = message;
    runs.set(run, { snapshot: decodeSnapshot(snapshot), blocks });
  } else if (message.kind === 'close') {
    runs.delete(message.run);
  } else {
    parentPort?.postMessage(answerTo(message));
  }
});
