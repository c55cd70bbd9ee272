/**
 * What every forecasting model promises. `test/contract` holds all of them to it.
 *
 * A series is a Float64Array, oldest bucket first; NaN means not observed and 0 means zero. Results are
 * numbers or issues, never NaN or Infinity: a model that cannot judge a history says so in an issue and
 * gives the plainest sensible forecast instead.
 */
import type { RandomStream } from '@planwright/numerics';
import type { Issue } from '@planwright/units';

export type FitOptions = {
  /** Buckets in one season: 12 for months, 52 for weeks, 1 where nothing repeats. */
  readonly season: number;
  /** All season lengths where there are several, ascending, such as 7 and 365.25; models of one season read `season`. */
  readonly seasons?: readonly number[];
  /** What is known of every bucket beside the demand itself; only models that say so use it. */
  readonly regressors?: Regressors;
};

/**
 * Numbers that explain demand: price, working days, an event that is on (1) or off (0). Row t belongs to bucket t of the
 * series, and the rows go on over the horizon. Where they end, the last row is repeated.
 */
export type Regressors = {
  readonly names: readonly string[];
  /** rows x names, row-major, all finite. */
  readonly values: Float64Array;
};

/** What `refit` learns anew: the states alone (one pass), or the parameters too, starting from the old ones. */
export type RefitDepth = 'states' | 'parameters';

/**
 * A part of the forecast in the units of the series. In every bucket the parts add up to the forecast: those of the history
 * to `fitted`, those of the future to `mean`. A season in proportion to the level is given as what it adds to it.
 */
export type Component = {
  /** 'level', 'trend', 'season' ('season 7' where there are several), or the name of a regressor. */
  readonly name: string;
  /** NaN where `fitted` is. */
  readonly history: Float64Array;
  readonly future: Float64Array;
};

/** What each method within a combination says of the future buckets, by its id. */
export type MethodMeans = ReadonlyMap<string, Float64Array>;

/** Lower and upper limit per future bucket. */
export type Interval = { readonly lower: Float64Array; readonly upper: Float64Array };

export type ForecastModel = {
  readonly id: string;
  fit(series: Float64Array, options: FitOptions): Fitted;
};

export type Fitted = {
  /** The model with its choices, such as 'ETS(M,Ad,M)'. */
  readonly label: string;
  /** One sentence for a planner. */
  readonly description: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** One-step-ahead forecast per bucket of the history; NaN where the model has none yet. */
  readonly fitted: Float64Array;
  /** Actual minus fitted; NaN where either is missing. */
  readonly residuals: Float64Array;
  readonly issues: readonly Issue[];
  /** Expected value of the next `horizon` buckets. */
  mean(horizon: number): Float64Array;
  /** The value that each of the next `horizon` buckets stays below with this probability (0 to 1, both excluded). */
  quantile(horizon: number, probability: number): Float64Array;
  /** Central interval of `level` percent (80 means 10 % below, 10 % above). */
  interval(horizon: number, level: number): Interval;
  /**
   * Possible futures: count x horizon, row-major, one path a row. Each bucket has the distribution of `quantile`, and buckets
   * hang together as the intervals' growth implies (see sample-paths.ts for when that is exact). Chance comes from a stream,
   * or from count x horizon standard normal numbers, so that several series can share their shocks.
   */
  simulate(horizon: number, count: number, source: RandomStream | Float64Array): Float64Array;
  /** What fit and forecast are made of; a model that cannot tell has the single part 'level'. */
  components(horizon: number): readonly Component[];
  /** Of a combination: what its methods say one by one, in the unit of the series. Others have none. */
  readonly methods?: (horizon: number) => MethodMeans;
  /** The same model on another history, with what it has learnt as its start. */
  refit(series: Float64Array, depth: RefitDepth): Fitted;
};

/**
 * The inside of a model: it sees a complete, finite history of at least its minimum length, in a safe scale.
 * `defineModel` wraps it into a ForecastModel that keeps the promises above for every input.
 */
export type Core = {
  readonly label: string;
  readonly description: string;
  parameters(): Readonly<Record<string, number>>;
  /** Whether all parameters are finite, where `parameters` takes long to name them. */
  hasFiniteParameters?(): boolean;
  /** As long as the history; NaN where there is no one-step forecast. */
  fitted(): Float64Array;
  /** A fresh array at every call, as from `quantile`: the caller may write into it. */
  mean(horizon: number): Float64Array;
  /**
   * Standard deviation of each step's error, of models whose quantiles are those of normal errors about the mean; the others
   * can neither be combined nor calibrated. Not to be written into.
   */
  deviation?(horizon: number): Float64Array;
  quantile(horizon: number, probability: number): Float64Array;
  /** Fresh arrays, history as long as the history. */
  components?(horizon: number): readonly Component[];
  /** Fresh arrays: see `Fitted`. */
  methods?(horizon: number): MethodMeans;
  refit(history: Float64Array, depth: RefitDepth): Core;
};

export type ModelDefinition = {
  readonly id: string;
  /** Fewest buckets the model can be fitted on. */
  minimumLength(season: number): number;
  /** What becomes of buckets that were not observed: estimated from their neighbours, or left out. */
  readonly gaps: 'fill' | 'leave-out';
  /** Whether the model has no meaning unless every value is above 0. */
  readonly positiveOnly?: boolean;
  /** Whether it uses regressors. They reach `fit` with their first row at the first bucket of the history. */
  readonly explained?: boolean;
  /** Whether its intervals are widened until they cover what they promise (see calibration.ts). */
  readonly calibrated?: boolean;
  fit(history: Float64Array, options: FitOptions): Core;
};
