/**
 * Finds the orders of an ARIMA model: differences by tests, the rest by a stepwise search for the lowest criterion (see arima-fit.ts).
 *
 * Search    from four simple models and (2,2)(1,1) to ever better neighbours, one or two orders a step apart, with the constant
 *           put in or taken out. Each fit starts where the best one so far ended, and is as exact as the choice needs;
 *           the winner is then fitted to the end.
 * Effort    the exact likelihood throughout, except where season and history are so long that it takes too long: then the
 *           conditional sum of squares chooses, and the exact likelihood fits the chosen one.
 * Source    Hyndman and Khandakar (2008), J. of Statistical Software 27(3).
 * Differs   from R's auto.arima() in the stricter criterion, and in that roots near the unit circle are judged per
 *           polynomial, not for their product.
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
/** Values in a pass of the filter (buckets x columns x season) above which conditional squares choose the orders. */
const LONG_CHOICE = 2_000;
/** The same for a pass so large that the last fit is cut short too. */
const LARGE_PASS = 40_000;
/** Regressors that the search itself can bear. */
const FEW_REGRESSORS = 3;
/** How many of the models that conditional squares put first are compared by the exact likelihood. */
const FINALISTS = 3;
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
  if (search.without.kept.length > FEW_REGRESSORS) {
    const fit = searchedWithout(history, explanation, search, base);
    if (isBelievable(fit)) return fit;
  }
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

/**
 * The orders of what a first regression leaves of the history, then regression and orders fitted together: every regressor
 * takes a state of its own through every pass, and a search makes a thousand.
 */
function searchedWithout(
  history: Float64Array,
  explanation: Explanation,
  search: Search,
  base: ArimaOrder,
): ArimaFit {
  const simple = { ...base, p: Math.min(1, search.limits.p), constant: search.withConstant !== undefined };
  const simpleData = dataOf(search, simple);
  const first = fitArima(simple, simpleData, carriedOver(undefined, simple), search.effort, search.explained);
  const plain = history.slice();
  explanation.columns.forEach((column, index) => {
    for (let t = 0; t < plain.length; t++) plain[t] -= first.effects[index] * column[t];
  });
  const { order, free } = searchArima(plain, base.season, NOTHING);
  const data = preparedData(history, explanation, order);
  return fitArima(order, data, free, finishing(data, order), search.explained);
}

const NOTHING: Explanation = { names: [], columns: [] };

/** The same order again, starting from what was learnt. */
export function refittedArima(history: Float64Array, explanation: Explanation, from: ArimaFit): ArimaFit {
  const data = preparedData(history, explanation, from.order);
  const start = carriedOver(from, from.order);
  return fitArima(from.order, data, start, finishing(data, from.order), explanation.columns.length);
}

/**
 * The best fit of a given order. A likelihood with both kinds of terms may have several summits: the search starts from
 * nothing, from the autoregressive terms alone and from the moving average alone.
 */
export function givenArima(history: Float64Array, explanation: Explanation, order: ArimaOrder): ArimaFit {
  const data = preparedData(history, explanation, order);
  const explained = explanation.columns.length;
  const starts = [carriedOver(undefined, order)];
  if (order.p + order.P > 0 && order.q + order.Q > 0) {
    for (const part of [
      { ...order, q: 0, Q: 0 },
      { ...order, p: 0, P: 0 },
    ])
      starts.push(carriedOver(fitArima(part, data, carriedOver(undefined, part), CHOICE, explained), order));
  }
  const fits = starts.map((start) => fitArima(order, data, start, finishing(data, order), explained));
  return fits.reduce((best, fit) => (fit.logLikelihood > best.logLikelihood ? fit : best));
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
  const large = without.count * (without.regressors + 1) * (seasons > 0 ? season : 1) > LONG_CHOICE;
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
  const better = fit.criterion < (search.best?.criterion ?? Infinity);
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
 * The lowest criterion once fitted to the end. What the search left for good may then turn out to lie on the edge of the region;
 * the next best has its turn.
 */
function finished(search: Search): ArimaFit | undefined {
  const candidates = [...search.tried.values()].filter(isBelievable).sort(byCriterion);
  const finalists = search.effort.mode === 'exact' ? candidates : comparedExactly(search, candidates);
  for (const { order, free } of finalists) {
    const data = dataOf(search, order);
    const fit = fitArima(order, data, free, finishing(data, order), search.explained);
    if (isBelievable(fit)) return fit;
  }
  return undefined;
}

/** What conditional squares put first, in the order of the exact likelihood. */
function comparedExactly(search: Search, candidates: readonly ArimaFit[]): ArimaFit[] {
  const exact: ArimaFit[] = [];
  for (const { order, free } of candidates) {
    const data = dataOf(search, order);
    const effort = finishing(data, order) === FINISH ? CHOICE : LARGE_FINISH;
    const fit = fitArima(order, data, free, effort, search.explained);
    if (isBelievable(fit)) exact.push(fit);
    if (exact.length === FINALISTS) break;
  }
  return exact.sort(byCriterion);
}

const isBelievable = (fit: ArimaFit): boolean => fit.criterion < Infinity;
const byCriterion = (one: ArimaFit, other: ArimaFit): number => one.criterion - other.criterion;
const dataOf = ({ withConstant, without }: Search, { constant }: ArimaOrder): PreparedData =>
  constant && withConstant !== undefined ? withConstant : without;

/** Differences alone, with the constant where there may be one. */
function plainest({ withConstant, without, explained }: Search, base: ArimaOrder): ArimaFit {
  const data = withConstant ?? without;
  const order = { ...base, constant: withConstant !== undefined };
  return fitArima(order, data, new Float64Array(0), FINISH, explained);
}
