import { describe, expect, test } from 'vitest';
import {
  assertSameShape,
  blockFromRows,
  keysUnder,
  makeBlock,
  makeHierarchy,
  nodeInCircle,
  observedSum,
  rollUp,
  rollUpWeighted,
  rowOf,
  spreadDown,
} from '@planwright/series';

const gap = Number.NaN;

describe('roll-up', () => {
  // Nodes 0-3 are keys; 4 holds 0 and 1, 5 holds 2, 6 holds 4 and 5; key 3 stands alone.
  const hierarchy = makeHierarchy([4, 4, 5, -1, 6, 6, -1])!;
  const block = blockFromRows(
    [
      [1, gap, gap],
      [2, gap, 0],
      [4, gap, 5],
      [8, 8, 8],
    ],
    3,
  );

  test('sums what was observed and keeps zero apart from nothing', () => {
    const total = rollUp(block, hierarchy);
    expect(total.keyCount).toBe(7);
    expect([...rowOf(total, 4)]).toEqual([3, gap, 0]);
    expect([...rowOf(total, 5)]).toEqual([4, gap, 5]);
    expect([...rowOf(total, 6)]).toEqual([7, gap, 5]);
    expect([...rowOf(total, 3)]).toEqual([8, 8, 8]);
  });

  test('averages prices by quantity and skips a price without a quantity', () => {
    const price = blockFromRows([[10], [20], [gap], [5]], 1);
    const quantity = blockFromRows([[1], [3], [7], [0]], 1);
    const average = rollUpWeighted(price, quantity, hierarchy);
    expect(rowOf(average, 4)[0]).toBe(17.5);
    expect(rowOf(average, 5)[0]).toBeNaN();
    expect(rowOf(average, 6)[0]).toBe(17.5);
    expect(rowOf(average, 3)[0]).toBeNaN(); // A weight of zero gives no average, not a price of zero.
  });

  test('finds the keys under a node at any depth', () => {
    expect([...keysUnder(hierarchy, 6, 4)]).toEqual([0, 1, 2]);
    expect([...keysUnder(hierarchy, 3, 4)]).toEqual([3]);
    expect([...keysUnder(hierarchy, 5, 4)]).toEqual([2]);
  });
});

test('parents that run in a circle or point outside are no hierarchy', () => {
  expect(makeHierarchy([1, 2, 0])).toBeNull();
  expect(makeHierarchy([7])).toBeNull();
  expect(nodeInCircle([3, 2, 1, -1])).toBe(1);
  expect(nodeInCircle([1, -1])).toBe(-1);
  expect(makeHierarchy([])).not.toBeNull();
});

test('a bucket without basis takes the shares of the whole history, then equal shares', () => {
  const totals = Float64Array.from([100, 100, gap]);
  const byHistory = spreadDown(
    totals,
    blockFromRows(
      [
        [3, 0, 0],
        [1, gap, 0],
      ],
      3,
    ),
  );
  expect([...byHistory.values]).toEqual([75, 75, gap, 25, 25, gap]);
  const withoutHistory = spreadDown(
    totals,
    blockFromRows(
      [
        [0, 0, 0],
        [gap, gap, gap],
      ],
      3,
    ),
  );
  expect([...withoutHistory.values]).toEqual([50, 50, gap, 50, 50, gap]);
});

test('shapes are checked', () => {
  expect(() => makeBlock(2, 3, new Float64Array(5))).toThrow('keyCount x bucketCount');
  expect(() => rowOf(makeBlock(1, 1), 1)).toThrow('the key is in the block');
  expect(() => assertSameShape(makeBlock(1, 2), makeBlock(2, 1))).toThrow('same shape');
  expect(observedSum([gap, 2, 3])).toBe(5);
  expect(observedSum([gap])).toBeNaN();
});
