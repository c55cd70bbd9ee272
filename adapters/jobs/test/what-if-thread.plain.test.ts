import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { RunHead } from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { createWhatIfThread } from '@planwright/jobs';
import { expect, test } from 'vitest';
import { readsOfNothing } from './programs/reads-of-nothing.ts';

const program = new URL('./programs/dying-trials.ts', import.meta.url);
const run = { runId: 'r1', horizonBuckets: 1 } as RunHead;
const edit = (item: string): SupplyEdit => ({ kind: 'safetyStock', item, location: 'L', quantity: 1 });

test('a run is read once for all who ask at the same time, and anew by the thread that replaces a dead one', async () => {
  let times = 0;
  const thread = createWhatIfThread(
    readsOfNothing(async () => void times++),
    program,
  );
  thread.prepare(run);
  const effects = await Promise.all([thread.tryOut(run, [edit('A')]), thread.tryOut(run, [edit('B')])]);
  expect(times).toBe(1);
  await expect(thread.tryOut(run, [edit('BAD')])).rejects.toThrow('broke down: out of memory, say');
  const after = await thread.tryOut(run, [edit('A')]);
  expect(times).toBe(2);
  expect(after.sentence).not.toBe(effects[0].sentence);
  await thread.destroy();
});

test('a run without a constrained plan is refused by the same word as everywhere', async () => {
  const thread = createWhatIfThread(readsOfNothing());
  await expect(thread.tryOut(run, [edit('A')])).rejects.toMatchObject({
    code: 'NO_CONSTRAINED_PLAN',
    details: { runId: 'r1' },
  });
  await thread.destroy();
});

test('it keeps no program alive that has nothing else to do', () => {
  const ended = spawnSync(process.execPath, [join(import.meta.dirname, 'programs/unended-trials.ts')], {
    encoding: 'utf8',
    timeout: 120_000,
  });
  expect([ended.signal, ended.status, ended.stderr]).toEqual([null, 0, '']);
  expect(ended.stdout).toMatch(/^answered by thread \d+$/);
});

test('a run that is still being read when all ends starts no other thread', async () => {
  let hasBegun = (): void => {};
  let goOn = (): void => {};
  const begun = new Promise<void>((resolve) => (hasBegun = resolve));
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const thread = createWhatIfThread(
    readsOfNothing(() => {
      hasBegun();
      return held;
    }),
    program,
  );
  const question = thread.tryOut(run, [edit('A')]);
  await begun;
  await thread.destroy();
  goOn();
  await expect(question).rejects.toThrow('The thread that tries out edits ended.');
});
