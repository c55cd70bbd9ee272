import type { Alert, Kpi, PlannedOrder } from '@planwright/contracts';
import type { Calendar } from '@planwright/time';
import type { CursorValues } from '../paging.ts';
import type { WorkbenchReads } from './workbench-reader.ts';

/** A finished run, as the views need it. */
export type RunHead = {
  readonly runId: string;
  readonly companyId: number;
  readonly currency: string;
  readonly asOf: string;
  readonly createdAt: string;
  readonly finishedAt: string;
  /** History buckets first, then the horizon. */
  readonly calendar: Calendar;
  readonly historyBuckets: number;
  readonly horizonBuckets: number;
  /** Whole-run figures that no list holds, as the run wrote them. */
  readonly summary: Readonly<Record<string, unknown>>;
};

/** What is selected of the demand. A group includes all below it; '' is the whole company. */
export type DemandSelection = {
  readonly group: string;
  readonly item?: string | undefined;
  readonly location?: string | undefined;
  readonly channel?: string | undefined;
};

/** Totals of the demand keys below a node. The back-test sums give WAPE and bias of any node. */
export type DemandTotals = {
  readonly keyCount: number;
  readonly actualQuantity: number;
  readonly planQuantity: number;
  readonly planRevenue: number;
  readonly backtestActual: number;
  readonly backtestAbsoluteError: number;
  readonly backtestError: number;
};

export type GroupNode = DemandTotals & {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly childCount: number;
};
export type ItemNode = DemandTotals & {
  readonly code: string;
  readonly name: string;
  readonly groupCode: string;
};

/** Sums over the selected keys. History measures have history length, the others horizon length, revenue both. */
export type DemandSums = Readonly<
  Record<
    'actual' | 'baseline' | 'consensus' | 'lower80' | 'upper80' | 'lower95' | 'upper95' | 'revenue',
    readonly number[]
  >
>;

export type DemandKeyRow = DemandTotals & {
  readonly keyId: number;
  readonly item: string;
  readonly itemName: string;
  readonly location: string;
  readonly channel: string;
  readonly demandClass: string;
  readonly method: string;
  readonly explanation: string;
  readonly wapeRatio: number | null;
  readonly mapeRatio: number | null;
  readonly mapeDropped: number;
  readonly smapeRatio: number | null;
  readonly maseRatio: number | null;
  readonly biasRatio: number | null;
  readonly trackingSignal: number | null;
  readonly coverage80Ratio: number | null;
  readonly coverage95Ratio: number | null;
  readonly planner: string;
  readonly valueClass: string;
  readonly forecastClass: string;
  readonly lifeStage: string;
  readonly moneyError: number;
  readonly naiveAbsoluteError: number;
  readonly findingCount: number;
};

/** By what the list of streams is sorted; 'worth' is the error in money. */
export type DemandSort = 'value' | 'error' | 'worth' | 'item';

/** Narrows a selection further. */
export type DemandFilter = {
  readonly valueClass?: string | undefined;
  readonly forecastClass?: string | undefined;
  readonly planner?: string | undefined;
};

export type StockPointRecord = {
  readonly stockPointId: number;
  readonly item: string;
  readonly itemName: string;
  readonly itemKind: string;
  readonly location: string;
  readonly source: 'make' | 'buy' | 'move' | 'none';
  readonly unit: string;
  readonly onHand: number;
  readonly safetyStock: number;
  readonly leadTimeDays: number;
  readonly coverBuckets: number | null;
  readonly shortageQuantity: number;
  readonly shortageValue: number;
  readonly firstShortage: number | null;
  /** Of the constrained plan; null in runs without one. */
  readonly constrainedShortageQuantity: number | null;
  readonly constrainedShortageValue: number | null;
  readonly constrainedFirstShortage: number | null;
  readonly plannedQuantity: number;
  readonly stockValue: number;
};

export type ResourceRecord = {
  readonly resourceId: number;
  readonly code: string;
  readonly name: string;
  readonly location: string | null;
  readonly peakRatio: number | null;
  readonly meanRatio: number | null;
  readonly overloadedBuckets: number;
  readonly loadHours: readonly number[];
  readonly capacityHours: readonly number[];
  /** Null in runs of versions that did not write them. */
  readonly overtimeHours: readonly number[] | null;
};

export type FinanceSeries = {
  readonly group: string;
  readonly measure: 'revenue' | 'cost' | 'margin' | 'inventory';
  readonly kind: 'actual' | 'plan' | 'budget' | 'lastYear';
  readonly values: readonly number[];
};

export type PageRequest = { readonly after: CursorValues | undefined; readonly limit: number };
export type Rows<Row> = { readonly rows: readonly Row[]; readonly total: number };

export type StockPointFilter = {
  readonly q?: string | undefined;
  readonly location?: string | undefined;
  readonly kind?: string | undefined;
  readonly only: 'all' | 'short' | 'excess';
  /** Whose shortage orders the list, and counts as short. */
  readonly plan: 'constrained' | 'unconstrained';
};

/** Reads of what a run wrote. Lists ask for one row more than the limit, so that the caller sees whether there is more. */
export type PlanReader = WorkbenchReads & {
  /** The run of that id, or the published one; undefined where there is none that succeeded. */
  findRun(companyId: number, runId: string | undefined): Promise<RunHead | undefined>;
  groupNode(runId: string, code: string): Promise<GroupNode | undefined>;
  /** Groups directly below the selected one, the largest first, each with the totals of what is selected below it. */
  childGroups(runId: string, selection: DemandSelection): Promise<readonly GroupNode[]>;
  /** Items directly in the selected group, the largest first. Sort values: [planned revenue, code]. */
  childItems(runId: string, selection: DemandSelection, page: PageRequest): Promise<Rows<ItemNode>>;
  /** Codes of all items below a group. */
  itemsBelow(runId: string, group: string): Promise<readonly string[]>;
  demandTotals(runId: string, selection: DemandSelection): Promise<DemandTotals>;
  demandSums(run: RunHead, selection: DemandSelection): Promise<DemandSums>;
  demandMethods(
    runId: string,
    selection: DemandSelection,
  ): Promise<readonly { method: string; keyCount: number }[]>;
  /** Sort values of the page: [value or error or item, ..., keyId]. */
  demandKeys(
    runId: string,
    selection: DemandSelection & DemandFilter,
    sort: DemandSort,
    page: PageRequest,
  ): Promise<Rows<DemandKeyRow>>;
  demandScopes(runId: string): Promise<{ locations: readonly string[]; channels: readonly string[] }>;
  unitOf(runId: string, item: string): Promise<string | undefined>;
  /** Sort values: [shortage of the plan in money, stockValue, stockPointId]. */
  stockPoints(runId: string, filter: StockPointFilter, page: PageRequest): Promise<Rows<StockPointRecord>>;
  stockPoint(runId: string, stockPointId: number): Promise<StockPointRecord | undefined>;
  series(runId: string, keyId: number): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The named measures of many keys, by key and measure. */
  seriesOf(
    runId: string,
    keyIds: readonly number[],
    measures: readonly string[],
  ): Promise<
    readonly { readonly keyId: number; readonly measure: string; readonly values: readonly number[] }[]
  >;
  stockTotals(runId: string): Promise<{
    stockPointCount: number;
    shortCount: number;
    shortageQuantity: number;
    shortageValue: number;
  }>;
  groupSeries(
    runId: string,
    group: string,
    measures: readonly string[],
  ): Promise<ReadonlyMap<string, readonly number[]>>;
  orderTotals(runId: string): Promise<{ count: number; value: number; pastDueCount: number }>;
  /** Sort values: [releaseOn, number]. */
  plannedOrders(
    runId: string,
    filter: { kind?: string | undefined; item?: string | undefined; pastDue?: boolean | undefined },
    page: PageRequest,
  ): Promise<Rows<PlannedOrder>>;
  resources(runId: string): Promise<readonly ResourceRecord[]>;
  finance(
    runId: string,
    groups: readonly string[],
    measures?: readonly string[],
  ): Promise<readonly FinanceSeries[]>;
  kpis(runId: string): Promise<readonly Kpi[]>;
  /** Sort values: [number]. */
  alerts(
    runId: string,
    filter: { kind?: string | undefined; severity?: string | undefined },
    page: PageRequest,
  ): Promise<Rows<Alert>>;
  alertCounts(runId: string): Promise<{ high: number; medium: number; low: number }>;
};
