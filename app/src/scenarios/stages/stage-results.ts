/** What stages find beside the numbers of the blocks. Plain data: it travels between threads and is kept as JSON. */
import type { Alert, DemandFinding, Kpi } from '@planwright/contracts';
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
  /** Of the same buckets: what the naive forecast would have missed. */
  readonly naiveAbsoluteError: number;
  readonly lifeStage: string;
  /** What is left to a model that sees the same mistakes; the yardstick of how far this key may be moved. */
  readonly errorVariance: number;
  /** Starts by items like it: its history says less than its launch does. */
  readonly isLaunch: boolean;
  readonly lags: readonly LagSums[];
  readonly findings: readonly KeyFinding[];
  readonly events: readonly KeyEvent[];
};

/** Sums of the back-test at one lag: buckets from making a forecast to the bucket it is for, 1 for the next one. */
export type LagSums = {
  readonly lag: number;
  readonly bucketCount: number;
  readonly actual: number;
  readonly absoluteError: number;
  readonly error: number;
  readonly naiveAbsoluteError: number;
  readonly inside80: number;
  readonly inside95: number;
};

/** Something about one key, not yet weighed in money. */
export type KeyFinding = {
  readonly kind: DemandFinding['kind'];
  /** Bucket of the history; null where it is about the whole. */
  readonly bucket: number | null;
  readonly quantityBefore: number | null;
  readonly quantityAfter: number | null;
  /** Units that it is about, to be weighed with the price. */
  readonly quantity: number;
  readonly detail: string;
};

/** What one event did and will do to one key. */
export type KeyEvent = {
  /** Index into the effects of the learning stage. */
  readonly effect: number;
  readonly actualQuantity: number;
  readonly planQuantity: number;
};

/** What is learnt from all keys together. */
export type LearnResult = {
  readonly effects: readonly LearntEffect[];
  /** One entry per group; factors per place in the season, averaging 1, or null where it shows none. */
  readonly seasons: readonly (readonly number[] | null)[];
  /** Null where the run did not ask for it. */
  readonly panel: LearntPanel | null;
};

export type LearntPanel = {
  /** Bytes of the model in base64; null where it was not found worth using. */
  readonly model: string | null;
  readonly reason: string;
};

/** Ratios are changes: 0.2 is 20 % more. */
export type LearntEffect = {
  readonly eventCode: string;
  readonly name: string;
  readonly kind: string;
  readonly startsOn: number;
  readonly endsOn: number;
  readonly keyCount: number;
  readonly seenCount: number;
  readonly upliftRatio: number;
  readonly lower80Ratio: number;
  readonly upper80Ratio: number;
  readonly afterRatio: number;
  readonly cannibalisedRatio: number;
  readonly explanation: string;
};

export type ReconcileResult = {
  /** Baseline and bands of every group. */
  readonly groupSeries: readonly NamedSeries[];
  readonly issues: readonly RunIssue[];
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

/** One demand key in money. */
export type KeyTotals = DemandTotals & {
  /** Of one unit; null where none is known. */
  readonly price: number | null;
  /** Absolute error of the back-test at that price. */
  readonly moneyError: number;
  /** A, B or C. */
  readonly valueClass: string;
  /** X, Y or Z; '' where nothing could be judged. */
  readonly forecastClass: string;
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
  readonly keys: readonly KeyTotals[];
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
  readonly eventEffects: readonly EventEffect[];
  /** Most expensive first; the first thousands only. */
  readonly findings: readonly MoneyFinding[];
  /** All that were found. */
  readonly findingCount: number;
};

export type EventEffect = LearntEffect & { readonly actualQuantity: number; readonly planQuantity: number };

export type MoneyFinding = Omit<KeyFinding, 'quantity'> & { readonly key: number; readonly amount: number };

/** By stage; chunks in order. Stages that only move numbers have null. */
export type StageResults = {
  actuals: null;
  learn: LearnResult;
  forecast: ForecastResult;
  reconcile: ReconcileResult;
  consensus: null;
  supply: SupplyResult;
  capacity: CapacityResult;
  finance: FinanceResult;
  kpis: KpisResult;
};

/** The results of the stages before, chunk by chunk. */
export type EarlierResults = { readonly [Name in keyof StageResults]: readonly StageResults[Name][] };
