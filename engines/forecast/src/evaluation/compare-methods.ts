/**
 * Compares forecasting methods on one series by what they would have said at earlier origins: the table behind a planner's
 * choice of method.
 *
 * Ranked by the sum of absolute errors; where most buckets are empty by the sum of squared errors, because forecasting zero wins
 * on absolute ones there. The seasonal naive forecast is the yardstick and no entry of its own.
 * Cost  one back-test per model: a fit, and a warm refit for each further origin.
 */
import type { Accuracy } from './accuracy.ts';
import { backtest, type Backtest, type LevelResult } from './backtest.ts';
import type { ForecastModel } from '../contract/contract.ts';
import { sentence, spokenShare } from '../explanation/spoken-number.ts';

export type MethodResult = {
  readonly modelId: string;
  /** The model with its choices, such as 'ETS(M,Ad,M)'. */
  readonly method: string;
  /** 1 is the closest. */
  readonly rank: number;
  readonly accuracy: Accuracy;
  readonly accuracyByLag: readonly Accuracy[];
  readonly levels: readonly LevelResult[];
  /** Error saved against the seasonal naive forecast as a share of that one's; minus is worse than naive. NaN where that had none. */
  readonly valueAddedRatio: number;
  readonly sentence: string;
};

export type MethodComparison = {
  /** The closest first. Empty where the history is too short to judge. */
  readonly methods: readonly MethodResult[];
  readonly rankedBy: 'absolute error' | 'squared error';
  /** Forecasts that each method is judged by. */
  readonly judged: number;
  readonly sentence: string;
};

export type ComparisonOptions = {
  readonly season: number;
  readonly horizon: number;
  readonly origins: number;
  readonly models: readonly ForecastModel[];
  readonly levels?: readonly number[];
  readonly nonNegative?: boolean;
};

const MOSTLY_EMPTY = 0.5;
/** Errors nearer to each other than this do not make one method better. */
const LEVEL_WITH = 1.02;

export function compareMethods(series: Float64Array, options: ComparisonOptions): MethodComparison {
  const { models, ...shared } = options;
  const results = models.map((model) => ({ model, result: backtest(series, { ...shared, model }) }));
  const rankedBy = mostlyEmpty(series) ? 'squared error' : 'absolute error';
  const judged = results[0]?.result.accuracy.count ?? 0;
  if (judged === 0) {
    return { methods: [], rankedBy, judged, sentence: 'The history is too short to compare methods on it.' };
  }
  const power = rankedBy === 'squared error' ? 2 : 1;
  const scored = results.map(({ model, result }) => ({
    model,
    result,
    error: errorSum(result, result.forecast, power),
    naive: errorSum(result, result.naive, power),
  }));
  const order = [...scored.keys()].sort((a, b) => scored[a].error - scored[b].error || a - b);
  const methods = order.map((index, place): MethodResult => {
    const { model, result, error, naive } = scored[index];
    const valueAddedRatio = naive > 0 ? 1 - (error / naive) ** (1 / power) : Number.NaN;
    return {
      modelId: model.id,
      method: result.method,
      rank: place + 1,
      accuracy: result.accuracy,
      accuracyByLag: result.accuracyByLag,
      levels: result.levels,
      valueAddedRatio,
      sentence: described(result, valueAddedRatio),
    };
  });
  const errors = order.map((index) => scored[index].error);
  return { methods, rankedBy, judged, sentence: verdict(methods, errors, judged) };
}

function mostlyEmpty(series: Float64Array): boolean {
  let observed = 0;
  let empty = 0;
  for (const value of series) {
    if (!Number.isFinite(value)) continue;
    observed += 1;
    if (value === 0) empty += 1;
  }
  return empty > MOSTLY_EMPTY * observed;
}

function errorSum({ actual }: Backtest, forecast: Float64Array, power: number): number {
  let sum = 0;
  for (let cell = 0; cell < actual.length; cell++)
    if (Number.isFinite(actual[cell])) sum += Math.abs(forecast[cell] - actual[cell]) ** power;
  return sum;
}

/** 'Off by 12 % of demand on average, 3 % too high, ...' */
function described({ accuracy, levels }: Backtest, valueAddedRatio: number): string {
  const { wape, bias } = accuracy;
  const parts: string[] = [];
  if (Number.isFinite(wape)) parts.push(`off by ${spokenShare(wape)} of demand on average`);
  if (Math.abs(bias) >= 0.005)
    parts.push(`${spokenShare(Math.abs(bias))} too ${bias > 0 ? 'high' : 'low'} in sum`);
  if (Number.isFinite(valueAddedRatio)) parts.push(againstNaive(valueAddedRatio));
  const [band] = levels;
  if (band !== undefined && Number.isFinite(band.coverage))
    parts.push(`its ${band.level} % band held ${spokenShare(band.coverage)} of the actuals`);
  return sentence(parts.length > 0 ? parts.join(', ') : 'there was no demand to be wrong about');
}

const LEAST_ADDED = 0.005;

function againstNaive(valueAddedRatio: number): string {
  if (Math.abs(valueAddedRatio) < LEAST_ADDED) return 'as close as repeating last season';
  const share = spokenShare(Math.abs(valueAddedRatio));
  return `${share} ${valueAddedRatio > 0 ? 'closer' : 'further off'} than repeating last season`;
}

function verdict(methods: readonly MethodResult[], errors: readonly number[], judged: number): string {
  const [best] = methods;
  const { valueAddedRatio } = best;
  const rival = methods.find((_, place) => place > 0 && errors[place] <= LEVEL_WITH * errors[0]);
  const level = rival === undefined ? '' : `; ${rival.method} was practically level`;
  const added = Number.isFinite(valueAddedRatio) ? `, ${againstNaive(valueAddedRatio)}` : '';
  return sentence(`${best.method} was closest over ${judged} forecasts${added}${level}`);
}
