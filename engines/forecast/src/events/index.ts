export { applyUplifts, type PlannedEvents, type UpliftPath, upliftPath } from './apply-uplifts.ts';
export { type DemandEvent, eventsOfAllKeys, type KeyEvents } from './demand-event.ts';
export { effectSentence, upliftInterval } from './effect-sentences.ts';
export {
  estimateUplifts,
  type EventPanel,
  type KeyUplifts,
  type UpliftEffect,
  type UpliftOptions,
} from './estimate-uplifts.ts';
export { type EventForecast, type EventForecastOptions, forecastWithEvents } from './forecast-with-events.ts';
export { type GroupExposure, groupExposure } from './group-exposure.ts';
export { USUAL_ELASTICITY } from './price-elasticity.ts';
export {
  type CalendarRegressorOptions,
  calendarRegressors,
  eventRegressors,
  type FeastWindow,
  joinedRegressors,
  priceRegressor,
} from './calendar-regressors.ts';
