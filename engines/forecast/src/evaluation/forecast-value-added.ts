/**
 * Forecast value added: by how much each step of the process (naive, baseline, adjusted, consensus, say) made the forecast better
 * than the step before it and than the first.
 *
 * Input    sums of errors per step and group; a group is whatever one wants to compare: a lag, a level, an owner. Because they are
 *          sums, groups can be added before the comparison, in here or in a database.
 * Output   per step and group the WAPE, the bias (plus is too high) and the value added in WAPE: 0.03 means that 3 % of
 *          demand less was forecast wrongly. NaN where a group has no demand.
 * Cost     O(rows x steps).
 * Source   Gilliland (2010), The Business Forecasting Deal, ch. 4 (the stair-step report); Fildes, Goodwin, Lawrence and
 *          Nikolopoulos (2009), Int. J. of Forecasting 25(1), 3-23, for counting which changes helped.
 */
import { assert } from '@planwright/units';

/** One entry per group. */
export type StepErrors = {
  readonly step: string;
  readonly absoluteError: Float64Array;
  /** Sum of forecast - actual. */
  readonly signedError: Float64Array;
  /** Rows that this step changed, and those of them that it brought nearer to the actual. */
  readonly changed: Float64Array;
  readonly improved: Float64Array;
};

export type ValueAdded = {
  readonly step: string;
  readonly wape: Float64Array;
  readonly bias: Float64Array;
  /** WAPE of the step before less this one's: plus is better. 0 for the first. */
  readonly addedToPrevious: Float64Array;
  readonly addedToFirst: Float64Array;
  /** Share of the changes that helped; NaN where nothing was changed. */
  readonly improvedShare: Float64Array;
};

/** Rows of actuals with the forecast that each step gave; `group` says which group a row belongs to. */
export type ForecastSteps = {
  /** NaN rows are left out. */
  readonly actual: Float64Array;
  readonly steps: readonly { readonly step: string; readonly forecast: Float64Array }[];
  /** 0 to groupCount - 1 for every row. */
  readonly group: Int32Array;
  readonly groupCount: number;
};

/** Sums of |actual| per group, and the errors of each step. */
export function stepErrors(input: ForecastSteps): {
  readonly demand: Float64Array;
  readonly errors: readonly StepErrors[];
} {
  const { actual, steps, group, groupCount } = input;
  assert(group.length === actual.length, 'every row belongs to a group');
  const demand = new Float64Array(groupCount);
  for (let row = 0; row < actual.length; row++) {
    assert(group[row] >= 0 && group[row] < groupCount, 'a group is numbered from 0 to groupCount - 1');
    if (Number.isFinite(actual[row])) demand[group[row]] += Math.abs(actual[row]);
  }
  const errors = steps.map(({ step, forecast }, index) => {
    assert(forecast.length === actual.length, 'every step forecasts every row');
    return sumsOf(step, forecast, steps[index - 1]?.forecast ?? forecast, input);
  });
  return { demand, errors };
}

function sumsOf(
  step: string,
  forecast: Float64Array,
  before: Float64Array,
  { actual, group, groupCount }: ForecastSteps,
): StepErrors {
  const absoluteError = new Float64Array(groupCount);
  const signedError = new Float64Array(groupCount);
  const changed = new Float64Array(groupCount);
  const improved = new Float64Array(groupCount);
  for (let row = 0; row < actual.length; row++) {
    if (!Number.isFinite(actual[row])) continue;
    const at = group[row];
    const error = forecast[row] - actual[row];
    absoluteError[at] += Math.abs(error);
    signedError[at] += error;
    if (forecast[row] === before[row]) continue;
    changed[at] += 1;
    if (Math.abs(error) < Math.abs(before[row] - actual[row])) improved[at] += 1;
  }
  return { step, absoluteError, signedError, changed, improved };
}

/** The stair-step report: the steps in their order, each against the one before and the first. */
export function forecastValueAdded(
  demand: Float64Array,
  errors: readonly StepErrors[],
): readonly ValueAdded[] {
  const per = (sums: Float64Array): Float64Array =>
    sums.map((sum, group) => (demand[group] > 0 ? sum / demand[group] : Number.NaN));
  const wapes = errors.map(({ absoluteError }) => {
    assert(absoluteError.length === demand.length, 'every step has one sum per group');
    return per(absoluteError);
  });
  const gain = (from: Float64Array, to: Float64Array): Float64Array =>
    from.map((wape, group) => wape - to[group]);
  return errors.map(({ step, signedError, changed, improved }, index) => ({
    step,
    wape: wapes[index],
    bias: per(signedError),
    addedToPrevious: gain(wapes[Math.max(0, index - 1)], wapes[index]),
    addedToFirst: gain(wapes[0], wapes[index]),
    improvedShare: improved.map((count, group) => (changed[group] > 0 ? count / changed[group] : Number.NaN)),
  }));
}
