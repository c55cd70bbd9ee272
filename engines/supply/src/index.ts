export { ratedCapacityHours, type WorkingTime } from './capacity.ts';
export { consumeForecast } from './consume-forecast.ts';
export { type LeadTimeOffset, leadTimeOffset, pastDueBuckets } from './lead-time.ts';
export type { LotRule } from './lots.ts';
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
export { type BucketName, type PlannedOrder, plannedOrder, plannedOrders } from './order-reason.ts';
export { planSupply, type SupplyMode, type SupplyOptions, type SupplyPlan } from './plan-supply.ts';
export type { PlannedOrders } from './planned-orders.ts';
export {
  type Overload,
  type ResourceLoad,
  type ResourceRow,
  type RoutingRow,
  resourceLoad,
} from './resource-load.ts';
export { type DemandHit, demandHitByShortage, type ImpactIndex, impactIndex } from './shortage-impact.ts';
