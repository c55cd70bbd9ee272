export {
  allocate,
  type AllocationOptions,
  type AllocationRule,
  type Claim,
} from './allocation/allocate.ts';
export {
  type Bottleneck,
  type BottleneckInput,
  bottlenecks,
  type ResourceUses,
} from './capacity/bottlenecks.ts';
export { type CapacityBill, capacityBill } from './capacity/capacity-bill.ts';
export { ratedCapacityHours, type WorkingTime } from './capacity/rated-hours.ts';
export {
  capacityBillLoad,
  overallFactorLoad,
  type ResourceProfileLoad,
  resourceProfileLoad,
} from './capacity/rough-cut.ts';
export { consumeForecast } from './consume-forecast.ts';
export { negativeBinomialDemand, poissonDemand } from './inventory/count-distribution.ts';
export {
  type DemandDistribution,
  empiricalDemand,
  gammaDemand,
  lognormalDemand,
  normalDemand,
} from './inventory/demand-distribution.ts';
export {
  type EconomicOrder,
  economicOrder,
  economicOrderCost,
  economicOrderWithBackorders,
  economicProduction,
  type SteadyDemand,
} from './inventory/economic-order.ts';
export {
  cheapestLots,
  type LotRuleName,
  type LotSchedule,
  type LotScheduleInput,
  lotScheduleCost,
  lotsByRule,
} from './inventory/lot-schedule.ts';
export {
  type GuaranteedService,
  guaranteedService,
  guaranteedServicePlan,
  type StagePlan,
} from './inventory/multi-echelon/guaranteed-service.ts';
export {
  type ModelStages,
  modelStages,
  type StageDemand,
} from './inventory/multi-echelon/model-stages.ts';
export {
  type SerialInput,
  type SerialStage,
  type SerialStock,
  serialBaseStock,
  serialBaseStockBounds,
} from './inventory/multi-echelon/serial-stock.ts';
export type { Stage, StageArc, StageNetwork } from './inventory/multi-echelon/stage-network.ts';
export {
  type NewsvendorCosts,
  type NewsvendorLevel,
  newsvendorCost,
  newsvendorLevel,
} from './inventory/newsvendor.ts';
export {
  type OrderUpToInput,
  type OrderUpToPolicy,
  orderUpToCost,
  orderUpToPolicy,
  reviewOrderUpTo,
} from './inventory/order-up-to.ts';
export { type PolicyTable, type PolicyTableInput, policyTable } from './inventory/policy-table.ts';
export {
  allUnitsDiscountOrder,
  type DiscountedOrder,
  type DiscountInput,
  incrementalDiscountOrder,
  type PriceTier,
} from './inventory/quantity-discount.ts';
export {
  backordersOf,
  type ReorderInput,
  type ReorderPolicy,
  reorderCost,
  reorderPointFor,
  reorderPolicy,
} from './inventory/reorder-quantity.ts';
export {
  coverDemand,
  coverMoments,
  type DemandAndLeadTime,
  fillRatioOf,
  type Moments,
  reorderPointForCycleService,
  reorderPointForFill,
  safetyStockOf,
} from './inventory/safety-stock.ts';
export {
  DEFAULT_SERVICE,
  type ServiceMatrix,
  STOCK_ERROR_CLASSES,
  STOCK_VALUE_CLASSES,
  type StockClasses,
  type StockClassInput,
  stockClasses,
} from './inventory/stock-class.ts';
export {
  cumulatedErrorSd,
  type StockProjection,
  type StockProjectionInput,
  stockProjection,
} from './inventory/stock-projection.ts';
export { type LeadTimeOffset, leadTimeOffset, pastDueBuckets } from './lead-time.ts';
export type { LotRule } from './lots.ts';
export {
  type AgeReplacement,
  ageReplacement,
  type RenewalCosts,
  renewalCostPerHour,
} from './maintenance/age-replacement.ts';
export { type FailureHistory, failureHistory, type MachineStop } from './maintenance/failure-history.ts';
export { type FailureTrend, failureTrend } from './maintenance/failure-trend.ts';
export { type PlannedStop, plannedStopHours } from './maintenance/planned-stops.ts';
export {
  type StopCost,
  type StopProposal,
  type StopProposalInput,
  stopProposal,
} from './maintenance/stop-proposal.ts';
export {
  type Weibull,
  type WeibullFit,
  weibullFit,
  weibullMeanUntil,
  weibullSurvival,
} from './maintenance/weibull.ts';
export {
  type ComponentRow,
  nameOf,
  type SourceKind,
  type StockPointRow,
  type SupplyModel,
  type SupplySource,
} from './model.ts';
export { type NettingInput, type NettingOutput, netRequirements } from './net-requirements.ts';
export { buildNetwork, type NetworkResult, type StockPoint, type SupplyNetwork } from './network.ts';
export { demandCost, explainDemand } from './explain/explain-demand.ts';
export { explainOrder, type OrderUse, orderUse } from './explain/explain-order.ts';
export { explainShortage } from './explain/explain-shortage.ts';
export { peggedPlan } from './explain/pegged-plan.ts';
export { type PlanBlocks, planBlocks } from './explain/plan-blocks.ts';
export { type PlanView, planView } from './explain/plan-view.ts';
export type { Why, WhyCost, WhyEdge, WhyNode, WhyType } from './explain/why.ts';
export { compileFiniteNetwork, recompiledNetwork } from './finite/compile.ts';
export type { FiniteNetwork } from './finite/network.ts';
export { mergedFinitePlans } from './finite/merge-plans.ts';
export { type FiniteOptions, planFinite, planFiniteSubnetworks } from './finite/plan-finite.ts';
export { type PlannedNetwork, planToReplan, replanFinite } from './finite/replan-finite.ts';
export {
  DELAY_CAUSE,
  DEMAND_KIND,
  type FiniteDemands,
  type FinitePlan,
  NO_ALTERNATES,
  SUPPLY_KIND,
  USE_KIND,
} from './model/finite-plan.ts';
export { checkPlanningModel } from './model/check-planning-model.ts';
export { planningModelFrom } from './model/from-supply-model.ts';
export { planningDemands } from './model/planning-demands.ts';
export type {
  ComponentFacts,
  DemandFacts,
  DemandStatus,
  ForecastFacts,
  LoadFacts,
  PlanningModel,
  PlanningRules,
  ReceiptFacts,
  ReceiptKind,
  ResourceFacts,
  ResourceKind,
  ShipPolicy,
  SourceFacts,
  StockPointFacts,
} from './model/planning-model.ts';
export { type OnBadRows, type UsableModel, usablePlanningModel } from './model/usable-model.ts';
export { type BucketName, type PlannedOrder, plannedOrder, plannedOrders } from './order-reason.ts';
export {
  gapRatioOf,
  type LinearProgram,
  type ProgramBuilder,
  programBuilder,
  type ProgramSolution,
  type SolutionStatus,
} from './optimal/linear-program.ts';
export type { BucketFlows } from './optimal/bucket-flows.ts';
export { type CapacitatedLots, capacitatedLots, type LotOptions } from './optimal/lots/capacitated-lots.ts';
export { type LotPlan, type LotSizingProblem, lotCost } from './optimal/lots/lot-sizing-problem.ts';
export {
  lotPlanOf,
  type LotSizingProgram,
  lotSizingProgram,
  lotSizingStart,
  withSetupsHeld,
} from './optimal/lots/lot-sizing-program.ts';
export type { OptimalOptions, PriceOptions, Setups, Timing } from './optimal/optimal-options.ts';
export {
  type OptimalOrder,
  type OptimalPlan,
  optimalPlan,
  type ScarceThing,
} from './optimal/optimal-plan.ts';
export { columnName, type OptimalProgram, optimalProgram, rowName } from './optimal/optimal-program.ts';
export { COST_KINDS, type CostKind, type PlanCost, planCost } from './optimal/plan-cost.ts';
export { planSupply, type SupplyOptions, type SupplyPlan } from './plan-supply.ts';
export type { PlannedOrders } from './planned-orders.ts';
export {
  loadByGroup,
  type NamedLoad,
  storageLoad,
  supplierLoad,
} from './capacity/resource-kinds.ts';
export {
  type Overload,
  type ResourceLoad,
  type ResourceRow,
  type RoutingRow,
  resourceLoad,
} from './capacity/resource-load.ts';
export { type DemandHit, demandHitByShortage, type ImpactIndex, impactIndex } from './shortage-impact.ts';
export type { PlannedStarts } from './unconstrained/order-starts.ts';
export type { SupplyMode } from './unconstrained/start-times.ts';
export {
  planUnconstrained,
  type UnconstrainedOptions,
  type UnconstrainedPlan,
} from './unconstrained/plan-unconstrained.ts';
