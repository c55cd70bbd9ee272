export { type AuditEntry, type AuditRecord, type AuditTrail, audit } from './access/audit.ts';
export { changeCompany, createCompany, getCompany, getMe, insertCompany } from './access/companies.ts';
export { addMember, changeMember, listAudit, listMembers } from './access/members.ts';
export type {
  AccessReader,
  AccessTransact,
  AccessTx,
  CompanySettingsChange,
  CredentialStore,
} from './access/ports.ts';
export { approveCycle, type ApproveCycleDeps } from './cycle/approve-cycle.ts';
export { changeStep } from './cycle/change-step.ts';
export { createCycle, type CreateCycleDeps } from './cycle/create-cycle.ts';
export type { CycleRecord, GateCheck, StepRecord } from './cycle/model.ts';
export { NEAR_BUCKETS, type PlanFacts } from './cycle/plan-facts.ts';
export type {
  CycleReader,
  CycleRegister,
  CycleTransact,
  CycleTx,
  NewCycle,
  PlanOfRecordRow,
  ReadCycleDeps,
  ReadPlanFacts,
  RunFigures,
  Signature,
  StepChange,
  WriteCycleDeps,
} from './cycle/ports.ts';
export { getCycle, getPlanOfRecord, listCycles } from './cycle/read-cycles.ts';
export { reopenStep } from './cycle/reopen-step.ts';
export { signStep } from './cycle/sign-step.ts';
export { ActiveImports } from './data/active-imports.ts';
export { type CancelImportDeps, cancelImport } from './data/cancel-import.ts';
export { type CreateImportCommand, type CreateImportDeps, createImport } from './data/create-import.ts';
export {
  type ExecuteImportDeps,
  executeImport,
  type ImportEnd,
  type ImportHooks,
} from './data/execute-import.ts';
export { type FreshnessReader, getFreshness, MAIN_DAY, type TargetFreshness } from './data/get-freshness.ts';
export {
  type GetQualityDeps,
  getQuality,
  type QualityCount,
  type QualityReader,
} from './data/get-quality.ts';
export type { ImportReader, Slice } from './data/import-reader.ts';
export type {
  ImportedSettings,
  ImportIssue,
  ImportProgress,
  ImportSource,
  ReadHooks,
  RejectsFile,
  SourceReader,
} from './data/import-source.ts';
export { getImport, listImportIssues, listImports } from './data/list-imports.ts';
export { exportRows, listRows, type RowQuery, type RowReader, type StoredRow } from './data/list-rows.ts';
export type {
  DataTransact,
  DataTx,
  ImportOutcome,
  ImportPulse,
  ImportRegister,
  ImportState,
  ImportStatus,
  ImportTargetCounts,
  MergeCounts,
  NewImport,
  RowStore,
  Staging,
} from './data/ports.ts';
export { QUALITY_CHECKS, type QualityCheck, type QualityCode } from './data/quality-checks.ts';
export { type RecoverImportsDeps, recoverImports } from './data/recover-imports.ts';
export type { RowFilter } from './data/row-filter.ts';
export { type SearchHit, type SearchReader, search } from './data/search.ts';
export { type UndoImportDeps, undoImport } from './data/undo-import.ts';
export { compareDemandMethods } from './demand-workbench/compare-demand-methods.ts';
export { type MethodStudy, type MethodStudyInput, methodStudy } from './demand-workbench/method-study.ts';
export { decideCleansing, undoCleansing } from './demand-workbench/cleansing-decisions.ts';
export {
  changeDemandEvent,
  createDemandEvent,
  listDemandEvents,
  listFeasts,
  removeDemandEvent,
} from './demand-workbench/demand-events.ts';
export { getDemandAccuracy } from './demand-workbench/get-demand-accuracy.ts';
export { getDemandKey } from './demand-workbench/get-demand-key.ts';
export { getDemandSegments } from './demand-workbench/get-demand-segments.ts';
export { listLaunches, removeLaunch, saveLaunch } from './demand-workbench/launches.ts';
export { type ItemFacts, previewLaunch, suggestLikeItems } from './demand-workbench/launch-preview.ts';
export { listDemandLines } from './demand-workbench/list-demand-lines.ts';
export { listDemandFindings } from './demand-workbench/list-demand-findings.ts';
export { listSensedDemand } from './demand-workbench/list-sensed-demand.ts';
export type {
  BookedStream,
  OrderBookReader,
  OrderBookState,
  PlannedStream,
} from './demand-workbench/order-book.ts';
export type {
  DriverReader,
  DriverStore,
  DriverTransact,
  StoredEvent,
  StreamName,
} from './demand-workbench/ports.ts';
export { listSuccessions, removeSuccession, saveSuccession } from './demand-workbench/successions.ts';
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
  DemandFilter,
  DemandKeyRow,
  DemandSelection,
  DemandSort,
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
export type {
  AccuracyBucket,
  AccuracySide,
  AccuracySums,
  EventEffectRow,
  FindingRow,
  OrderedLine,
  SegmentSums,
  SellingItem,
  WorkbenchReads,
} from './plan-view/workbench-reader.ts';
export { cancelRun } from './scenarios/cancel-run.ts';
export type {
  BudgetRow,
  CompanyData,
  CompanyDataReader,
  CompanySettings,
  DemandBounds,
  DemandHistory,
  ItemRow,
  ItemSupplierRow,
  OpenOrders,
  PreviousPlan,
  ReadWindow,
  ReceiptRow,
  ResourceInput,
  ServiceRow,
  StockHistoryRow,
} from './scenarios/company-data.ts';
export type { DriverInputs, DriverRows } from './scenarios/demand-drivers.ts';
export type { FitRow } from './scenarios/previous-fits.ts';
export type {
  DemandLineRow,
  FirmProposalRow,
  OrderChangeRow,
  PlannedStopRow,
  ReceiptLineRow,
  SupplyRows,
} from './scenarios/supply-rows.ts';
export {
  executeRun,
  type ExecuteRunDeps,
  joinedIssues,
  LEASE_SECONDS,
  parsedResults,
  type RunOutcome,
} from './scenarios/execute-run.ts';
export { freezeSnapshot, type FrozenInputs } from './scenarios/freeze-snapshot.ts';
export type { RunIssue } from './scenarios/issue-summary.ts';
export { planCalendar, type PlanCalendar } from './scenarios/plan-calendar.ts';
export type {
  ChunkCommit,
  Claim,
  ClaimedRun,
  FinishedChunk,
  JobSender,
  KeyIds,
  NewRun,
  PlanKeys,
  PlanRows,
  ReadConsistently,
  RunEnd,
  RunRecord,
  RunRegister,
  RunStatus,
  RunSummary,
  RunWork,
  ScenarioTransact,
  ScenarioTx,
  SeriesRows,
  SnapshotStore,
  StageProgress,
} from './scenarios/ports.ts';
export { publishRun } from './scenarios/publish-run.ts';
export { getRun, listRuns } from './scenarios/read-runs.ts';
export { replayRun } from './scenarios/replay-run.ts';
export { runView } from './scenarios/run-view.ts';
export {
  decodeSnapshot,
  encodeSnapshot,
  type Snapshot,
  type SnapshotBlocks,
  snapshotHash,
  type SnapshotMeta,
} from './scenarios/snapshot.ts';
export {
  type ChunkTask,
  type EarlierJson,
  type PoolRun,
  type SharedRun,
  STAGE_NEEDS,
  type StagePool,
} from './scenarios/stage-pool.ts';
export {
  type ChunkDone,
  type ChunkSupport,
  computeChunk,
  outputHash,
} from './scenarios/stages/compute-chunk.ts';
export {
  makeRunBlocks,
  type Measure,
  type RunBlocks,
  type StageName,
  WORKING_MEASURES,
} from './scenarios/stages/run-blocks.ts';
export { planFromBytes } from './scenarios/stages/plan-bytes.ts';
export { type StagePlan, stagePlans } from './scenarios/stages/stage-plan.ts';
export { freezeCompany, startRun, type StartRunDeps } from './scenarios/start-run.ts';
export { cachedPlanReader } from './plan-view/cached-plan-reader.ts';
export { runInView } from './plan-view/run-in-view.ts';
export type { Caller, Member, OpenEndpointName, Service, Services } from './services.ts';
export { getConstrainedSummary } from './supply/get-constrained-summary.ts';
export { getResource } from './supply/get-resource.ts';
export { getStockPointPlans } from './supply/get-stock-point-plans.ts';
export { getSupplyNetwork } from './supply/get-supply-network.ts';
export { listConstrainedOrders } from './supply/list-constrained-orders.ts';
export { listSupplyDemands } from './supply/list-supply-demands.ts';
export { bookKeeper, type OpenBook } from './supply/plan-book.ts';
export {
  changeException,
  commentException,
  getException,
  listExceptions,
  simulateException,
  takeExceptionAction,
} from './supply/exceptions.ts';
export { followUpPlan, type FollowUpDeps } from './supply/follow-up.ts';
export { getSupplyWhy } from './supply/get-supply-why.ts';
export type {
  ExceptionFilter,
  FoundException,
  MachineFailureRow,
  NewProposal,
  PolicyReads,
  StoredComment,
  StoredDecision,
  StoredPlanChunk,
  StoredProposal,
  SupplierFacts,
  SupplyPlanReads,
  SupplyReader,
  SupplyStore,
  SupplyTransact,
  SupplyTx,
} from './supply/ports.ts';
export { approveProposals, rejectProposals, releaseProposals } from './supply/proposal-actions.ts';
export { cancelOptimum, getOptimum, OPTIMUM_JOB, startOptimum } from './supply/optimum.ts';
export type {
  OptimumRows,
  OptimumTransact,
  OptimumTx,
  SolveProgram,
  StoredOptimum,
} from './supply/optimum-ports.ts';
export { type OptimumDeps, workOutOptimum } from './supply/work-out-optimum.ts';
export { listPolicyProposals } from './supply/list-policy-proposals.ts';
export { listStopProposals } from './supply/list-stop-proposals.ts';
export { listProposals } from './supply/proposal-list.ts';
export { changeReleaseRules, getReleaseRules } from './supply/release-rules.ts';
export { listSupplierRisks } from './supply/supplier-risk.ts';
export { listRoughCut, listRoughCutProducts } from './supply/list-rough-cut.ts';
export {
  decideSupply,
  decideSupplyTogether,
  listSupplyDecisions,
  undoSupplyDecision,
  undoSupplyDecisions,
} from './supply/supply-decisions.ts';
export {
  addWebhook,
  type DeliveryQueue,
  type DueDelivery,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook,
  type SendWebhook,
  sendDueWebhooks,
  type Sent,
} from './supply/webhooks.ts';
export type { TrialDesk } from './supply/trial-desk.ts';
export {
  type DeskParts,
  deskOf,
  readDeskParts,
  type TryOut,
  tryOutSupplyEdits,
} from './supply/what-if.ts';
export { getResourceLoad } from './supply/get-resource-load.ts';
export { type BillOfMaterial, type BomLink, getStockPoint } from './supply/get-stock-point.ts';
export { getSupplySummary } from './supply/get-supply-summary.ts';
export { listPlannedOrders } from './supply/list-planned-orders.ts';
export { listStockPeriods, listStockPoints, listStockRules } from './supply/list-stock-points.ts';
