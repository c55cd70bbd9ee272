export { comparePeriods, type Gap, lastYearOf, type PeriodComparison, totalGap } from './comparison.ts';
export {
  type CostComponent,
  type CostItem,
  type CostModel,
  type CostStep,
  type RolledCost,
  rollUpCost,
} from './cost-roll-up.ts';
export { KPI_DEFINITIONS, type KpiCode, type KpiDefinition, kpiDefinition } from './kpi-definitions.ts';
export { capacityUtilisation, demandPlanBias, forecastAccuracy, inventoryTurns, type Kpi } from './kpis.ts';
export {
  type LineResult,
  type OrderLines,
  otif,
  otifOfLine,
  type OtifTolerance,
  STRICT_OTIF,
} from './otif.ts';
export { inventoryValue, type PlanMoney, planMoney } from './plan-money.ts';
export { type KeyPrices, netPrices, PRICE_WINDOW_BUCKETS, type PriceBasis } from './price.ts';
