/**
 * The forecast of one series without anyone choosing a method: `autoForecast` for the numbers a planner needs,
 * `autoModel` for the same behind the contract of every model.
 */
import type { Issue } from '@planwright/units';
import { assert } from '@planwright/units';
import type { BorrowedSeason } from './borrowed-season.ts';
import { chooseModel, DEFAULT_TIER, type ForecastTier } from './choice.ts';
import type { Component, Fitted, FitOptions, ForecastModel, MethodMeans } from '../contract/contract.ts';
import { defineModel, regressorsFrom } from '../contract/define-model.ts';
import { demandProfile, type DemandClass } from './demand-class.ts';

export type AutoForecastOptions = {
  /** Buckets in one season, 1 for none. */
  readonly season: number;
  /** Buckets to forecast. */
  readonly horizon: number;
  /** Percentages of the central intervals; 80 and 95 unless told. */
  readonly levels?: readonly number[];
  /** 'standard' unless told. */
  readonly tier?: ForecastTier;
  /** Never below 0. Unless told: where the history never is. */
  readonly nonNegative?: boolean;
  /** The season of other keys, for a history of less than two seasons. */
  readonly borrowedSeason?: BorrowedSeason;
  /**
   * Buckets from which method and parameters are learnt, at least 1: what comes behind them moves the states alone. All unless
   * told. So a forecast goes on by the method it has, with what has come in since.
   */
  readonly fittedUntil?: number;
};

export type ForecastInterval = {
  readonly level: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
};

export type AutoForecast = {
  readonly mean: Float64Array;
  /** In the order of `levels`. */
  readonly intervals: readonly ForecastInterval[];
  /** One-step-ahead forecast per bucket of the history; NaN where there is none. */
  readonly fitted: Float64Array;
  /** The models used, such as 'Theta + ETS(M,Ad,M)'. */
  readonly method: string;
  readonly demandClass: DemandClass;
  /** One or two sentences: why this method, and what it does. */
  readonly explanation: string;
  readonly issues: readonly Issue[];
  /** What `fitted` and `mean` are made of, before `mean` was held at 0 or above. */
  components(): readonly Component[];
  /** What the methods of a combination say one by one, before anything was held at 0 or above; undefined for one method. */
  methods(): MethodMeans | undefined;
};

export const DEFAULT_LEVELS: readonly number[] = [80, 95];

/** Forecasts one series. NaN in `series` is not observed; every output is finite but `fitted`. */
export function autoForecast(series: Float64Array, options: AutoForecastOptions): AutoForecast {
  const { season, horizon } = options;
  assert(Number.isInteger(horizon) && horizon >= 0, 'horizon is a whole number of buckets');
  const until = options.fittedUntil ?? series.length;
  assert(until === series.length || (until >= 1 && until < series.length), 'fittedUntil lies in the history');
  const first = fitAuto(
    series.subarray(0, until),
    { season },
    options.tier ?? DEFAULT_TIER,
    options.borrowedSeason,
  );
  const { demandClass, reason } = first;
  const fitted = until === series.length ? first.fitted : first.fitted.refit(series, 'states');
  const floor = (options.nonNegative ?? neverNegative(series)) ? 0 : -Infinity;
  const atLeastFloor = (values: Float64Array): Float64Array => values.map((value) => Math.max(floor, value));
  const intervals = (options.levels ?? DEFAULT_LEVELS).map((level) => {
    const { lower, upper } = fitted.interval(horizon, level);
    return { level, lower: atLeastFloor(lower), upper: atLeastFloor(upper) };
  });
  return {
    mean: atLeastFloor(fitted.mean(horizon)),
    intervals,
    get fitted() {
      return fitted.fitted;
    },
    method: fitted.label,
    demandClass,
    explanation: `${reason} ${fitted.description}`,
    issues: fitted.issues,
    components: () => fitted.components(horizon),
    methods: () => fitted.methods?.(horizon),
  };
}

/** The automatic choice of a tier as a model. Its refit keeps the models chosen first, and the season borrowed first. */
export const autoModel = (
  tier: ForecastTier = DEFAULT_TIER,
  borrowedSeason?: BorrowedSeason,
): ForecastModel => ({
  id: `auto-${tier}`,
  fit: (series, options) => fitAuto(series, options, tier, borrowedSeason).fitted,
});

export function neverNegative(series: Float64Array): boolean {
  for (let t = 0; t < series.length; t++) if (series[t] < 0) return false;
  return true;
}

type AutoFit = { readonly fitted: Fitted; readonly demandClass: DemandClass; readonly reason: string };

function fitAuto(
  series: Float64Array,
  options: FitOptions,
  tier: ForecastTier,
  borrowed?: BorrowedSeason,
): AutoFit {
  const profile = demandProfile(series, options.season);
  const { definition, reason } = chooseModel(profile, options.season, tier, borrowed);
  const { start } = profile;
  const silent = profile.demandClass === 'none' && profile.observed > 0;
  const placed = (fitted: Fitted, length: number): Fitted => ({
    label: fitted.label,
    description: fitted.description,
    get parameters() {
      return fitted.parameters;
    },
    issues: silent ? [...fitted.issues, ZERO_DEMAND] : fitted.issues,
    get fitted() {
      return moved(fitted.fitted, start, length);
    },
    get residuals() {
      return moved(fitted.residuals, start, length);
    },
    mean: fitted.mean,
    quantile: fitted.quantile,
    interval: fitted.interval,
    simulate: fitted.simulate,
    components: (horizon) =>
      fitted.components(horizon).map((part) => ({ ...part, history: moved(part.history, start, length) })),
    methods: fitted.methods,
    refit: (other, depth) => placed(fitted.refit(other.subarray(start), depth), other.length),
  });
  const isWhole = start === 0 && !silent;
  const fitted = defineModel(definition).fit(series.subarray(start), {
    ...options,
    regressors: regressorsFrom(options.regressors, start),
  });
  const { demandClass } = profile;
  return { fitted: isWhole ? fitted : placed(fitted, series.length), demandClass, reason };
}

/** Values moved back to their position in the whole series, which is `start` further on. */
function moved(values: Float64Array, start: number, length: number): Float64Array {
  if (start === 0) return values;
  const whole = new Float64Array(length).fill(Number.NaN);
  if (start < length) whole.set(values, start);
  return whole;
}

const ZERO_DEMAND: Issue = {
  severity: 'warning',
  code: 'ZERO_DEMAND',
  message: 'Every observed value is 0.',
  advice: 'Check that the item is sold at all; the forecast is 0 until it is.',
};
