/**
 * Does a machine fail more often as it grows old, whatever is repaired? Two tests against a constant rate, and the power law
 * of failures that Crow and the US Army (AMSAA) made of Duane's plots: expected failures by time t are rate x t^shape.
 *
 *   Laplace   the mean failure time against the middle of the observation, in standard deviations; above 0: more of late
 *   power law shape = n / sum of ln(T / t), without bias (n - 1) / that sum; 2 n / shape is chi-squared with 2 n degrees
 *
 * Failures are at times in (0, observedHours], the observation ends at that time (not at a failure).
 *
 * Source   Crow (1975), AMSAA TR-138; MIL-HDBK-189C (2011), section 6.2; Ascher and Feingold (1984), Repairable Systems Reliability.
 */
import { gammaLower, gammaUpper, normalCdf } from '@planwright/numerics';
import { assert } from '@planwright/units';

export type FailureTrend = {
  readonly failureCount: number;
  readonly laplaceStatistic: number;
  /** Two-sided: how often a constant rate would show as much. */
  readonly laplacePValue: number;
  /** Maximum likelihood, and without bias: above 1 failures come faster and faster. NaN below 2 failures. */
  readonly shape: number;
  readonly shapeUnbiased: number;
  /** Of expected failures rate x t^shape, by the estimate without bias. */
  readonly rate: number;
  /** Failures an hour now, and its inverse, by the estimate without bias. */
  readonly failuresPerHourNow: number;
  readonly mtbfNowHours: number;
  readonly powerLawPValue: number;
  /** At 5 %, by either test: worse, better, or neither. */
  readonly trend: 'worse' | 'better' | 'none';
};

export function failureTrend(failureHours: ArrayLike<number>, observedHours: number): FailureTrend {
  const count = failureHours.length;
  let sum = 0;
  let logs = 0;
  for (let i = 0; i < count; i++) {
    assert(failureHours[i] > 0 && failureHours[i] <= observedHours, 'failures lie within the observation');
    sum += failureHours[i];
    logs += Math.log(observedHours / failureHours[i]);
  }
  if (count < 2 || logs === 0) return withoutTrend(count, observedHours);
  const laplaceStatistic = (sum / count - observedHours / 2) / (observedHours / Math.sqrt(12 * count));
  const laplacePValue = 2 * normalCdf(-Math.abs(laplaceStatistic));
  const shape = count / logs;
  const shapeUnbiased = (count - 1) / logs;
  // n / shape is gamma of shape n under a constant rate: small where failures crowd at the end.
  const crowding = gammaLower(count, logs);
  const powerLawPValue = Math.min(1, 2 * Math.min(crowding, gammaUpper(count, logs)));
  const failuresPerHourNow = (shapeUnbiased * count) / observedHours;
  const isClear = Math.min(laplacePValue, powerLawPValue) < SIGNIFICANCE;
  return {
    failureCount: count,
    laplaceStatistic,
    laplacePValue,
    shape,
    shapeUnbiased,
    rate: count / observedHours ** shapeUnbiased,
    failuresPerHourNow,
    mtbfNowHours: 1 / failuresPerHourNow,
    powerLawPValue,
    trend: isClear && laplaceStatistic > 0 === shape > 1 ? (shape > 1 ? 'worse' : 'better') : 'none',
  };
}

const SIGNIFICANCE = 0.05;

function withoutTrend(count: number, observedHours: number): FailureTrend {
  return {
    failureCount: count,
    laplaceStatistic: 0,
    laplacePValue: 1,
    shape: Number.NaN,
    shapeUnbiased: Number.NaN,
    rate: count / observedHours,
    failuresPerHourNow: count / observedHours,
    mtbfNowHours: count > 0 ? observedHours / count : Infinity,
    powerLawPValue: 1,
    trend: 'none',
  };
}
