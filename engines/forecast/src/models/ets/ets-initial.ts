/**
 * Initial states of an ETS fit, read off the start of the history instead of being optimised: the seasonal
 * figure of the classical decomposition, then the mean or the line through the first seasons without it.
 * That is R's initstate(); R then optimises the states too, which costs ten times the passes and, measured on
 * M3 and M4, forecasts no better.
 */
import type { EtsSeason, EtsTrend } from './ets-spec.ts';
import { seasonalFigure } from '../../seasonality.ts';

/** Everything the starts of one kind of season share: computed once, used by up to six models. */
export type InitialStates = {
  /** Indices for phase 0, 1, ...; empty without a season. */
  readonly figure: Float64Array;
  readonly flatLevel: number;
  readonly level: number;
  readonly trend: number;
};

const SMALLEST_INDEX = 0.01;

export function initialStates(history: Float64Array, period: number, season: EtsSeason): InitialStates {
  const figure =
    season === 'N'
      ? new Float64Array(0)
      : seasonalFigure(history, period, season === 'A' ? 'additive' : 'multiplicative');
  if (season === 'M') for (let i = 0; i < period; i++) figure[i] = Math.max(figure[i], SMALLEST_INDEX);
  const window = Math.min(history.length, Math.max(10, season === 'N' ? 10 : 2 * period));
  let sum = 0;
  let weighted = 0;
  for (let t = 0; t < window; t++) {
    const value = season === 'N' ? history[t] : adjusted(history[t], figure[t % period], season);
    sum += value;
    weighted += value * (t + 1);
  }
  const meanTime = (window + 1) / 2;
  const flatLevel = sum / window;
  const spread = (window * (window * window - 1)) / 12;
  const trend = spread > 0 ? (weighted - meanTime * sum) / spread : 0;
  return { figure, flatLevel, level: flatLevel - trend * meanTime, trend };
}

const adjusted = (value: number, index: number, season: EtsSeason): number =>
  season === 'A' ? value - index : value / index;

/** Writes a model's start into `state` (level, trend, ring of indices). */
export function writeInitialState(initial: InitialStates, trend: EtsTrend, state: Float64Array): void {
  state[0] = trend === 'N' ? initial.flatLevel : initial.level;
  state[1] = trend === 'N' ? 0 : initial.trend;
  const { figure } = initial;
  for (let phase = 0; phase < figure.length; phase++) state[2 + phase] = figure[phase];
}
