/** The program of a thread: keeps the runs it was given and computes their chunks. */
import { parentPort } from 'node:worker_threads';
import { computeChunk, decodeSnapshot, parsedResults, type RunBlocks, type Snapshot } from '@planwright/app';
import type { FromWorker, ToWorker } from './worker-messages.ts';

type OpenRun = { readonly snapshot: Snapshot; readonly blocks: RunBlocks };

const runs = new Map<number, OpenRun>();

function answerTo(message: Extract<ToWorker, { kind: 'compute' }>): FromWorker {
  try {
    const open = runs.get(message.run);
    if (open === undefined) return { kind: 'failed', reason: 'The run was closed.' };
    const { stage, chunk, earlier } = message.task;
    return {
      kind: 'done',
      ...computeChunk(open.snapshot, open.blocks, parsedResults(earlier), stage, chunk),
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
