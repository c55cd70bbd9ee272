import { randomStream } from '@planwright/numerics';
import { expect, test } from 'vitest';
import { item } from './company-data.ts';
import { runInMemory, type RunSpan, streams } from './run-in-memory.ts';

const BEFORE: RunSpan = { calendarKind: 'month', from: '2022-05-01', asOf: '2026-05-01', horizon: 8 };
const AFTER: RunSpan = { ...BEFORE, asOf: '2026-06-01' };
const MONTHS = 49;

/** Streams around 100 with noise of a fifth; the last bucket of the first is `last`. */
function company(last?: number) {
  const rows = Array.from({ length: 12 }, (_, index) => {
    const stream = randomStream(11, `I${index}`);
    const quantities = Array.from({ length: MONTHS }, () => Math.round(80 + 40 * stream.uniform()));
    return { item: `I${index}`, quantities };
  });
  if (last !== undefined)
    rows[0] = { item: 'I0', quantities: [...(rows[0]?.quantities.slice(0, -1) ?? []), last] };
  return { items: rows.map((row) => item(row.item)), history: streams(...rows) };
}

test('a run after a month of noise keeps the numbers of the plan before, and says so', () => {
  const before = runInMemory(company(), 'fast', BEFORE);
  const free = runInMemory(company(), 'fast', AFTER);
  const steady = runInMemory({ ...company(), previous: before.published() }, 'fast', AFTER);
  let moved = 0;
  let kept = 0;
  for (let key = 0; key < 12; key++) {
    const said = before.ofKey('baseline', key).slice(1);
    const freely = free.ofKey('baseline', key);
    const held = steady.ofKey('baseline', key);
    const heldBack = steady.ofKey('heldBack', key);
    said.forEach((value, t) => {
      const [low, high] = [Math.min(value, freely[t] as number), Math.max(value, freely[t] as number)];
      expect(held[t]).toBeGreaterThanOrEqual(low - 1e-9);
      expect(held[t]).toBeLessThanOrEqual(high + 1e-9);
      expect((held[t] as number) + (heldBack[t] as number)).toBeCloseTo(freely[t] as number, 6);
      moved += Math.abs((freely[t] as number) - value);
      kept += Math.abs((held[t] as number) - value);
    });
  }
  expect(kept).toBeLessThan(0.5 * moved);
  const sums = (run: typeof steady): number[] =>
    run
      .ofKey('baseline', 0)
      .map((_, t) =>
        Array.from({ length: 12 }, (_unused, key) => run.ofKey('baseline', key)[t] as number).reduce(
          (a, b) => a + b,
          0,
        ),
      );
  const group = steady.groupSeries.find(({ group: code, measure }) => code === '' && measure === 'baseline');
  sums(steady).forEach((sum, t) => expect(group?.values[t]).toBeCloseTo(sum, 6));
  expect(steady.forecast[0]?.steadiness?.errors).toHaveLength(4);
  expect(free.forecast[0]?.steadiness).toBeNull();
});

test('what a plan before said is an input like all others: same inputs, same bytes; other plan, other inputs', () => {
  const before = runInMemory(company(), 'fast', BEFORE).published();
  const run = () => runInMemory({ ...company(), previous: before }, 'fast', AFTER);
  expect(run().hashes).toEqual(run().hashes);
  expect(new Set(runInMemory(company(), 'fast', AFTER).ofKey('heldBack'))).toEqual(new Set([0]));
});

test('a change that is no noise passes', () => {
  const before = runInMemory(company(), 'fast', BEFORE);
  const upset = { ...company(), previous: before.published() };
  const tripled = {
    ...upset,
    history: {
      ...upset.history,
      quantity: upset.history.quantity.map((cells, key) =>
        key === 0 ? cells.map((quantity, t) => (t >= MONTHS - 7 ? 3 * quantity : quantity)) : cells,
      ),
    },
  };
  const free = runInMemory({ ...tripled, previous: undefined }, 'fast', AFTER).ofKey('baseline');
  const held = runInMemory(tripled, 'fast', AFTER).ofKey('baseline');
  held.forEach((value, t) => expect(Math.abs(value / (free[t] as number) - 1)).toBeLessThan(0.02));
  expect(free[0]).toBeGreaterThan(200);
});
