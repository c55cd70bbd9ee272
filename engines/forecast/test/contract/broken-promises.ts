/**
 * The promises of the contract that can be checked on any one fit, as sentences about those that it breaks. Plain loops:
 * an assertion a number, over some ten thousand fits, would take most of the suite's time.
 */
import type { Component, Fitted } from '@planwright/forecast';

export const HORIZON = 15;
const LEVELS = [50, 80, 95, 99];

export function brokenPromises(fitted: Fitted, series: Float64Array): string[] {
  const mean = fitted.mean(HORIZON);
  const short = fitted.mean(3);
  const told = [fitted.label !== '', /^[A-Z].*\.$/.test(fitted.description)];
  const { fitted: past, residuals } = fitted;
  const failed = [
    !allFinite(mean, HORIZON) && `mean is not ${HORIZON} finite numbers: ${mean}`,
    !(short.length === 3 && short.every((value, h) => value === mean[h])) && `mean(3) is ${short} of ${mean}`,
    fitted.mean(0).length !== 0 && 'mean(0) is not empty',
    past.length !== series.length && `fitted has ${past.length} buckets`,
    residuals.length !== series.length && `residuals has ${residuals.length} buckets`,
    told.includes(false) && `label "${fitted.label}" or description "${fitted.description}" is no text`,
    !Object.values(fitted.parameters).every(Number.isFinite) && 'a parameter is not finite',
  ].filter((text) => text !== false);
  return [
    ...failed,
    ...brokenIntervals(fitted),
    ...brokenResiduals(fitted, series),
    ...brokenParts(fitted, series),
  ];
}

/** Every value is a number and there are as many as asked for. */
export const allFinite = (values: Float64Array, count: number): boolean =>
  values.length === count && values.every(Number.isFinite);

/** Intervals are finite, and one of a higher level contains one of a lower. */
function brokenIntervals(fitted: Fitted): string[] {
  const broken: string[] = [];
  const median = fitted.quantile(HORIZON, 0.5);
  let inner = { lower: median, upper: median };
  for (const level of LEVELS) {
    const outer = fitted.interval(HORIZON, level);
    if (!allFinite(outer.lower, HORIZON) || !allFinite(outer.upper, HORIZON)) {
      broken.push(`the ${level} % interval is not finite`);
    }
    for (let h = 0; h < HORIZON; h++) {
      const slack = 1e-9 * Math.max(Math.abs(inner.lower[h]), Math.abs(inner.upper[h]));
      const contains = outer.lower[h] <= inner.lower[h] + slack && outer.upper[h] >= inner.upper[h] - slack;
      if (!contains) broken.push(`the ${level} % interval is narrower than the one inside it at step ${h}`);
    }
    inner = outer;
  }
  return broken;
}

/** There is a residual wherever there is an actual and a fit. */
function brokenResiduals({ fitted, residuals }: Fitted, series: Float64Array): string[] {
  const broken: string[] = [];
  residuals.forEach((residual, t) => {
    const known = Number.isFinite(series[t]) && Number.isFinite(fitted[t]);
    if (Number.isFinite(residual) !== known) broken.push(`the residual of bucket ${t} is ${residual}`);
  });
  return broken;
}

/** Components are missing where the forecast is, and add up to it. */
function brokenParts(fitted: Fitted, series: Float64Array): string[] {
  const parts = fitted.components(HORIZON);
  const broken: string[] = [];
  if (new Set(parts.map((part) => part.name)).size !== parts.length) broken.push('two parts have one name');
  const rounding = smallestRounding(series);
  const compare = (total: Float64Array, side: (part: Component) => Float64Array, where: string): void =>
    total.forEach((value, index) => {
      const values = parts.map((part) => side(part)[index]);
      if (!addsUp(values, value, rounding)) {
        broken.push(`the parts of ${where} ${index} are ${values.join(' + ')}, the whole is ${value}`);
      }
    });
  compare(fitted.mean(HORIZON), (part) => part.future, 'step');
  compare(fitted.fitted, (part) => part.history, 'bucket');
  return broken;
}

/**
 * What a sum may be off by however small its parts: models calculate in units of the largest value, where the smallest
 * number there is stands for that much, and a part is the sum of some dozens of products that are each rounded to it.
 */
function smallestRounding(series: Float64Array): number {
  const observed = series.filter(Number.isFinite);
  return 100 * Number.MIN_VALUE * observed.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
}

function addsUp(values: readonly number[], total: number, rounding: number): boolean {
  if (Number.isNaN(total)) return values.every(Number.isNaN);
  const largest = Math.max(Math.abs(total), ...values.map(Math.abs));
  // Near the largest number there is the sum of the parts need not exist.
  if (largest > 1e300) return true;
  const sum = values.reduce((left, right) => left + right, 0);
  return Math.abs(sum - total) <= 1e-9 * largest + rounding;
}
