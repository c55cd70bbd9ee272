/**
 * The KPIs of the S&OP cycle. Each exposes its numerator and denominator, so that a figure on a screen can be opened
 * and groups can be added up by summing numerators and denominators, never by averaging ratios.
 */
import { assert } from '@planwright/units';
import type { KpiCode } from './kpi-definitions.ts';

export type Kpi = {
  readonly code: KpiCode;
  /** NaN where the denominator is not positive: there is nothing to measure, which is not a value of zero. */
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Buckets or lines that counted, and those left out because a part was unknown or not yet due. */
  readonly countedCount: number;
  readonly droppedCount: number;
};

/** 1 - WAPE, floor 0. numerator = sum |actual - forecast|, denominator = sum of actual. Same buckets; NaN pairs drop out. */
export function forecastAccuracy(actual: ArrayLike<number>, forecast: ArrayLike<number>): Kpi {
  const pairs = sumPairs(actual, forecast);
  const wape = ratio(pairs.absoluteError, pairs.actual);
  return {
    code: 'forecast-accuracy',
    value: Math.max(0, 1 - wape),
    numerator: pairs.absoluteError,
    denominator: pairs.actual,
    countedCount: pairs.countedCount,
    droppedCount: pairs.droppedCount,
  };
}

/** (sum forecast - sum actual) / sum actual. Plus = the plan was too high. */
export function demandPlanBias(actual: ArrayLike<number>, forecast: ArrayLike<number>): Kpi {
  const pairs = sumPairs(actual, forecast);
  const numerator = pairs.forecast - pairs.actual;
  return {
    code: 'demand-plan-bias',
    value: ratio(numerator, pairs.actual),
    numerator,
    denominator: pairs.actual,
    countedCount: pairs.countedCount,
    droppedCount: pairs.droppedCount,
  };
}

/**
 * Annualised cost of goods sold / average inventory value.
 * `cogs`: per bucket. `inventoryValues`: the opening value, then the value at the end of each bucket (one more entry).
 * Buckets where either is unknown (NaN) drop out; `bucketsPerYear` scales the rest to a year.
 */
export function inventoryTurns(
  cogs: ArrayLike<number>,
  inventoryValues: ArrayLike<number>,
  bucketsPerYear: number,
): Kpi {
  assert(
    inventoryValues.length === cogs.length + 1,
    'inventoryValues has the opening value and one per bucket',
  );
  let cogsSum = 0;
  let countedCount = 0;
  for (let t = 0; t < cogs.length; t++) {
    if (Number.isNaN(cogs[t])) continue;
    cogsSum += cogs[t];
    countedCount += 1;
  }
  const observed = Array.from(inventoryValues).filter((value) => !Number.isNaN(value));
  const average = observed.reduce((sum, value) => sum + value, 0) / observed.length;
  const numerator = (cogsSum / countedCount) * bucketsPerYear;
  return {
    code: 'inventory-turns',
    value: ratio(numerator, average),
    numerator,
    denominator: average,
    countedCount,
    droppedCount: cogs.length - countedCount,
  };
}

/** Load hours / rated hours over any set of resources and buckets. Entries without rated hours still add their load. */
export function capacityUtilisation(loadHours: ArrayLike<number>, ratedHours: ArrayLike<number>): Kpi {
  assert(loadHours.length === ratedHours.length, 'load and rated hours have the same entries');
  let load = 0;
  let rated = 0;
  let countedCount = 0;
  for (let i = 0; i < loadHours.length; i++) {
    if (Number.isNaN(loadHours[i]) || Number.isNaN(ratedHours[i])) continue;
    load += loadHours[i];
    rated += ratedHours[i];
    countedCount += 1;
  }
  return {
    code: 'capacity-utilisation',
    value: ratio(load, rated),
    numerator: load,
    denominator: rated,
    countedCount,
    droppedCount: loadHours.length - countedCount,
  };
}

type PairSums = {
  readonly actual: number;
  readonly forecast: number;
  readonly absoluteError: number;
  readonly countedCount: number;
  readonly droppedCount: number;
};

function sumPairs(actual: ArrayLike<number>, forecast: ArrayLike<number>): PairSums {
  assert(actual.length === forecast.length, 'actual and forecast have the same buckets');
  const sums = { actual: 0, forecast: 0, absoluteError: 0, countedCount: 0 };
  for (let t = 0; t < actual.length; t++) {
    if (Number.isNaN(actual[t]) || Number.isNaN(forecast[t])) continue;
    sums.actual += actual[t];
    sums.forecast += forecast[t];
    sums.absoluteError += Math.abs(actual[t] - forecast[t]);
    sums.countedCount += 1;
  }
  return { ...sums, droppedCount: actual.length - sums.countedCount };
}

function ratio(numerator: number, denominator: number): number {
  return denominator > 0 ? numerator / denominator : Number.NaN;
}
