import { createSolver } from '@planwright/solver';
import { gapRatioOf, type LinearProgram, programBuilder } from '@planwright/supply';
import { afterAll, describe, expect, test } from 'vitest';

const solver = createSolver();
afterAll(() => solver.destroy());

/** Chairs and tables: the profit of 30 and 50 under 40 hours of carpentry and 50 of finishing. */
function workshop(isInteger: boolean, carpentryHours = 41): LinearProgram {
  const builder = programBuilder();
  const chairs = builder.column(-30, 0, Number.POSITIVE_INFINITY, isInteger);
  const tables = builder.column(-50, 0, Number.POSITIVE_INFINITY, isInteger);
  const carpentry = builder.row(Number.NEGATIVE_INFINITY, carpentryHours);
  const finishing = builder.row(Number.NEGATIVE_INFINITY, 50);
  builder.entry(carpentry, chairs, 1);
  builder.entry(carpentry, tables, 2);
  builder.entry(finishing, chairs, 2);
  builder.entry(finishing, tables, 1);
  builder.addOffset(7);
  return builder.seal();
}

/** Market split: hardly any x does without slack, so the search goes on for longer than anyone waits. */
function marketSplit(rowCount: number, columnCount: number): { program: LinearProgram; start: Float64Array } {
  const builder = programBuilder();
  const columns = Array.from({ length: columnCount }, () => builder.column(0, 0, 1, true));
  const start: number[] = columns.map(() => 0);
  let seed = 12_345;
  for (let row = 0; row < rowCount; row++) {
    const weights = columns.map(() => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % 100);
    const half = Math.floor(weights.reduce((sum, weight) => sum + weight, 0) / 2);
    const line = builder.row(half, half);
    columns.forEach((column, index) => builder.entry(line, column, weights[index]));
    builder.entry(line, builder.column(1, 0, Number.POSITIVE_INFINITY), 1);
    builder.entry(line, builder.column(1, 0, Number.POSITIVE_INFINITY), -1);
    start.push(half, 0);
  }
  return { program: builder.seal(), start: Float64Array.from(start) };
}

describe('a program is solved', () => {
  test('linear: objective, bound, values and what a unit of each row is worth', async () => {
    const solution = await solver.solve(workshop(false, 40));
    expect(solution.status).toBe('optimal');
    expect(solution.objective).toBeCloseTo(7 - 1100, 9);
    expect(gapRatioOf(solution)).toBe(0);
    expect([...solution.columnValues]).toEqual([20, 10]);
    // 30 = c + 2 f and 50 = 2 c + f: an hour of carpentry is worth 70/3, one of finishing 10/3.
    expect(solution.rowDuals[0]).toBeCloseTo(-70 / 3, 9);
    expect(solution.rowDuals[1]).toBeCloseTo(-10 / 3, 9);
  });

  test('whole numbers: the best whole pair, its bound, and duals with the wholes held', async () => {
    const linear = await solver.solve(workshop(false));
    const whole = await solver.solve(workshop(true));
    expect(whole.status).toBe('optimal');
    expect([...whole.columnValues]).toEqual([19, 11]);
    expect(whole.objective).toBeCloseTo(7 - 1120, 9);
    expect(whole.bestBound).toBeLessThanOrEqual(whole.objective + 1e-6);
    expect(whole.objective).toBeGreaterThan(linear.objective);
    expect(whole.rowDuals).toHaveLength(2);
  });

  test('by the interior-point method as well', async () => {
    const solution = await solver.solve(workshop(false, 40), { method: 'ipm' });
    expect(solution.objective).toBeCloseTo(7 - 1100, 6);
  });

  test('programs handed over together are answered each with its own', async () => {
    const answers = await Promise.all([10, 20, 30, 40].map((hours) => solver.solve(workshop(false, hours))));
    expect(answers.map(({ objective }) => Math.round(objective - 7))).toEqual([-300, -600, -867, -1100]);
  });

  test('one without rows, and one without columns', async () => {
    const bare = programBuilder();
    bare.column(2, 3, 5);
    expect((await solver.solve(bare.seal())).objective).toBe(6);
    const empty = programBuilder();
    empty.addOffset(4);
    expect(await solver.solve(empty.seal())).toMatchObject({ status: 'optimal', objective: 4, bestBound: 4 });
  });
});

describe('a program that cannot be solved says so', () => {
  test('infeasible', async () => {
    const builder = programBuilder();
    const column = builder.column(1, 0, 1);
    builder.entry(builder.row(2, 2), column, 1);
    const solution = await solver.solve(builder.seal());
    expect(solution.status).toBe('infeasible');
    expect(solution.columnValues).toHaveLength(0);
    expect(gapRatioOf(solution)).toBe(Number.POSITIVE_INFINITY);
  });

  test('unbounded', async () => {
    const builder = programBuilder();
    const column = builder.column(-1, 0, Number.POSITIVE_INFINITY);
    builder.entry(builder.row(0, Number.POSITIVE_INFINITY), column, 1);
    expect((await solver.solve(builder.seal())).status).toBe('unbounded');
  });
});

describe('a search that would not end', () => {
  test('ends with its time, and says what is proven', async () => {
    const { program, start } = marketSplit(5, 40);
    const solution = await solver.solve(program, { timeLimitSeconds: 1, start });
    expect(solution.status).toBe('timeLimit');
    expect(solution.bestBound).toBeGreaterThanOrEqual(0);
    expect(solution.columnValues).toHaveLength(50); // At least the start.
    expect(solution.objective).toBeGreaterThanOrEqual(solution.bestBound);
  });

  test('ends when it is called off, and the next program is solved', async () => {
    const calledOff = new AbortController();
    const search = solver.solve(marketSplit(5, 40).program, {
      signal: calledOff.signal,
      onProgress: () => calledOff.abort(),
    });
    expect((await search).status).toBe('cancelled');
    expect((await solver.solve(workshop(false, 40))).status).toBe('optimal');
  });

  test('is not begun where it was called off before', async () => {
    expect((await solver.solve(workshop(true), { signal: AbortSignal.abort() })).status).toBe('cancelled');
  });
});

describe('a thread that breaks', () => {
  const program = new URL('./programs/breaking-thread.ts', import.meta.url);
  const wish = (cost: number, isInteger = false): LinearProgram => {
    const builder = programBuilder();
    builder.column(cost, 0, 1, isInteger);
    return builder.seal();
  };
  const breaking = createSolver({ program, graceSeconds: 0.05 });
  afterAll(() => breaking.destroy());

  test.each([
    [1, 'failed', 'The solver broke down: memory access out of bounds'],
    [2, 'failed', 'The solver’s thread ended without an answer.'],
    [3, 'timeLimit', 'The solver did not come back within its time limit.'],
  ] as const)(
    '(%i) is answered as %s, and the next program gets a new thread',
    async (cost, status, failure) => {
      const broken = await breaking.solve(wish(cost), { timeLimitSeconds: cost === 3 ? 0.1 : 30 });
      expect(broken).toMatchObject({ status, failure });
      expect(await breaking.solve(wish(4))).toMatchObject({ status: 'optimal', objective: 4 });
    },
  );

  test.each([true, false])(
    'or does not listen is ended when it was called off (search: %s)',
    async (isSearch) => {
      const search = breaking.solve(wish(3, isSearch), {
        signal: AbortSignal.timeout(10),
        timeLimitSeconds: 600,
      });
      expect((await search).status).toBe('cancelled');
    },
  );

  test('or has grown large is replaced, and its answer counts', async () => {
    expect((await breaking.solve(wish(5))).objective).toBe(5);
    expect((await breaking.solve(wish(4))).objective).toBe(4);
  });

  test('when the solver is destroyed, what waits is answered as cancelled', async () => {
    const ending = createSolver({ program });
    const searches = [ending.solve(wish(3)), ending.solve(wish(4))];
    await ending.destroy();
    expect((await Promise.all(searches)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  });
});
