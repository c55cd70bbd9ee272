/**
 * Tells a planner in at most five sentences what a forecast is made of, how it was made and how far to trust it.
 *
 * Input    the components of the forecast (contract.ts), in the unit of the series, and what else is known; what is not
 *          given is not told. All components share one horizon.
 * Order    level with season and growth; what events, prices and other drivers change; the sum with its range; the method and
 *          why; how far such forecasts were off.
 * Cost     O(components x horizon).
 */
import { assert } from '@planwright/units';
import type { Component } from '../contract/contract.ts';
import { sentence, spokenList, spokenNumber, spokenShare } from './spoken-number.ts';

export type ExplanationInput = {
  readonly components: readonly Component[];
  /** What else changes the forecast: a number per bucket that it adds, in the unit of the series. */
  readonly drivers?: readonly { readonly name: string; readonly effect: Float64Array }[];
  /** Why this method was chosen, as a sentence. */
  readonly reason?: string;
  readonly method?: string;
  /** Of the back-test, as ratios; plus bias is too high. */
  readonly accuracy?: { readonly wape: number; readonly bias: number };
  /** Limits of the sum over the horizon, and the percentage of cases that they hold. */
  readonly range?: { readonly lower: number; readonly upper: number; readonly band: number };
  readonly unit?: string;
  /** One bucket of the calendar: 'month' or 'week'; 'bucket' unless told. */
  readonly bucketWord?: string;
  /** What the buckets of the horizon are called: 'December', 'week 14'. */
  readonly bucketNames?: readonly string[];
};

/** Sentences in the order above; the first always. Empty without components or horizon. */
export function explainForecast(input: ExplanationInput): readonly string[] {
  const { components, drivers = [] } = input;
  const horizon = components[0]?.future.length ?? 0;
  assert(
    [...components.map(({ future }) => future), ...drivers.map(({ effect }) => effect)].every(
      (values) => values.length === horizon,
    ),
    'components and drivers share one horizon',
  );
  if (horizon === 0) return [];
  const parts = partsOf(components, drivers, horizon);
  return [
    levelSentence(parts, input),
    driverSentence(parts, input),
    sumSentence(parts, input),
    methodSentence(input),
    accuracySentence(input),
  ].filter((text) => text !== undefined);
}

type Parts = {
  /** Level and trend together. */
  readonly base: Float64Array;
  readonly season: Float64Array;
  readonly others: readonly { readonly name: string; readonly effect: Float64Array }[];
  readonly whole: Float64Array;
};

function partsOf(
  components: readonly Component[],
  drivers: readonly { readonly name: string; readonly effect: Float64Array }[],
  horizon: number,
): Parts {
  const base = new Float64Array(horizon);
  const season = new Float64Array(horizon);
  const whole = new Float64Array(horizon);
  const others = [...drivers];
  for (const { name, future } of components) {
    if (name === 'level' || name === 'trend') add(base, future);
    else if (/^season(?: |$)/.test(name)) add(season, future);
    else others.push({ name, effect: future });
  }
  add(whole, base);
  add(whole, season);
  for (const { effect } of others) add(whole, effect);
  return { base, season, others, whole };
}

function add(sum: Float64Array, values: Float64Array): void {
  for (let t = 0; t < sum.length; t++) sum[t] += values[t];
}

/** Parts smaller than this share of the level are not worth a word. */
const NOTICEABLE = 0.005;

function levelSentence({ base, season }: Parts, input: ExplanationInput): string {
  const { unit = '', bucketWord = 'bucket' } = input;
  const horizon = base.length;
  const texts = [`level ${spokenNumber(base[0], unit)} a ${bucketWord}`];
  const least = NOTICEABLE * Math.abs(base[0]);
  const high = indexOf(season, (value, best) => value > best);
  const low = indexOf(season, (value, best) => value < best);
  const swings: string[] = [];
  if (season[high] > least) swings.push(`adds ${spokenNumber(season[high])} in ${bucketName(input, high)}`);
  if (season[low] < -least) swings.push(`takes ${spokenNumber(-season[low])} in ${bucketName(input, low)}`);
  if (swings.length > 0) texts.push(`the season ${spokenList(swings)}`);
  const growth = horizon > 1 ? (base[horizon - 1] - base[0]) / (horizon - 1) : 0;
  // Over the horizon, not per bucket: a little growth in each of 52 weeks is much.
  if (Math.abs(growth * (horizon - 1)) > 2 * least) {
    const verb = growth > 0 ? 'growth adds' : 'decline takes';
    texts.push(`${verb} ${spokenNumber(Math.abs(growth))} a ${bucketWord}`);
  }
  return sentence(texts.join('; '));
}

const MOST_DRIVERS = 3;

function driverSentence({ others, whole }: Parts, input: ExplanationInput): string | undefined {
  const told = others
    .map(({ name, effect }) => ({ name, effect, peak: indexOf(effect, (a, b) => Math.abs(a) > Math.abs(b)) }))
    .filter(({ effect, peak }) => Math.abs(effect[peak]) > NOTICEABLE * Math.abs(whole[peak] - effect[peak]))
    .sort((a, b) => Math.abs(b.effect[b.peak]) - Math.abs(a.effect[a.peak]))
    .slice(0, MOST_DRIVERS)
    .map(({ name, effect, peak }) => {
      const without = whole[peak] - effect[peak];
      const size = Math.abs(effect[peak]);
      const ratio = without > 0 ? ` (${spokenShare(size / without)})` : '';
      const verb = effect[peak] > 0 ? 'adds' : 'takes';
      return `${name} ${verb} ${spokenNumber(size, input.unit)}${ratio} in ${bucketName(input, peak)}`;
    });
  return told.length > 0 ? sentence(told.join('; ')) : undefined;
}

function sumSentence({ whole }: Parts, input: ExplanationInput): string {
  const { unit = '', bucketWord = 'bucket', range } = input;
  const sum = whole.reduce((total, value) => total + value, 0);
  const span = whole.length === 1 ? `the next ${bucketWord}` : `the next ${whole.length} ${bucketWord}s`;
  const limits =
    range === undefined
      ? ''
      : `, in ${spokenNumber(range.band)} of 100 cases between ${spokenNumber(range.lower)} and ${spokenNumber(range.upper)}`;
  return sentence(`together ${spokenNumber(sum, unit)} over ${span}${limits}`);
}

function methodSentence({ method, reason }: ExplanationInput): string | undefined {
  if (reason !== undefined && reason !== '') return reason;
  return method === undefined ? undefined : sentence(`the method is ${method}`);
}

function accuracySentence({ accuracy }: ExplanationInput): string | undefined {
  if (accuracy === undefined || !Number.isFinite(accuracy.wape)) return undefined;
  const { wape, bias } = accuracy;
  const side =
    Math.abs(bias) >= NOTICEABLE
      ? `, and ${spokenShare(Math.abs(bias))} too ${bias > 0 ? 'high' : 'low'} in sum`
      : '';
  return sentence(`such forecasts were off by ${spokenShare(wape)} of demand so far${side}`);
}

const bucketName = ({ bucketNames, bucketWord = 'bucket' }: ExplanationInput, t: number): string =>
  bucketNames?.[t] ?? `${bucketWord} ${t + 1}`;

function indexOf(values: Float64Array, better: (value: number, best: number) => boolean): number {
  let best = 0;
  for (let t = 1; t < values.length; t++) if (better(values[t], values[best])) best = t;
  return best;
}
