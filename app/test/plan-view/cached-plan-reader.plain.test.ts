import { expect, test } from 'vitest';
import { cachedPlanReader } from '../../src/plan-view/cached-plan-reader.ts';
import type { PlanReader } from '../../src/plan-view/plan-reader.ts';

/** A reader that counts how often it is asked, and fails where told. */
function counting() {
  const asked: string[] = [];
  let failing = false;
  const reader = {
    findRun: async () => void asked.push('findRun'),
    unitOf: async (runId: string, item: string) => {
      asked.push(`unitOf ${runId} ${item}`);
      if (failing) throw new Error('no connection');
      return 'EA';
    },
    demandSums: async (run: { runId: string }, selection: { group: string }) =>
      void asked.push(`sums ${run.runId} ${selection.group}`),
  } as unknown as PlanReader;
  return { reader: cachedPlanReader(reader), asked, fail: (on: boolean) => (failing = on) };
}

test('an answer about a run is asked for once, each question by itself', async () => {
  const { reader, asked } = counting();
  await Promise.all([
    reader.unitOf('r1', 'a'),
    reader.unitOf('r1', 'a'),
    reader.unitOf('r1', 'b'),
    reader.unitOf('r2', 'a'),
  ]);
  await reader.unitOf('r1', 'a');
  expect(asked).toEqual(['unitOf r1 a', 'unitOf r1 b', 'unitOf r2 a']);
});

test('a run given whole is known by its id', async () => {
  const { reader, asked } = counting();
  const run = (finishedAt: string) =>
    ({ runId: 'r1', finishedAt }) as Parameters<PlanReader['demandSums']>[0];
  await reader.demandSums(run('x'), { group: 'g' });
  await reader.demandSums(run('y'), { group: 'g' });
  await reader.demandSums(run('y'), { group: '' });
  expect(asked).toEqual(['sums r1 g', 'sums r1 ']);
});

test('which run is published is asked every time', async () => {
  const { reader, asked } = counting();
  await reader.findRun(1, undefined);
  await reader.findRun(1, undefined);
  expect(asked).toEqual(['findRun', 'findRun']);
});

test('a failure is not remembered', async () => {
  const { reader, fail } = counting();
  fail(true);
  await expect(reader.unitOf('r1', 'a')).rejects.toThrow('no connection');
  fail(false);
  expect(await reader.unitOf('r1', 'a')).toBe('EA');
});

test('the oldest answers make room', async () => {
  const { reader, asked } = counting();
  for (let item = 0; item <= 500; item++) await reader.unitOf('r1', String(item));
  await reader.unitOf('r1', '500');
  await reader.unitOf('r1', '0');
  expect(asked.filter((question) => question === 'unitOf r1 500')).toHaveLength(1);
  expect(asked.filter((question) => question === 'unitOf r1 0')).toHaveLength(2);
});
