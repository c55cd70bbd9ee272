export { accuracyOf, accuracyScale, coverageOf, pinballLoss } from './evaluation/accuracy.ts';
export type { Accuracy, AccuracyScale } from './evaluation/accuracy.ts';
export type { ArimaOrder } from './models/arima/arima-order.ts';
export { autoForecast, autoModel } from './choice/auto-forecast.ts';
export type { AutoForecast, AutoForecastOptions, ForecastInterval } from './choice/auto-forecast.ts';
export { backtest } from './evaluation/backtest.ts';
export { writeNaive } from './evaluation/naive-yardstick.ts';
export type { Backtest, BacktestOptions, LevelResult } from './evaluation/backtest.ts';
export type { ForecastTier } from './choice/choice.ts';
export type {
  Component,
  FitOptions,
  Fitted,
  ForecastModel,
  Interval,
  RefitDepth,
  Regressors,
} from './contract/contract.ts';
export { demandProfile } from './choice/demand-class.ts';
export type { DemandClass, DemandProfile } from './choice/demand-class.ts';
export { decompose } from './models/decomposition/decompose.ts';
export type { Decomposition } from './models/decomposition/decompose.ts';
export { stl } from './models/decomposition/stl.ts';
export type { Stl, StlOptions } from './models/decomposition/stl.ts';
export { ETS_SPECS, etsLabel } from './models/ets/ets-spec.ts';
export type { EtsSpec } from './models/ets/ets-spec.ts';
export { forecastBlock } from './choice/forecast-block.ts';
export type { BlockAccuracy, ForecastBlock, ForecastBlockInput } from './choice/forecast-block.ts';
export {
  adida,
  arima,
  arimaModel,
  ces,
  croston,
  dampedTrend,
  drift,
  dynamicTheta,
  dynamicThetaEts,
  ets,
  etsAverage,
  etsModel,
  FORECAST_MODELS,
  holt,
  imapa,
  imapaSurvival,
  movingAverage,
  mstl,
  naive,
  regression,
  sba,
  seasonalNaive,
  ses,
  theta,
  thetaEts,
  trigonometric,
  tsb,
} from './models.ts';
export { simulateFamily } from './simulation/family.ts';
export type { FamilyOptions } from './simulation/family.ts';
export { intermittentBootstrap } from './simulation/intermittent-bootstrap.ts';
export { leadTimeDemand, leadTimePaths } from './simulation/lead-time-demand.ts';
export type { LeadTimeDemand, LeadTimeSpan, PathBlock } from './simulation/lead-time-demand.ts';
export { bassPeak, bassSales, fittedBass } from './life-cycle/bass.ts';
export type { BassCurve } from './life-cycle/bass.ts';
export { learntAttributeWeights } from './life-cycle/attribute-weights.ts';
export { launchProfile, launchQuantile, updatedLaunch } from './life-cycle/launch-profile.ts';
export type { LaunchAnalogue, LaunchForecast, LaunchInput } from './life-cycle/launch-profile.ts';
export { lastTimeBuy } from './life-cycle/last-time-buy.ts';
export type { LastTimeBuy, RemainingDemand, ServiceAim } from './life-cycle/last-time-buy.ts';
export { lifeStage } from './life-cycle/life-stage.ts';
export type { LifeStage } from './life-cycle/life-stage.ts';
export { likeItems } from './life-cycle/like-items.ts';
export type { AttributeRule, AttributeValues, LikeCandidate, LikeItem } from './life-cycle/like-items.ts';
export { phaseOut } from './life-cycle/phase-out.ts';
export type { PhaseOut } from './life-cycle/phase-out.ts';
export { succession } from './life-cycle/succession.ts';
export type { Succession, SuccessionInput } from './life-cycle/succession.ts';
export { accuracyRows } from './evaluation/accuracy-rows.ts';
export type { AccuracyRows } from './evaluation/accuracy-rows.ts';
export { compareMethods } from './evaluation/compare-methods.ts';
export type { ComparisonOptions, MethodComparison, MethodResult } from './evaluation/compare-methods.ts';
export { forecastValueAdded, stepErrors } from './evaluation/forecast-value-added.ts';
export type { ForecastSteps, StepErrors, ValueAdded } from './evaluation/forecast-value-added.ts';
export { bandOfSum } from './intervals/band-of-sum.ts';
export { adaptiveConformal, coverageReport, splitConformal } from './intervals/conformal.ts';
export type { AdaptiveConformal, AdaptiveOptions, CoverageReport } from './intervals/conformal.ts';
export { reconcile } from './hierarchy/reconcile.ts';
export type { Reconciled, ReconcileInput, ReconcileMethod } from './hierarchy/reconcile.ts';
export { crossed, groupedStructure, treeStructure } from './hierarchy/structure.ts';
export type { Grouping, Structure } from './hierarchy/structure.ts';
export { learntBookingCurve } from './sensing/booking-curve.ts';
export type { BookingCurve, BookingHistory } from './sensing/booking-curve.ts';
export { monitor } from './sensing/monitor.ts';
export type { Monitoring, MonitorInput } from './sensing/monitor.ts';
export { refitPlan } from './sensing/refit-plan.ts';
export type { RefitPlan } from './sensing/refit-plan.ts';
export { sense } from './sensing/sense.ts';
export type { Sensed, SenseInput } from './sensing/sense.ts';
export { stabilised } from './sensing/stabilised.ts';
export type { Stabilised, StabilityOptions } from './sensing/stabilised.ts';
export { cleanse, CLEANSING_REASONS, reasonCode } from './cleansing/index.ts';
export type { Cleansed, CleansingFinding, CleansingInput, CleansingReason } from './cleansing/index.ts';
export { movedBands, normalBands, pathQuantiles, reconciledVariances } from './hierarchy/coherent-bands.ts';
export { spreadByShares } from './hierarchy/proportions.ts';
export type { ProportionsInput, Shares } from './hierarchy/proportions.ts';
export { overlapStructure, temporalForecast, temporalStructure } from './hierarchy/temporal.ts';
export type { OverlapStructure, TemporalForecast, TemporalOptions } from './hierarchy/temporal.ts';
export { explainForecast } from './explanation/explain-forecast.ts';
export type { ExplanationInput } from './explanation/explain-forecast.ts';
export type { CellPolicy } from './segmentation/policy.ts';
export { priorities } from './segmentation/priority.ts';
export type { Priorities } from './segmentation/priority.ts';
export { ERROR_CLASSES, segmentation, VALUE_CLASSES } from './segmentation/segmentation.ts';
export type { ErrorClass, SegmentCell, ValueClass } from './segmentation/segmentation.ts';
export type { SegmentInput, Segmentation } from './segmentation/segmentation.ts';
export { groupSeason } from './panel/group-season.ts';
export type { GroupSeasons } from './panel/group-season.ts';
export type { BorrowedSeason } from './choice/borrowed-season.ts';
export type { Panel, PanelRegressors } from './panel/panel.ts';
export { decodePanelModel, encodePanelModel } from './panel/panel-bytes.ts';
export { explainPanelForecast } from './panel/panel-explanation.ts';
export type { PanelExplanation, PanelReason } from './panel/panel-explanation.ts';
export { blendInto, forecastPanelModel } from './panel/panel-forecast.ts';
export type { PanelForecast } from './panel/panel-forecast.ts';
export { hasSay, panelSentence, trainPanelModel } from './panel/panel-model.ts';
export type { PanelModel, PanelTraining } from './panel/panel-model.ts';
export {
  applyUplifts,
  calendarRegressors,
  effectSentence,
  estimateUplifts,
  eventRegressors,
  eventsOfAllKeys,
  forecastWithEvents,
  groupExposure,
  joinedRegressors,
  priceRegressor,
  upliftInterval,
  upliftPath,
  USUAL_ELASTICITY,
} from './events/index.ts';
export type {
  CalendarRegressorOptions,
  DemandEvent,
  EventForecast,
  EventForecastOptions,
  EventPanel,
  FeastWindow,
  GroupExposure,
  KeyEvents,
  KeyUplifts,
  PlannedEvents,
  UpliftEffect,
  UpliftOptions,
  UpliftPath,
} from './events/index.ts';
export { reconciledBlock } from './hierarchy/reconciled-block.ts';
export type { BlockNumbers, ReconcileBlockOptions, ReconciledBlock } from './hierarchy/reconciled-block.ts';
