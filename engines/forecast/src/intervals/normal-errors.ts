import { normalQuantile } from '@planwright/numerics';
import { assert } from '@planwright/units';
import type { Core } from '../contract/contract.ts';

type ByHorizon = (horizon: number) => Float64Array;

/** Mean, deviation and quantiles of a core whose errors are normal. */
export const normalErrors = (
  mean: ByHorizon,
  deviation: ByHorizon,
): Pick<Core, 'mean' | 'quantile'> & { readonly deviation: ByHorizon } => ({
  mean,
  deviation,
  quantile: (horizon, probability) => normalQuantiles(mean(horizon), deviation(horizon), probability),
});

/** Of a core that has normal errors. */
export function deviationOf(core: Core, horizon: number): Float64Array {
  assert(core.deviation !== undefined, 'a model that is combined or calibrated has normal errors');
  return core.deviation(horizon);
}

/** Quantiles of a forecast whose errors are normal, from its means and standard deviations per step. */
function normalQuantiles(mean: Float64Array, deviation: Float64Array, probability: number): Float64Array {
  const z = normalQuantile(probability);
  const result = new Float64Array(mean.length);
  for (let step = 0; step < mean.length; step++) result[step] = mean[step] + z * deviation[step];
  return result;
}

/** Root mean square of the finite residuals with `parameterCount` degrees of freedom taken off; 0 if there are none. */
export function residualDeviation(
  history: Float64Array,
  fitted: Float64Array,
  parameterCount: number,
): number {
  let squares = 0;
  let count = 0;
  for (let t = 0; t < history.length; t++) {
    const error = history[t] - fitted[t];
    if (!Number.isFinite(error)) continue;
    squares += error * error;
    count += 1;
  }
  return count === 0 ? 0 : Math.sqrt(squares / Math.max(1, count - parameterCount));
}
