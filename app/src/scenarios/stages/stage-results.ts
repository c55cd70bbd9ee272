/** What stages find beside the numbers of the blocks. Plain data: it travels between threads and is kept as JSON. */
import type { Alert, Kpi } from '@planwright/contracts';
import type { RunIssue } from '../issue-summary.ts';

/** One entry per key of the chunk, in the order of its rows. Null: no value. */
export type ForecastResult = {
  readonly keys: readonly ForecastKey[];
  readonly issues: readonly RunIssue[];
};

export type ForecastKey = {
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
  /** Forecast one bucket ahead for each of the last buckets of history; null where there was too little before. */
  readonly backtest: readonly (number | null)[];
};

export type StockFigures = {
  /** Index of the stock point. */
  readonly point: number;
  readonly source: 'make' | 'buy' | 'move' | 'none';
  readonly fromCode: string;
  readonly unitCost: number | null;
  readonly coverBuckets: number | null;
  readonly shortageQuantity: number;
  readonly shortageValue: number;
  readonly firstShortage: number | null;
  /** Independent demand that is not met in its bucket, for want of this item or of one it is made from. */
  readonly unmetIndependent: number;
  readonly plannedQuantity: number;
  readonly stockValue: number;
  readonly excessQuantity: number;
  readonly excessValue: number;
};

export type OrderRow = {
  readonly number: number;
  readonly kind: 'make' | 'buy' | 'move';
  readonly point: number;
  readonly fromCode: string | null;
  readonly releaseDay: number;
  readonly dueDay: number;
  /** Bucket of the horizon in which it is released: it loads resources there. */
  readonly releaseBucket: number;
  readonly quantity: number;
  readonly value: number;
  readonly pastDue: boolean;
  readonly reason: string;
};

export type SupplyResult = { readonly points: readonly StockFigures[]; readonly orders: readonly OrderRow[] };

export type ResourceFigures = {
  readonly resource: number;
  readonly peakRatio: number | null;
  readonly meanRatio: number | null;
  readonly overloadedBuckets: number;
};

export type CapacityResult = {
  readonly resources: readonly ResourceFigures[];
  readonly issues: readonly RunIssue[];
};

export type DemandTotals = {
  readonly keyCount: number;
  readonly actualQuantity: number;
  readonly planQuantity: number;
  readonly planRevenue: number;
  readonly backtestActual: number;
  readonly backtestAbsoluteError: number;
  readonly backtestError: number;
};

export type GroupTotals = DemandTotals & {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string | null;
  readonly depth: number;
  readonly childCount: number;
};

/** One value a bucket; null where nothing is known, for NaN would not survive as JSON. */
export type SeriesValues = readonly (number | null)[];

export type NamedSeries = {
  readonly group: string;
  readonly measure: string;
  readonly values: SeriesValues;
};

export type FinanceSeries = {
  readonly group: string;
  readonly measure: 'revenue' | 'cost' | 'margin' | 'inventory';
  readonly kind: 'actual' | 'plan' | 'budget' | 'lastYear';
  readonly values: SeriesValues;
};

export type FinanceResult = {
  /** One entry per demand key. */
  readonly keys: readonly DemandTotals[];
  readonly groups: readonly GroupTotals[];
  readonly groupSeries: readonly NamedSeries[];
  readonly finance: readonly FinanceSeries[];
  readonly notes: readonly string[];
};

/** An alert before it is numbered and knows the id of its stock point. */
export type FoundAlert = Omit<Alert, 'number' | 'stockPointId'> & { readonly point: number | null };

export type AlertCounts = { readonly high: number; readonly medium: number; readonly low: number };

export type KpisResult = {
  readonly kpis: readonly Kpi[];
  /** Most serious first; the worst of them only. */
  readonly alerts: readonly FoundAlert[];
  /** All that were found. */
  readonly alertCounts: AlertCounts;
  readonly fillRatio: number | null;
};

/** By stage; chunks in order. Stages that only move numbers have null. */
export type StageResults = {
  actuals: null;
  forecast: ForecastResult;
  consensus: null;
  supply: SupplyResult;
  capacity: CapacityResult;
  finance: FinanceResult;
  kpis: KpisResult;
};

/** The results of the stages before, chunk by chunk. */
export type EarlierResults = { readonly [Name in keyof StageResults]: readonly StageResults[Name][] };
