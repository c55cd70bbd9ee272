/** What stages find beside the numbers of the blocks. Plain data: it travels between threads and is kept as JSON. */
import type { Alert, DemandFinding, Kpi } from '@planwright/contracts';
import type { RunIssue } from '../issue-summary.ts';
import type { KeyFit } from './kept-fit.ts';

/** One entry per key of the chunk, in the order of its rows. Null: no value. */
export type ForecastResult = {
  readonly keys: readonly ForecastKey[];
  readonly issues: readonly RunIssue[];
};

export type ForecastKey = {
  readonly demandClass: string;
  readonly method: string;
  readonly explanation: string;
  readonly fit: KeyFit;
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
  /** Null unless plans are to be steady. */
  readonly steadiness: SteadinessSums | null;
  readonly findings: readonly KeyFinding[];
  readonly events: readonly KeyEvent[];
};

/** One entry a candidate of how much is held back: errors and changes of the plans it would have made, over mean demand. */
export type SteadinessSums = { readonly errors: readonly number[]; readonly changes: readonly number[] };

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
  /** What young streams lean on; null where nothing shows a season. */
  readonly youngSeasons: LearntSeasons | null;
  /** Effects of the calendar by country; only those that can be seen. */
  readonly calendar: readonly LearntCalendar[];
  readonly price: LearntPrice;
  /** Null where the run did not ask for it. */
  readonly panel: LearntPanel | null;
};

/** Effects on the logarithm of demand at exposure 1, one entry a column, for every lowest item group with streams there. */
export type LearntCalendar = {
  readonly country: string;
  readonly columns: readonly string[];
  readonly groups: readonly {
    readonly group: number;
    readonly logs: readonly number[];
    readonly errors: readonly number[];
  }[];
};

/** Factors per place in the year, averaging 1. */
export type LearntSeasons = {
  readonly overall: readonly number[];
  /** One entry per group; null for groups without a stream that shows its season. */
  readonly groups: readonly (readonly number[] | null)[];
};

/** Whether prices explain demand, by their own trial; the reason is a sentence. */
export type LearntPrice = { readonly isUsed: boolean; readonly reason: string };

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
  /** One entry a key: how the published plan held, as a sentence; '' where it did not. Empty unless plans are to be steady. */
  readonly held: readonly string[];
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

/** Sums of a constrained plan, which add up over chunks; money at cost. Released orders' own needs are in none of them. */
export type ServiceSums = {
  readonly demandQuantity: number;
  readonly onTimeQuantity: number;
  readonly lateQuantity: number;
  readonly shortQuantity: number;
  readonly lateValue: number;
  readonly shortValue: number;
  /** Units late times days late. */
  readonly delayUnitDays: number;
  readonly backlogQuantity: number;
  readonly backlogValue: number;
  readonly orderCount: number;
  readonly orderValue: number;
  /** Of resources that have hours. */
  readonly loadHours: number;
  readonly capacityHours: number;
  /** By bucket of the horizon: what is late or short of the demand due in it, and stock at its end. */
  readonly lateValueByBucket: readonly number[];
  readonly shortValueByBucket: readonly number[];
  readonly stockValueByBucket: readonly number[];
};

export type ConstrainedResult = {
  readonly sums: ServiceSums;
  /** The plan's columns in base64 (see `planBytes`). */
  readonly plan: string;
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
  constrained: ConstrainedResult;
  finance: FinanceResult;
  kpis: KpisResult;
};

/** The results of the stages before, chunk by chunk. */
export type EarlierResults = { readonly [Name in keyof StageResults]: readonly StageResults[Name][] };
