/**
 * A company's data as a run freezes it: read once, set by set, at the grain of the plan.
 *
 * Every list is sorted by its source key, and sums are exact decimals before they become doubles, so that the same
 * data gives the same bytes whatever order it was stored in. Days are whole days since 1970-01-01.
 */
import type { CalendarDay, CalendarKind } from '@planwright/time';
import type { SupplyEdit } from '@planwright/contracts';
import type { SupplyRows } from './supply-rows.ts';
import type { DriverRows } from './demand-drivers.ts';
import type { FitRow } from './previous-fits.ts';

export type CompanySettings = {
  readonly companyId: number;
  readonly currency: string;
  readonly calendarKind: CalendarKind;
  readonly fiscalYearStartMonth: number;
  /** The planning date as set; null means the day after the newest order. */
  readonly asOf: CalendarDay | null;
  /** Whether a run holds numbers of the published plan that differ from it by no more than noise; false unless told. */
  readonly isSteady?: boolean;
  /** ISO 3166-1 code for locations that do not say theirs; none unless told. */
  readonly country?: string | null;
};

/** Of the sales order lines. The demand day of a line is the day asked for, where known, else the day ordered. */
export type DemandBounds = {
  readonly firstDemandDay: CalendarDay;
  readonly lastDemandDay: CalendarDay;
  readonly newestOrderDay: CalendarDay;
};

/** One entry per demand key, sorted by item, location, channel. */
export type DemandHistory = {
  readonly item: readonly string[];
  readonly location: readonly string[];
  readonly channel: readonly string[];
  /** Cells of each key in bucket order: bucket (of the starts given; -1 before them), net quantity, net amount. */
  readonly bucket: readonly (readonly number[])[];
  readonly quantity: readonly (readonly number[])[];
  /** What came back of it, above 0: the net quantity holds it already. */
  readonly returned: readonly (readonly number[])[];
  /** In the company's currency. */
  readonly amount: readonly (readonly number[])[];
};

/**
 * Orders that reach into the plan, one row per key and bucket, sorted. `bucket` counts from the as-of day; -1 is
 * before it: past due.
 */
export type OpenOrders = {
  readonly item: readonly string[];
  readonly location: readonly string[];
  readonly channel: readonly string[];
  readonly bucket: readonly number[];
  /** Still to ship. */
  readonly quantity: readonly number[];
  readonly amount: readonly number[];
  /** Shipped already, though asked for in the plan. */
  readonly shippedQuantity: readonly number[];
};

export type ItemRow = {
  readonly code: string;
  readonly name: string;
  readonly groupCode: string | null;
  readonly kind: string;
  readonly unit: string;
  readonly source: 'make' | 'buy';
  readonly homeLocation: string | null;
  readonly standardCost: number | null;
  readonly listPrice: number | null;
  readonly leadTimeDays: number | null;
  readonly lotMinimum: number | null;
  readonly lotMultiple: number | null;
  readonly safetyStock: number | null;
  readonly yieldRatio: number;
  readonly activeFrom: CalendarDay | null;
  readonly activeTo: CalendarDay | null;
  readonly planner: string | null;
};

export type GroupRow = { readonly code: string; readonly name: string; readonly parentCode: string | null };

export type LocationRow = {
  readonly code: string;
  readonly name: string;
  readonly kind: string;
  readonly suppliedFrom: string | null;
  readonly transitDays: number;
  /** ISO 3166-1 code as written; null where nobody said. */
  readonly country: string | null;
};

export type ItemLocationRow = {
  readonly item: string;
  readonly location: string;
  readonly source: 'make' | 'buy' | 'move' | null;
  readonly sourceLocation: string | null;
  readonly leadTimeDays: number | null;
  readonly lotMinimum: number | null;
  readonly lotMultiple: number | null;
  readonly safetyStock: number | null;
  readonly lotMaximum: number | null;
  readonly storageMaximum: number | null;
  readonly buildAheadDays: number | null;
  readonly shelfLifeDays: number | null;
};

/** Only suppliers that may be ordered from, best first within an item. */
export type ItemSupplierRow = {
  readonly item: string;
  readonly supplier: string;
  readonly leadTimeDays: number | null;
  readonly price: number | null;
  readonly minimumQuantity: number | null;
  readonly multipleQuantity: number | null;
  readonly priority: number;
  readonly shareRatio: number | null;
  readonly maximumPerWeek: number | null;
  readonly effectiveFrom: CalendarDay | null;
  readonly effectiveTo: CalendarDay | null;
};

/** In force on the as-of day or later. */
export type BomRow = {
  readonly parent: string;
  readonly component: string;
  readonly quantityPer: number;
  readonly unit: string | null;
  readonly scrapRatio: number;
  /** Null: always. */
  readonly effectiveFrom: CalendarDay | null;
  readonly effectiveTo: CalendarDay | null;
};

export type OnHandRow = { readonly item: string; readonly location: string; readonly quantity: number };

/** Open purchase or work orders of an item at a location and bucket; bucket -1 is past due. */
export type ReceiptRow = {
  readonly kind: 'purchase' | 'work';
  readonly item: string;
  /** Null: at the item's home. */
  readonly location: string | null;
  readonly bucket: number;
  readonly quantity: number;
  readonly orderCount: number;
  readonly oldestDueDay: CalendarDay | null;
};

export type ResourceInput = {
  readonly code: string;
  readonly name: string;
  readonly location: string | null;
  /** Null: the source does not say. */
  readonly hoursPerWeek: number | null;
  readonly efficiencyRatio: number;
  readonly costPerHour: number | null;
  readonly kind: string;
  readonly overtimeHoursPerWeek: number | null;
  readonly overtimeCostPerHour: number | null;
};

export type RoutingStepRow = {
  readonly item: string;
  readonly resource: string;
  readonly setupHours: number;
  readonly hoursPerUnit: number;
  readonly alternateResource: string | null;
};

/** Budget of the ledger per item group ('' for the company), account type and bucket of the whole calendar. */
export type BudgetRow = {
  readonly itemGroup: string;
  readonly accountType: 'revenue' | 'cost of sales';
  readonly bucket: number;
  readonly amount: number;
};

/** Stock at the end of a bucket of history, summed over locations; value by the cost of that day where given. */
export type StockHistoryRow = {
  readonly item: string;
  readonly bucket: number;
  readonly quantity: number;
  readonly value: number | null;
};

/** Order lines asked for in a bucket of history, and how many of them shipped in full and in time. */
export type ServiceRow = {
  readonly bucket: number;
  readonly lineCount: number;
  readonly onTimeInFullCount: number;
};

/** What the published plan says of demand, over its own horizon. */
export type PreviousPlan = {
  /** First day of each bucket, and the day after the last. */
  readonly starts: readonly CalendarDay[];
  readonly streams: readonly {
    readonly item: string;
    readonly location: string;
    readonly channel: string;
    readonly baseline: readonly number[];
    /** The part of the baseline that events, feasts and prices have. */
    readonly uplift: readonly number[];
    /** What it held back of its own latest forecast; null where it held nothing. */
    readonly heldBack: readonly number[] | null;
  }[];
};

export type CompanyData = {
  readonly history: DemandHistory;
  readonly openOrders: OpenOrders;
  readonly drivers: DriverRows;
  /** Undefined where plans need not be steady, or none is published. */
  readonly previous?: PreviousPlan | undefined;
  /** The methods of the published plan; undefined where a run fits all anew. */
  readonly fits?: readonly FitRow[] | undefined;
  readonly items: readonly ItemRow[];
  readonly groups: readonly GroupRow[];
  readonly locations: readonly LocationRow[];
  readonly itemLocations: readonly ItemLocationRow[];
  readonly itemSuppliers: readonly ItemSupplierRow[];
  readonly bom: readonly BomRow[];
  readonly onHand: readonly OnHandRow[];
  readonly receipts: readonly ReceiptRow[];
  readonly resources: readonly ResourceInput[];
  readonly routing: readonly RoutingStepRow[];
  readonly supply: SupplyRows;
  /** Decisions of planners that stand, oldest first. */
  readonly edits: readonly SupplyEdit[];
  readonly budget: readonly BudgetRow[];
  readonly stockHistory: readonly StockHistoryRow[];
  readonly service: readonly ServiceRow[];
  /** Amounts without a rate into the company's currency are left out; here is how many lines and from which currencies. */
  readonly unconverted: readonly { readonly currency: string; readonly lineCount: number }[];
};

/** Where the calendar cuts: history [starts[0], starts[historyBuckets]) and then the horizon. */
export type ReadWindow = {
  readonly starts: Int32Array;
  readonly historyBuckets: number;
  /** Whether methods of the published plan may be kept; false unless told. */
  readonly keepsFits?: boolean;
};

/** Reads one company inside one consistent view of the database. */
export type CompanyDataReader = {
  settings(companyId: number): Promise<CompanySettings>;
  /** Undefined where there is not a single sales order line. */
  demandBounds(companyId: number): Promise<DemandBounds | undefined>;
  read(settings: CompanySettings, window: ReadWindow): Promise<CompanyData>;
};
