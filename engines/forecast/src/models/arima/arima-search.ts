/**
 * Finds the orders of an ARIMA model: differences by tests, the rest by a stepwise search for the lowest AICc.
 *
 * Search    from four simple models and (2,2)(1,1) to ever better neighbours, one or two orders a step apart, with the constant
 *           put in or taken out. Each fit starts where the best one so far ended, and is as exact as the choice needs;
 *           the winner is then fitted to the end.
 * Effort    the exact likelihood throughout, except where season and history are so long that it takes too long: then the
 *           conditional sum of squares chooses, and the exact likelihood fits the chosen one.
 * Source    Hyndman and Khandakar (2008), J. of Statistical Software 27(3).
 * Differs   from R's auto.arima() in that roots near the unit circle are judged per polynomial, not for their product.
 */
import { leastSquares } from '@planwright/numerics';
import type { ArimaOrder } from './arima-order.ts';
import { armaCount } from './arima-order.ts';
import { type ArimaFit, carriedOver, fitArima, type FitEffort } from './arima-fit.ts';
import type { Explanation } from '../regression/explanation.ts';
import { BUCKETS_PER_REGRESSOR, preparedData, type PreparedData } from './arma-data.ts';
import { differencesNeeded, isConstant, seasonalDifferencesNeeded } from './differences.ts';
import { differenced, differencing } from './lag-polynomial.ts';

const MOST = { p: 5, q: 5, P: 2, Q: 2 };
const MOST_MODELS = 94;
/** Values in a pass of the filter (buckets x state) above which the search makes do with conditional squares. */
const LARGE_PASS = 40_000;
const CHOICE: FitEffort = { mode: 'exact', tolerance: 1e-3, maxSteps: 40 };
const FINISH: FitEffort = { mode: 'exact', tolerance: 1e-7, maxSteps: 100 };
/** A large pass takes a millisecond or more. */
const LARGE_FINISH: FitEffort = { mode: 'exact', tolerance: 1e-3, maxSteps: 12 };

type Limits = { readonly p: number; readonly q: number; readonly P: number; readonly Q: number };

type Search = {
  readonly withConstant: PreparedData | undefined;
  readonly without: PreparedData;
  readonly limits: Limits;
  readonly effort: FitEffort;
  readonly explained: number;
  readonly tried: Map<string, ArimaFit>;
  best: ArimaFit | undefined;
};

/** The best model of a history (at least 3 buckets); regressors are as long as it. */
export function searchArima(history: Float64Array, season: number, explanation: Explanation): ArimaFit {
  const base = differencesOf(history, season, explanation);
  const search = newSearch(history, base, explanation);
  const rest = differenced(history, differencing(base));
  if (explanation.columns.length === 0 && isConstant(rest, history)) return plainest(search, base);
  const { P, Q } = search.limits;
  const { p, q } = search.limits;
  const has = search.withConstant !== undefined;
  attempt(search, { ...base, constant: has });
  attempt(search, { ...base, p: Math.min(1, p), P: Math.min(1, P), constant: has });
  attempt(search, { ...base, q: Math.min(1, q), Q: Math.min(1, Q), constant: has });
  attempt(search, { ...base, constant: false });
  const started = history.length < 10 ? 0 : 2;
  attempt(search, {
    ...base,
    p: Math.min(started, p),
    q: Math.min(started, q),
    P: Math.min(started, P, 1),
    Q: Math.min(started, Q, 1),
    constant: has,
  });
  while (search.best !== undefined && search.tried.size < MOST_MODELS && improve(search, search.best));
  return finished(search) ?? plainest(search, base);
}

/** The same order again, starting from what was learnt. */
export function refittedArima(history: Float64Array, explanation: Explanation, from: ArimaFit): ArimaFit {
  const data = preparedData(history, explanation, from.order);
  const start = carriedOver(from, from.order);
  return fitArima(from.order, data, start, finishing(data, from.order), explanation.columns.length);
}

/** Fewest buckets beyond the differences and the coefficients of an order. */
export const bucketsNeeded = (order: ArimaOrder): number =>
  order.d + order.D * order.season + armaCount(order) + (order.constant ? 1 : 0) + 3;

/** Differences from the history, or from what its regressors leave of it. */
function differencesOf(history: Float64Array, season: number, { columns }: Explanation): ArimaOrder {
  const count = history.length;
  let rest = history;
  if (columns.length > 0) {
    const borne = columns.slice(0, Math.floor(count / BUCKETS_PER_REGRESSOR));
    const design = new Float64Array((borne.length + 1) * count).fill(1, 0, count);
    borne.forEach((column, place) => design.set(column.subarray(0, count), (place + 1) * count));
    const { coefficients, residuals } = leastSquares(design, history);
    rest = residuals.map((value) => value + coefficients[0]);
  }
  const order = { p: 0, d: 0, q: 0, P: 0, D: 0, Q: 0, season, constant: false };
  const D = seasonalDifferencesNeeded(rest, season);
  const seasonless = differenced(rest, differencing({ ...order, D }));
  return { ...order, D, d: differencesNeeded(seasonless) };
}

function newSearch(history: Float64Array, base: ArimaOrder, explanation: Explanation): Search {
  const { season } = base;
  const constant = base.d + base.D <= 1;
  const without = preparedData(history, explanation, base);
  const third = Math.floor(history.length / 3);
  const seasons = season > 1 ? Math.floor(third / season) : 0;
  const limits = {
    p: Math.min(MOST.p, third),
    q: Math.min(MOST.q, third),
    P: Math.min(MOST.P, seasons),
    Q: Math.min(MOST.Q, seasons),
  };
  const large = without.count * (without.regressors + 1) * (seasons > 0 ? season : 1) > LARGE_PASS;
  return {
    withConstant: constant ? preparedData(history, explanation, { ...base, constant }) : undefined,
    without,
    limits,
    effort: large ? { ...CHOICE, mode: 'conditional' } : CHOICE,
    explained: explanation.columns.length,
    tried: new Map(),
    best: undefined,
  };
}

/** Fits an order not tried before; whether it is the best so far. */
function attempt(search: Search, order: ArimaOrder): boolean {
  const { limits, tried, withConstant, without, effort, explained } = search;
  const { p, q, P, Q, constant } = order;
  if (Math.min(p, q, P, Q) < 0 || p > limits.p || q > limits.q || P > limits.P || Q > limits.Q) return false;
  const data = constant ? withConstant : without;
  const key = `${p} ${q} ${P} ${Q} ${constant}`;
  if (data === undefined || tried.has(key) || tried.size >= MOST_MODELS) return false;
  const fit = fitArima(order, data, carriedOver(search.best, order), effort, explained);
  tried.set(key, fit);
  const better = fit.aicc < (search.best?.aicc ?? Infinity);
  if (better) search.best = fit;
  return better;
}

/** Changes of P, Q, p and q, in the order in which they are tried. */
const SEASONAL_MOVES = [
  [-1, 0],
  [0, -1],
  [1, 0],
  [0, 1],
  [-1, -1],
  [-1, 1],
  [1, -1],
  [1, 1],
] as const;

/** Tries the neighbours until one is better. */
function improve(search: Search, { order }: ArimaFit): boolean {
  if (order.season > 1) {
    for (const [dP, dQ] of SEASONAL_MOVES)
      if (attempt(search, { ...order, P: order.P + dP, Q: order.Q + dQ })) return true;
  }
  for (const [dp, dq] of SEASONAL_MOVES)
    if (attempt(search, { ...order, p: order.p + dp, q: order.q + dq })) return true;
  return attempt(search, { ...order, constant: !order.constant });
}

function finishing({ count, regressors }: PreparedData, { P, Q, season }: ArimaOrder): FitEffort {
  const large = count * (regressors + 1) * Math.max(1, P, Q) * season > LARGE_PASS;
  return large ? LARGE_FINISH : FINISH;
}

/**
 * The lowest AICc once fitted to the end. What the search left for good may then turn out to lie on the edge of the region;
 * the next best has its turn.
 */
function finished({ tried, withConstant, without, explained }: Search): ArimaFit | undefined {
  const candidates = [...tried.values()].filter((fit) => fit.aicc < Infinity).sort((a, b) => a.aicc - b.aicc);
  for (const { order, free } of candidates) {
    const data = order.constant && withConstant !== undefined ? withConstant : without;
    const fit = fitArima(order, data, free, finishing(data, order), explained);
    if (fit.aicc < Infinity) return fit;
  }
  return undefined;
}

/** Differences alone, with the constant where there may be one. */
function plainest({ withConstant, without, explained }: Search, base: ArimaOrder): ArimaFit {
  const data = withConstant ?? without;
  const order = { ...base, constant: withConstant !== undefined };
  return fitArima(order, data, new Float64Array(0), FINISH, explained);
}
