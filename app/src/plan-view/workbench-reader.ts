import type { DemandFinding } from '@planwright/contracts';
import type { DemandKeyRow, DemandSelection, PageRequest, RunHead, Rows } from './plan-reader.ts';

/** Sums of a back-test at one lag: they add up over any selection. */
export type AccuracySums = {
  readonly code: string;
  readonly label: string;
  readonly keyCount: number;
  readonly bucketCount: number;
  readonly actual: number;
  readonly absoluteError: number;
  readonly error: number;
  readonly naiveAbsoluteError: number;
  readonly inside80: number;
  readonly inside95: number;
  readonly moneyError: number;
};

/** What accuracy is broken down by. `group`: what lies directly below the selected group. */
export type AccuracySide =
  | 'lag'
  | 'group'
  | 'planner'
  | 'class'
  | 'value'
  | 'method'
  | 'location'
  | 'channel';

/** Sums of one recent bucket of history at lag 1. */
export type AccuracyBucket = {
  /** Index in the history. */
  readonly bucket: number;
  readonly actual: number;
  readonly forecast: number;
  readonly absoluteError: number;
};

export type SegmentSums = AccuracySums & {
  readonly valueClass: string;
  readonly forecastClass: string;
  readonly planRevenue: number;
};

/** A finding as stored: its bucket is an index, history first. */
export type FindingRow = Omit<DemandFinding, 'bucket' | 'bucketOn'> & { readonly bucket: number | null };

export type EventEffectRow = {
  readonly number: number;
  readonly eventCode: string;
  readonly name: string;
  readonly kind: string;
  /** 'YYYY-MM-DD', both days included. */
  readonly startsOn: string;
  readonly endsOn: string;
  readonly keyCount: number;
  readonly seenCount: number;
  readonly upliftRatio: number;
  readonly lower80Ratio: number;
  readonly upper80Ratio: number;
  readonly afterRatio: number;
  readonly cannibalisedRatio: number;
  readonly actualQuantity: number;
  readonly planQuantity: number;
  readonly explanation: string;
};

/** An item that sells, with what tells it from others. */
export type SellingItem = {
  readonly item: string;
  readonly name: string;
  readonly group: string;
  readonly kind: string;
  readonly price: number | null;
  readonly unit: string;
  /** Quantity of the last year of history. */
  readonly actualQuantity: number;
  /** First bucket of history with a sale; 0 may mean that it sold before. */
  readonly firstBucket: number;
};

/** Lines of an item whose demand falls on one of these days, both included. */
export type DemandLineFilter = {
  readonly item: string;
  readonly location?: string | undefined;
  readonly channel?: string | undefined;
  readonly fromDay: number;
  readonly toDay: number;
};

export type OrderedLine = {
  readonly order: string;
  readonly line: string;
  readonly demandOn: string;
  readonly orderedOn: string;
  readonly location: string;
  readonly channel: string;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly quantity: number;
};

/** What the demand workbench reads of a run. */
export type WorkbenchReads = {
  demandKey(runId: string, keyId: number): Promise<DemandKeyRow | undefined>;
  /** Error in money of the whole company. */
  moneyError(runId: string): Promise<number>;
  /** One row per value of the side, the largest money error first; by lag in order of lags. */
  accuracyBy(
    runId: string,
    selection: DemandSelection,
    side: AccuracySide,
    lag: number,
  ): Promise<readonly AccuracySums[]>;
  /** The last `count` buckets of history. */
  accuracyTrend(run: RunHead, selection: DemandSelection, count: number): Promise<readonly AccuracyBucket[]>;
  segments(runId: string, selection: DemandSelection): Promise<readonly SegmentSums[]>;
  /** Sort values: [number]. */
  findings(
    runId: string,
    filter: DemandSelection & {
      readonly kind?: string | undefined;
      readonly keyId?: number | undefined;
    },
    page: PageRequest,
  ): Promise<Rows<FindingRow>>;
  /** Order lines as they are now. Sort values: [day of demand, order, line]. */
  demandLines(
    companyId: number,
    filter: DemandLineFilter,
    page: PageRequest,
  ): Promise<Rows<OrderedLine> & { readonly quantity: number }>;
  sellingItems(run: RunHead): Promise<readonly SellingItem[]>;
  /** History of each item, all its streams added up; NaN where none was observed. */
  itemHistories(run: RunHead, items: readonly string[]): Promise<ReadonlyMap<string, readonly number[]>>;
  eventEffects(runId: string): Promise<readonly EventEffectRow[]>;
};
