export { accuracyOf, accuracyScale, coverageOf, pinballLoss } from './accuracy.ts';
export type { Accuracy, AccuracyScale } from './accuracy.ts';
export { autoForecast, autoModel } from './auto-forecast.ts';
export type { AutoForecast, AutoForecastOptions, ForecastInterval } from './auto-forecast.ts';
export { backtest } from './backtest.ts';
export type { Backtest, BacktestOptions, LevelResult } from './backtest.ts';
export type { ForecastTier } from './choice.ts';
export type { FitOptions, Fitted, ForecastModel, Interval, RefitDepth } from './contract.ts';
export { demandProfile } from './demand-class.ts';
export type { DemandClass, DemandProfile } from './demand-class.ts';
export { ETS_SPECS, etsLabel } from './ets-spec.ts';
export type { EtsSpec } from './ets-spec.ts';
export { forecastBlock } from './forecast-block.ts';
export type { BlockAccuracy, ForecastBlock, ForecastBlockInput } from './forecast-block.ts';
export {
  adida,
  croston,
  drift,
  dynamicTheta,
  dynamicThetaEts,
  ets,
  etsAverage,
  etsModel,
  FORECAST_MODELS,
  imapa,
  imapaSurvival,
  movingAverage,
  naive,
  sba,
  seasonalNaive,
  theta,
  thetaEts,
  tsb,
} from './models.ts';
