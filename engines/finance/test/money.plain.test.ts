import { expect, test } from 'vitest';
import {
  comparePeriods,
  inventoryValue,
  lastYearOf,
  netPrices,
  planMoney,
  totalGap,
} from '@planwright/finance';
import { blockFromRows } from '@planwright/series';

const gap = Number.NaN;

test('price is what was really paid in the window, else the list price, else unknown', () => {
  const quantity = blockFromRows(
    [
      [100, 10, gap, 30],
      [0, 0, gap, gap],
      [5, -2, -3, 0],
      [1, 1, 1, 1],
    ],
    4,
  );
  const amount = blockFromRows(
    [
      [1, 90, 50, 310],
      [0, 0, gap, gap],
      [50, -20, -30, 0],
      [9, 9, 9, gap],
    ],
    4,
  );
  const { price, basis } = netPrices(quantity, amount, Float64Array.of(99, 12, gap, 1), 3);
  expect([...price]).toEqual([10, 12, gap, 9]); // Key 0: (90 + 310) / 40, the old bargain is outside the window.
  expect(basis).toEqual(['net', 'list', 'none', 'net']);
});

test('money of a plan, and unknown stays unknown', () => {
  const volume = blockFromRows(
    [
      [10, 0],
      [10, gap],
    ],
    2,
  );
  const money = planMoney(volume, Float64Array.of(5, gap), Float64Array.of(3, 1));
  expect([...money.revenue.values]).toEqual([50, 0, gap, gap]);
  expect([...money.cost.values]).toEqual([30, 0, 10, gap]);
  expect([...money.margin.values]).toEqual([20, 0, gap, gap]);
});

test('stock has value, demand owed has none', () => {
  const value = inventoryValue(
    blockFromRows(
      [
        [10, -5, 0],
        [1, -1, gap],
      ],
      3,
    ),
    Float64Array.of(2, gap),
  );
  expect([...value.values]).toEqual([20, 0, 0, gap, 0, gap]);
});

test('gaps to budget and last year, without percentages that mean nothing', () => {
  const periods = comparePeriods([110, 90, 50, gap], [100, 100, 0, 100], [80, gap, -100, 0.001]);
  expect(periods.map((period) => period.toBudget)).toEqual([
    { gap: 10, gapRatio: 0.1 },
    { gap: -10, gapRatio: -0.1 },
    { gap: 50, gapRatio: null },
    { gap: gap, gapRatio: null },
  ]);
  expect(periods.map((period) => period.toLastYear)).toEqual([
    { gap: 30, gapRatio: 0.375 },
    { gap: gap, gapRatio: null },
    { gap: 150, gapRatio: 1.5 }, // From a loss of 100 to a gain of 50 is up, against the size of the loss.
    { gap: gap, gapRatio: null },
  ]);
});

test('a total compares only the buckets both sides know', () => {
  expect(totalGap([10, 20, 30], [gap, 25, 25])).toEqual({ gap: 0, gapRatio: 0, bucketCount: 2 });
  expect(totalGap([1], [gap])).toEqual({ gap: gap, gapRatio: null, bucketCount: 0 });
  expect(totalGap([100], [0])).toEqual({ gap: 100, gapRatio: null, bucketCount: 1 });
});

test('last year is read from history, then from the plan itself', () => {
  expect([...lastYearOf([1, 2, 3], [10, 20, 30, 40, 50], 4)]).toEqual([gap, 1, 2, 3, 10]);
});
