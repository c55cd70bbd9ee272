/** Every model behind the one contract. */
import { aggregationDefinition } from './models/intermittent/aggregation.ts';
import { autoModel } from './choice/auto-forecast.ts';
import { dynamicThetaEtsDefinition, regularDefinition } from './choice/choice.ts';
import type { ForecastModel } from './contract/contract.ts';
import type { ArimaOrder } from './models/arima/arima-order.ts';
import { arimaDefinition, arimaOrderDefinition } from './models/arima/arima.ts';
import { defineModel } from './contract/define-model.ts';
import { cesDefinition } from './models/ces/ces.ts';
import { mstlDefinition } from './models/decomposition/mstl.ts';
import { dynamicThetaDefinition } from './models/theta/dynamic-theta.ts';
import { etsAverageDefinition } from './models/ets/ets-average.ts';
import { dampedTrendDefinition, holtDefinition, sesDefinition } from './models/ets/level-trend.ts';
import { autoEtsDefinition, etsDefinition } from './models/ets/ets.ts';
import type { EtsSpec } from './models/ets/ets-spec.ts';
import { crostonDefinition, sbaDefinition, tsbDefinition } from './models/intermittent/intermittent.ts';
import {
  driftDefinition,
  movingAverageDefinition,
  naiveDefinition,
  seasonalNaiveDefinition,
} from './models/naive.ts';
import { trigonometricDefinition } from './models/fourier/trigonometric.ts';
import { regressionDefinition } from './models/regression/regression.ts';
import { thetaDefinition } from './models/theta/theta.ts';

export const naive: ForecastModel = defineModel(naiveDefinition);
export const seasonalNaive: ForecastModel = defineModel(seasonalNaiveDefinition);
export const drift: ForecastModel = defineModel(driftDefinition);
/** Mean of the last `window` buckets; of one season, at least 3, unless told. */
export const movingAverage = (window?: number): ForecastModel => defineModel(movingAverageDefinition(window));
/** Exponential smoothing, the best of the 15 models by AICc. */
export const ets: ForecastModel = defineModel(autoEtsDefinition);
/** One model of the exponential smoothing family. */
export const etsModel = (spec: EtsSpec): ForecastModel => defineModel(etsDefinition(spec));
/** The ETS family averaged by AICc. */
export const etsAverage: ForecastModel = defineModel(etsAverageDefinition);
/** ARIMA of automatically chosen orders, with season and regressors. */
export const arima: ForecastModel = defineModel(arimaDefinition);
/** One ARIMA model of given orders. */
export const arimaModel = (order: ArimaOrder): ForecastModel => defineModel(arimaOrderDefinition(order));
/** Simple exponential smoothing, Holt's trend and the damped trend, their starts estimated too. */
export const ses: ForecastModel = defineModel(sesDefinition);
export const holt: ForecastModel = defineModel(holtDefinition);
export const dampedTrend: ForecastModel = defineModel(dampedTrendDefinition);
/** Complex exponential smoothing, the best of its four models by AICc. */
export const ces: ForecastModel = defineModel(cesDefinition);
/** Several seasons, such as of the week and the year, by STL. */
export const mstl: ForecastModel = defineModel(mstlDefinition);
/** Several seasons of any length as waves that change slowly: TBATS without its Box-Cox transform. */
export const trigonometric: ForecastModel = defineModel(trigonometricDefinition);
/** Regression on trend, seasons and regressors over a level that moves. */
export const regression: ForecastModel = defineModel(regressionDefinition);
export const dynamicTheta: ForecastModel = defineModel(dynamicThetaDefinition);
export const theta: ForecastModel = defineModel(thetaDefinition);
export const croston: ForecastModel = defineModel(crostonDefinition);
export const sba: ForecastModel = defineModel(sbaDefinition);
export const tsb: ForecastModel = defineModel(tsbDefinition);
export const adida: ForecastModel = defineModel(aggregationDefinition('ADIDA'));
export const imapa: ForecastModel = defineModel(aggregationDefinition('IMAPA'));
/** IMAPA that gives up items which fell silent: the default for intermittent demand. */
export const imapaSurvival: ForecastModel = defineModel(aggregationDefinition('IMAPA', true));
/** The mean of Theta and the ETS family, of long seasons of Theta and STL, with calibrated intervals: the fast default for regular demand. */
export const thetaEts: ForecastModel = defineModel(regularDefinition('fast'));
/** The mean of dynamic Theta and the ETS family with calibrated intervals. */
export const dynamicThetaEts: ForecastModel = defineModel(dynamicThetaEtsDefinition);

/** The models a planner can choose among, the automatic one first. */
export const FORECAST_MODELS: readonly ForecastModel[] = [
  autoModel('standard'),
  autoModel('fast'),
  dynamicThetaEts,
  thetaEts,
  dynamicTheta,
  theta,
  etsAverage,
  ets,
  ses,
  holt,
  dampedTrend,
  ces,
  mstl,
  trigonometric,
  arima,
  regression,
  naive,
  seasonalNaive,
  drift,
  movingAverage(),
  croston,
  sba,
  tsb,
  adida,
  imapa,
  imapaSurvival,
];
