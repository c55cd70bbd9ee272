import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import {
  binTable,
  type Crew,
  encodeTrees,
  endCrew,
  makeCrew,
  type Objective,
  trainTrees,
} from '@planwright/trees';
import { awaitPieces, postJob, takePiece } from '../src/crew.ts';
import { gatherDerivatives } from '../src/histogram.ts';
import { workOnFeatures, writeJob } from '../src/leaf-job.ts';
import { friedman } from './generated-tables.ts';

const LEAVES = 15;
const { table, target } = friedman(6000, 18, 71);
const categories = { ...table, categorical: [17], values: table.values.slice() };
for (let row = 0; row < 6000; row++) {
  categories.values[17 * 6000 + row] = Math.floor(categories.values[17 * 6000 + row] * 30);
  if (row % 7 === 0) categories.values[3 * 6000 + row] = Number.NaN;
}
const binned = binTable(categories);
const positive = target.map((y) => Math.max(0, y));

/** Runs `work` with threads that serve the crew, and sees that all of them return. */
async function withThreads(crew: Crew, threadCount: number, work: () => void): Promise<void> {
  const threads = Array.from(
    { length: threadCount },
    () => new Worker(new URL('./crew-thread.ts', import.meta.url), { workerData: crew.shared }),
  );
  const ended = threads.map(
    (thread) =>
      new Promise<number>((resolve, reject) => {
        thread.on('error', reject);
        thread.on('exit', resolve);
      }),
  );
  try {
    await Promise.all(threads.map((thread) => new Promise((resolve) => thread.on('online', resolve))));
    work();
  } finally {
    endCrew(crew);
  }
  expect(await Promise.all(ended)).toEqual(threads.map(() => 0));
}

describe('a crew', () => {
  test('trains the same model as one thread, to the byte, whatever its size', async () => {
    const objectives: readonly Objective[] = [
      { kind: 'l2' },
      { kind: 'tweedie', power: 1.4 },
      { kind: 'l1' },
    ];
    const options = { treeCount: 8, leafCount: LEAVES, learningRate: 0.2, rowShare: 0.9, seed: 5 };
    const monotone = new Int8Array(18);
    monotone[3] = 1;
    const variants = objectives.flatMap((objective) => [
      { ...options, objective },
      { ...options, objective, featureShare: 0.6, monotone },
    ]);
    const alone = variants.map((variant) => encodeTrees(trainTrees(binned, positive, variant)));
    for (const threadCount of [0, 1, 3]) {
      const crew = makeCrew(binned, { leafCount: LEAVES });
      await withThreads(crew, threadCount, () => {
        variants.forEach((variant, i) => {
          expect(encodeTrees(trainTrees(binned, positive, { ...variant, crew }))).toEqual(alone[i]);
        });
      });
    }
  });

  test('does a whole job without the one who posted it', async () => {
    const crew = makeCrew(binned, { leafCount: LEAVES });
    const { space } = crew.shared;
    space.features.set(Int32Array.from({ length: 18 }, (_, feature) => feature));
    space.rows.set(Uint32Array.from({ length: 6000 }, (_, row) => row));
    target.forEach((y, row) => {
      space.gradients[row] = 14 - y;
      space.hessians[row] = 1 + (row % 3);
    });
    gatherDerivatives(space, 0, 6000);
    const sums = { gradient: space.gradients.reduce((a, b) => a + b, 0), hessian: 12_000, rows: 6000 };
    const leaf = { ...sums, lower: -Infinity, upper: Infinity, slot: 2, start: 0, end: 6000 };
    const rules = { minimumRows: 20, minimumHessian: 1e-3, l2Penalty: 0 };
    writeJob(space, 18, rules, leaf, true, undefined, false);
    workOnFeatures(space, 0, 18);
    const histograms = space.histograms.slice();
    const candidates = space.candidates.slice();
    expect(histograms.some((cell) => cell !== 0)).toBe(true);
    await withThreads(crew, 2, () => {
      for (let round = 0; round < 20; round++) {
        space.histograms.fill(0);
        space.candidates.fill(0);
        awaitPieces(crew, postJob(crew));
        expect(space.histograms).toEqual(histograms);
        expect(space.candidates).toEqual(candidates);
      }
    });
  });

  test('leaves a job alone that was not posted, however many features it has', () => {
    const crew = makeCrew(binned, { leafCount: LEAVES });
    const { space, control } = crew.shared;
    const leaf = { gradient: 0, hessian: 6000, rows: 6000, lower: -Infinity, upper: Infinity };
    const rules = { minimumRows: 20, minimumHessian: 1e-3, l2Penalty: 0 };
    const write = (featureCount: number) =>
      writeJob(
        space,
        featureCount,
        rules,
        { ...leaf, slot: 0, start: 0, end: 6000 },
        false,
        undefined,
        false,
      );
    const takeNext = () => takePiece(control, Atomics.load(control, 0), space);
    write(18);
    expect(takeNext()).toBe(false);
    write(7);
    const pieces = postJob(crew);
    expect([takeNext(), takeNext(), takeNext()]).toEqual([true, true, false]);
    awaitPieces(crew, pieces);
    write(18);
    expect(takeNext()).toBe(false);
  });

  test('is refused by another table and by larger trees', () => {
    const crew = makeCrew(binned, { leafCount: 4 });
    const options = { objective: { kind: 'l2' } as const, treeCount: 1, learningRate: 1, seed: 1, crew };
    expect(() => trainTrees(binned, target, { ...options, leafCount: 5 })).toThrow(/the crew was made for/);
    expect(() => trainTrees(binTable(table), target, { ...options, leafCount: 4 })).toThrow(
      /the crew was made/,
    );
  });
});
