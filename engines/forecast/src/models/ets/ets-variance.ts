/**
 * Variances of ETS forecasts, step by step.
 *
 * Linear models with additive errors: sigma^2 (1 + c_1^2 + ... + c_(h-1)^2), exact.
 * Linear models with multiplicative errors: theta_h (1 + sigma^2) - mean_h^2, where
 *   theta_h = mean_h^2 + sigma^2 (c_1^2 theta_(h-1) + ... + c_(h-1)^2 theta_1), exact.
 * Multiplicative season: the same for the part without season, times index^2 (1 + gamma^2 sigma^2)^k after k whole
 *   seasons; an approximation that leaves out products of small terms.
 * Source: Hyndman et al. (2008), sections 6.3 to 6.5 (classes 1, 2 and 3).
 */
import { sharedRoom } from '../../contract/room.ts';
import type { EtsParameters, EtsSpec } from './ets-spec.ts';

const roomOfSquares = sharedRoom();
const roomOfTheta = sharedRoom();

/** c_j^2 for j = 1 .. horizon - 1, where c_j is the effect of one error on the forecast j steps after it; entry 0 is 0. */
function squaredErrorWeights(
  spec: EtsSpec,
  parameters: EtsParameters,
  period: number,
  horizon: number,
): Float64Array {
  const { alpha, beta, gamma, phi } = parameters;
  const squares = roomOfSquares(horizon);
  squares[0] = 0;
  let damping = 0;
  let power = 1;
  for (let j = 1; j < horizon; j++) {
    damping += power; // 1 + phi + ... + phi^(j - 1)
    power *= phi;
    const weight = alpha + beta * phi * damping + (spec.season === 'A' && j % period === 0 ? gamma : 0);
    squares[j] = weight * weight;
  }
  return squares;
}

/**
 * Standard deviation of the forecast error per step.
 * `mean` is the forecast; `base` the forecast without its multiplicative season (the same array for other models);
 * `variance` is sigma^2, of relative errors where they are multiplicative.
 */
export function etsDeviations(
  spec: EtsSpec,
  parameters: EtsParameters,
  period: number,
  mean: Float64Array,
  base: Float64Array,
  variance: number,
): Float64Array {
  const squaredWeights = squaredErrorWeights(spec, parameters, period, mean.length);
  return spec.error === 'A'
    ? additiveDeviations(squaredWeights, variance, mean.length)
    : relativeDeviations(spec, parameters.gamma, period, squaredWeights, mean, base, variance);
}

function additiveDeviations(squaredWeights: Float64Array, variance: number, horizon: number): Float64Array {
  const deviations = new Float64Array(horizon);
  let sum = 1;
  for (let step = 0; step < deviations.length; step++) {
    sum += squaredWeights[step];
    deviations[step] = Math.sqrt(variance * sum);
  }
  return deviations;
}

function relativeDeviations(
  spec: EtsSpec,
  gamma: number,
  period: number,
  squaredWeights: Float64Array,
  mean: Float64Array,
  base: Float64Array,
  variance: number,
): Float64Array {
  const theta = roomOfTheta(mean.length);
  const deviations = new Float64Array(mean.length);
  for (let step = 0; step < mean.length; step++) {
    let carried = 0;
    for (let j = 1; j <= step; j++) carried += squaredWeights[j] * theta[step - j];
    theta[step] = base[step] * base[step] + variance * carried;
    const seasons = spec.season === 'M' ? Math.floor(step / period) : 0;
    const growth = seasons === 0 ? 1 : (1 + gamma * gamma * variance) ** seasons;
    const ofBase = theta[step] * (1 + variance) * growth - base[step] * base[step];
    const index = base[step] === 0 ? 1 : mean[step] / base[step];
    deviations[step] = Math.abs(index) * Math.sqrt(Math.max(0, ofBase));
  }
  return deviations;
}
