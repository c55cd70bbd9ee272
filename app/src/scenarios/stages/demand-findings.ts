/** What was found in histories and forecasts, weighed in money: the most expensive first. */
import { FINDINGS_KEPT_MAX } from '@planwright/contracts';
import type { EarlierResults, EventEffect, ForecastKey, KeyFinding, MoneyFinding } from './stage-results.ts';

export function demandFindings(earlier: EarlierResults): {
  readonly findings: readonly MoneyFinding[];
  readonly findingCount: number;
} {
  const totals = earlier.finance[0].keys;
  const forecasts = earlier.forecast.flatMap((result) => result.keys);
  const findings = forecasts.flatMap((forecast, key) =>
    [...forecast.findings, ...judgementOf(forecast)].map(
      ({ quantity, ...finding }): MoneyFinding => ({
        ...finding,
        key,
        amount: quantity * (totals[key].price ?? 0),
      }),
    ),
  );
  findings.sort((a, b) => b.amount - a.amount || a.key - b.key || (a.bucket ?? -1) - (b.bucket ?? -1));
  return { findings: findings.slice(0, FINDINGS_KEPT_MAX), findingCount: findings.length };
}

// The usual alarm of a tracking signal; a bias below a tenth moves nobody's stock.
const TRACKING_SIGNAL_ALARM = 4;
const BIAS_RATIO_MIN = 0.1;
/** Half as many inside as promised is no chance any more, of a year of buckets. */
const COVERAGE_MIN = 0.4;
const JUDGED_FEWEST = 10;
const BEATEN_RATIO = 1.05;

/** What the back-test says against the forecast itself; worth what it was off by in the periods that were judged. */
function judgementOf(forecast: ForecastKey): KeyFinding[] {
  const { trackingSignal, biasRatio, coverage80Ratio, naiveAbsoluteError, lags } = forecast;
  const [{ bucketCount, actual, error, absoluteError }] = lags;
  const about = { bucket: null, quantityBefore: null, quantityAfter: null };
  const findings: KeyFinding[] = [];
  if (
    trackingSignal !== null &&
    biasRatio !== null &&
    Math.abs(trackingSignal) >= TRACKING_SIGNAL_ALARM &&
    Math.abs(biasRatio) >= BIAS_RATIO_MIN
  ) {
    findings.push({
      ...about,
      kind: 'bias',
      quantity: Math.abs(error),
      detail: `In the back-test it was ${aside(biasRatio)} the actual, period after period.`,
    });
  }
  if (bucketCount < JUDGED_FEWEST || !(actual > 0)) return findings;
  if (coverage80Ratio !== null && coverage80Ratio < COVERAGE_MIN) {
    findings.push({
      ...about,
      kind: 'coverage',
      quantity: absoluteError,
      detail: `Only ${percent(coverage80Ratio)} of the last ${bucketCount} periods lay inside the band that should hold 80 %.`,
    });
  }
  if (absoluteError > BEATEN_RATIO * naiveAbsoluteError) {
    findings.push({
      ...about,
      kind: 'beaten-by-naive',
      quantity: absoluteError - naiveAbsoluteError,
      detail: `Repeating last year would have missed by ${percent(naiveAbsoluteError / actual)} of demand, the forecast by ${percent(absoluteError / actual)}.`,
    });
  }
  return findings;
}

/** Above twice the actual, percents over 100 are misread. */
function aside(biasRatio: number): string {
  if (biasRatio > 1) return `${Math.round(biasRatio + 1)} times`;
  return `${percent(Math.abs(biasRatio))} ${biasRatio > 0 ? 'above' : 'below'}`;
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;

/** The learnt effects of events with what they came to: in quantity, over all keys. */
export function eventEffects(earlier: EarlierResults): EventEffect[] {
  const { effects } = earlier.learn[0];
  const actual = new Float64Array(effects.length);
  const plan = new Float64Array(effects.length);
  for (const { events } of earlier.forecast.flatMap((result) => result.keys)) {
    for (const { effect, actualQuantity, planQuantity } of events) {
      actual[effect] += actualQuantity;
      plan[effect] += planQuantity;
    }
  }
  return effects.map((effect, index) => ({
    ...effect,
    actualQuantity: actual[index],
    planQuantity: plan[index],
  }));
}
