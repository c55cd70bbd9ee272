/** Differences a series and its regressors and brings them to ordinary size, ready for the search of coefficients. */
import { leastSquares } from '@planwright/numerics';
import type { Explanation } from '../regression/explanation.ts';
import type { ArimaOrder } from './arima-order.ts';
import type { ArmaData } from './arma-likelihood.ts';
import { differenced, differencing } from './lag-polynomial.ts';

export type PreparedData = ArmaData & {
  readonly order: ArimaOrder;
  /** Of the differenced series: what was taken off and what it was divided by. */
  readonly centre: number;
  readonly scale: number;
  /** Per regressor of the data, without the constant: its place in the explanation and what it was divided by. */
  readonly kept: readonly { readonly index: number; readonly scale: number }[];
};

/**
 * The data of one choice of differences and constant; p, q, P and Q do not matter. Regressors that are constant once
 * differenced, or a combination of others, have nothing to say and are left out.
 */
export function preparedData(
  series: Float64Array,
  explanation: Explanation,
  order: ArimaOrder,
): PreparedData {
  const by = differencing(order);
  const target = differenced(series, by);
  const count = target.length;
  const mean = target.reduce((sum, value) => sum + value, 0) / Math.max(1, count);
  const deviation = rootMeanSquare(target, mean);
  const scale = deviation > 0 ? deviation : Math.max(Math.abs(mean), Number.MIN_VALUE ** 0.5);
  const centre = order.constant ? mean : 0;
  const columns = explanation.columns.map((column) => differenced(column.subarray(0, series.length), by));
  const kept = telling(columns, target, order).map((index) => ({
    index,
    scale: rootMeanSquare(columns[index], 0),
  }));
  const regressors = kept.length + (order.constant ? 1 : 0);
  const values = new Float64Array(count * (1 + regressors));
  for (let t = 0; t < count; t++) values[t] = (target[t] - centre) / scale;
  kept.forEach(({ index, scale: size }, place) => {
    for (let t = 0; t < count; t++) values[(1 + place) * count + t] = columns[index][t] / size;
  });
  if (order.constant) values.fill(1, regressors * count);
  return { values, count, regressors, order, centre, scale, kept };
}

function rootMeanSquare(values: Float64Array, centre: number): number {
  let squares = 0;
  for (let t = 0; t < values.length; t++) squares += (values[t] - centre) * (values[t] - centre);
  return Math.sqrt(squares / Math.max(1, values.length));
}

/** A series bears one regressor for every so many buckets; those that are too many are left out from the end. */
export const BUCKETS_PER_REGRESSOR = 4;

/** Places of the regressors that add something to the constant and to those before them. */
function telling(columns: readonly Float64Array[], target: Float64Array, order: ArimaOrder): number[] {
  const count = target.length;
  if (columns.length === 0 || count === 0) return [];
  const varying = [...columns.keys()].filter((index) => {
    const column = columns[index];
    const size = rootMeanSquare(column, 0);
    // Where something is differenced a column may be a straight line: that is the drift, unless the model has its own.
    const away = order.constant || order.d + order.D === 0 ? rootMeanSquare(column, column[0]) : size;
    return size > 0 && Number.isFinite(size) && away > 1e-9 * size;
  });
  const design = new Float64Array((varying.length + 1) * count);
  if (order.constant) design.fill(1, 0, count);
  varying.forEach((index, place) => {
    const size = rootMeanSquare(columns[index], 0);
    for (let t = 0; t < count; t++) design[(place + 1) * count + t] = columns[index][t] / size;
  });
  const { used } = leastSquares(
    design,
    target.map(() => 0),
  );
  return varying.filter((_, place) => used[place + 1]).slice(0, Math.floor(count / BUCKETS_PER_REGRESSOR));
}
