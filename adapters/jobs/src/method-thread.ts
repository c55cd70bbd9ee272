import { Worker } from 'node:worker_threads';
import type { MethodStudy, MethodStudyInput } from '@planwright/app';

const PROGRAM = new URL('./method-worker.ts', import.meta.url);
/** Studies at once; the others wait, so that a burst of clicks does not take every processor. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** `methodStudy` in a thread of its own. Rejects with the thread's reason where it dies. */
export async function studyInThread(input: MethodStudyInput): Promise<MethodStudy> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise<MethodStudy>((resolve, reject) => {
      const worker = new Worker(PROGRAM, { workerData: input });
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) =>
        reject(new Error(`The comparison of methods ended without an answer (${code}).`)),
      );
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}
