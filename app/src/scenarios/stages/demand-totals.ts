/** The few numbers by which demand is listed and sorted: of each key, and of every group. */
import { bucketsPerYear } from '@planwright/time';
import type { Snapshot } from '../snapshot.ts';
import { groupsOfKeys } from './group-sums.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { BACKTEST_BUCKETS } from './key-backtest.ts';
import { type DemandClass, segmentation } from '@planwright/forecast';
import type { DemandTotals, ForecastKey, GroupTotals, KeyTotals } from './stage-results.ts';

export function keyTotals(
  snapshot: Snapshot,
  blocks: RunBlocks,
  keys: readonly ForecastKey[],
  price: Float64Array,
): KeyTotals[] {
  const { meta } = snapshot;
  const year = bucketsPerYear(meta.calendar);
  const totals = keys.map((forecast, key): DemandTotals => {
    const actual = rowIn(blocks, meta, 'actual', key);
    const revenue = rowIn(blocks, meta, 'revenue', key).subarray(meta.historyBuckets);
    return {
      keyCount: 1,
      actualQuantity: observedSum(actual.subarray(Math.max(0, meta.historyBuckets - year))),
      planQuantity: observedSum(rowIn(blocks, meta, 'consensus', key).subarray(0, year)),
      planRevenue: observedSum(revenue.subarray(0, year)),
      ...backtestSums(actual.subarray(Math.max(0, meta.historyBuckets - BACKTEST_BUCKETS)), forecast),
    };
  });
  const column = (read: (key: number) => number): Float64Array =>
    Float64Array.from(keys.keys(), (key) => read(key));
  const { valueClass, errorClass } = segmentation({
    value: column((key) => totals[key].planRevenue),
    absoluteError: column((key) => totals[key].backtestAbsoluteError),
    naiveError: column((key) => keys[key].naiveAbsoluteError),
    demand: column((key) => totals[key].backtestActual),
    demandClass: keys.map((key) => key.demandClass as DemandClass),
  });
  return totals.map((sums, key) => ({
    ...sums,
    price: Number.isNaN(price[key]) ? null : price[key],
    moneyError: sums.backtestAbsoluteError * (price[key] || 0),
    valueClass: valueClass[key],
    forecastClass: errorClass[key] === 'new' ? '' : errorClass[key],
  }));
}

function backtestSums(
  actual: Float64Array,
  forecast: ForecastKey,
): Pick<DemandTotals, 'backtestActual' | 'backtestAbsoluteError' | 'backtestError'> {
  const sums = { backtestActual: 0, backtestAbsoluteError: 0, backtestError: 0 };
  const offset = BACKTEST_BUCKETS - actual.length;
  for (let t = 0; t < actual.length; t++) {
    const expected = forecast.backtest[offset + t];
    if (expected === null || Number.isNaN(actual[t])) continue;
    sums.backtestActual += actual[t];
    sums.backtestAbsoluteError += Math.abs(expected - actual[t]);
    sums.backtestError += expected - actual[t];
  }
  return sums;
}

export function groupTotals(snapshot: Snapshot, keys: readonly DemandTotals[]): GroupTotals[] {
  const { groups } = snapshot.groups;
  const childrenOf = Map.groupBy(groups, (group) => group.parentCode);
  const totals = groups.map((group) => ({
    ...group,
    childCount: childrenOf.get(group.code)?.length ?? 0,
    keyCount: 0,
    actualQuantity: 0,
    planQuantity: 0,
    planRevenue: 0,
    backtestActual: 0,
    backtestAbsoluteError: 0,
    backtestError: 0,
  }));
  groupsOfKeys(snapshot).forEach((above, key) => {
    for (const group of above) {
      const total = totals[group];
      total.keyCount += 1;
      total.actualQuantity += keys[key].actualQuantity;
      total.planQuantity += keys[key].planQuantity;
      total.planRevenue += keys[key].planRevenue;
      total.backtestActual += keys[key].backtestActual;
      total.backtestAbsoluteError += keys[key].backtestAbsoluteError;
      total.backtestError += keys[key].backtestError;
    }
  });
  return totals;
}

/** The sum of what is known; 0 where nothing is. */
function observedSum(values: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < values.length; t++) if (!Number.isNaN(values[t])) sum += values[t];
  return sum;
}
