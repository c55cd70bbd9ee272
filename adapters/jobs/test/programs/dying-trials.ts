/** A thread that knows no run until it is sent one, dies of the edits of 'BAD', and answers others with its thread id. */
import { parentPort, threadId } from 'node:worker_threads';

type Message = { id: number; kind: string; runId: string; edits?: { item: string }[] };
const open = new Set<string>();

parentPort?.on('message', ({ id, kind, runId, edits }: Message) => {
  if (edits?.[0]?.item === 'BAD') throw new Error('out of memory, say');
  if (kind === 'open') open.add(runId);
  const isKnown = open.has(runId);
  const effect = { sentence: String(threadId) };
  parentPort?.postMessage(
    kind === 'ask' && isKnown ? { id, kind: 'effect', effect } : { id, kind: isKnown ? 'done' : 'unknown' },
  );
});
