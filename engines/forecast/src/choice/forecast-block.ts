/**
 * Forecasts a block of keys: the work unit of a plan run. Pure, so that the caller can cut the keys into chunks,
 * spread them over worker threads and report progress; a key's result does not depend on its chunk.
 *
 * The tier 'best' needs a panel model (`trainPanelModel`, learnt once from all keys); without one it is the standard tier.
 */
import type { Issue } from '@planwright/units';
import { assert } from '@planwright/units';
import { type GroupSeasons, seasonToBorrow } from '../panel/group-season.ts';
import { blendInto } from '../panel/panel-forecast.ts';
import { type PanelModel, panelSentence } from '../panel/panel-model.ts';
import type { Panel } from '../panel/panel.ts';
import type { MethodMeans } from '../contract/contract.ts';
import { autoForecast, type AutoForecastOptions, autoModel } from './auto-forecast.ts';
import { backtest } from '../evaluation/backtest.ts';
import type { ForecastTier } from './choice.ts';
import type { DemandClass } from './demand-class.ts';

export type ForecastBlockInput = {
  /** keyCount x bucketCount, row-major, oldest bucket first; NaN is not observed. */
  readonly values: Float64Array;
  readonly keyCount: number;
  readonly bucketCount: number;
  readonly season: number;
  readonly horizon: number;
  readonly tier?: ForecastTier;
  readonly nonNegative?: boolean;
  /** Origins of the back-test of each key; 3 unless told, 0 for none. */
  readonly backtestOrigins?: number;
  /** For the tier 'best'. */
  readonly panelModel?: PanelModel;
  /** As the panel had them that the model learnt from, of the keys of this block. */
  readonly firstPosition?: Panel['firstPosition'];
  readonly attributes?: Panel['attributes'];
  readonly regressors?: Panel['regressors'];
  /** What keys of less than two seasons take over; with `firstPosition` and, for groups, `attributes`. */
  readonly groupSeasons?: GroupSeasons;
};

/**
 * Back-test figures, one entry per key; NaN where the history is too short or the measure is not defined. They are of the
 * key's own forecast, also in the tier 'best': the panel model has seen these buckets.
 */
export type BlockAccuracy = {
  readonly wape: Float64Array;
  readonly mape: Float64Array;
  readonly mapeDropped: Float64Array;
  readonly smape: Float64Array;
  readonly mase: Float64Array;
  readonly rmsse: Float64Array;
  /** Plus is over-forecast. */
  readonly bias: Float64Array;
  readonly trackingSignal: Float64Array;
  readonly coverage80: Float64Array;
  readonly coverage95: Float64Array;
};

/** Number blocks are keyCount x horizon, row-major; lists have one entry per key. */
export type ForecastBlock = {
  readonly mean: Float64Array;
  readonly lo80: Float64Array;
  readonly hi80: Float64Array;
  readonly lo95: Float64Array;
  readonly hi95: Float64Array;
  readonly methods: readonly string[];
  readonly demandClasses: readonly DemandClass[];
  readonly explanations: readonly string[];
  readonly accuracy: BlockAccuracy;
  /** `key` is the row in the block. */
  readonly issues: readonly { readonly key: number; readonly issue: Issue }[];
};

const LEVELS = [80, 95];
const DEFAULT_ORIGINS = 3;

export function forecastBlock(input: ForecastBlockInput): ForecastBlock {
  const { values, keyCount, bucketCount, season, horizon, tier, nonNegative } = input;
  assert(values.length === keyCount * bucketCount, 'values holds keyCount x bucketCount numbers');
  const block = (): Float64Array => new Float64Array(keyCount * horizon);
  const numbers = { mean: block(), lo80: block(), hi80: block(), lo95: block(), hi95: block() };
  const accuracy = emptyAccuracy(keyCount);
  const methods: string[] = [];
  const demandClasses: DemandClass[] = [];
  const explanations: string[] = [];
  const issues: { key: number; issue: Issue }[] = [];
  const model = tier === 'best' ? input.panelModel : undefined;
  const said: (MethodMeans | undefined)[] = [];

  for (let key = 0; key < keyCount; key++) {
    const series = values.subarray(key * bucketCount, (key + 1) * bucketCount);
    const borrowedSeason = input.groupSeasons && seasonToBorrow(input.groupSeasons, input, key);
    const options = { season, horizon, levels: LEVELS, tier, nonNegative, borrowedSeason };
    const forecast = autoForecast(series, options);
    const [at80, at95] = forecast.intervals;
    const first = key * horizon;
    numbers.mean.set(forecast.mean, first);
    numbers.lo80.set(at80.lower, first);
    numbers.hi80.set(at80.upper, first);
    numbers.lo95.set(at95.lower, first);
    numbers.hi95.set(at95.upper, first);
    methods.push(forecast.method);
    demandClasses.push(forecast.demandClass);
    explanations.push(forecast.explanation);
    if (model !== undefined) said.push(forecast.methods());
    for (const issue of forecast.issues) issues.push({ key, issue });
    judge(series, key, { ...input, borrowedSeason }, accuracy);
  }
  if (model !== undefined) blendPanel(input, model, { ...numbers, said }, methods, explanations);
  return { ...numbers, methods, demandClasses, explanations, accuracy, issues };
}

function blendPanel(
  input: ForecastBlockInput,
  model: PanelModel,
  numbers: Pick<ForecastBlock, 'mean' | 'lo80' | 'hi80' | 'lo95' | 'hi95'> & {
    readonly said: readonly (MethodMeans | undefined)[];
  },
  methods: string[],
  explanations: string[],
): void {
  const { mean, lo80, hi80, lo95, hi95, said } = numbers;
  const bands = [
    { level: 80, lower: lo80, upper: hi80 },
    { level: 95, lower: lo95, upper: hi95 },
  ];
  const own = { mean, bands, methods: said };
  const judged = blendInto(own, model, input, input.horizon, input.nonNegative);
  for (let key = 0; key < judged.length; key++) {
    if (judged[key] === 0) continue;
    methods[key] += ' + panel model';
    explanations[key] += ` ${panelSentence(model, input, key)}`;
  }
}

function emptyAccuracy(keyCount: number): BlockAccuracy {
  const column = (): Float64Array => new Float64Array(keyCount).fill(Number.NaN);
  return {
    wape: column(),
    mape: column(),
    mapeDropped: column(),
    smape: column(),
    mase: column(),
    rmsse: column(),
    bias: column(),
    trackingSignal: column(),
    coverage80: column(),
    coverage95: column(),
  };
}

/** The last `horizon` buckets, or as many as leave two thirds of the history to learn from, are forecast again. */
function judge(
  series: Float64Array,
  key: number,
  input: ForecastBlockInput & Pick<AutoForecastOptions, 'borrowedSeason'>,
  accuracy: BlockAccuracy,
): void {
  const origins = input.backtestOrigins ?? DEFAULT_ORIGINS;
  const horizon = Math.min(input.horizon, Math.floor(series.length / 3));
  if (origins < 1 || horizon < 1) return;
  const { season, nonNegative } = input;
  const model = autoModel(input.tier, input.borrowedSeason);
  const result = backtest(series, { season, horizon, origins, levels: LEVELS, model, nonNegative });
  if (result.origins.length === 0) return;
  const [at80, at95] = result.levels;
  accuracy.wape[key] = result.accuracy.wape;
  accuracy.mape[key] = result.accuracy.mape;
  accuracy.mapeDropped[key] = result.accuracy.mapeDropped;
  accuracy.smape[key] = result.accuracy.smape;
  accuracy.mase[key] = result.accuracy.mase;
  accuracy.rmsse[key] = result.accuracy.rmsse;
  accuracy.bias[key] = result.accuracy.bias;
  accuracy.trackingSignal[key] = result.accuracy.trackingSignal;
  accuracy.coverage80[key] = at80.coverage;
  accuracy.coverage95[key] = at95.coverage;
}
