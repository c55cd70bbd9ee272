export { type AuditEntry, type AuditRecord, type AuditTrail, audit } from './access/audit.ts';
export { getDemandScopes, type NamesOf } from './demand/get-demand-scopes.ts';
export { getDemandSeries } from './demand/get-demand-series.ts';
export { getDemandTree } from './demand/get-demand-tree.ts';
export { listDemandKeys } from './demand/list-demand-keys.ts';
export { type ErrorCode, type ErrorDetails, type ErrorKind, PlanningError } from './errors.ts';
export { getFinance } from './finance/get-finance.ts';
export { type CompanyFacts, getHome } from './insight/get-home.ts';
export { listAlerts } from './insight/list-alerts.ts';
export { listKpis } from './insight/list-kpis.ts';
export { type CursorValues, decodeCursor, encodeCursor, pageFrom } from './paging.ts';
export type {
  DemandKeyRow,
  DemandSelection,
  DemandSums,
  DemandTotals,
  FinanceSeries,
  GroupNode,
  ItemNode,
  PageRequest,
  PlanReader,
  ResourceRecord,
  Rows,
  RunHead,
  StockPointFilter,
  StockPointRecord,
} from './plan-view/plan-reader.ts';
export type { Caller, Member, OpenEndpointName, Service, Services } from './services.ts';
export { getResourceLoad } from './supply/get-resource-load.ts';
export { type BillOfMaterial, type BomLink, getStockPoint } from './supply/get-stock-point.ts';
export { getSupplySummary } from './supply/get-supply-summary.ts';
export { listPlannedOrders } from './supply/list-planned-orders.ts';
export { listStockPoints } from './supply/list-stock-points.ts';
