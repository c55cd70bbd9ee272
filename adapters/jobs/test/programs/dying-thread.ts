/** A thread that ends the first time it is asked for the stage 'supply', and answers everything else with its thread id. */
import { parentPort, threadId } from 'node:worker_threads';

parentPort?.on('message', (message: { kind: string; task?: { stage: string; chunk: number } }) => {
  if (message.kind !== 'compute') return;
  if (message.task?.stage === 'supply') throw new Error('out of memory, say');
  parentPort?.postMessage({
    kind: 'done',
    result: String(threadId),
    hash: `${message.task?.stage} ${message.task?.chunk}`,
  });
});
