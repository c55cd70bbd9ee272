import type { RunHead, SupplyPlanReads } from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { createWhatIfThread } from '@planwright/jobs';
import { expect, test } from 'vitest';

const program = new URL('./programs/dying-trials.ts', import.meta.url);
const run = { runId: 'r1', horizonBuckets: 1 } as RunHead;
const edit = (item: string): SupplyEdit => ({ kind: 'safetyStock', item, location: 'L', quantity: 1 });

/** A run of nothing; counts how often it is read. */
function countedReads() {
  const counted = { times: 0 };
  const reads: SupplyPlanReads = {
    snapshotBlocks: async () => {
      counted.times += 1;
      return new Map();
    },
    planChunks: async () => [],
    stockIds: async () => [],
    resourceIds: async () => [],
    supplierNames: async () => new Map(),
    lastBucket: async () => [],
    consensus: async () => [],
  };
  return { counted, reads };
}

test('a run is read once for all who ask at the same time, and anew by the thread that replaces a dead one', async () => {
  const { counted, reads } = countedReads();
  const thread = createWhatIfThread(reads, program);
  thread.prepare(run);
  const effects = await Promise.all([thread.tryOut(run, [edit('A')]), thread.tryOut(run, [edit('B')])]);
  expect(counted.times).toBe(1);
  await expect(thread.tryOut(run, [edit('BAD')])).rejects.toThrow('broke down: out of memory, say');
  const after = await thread.tryOut(run, [edit('A')]);
  expect(counted.times).toBe(2);
  expect(after.sentence).not.toBe(effects[0].sentence);
  await thread.destroy();
});

test('a run without a constrained plan is refused by the same word as everywhere', async () => {
  const thread = createWhatIfThread(countedReads().reads);
  await expect(thread.tryOut(run, [edit('A')])).rejects.toMatchObject({
    code: 'NO_CONSTRAINED_PLAN',
    details: { runId: 'r1' },
  });
  await thread.destroy();
});
