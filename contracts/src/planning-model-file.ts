/**
 * Version 2 of the model file of `planwright supply`: everything a supply plan may rest on. Field meanings are those of
 * `PlanningModel` in @planwright/supply; dates are ISO, quantities in each item's stocking unit, money in one currency.
 */
import { z } from 'zod';

const Name = z.string().min(1);
const IsoDate = z.iso.date();
const PerBucket = z.array(z.number()).describe('One number a bucket, first bucket first.');
const NumberOrPerBucket = z.union([z.number(), PerBucket]);

const StockPointRow = z.strictObject({
  item: Name,
  location: Name,
  onHand: z.number().optional().describe('Default 0. Below 0 it is stock still owed.'),
  safetyStock: NumberOrPerBucket.optional().describe('Soft: never starves an order. Default 0.'),
  safetyStockCoverDays: z
    .number()
    .optional()
    .describe('Days of the demand ahead to keep; the larger of the two counts.'),
  unitCost: z.number().optional().describe('Money a unit. Default 0.'),
  unitPrice: z.number().optional().describe('Money a unit sold. Default: unitCost.'),
  backlogCost: z.number().optional().describe('Money a unit owed and bucket. Default: see rules.'),
  lostSaleCost: z.number().optional().describe('Money a unit never delivered. Default: see rules.'),
  holdingRatioPerYear: z.number().optional().describe('Default: see rules.'),
  buildAheadMaxDays: z
    .number()
    .optional()
    .describe('Supply may come at most so many days before its demand.'),
  shelfLifeDays: z.number().optional().describe('A unit serves demand for so many days after receipt.'),
  storageMax: z.number().optional().describe('Most units that may lie here at the end of a day.'),
  isLaunch: z.boolean().optional().describe('Late and open orders of other items are planned before it.'),
});

const SourceRow = z.strictObject({
  source: Name.describe('Unique name that components and loads refer to.'),
  kind: z.enum(['make', 'buy', 'move']),
  item: Name,
  location: Name,
  supplier: z.string().optional().describe('Who sells it, where kind is buy.'),
  fromLocation: z.string().optional().describe('Where it comes from, where kind is move.'),
  leadTimeDays: z.number().describe('Calendar days from start to receipt.'),
  lotMinimum: z.number().optional().describe('Smallest order, as started. Default 0.'),
  lotMultiple: z.number().optional().describe('Orders are multiples of this. Default: any quantity.'),
  lotMaximum: z
    .number()
    .optional()
    .describe('Largest order; a larger need becomes several. Default: no limit.'),
  yieldRatio: z
    .number()
    .optional()
    .describe('Good units received a unit started, above 0 and at most 1. Default 1.'),
  costPerUnit: z
    .number()
    .optional()
    .describe('Money a unit started, beyond components and resources. Default 0.'),
  costPerOrder: z.number().optional().describe('Default 0.'),
  priority: z.number().optional().describe('1 is asked first. Default 1.'),
  shareRatio: z
    .number()
    .optional()
    .describe('Planned share of the need among the sources of a stock point, 0 to 1.'),
  effectiveFrom: IsoDate.optional().describe('Orders may start from this day on. Default: always.'),
  effectiveTo: IsoDate.optional().describe('Orders may start up to and on this day. Default: always.'),
  maximumPerBucket: NumberOrPerBucket.optional().describe('Most units it gives a bucket. Default: no limit.'),
  frozenDays: z
    .number()
    .optional()
    .describe('No order starts earlier than so many days from asOf. Default 0.'),
});

const ComponentRow = z.strictObject({
  source: Name.describe('The make source that consumes it.'),
  component: Name.describe("An item that is a stock point at the source's location."),
  quantityPer: z.number().describe('Units per unit started, before its own scrap.'),
  quantityPerOrder: z.number().optional().describe('Units per order, whatever its quantity. Default 0.'),
  scrapRatio: z
    .number()
    .optional()
    .describe('Share of the component lost on the way in, from 0 to below 1. Default 0.'),
  effectiveFrom: IsoDate.optional().describe('For orders that start from this day on.'),
  effectiveTo: IsoDate.optional().describe('For orders that start up to and on this day.'),
  substituteGroup: z
    .string()
    .optional()
    .describe('Rows of a source with the same group stand for each other.'),
  substitutePriority: z.number().optional().describe('1 is taken first. Default 1.'),
});

const ResourceRow = z.strictObject({
  resource: Name,
  kind: z.enum(['machine', 'labour', 'storage', 'supplier']).optional().describe('Default machine.'),
  location: z.string().optional(),
  skill: z.string().optional(),
  bucketStarts: z.array(IsoDate).min(2).optional().describe("Its own capacity buckets. Default: the plan's."),
  capacityHours: PerBucket.optional().describe('Hours a bucket, planned stops taken off. Default: no limit.'),
  committedHours: PerBucket.optional().describe('Hours already taken by open orders. Default 0.'),
  overtimeMaxHours: NumberOrPerBucket.optional().describe('Hours that may be added a bucket. Default 0.'),
  costPerHour: z.number().optional(),
  overtimeCostPerHour: z.number().optional(),
  workforce: z
    .strictObject({
      people: z.number(),
      hoursPerPerson: NumberOrPerBucket,
      overtimeMaxHoursPerPerson: z.number().optional(),
      wagePerBucket: z.number().optional(),
      hireCost: z.number().optional(),
      layOffCost: z.number().optional(),
      peopleMinimum: z.number().optional(),
      peopleMaximum: z.number().optional(),
    })
    .optional()
    .describe('Where the optimal plan may hire and lay off.'),
});

const LoadRow = z.strictObject({
  source: Name,
  resource: Name,
  hoursPerUnit: z.number().describe('Hours a unit started.'),
  setupHoursPerOrder: z.number().optional().describe('Default 0.'),
  offsetDays: z
    .number()
    .optional()
    .describe('Days after the start of the order on which the hours are needed. Default 0.'),
  alternateGroup: z
    .string()
    .optional()
    .describe('Rows of a source with the same group stand for each other.'),
  alternatePriority: z.number().optional().describe('1 is taken first. Default 1.'),
});

const DemandRow = z.strictObject({
  demand: Name.describe("Unique name of the customer's order line."),
  item: Name,
  location: Name,
  dueOn: IsoDate,
  quantity: z.number().describe('Still to ship; of a closed one, what was delivered.'),
  priority: z.number().optional().describe('1 is served first. Default 10.'),
  policy: z
    .enum(['partial', 'complete', 'onTimeOrNever'])
    .optional()
    .describe('Deliver as it comes, all in one delivery, or not at all when late. Default partial.'),
  latenessMaxDays: z
    .number()
    .optional()
    .describe('Days after which the customer goes elsewhere. Default: waits for ever.'),
  status: z.enum(['open', 'quote', 'closed', 'cancelled']).optional().describe('Default open.'),
  customer: z.string().optional(),
  pricePerUnit: z.number().optional().describe('Default: unitPrice of the stock point.'),
});

const ForecastRow = z.strictObject({
  item: Name,
  location: Name,
  quantity: PerBucket,
  customer: z
    .string()
    .optional()
    .describe('Orders of this customer net it first. Default: of all customers.'),
  priority: z.number().optional().describe('Default: forecastPriority of the rules.'),
});

const ReceiptRow = z.strictObject({
  receipt: Name.describe('Unique name of the open order.'),
  kind: z.enum(['purchase', 'work', 'transfer']),
  item: Name,
  location: Name,
  dueOn: IsoDate,
  quantity: z.number().describe('Good units still to come.'),
  status: z.enum(['planned', 'released', 'confirmed']).optional(),
  supplier: z.string().optional(),
});

const Rules = z.strictObject({
  consumeBackwardBuckets: z
    .number()
    .optional()
    .describe('Orders net the forecast of so many earlier buckets. Default 0.'),
  consumeForwardBuckets: z.number().optional().describe('And of so many later ones. Default 0.'),
  includeQuotes: z.boolean().optional().describe('Plan quotes as orders. Default false.'),
  forecastPriority: z.number().optional().describe('Default 20: after orders.'),
  backlogFirst: z
    .boolean()
    .optional()
    .describe('Late and open orders before launches and forecast. Default true.'),
  holdingRatioPerYear: z
    .number()
    .optional()
    .describe('Money to hold a unit for a year, as a ratio of its cost. Default 0.2.'),
  backlogRatioPerMonth: z
    .number()
    .optional()
    .describe('Money a unit owed and 30 days, as a ratio of its price. Default 0.05.'),
  lostSaleRatio: z
    .number()
    .optional()
    .describe('Money a unit never delivered, as a ratio of its price. Default 0.5.'),
  forecastDueRatio: z
    .number()
    .optional()
    .describe('Where in its bucket a forecast is due, 0 to 1. Default 0.5.'),
});

/** The tables of the file, each with the schema of its rows: a bad row is told apart from a bad file. */
export const PLANNING_MODEL_ROWS = {
  stockPoints: StockPointRow,
  sources: SourceRow,
  components: ComponentRow,
  resources: ResourceRow,
  loads: LoadRow,
  demands: DemandRow,
  forecasts: ForecastRow,
  receipts: ReceiptRow,
} as const;

/** What the file says besides its tables. */
const HEAD = {
  planwrightSupply: z.literal(2).describe('Version of the format.'),
  asOf: IsoDate.describe('The day the plan is made on: nothing starts before it. A day of the first bucket.'),
  bucketStarts: z
    .array(IsoDate)
    .min(2)
    .optional()
    .describe('First day of every bucket and the day after the last. Give this or horizon.'),
  horizon: z
    .strictObject({ bucket: z.enum(['day', 'week', 'month']), count: z.int().min(1).max(4000) })
    .optional()
    .describe('So many days, weeks from Monday or calendar months, the first holding asOf.'),
  rules: Rules.optional(),
} as const;

export const PlanningModelFile = z.strictObject({
  ...HEAD,
  stockPoints: z.array(StockPointRow),
  sources: z.array(SourceRow).default([]),
  components: z.array(ComponentRow).default([]),
  resources: z.array(ResourceRow).default([]),
  loads: z.array(LoadRow).default([]),
  demands: z.array(DemandRow).default([]),
  forecasts: z.array(ForecastRow).default([]),
  receipts: z.array(ReceiptRow).default([]),
});
export type PlanningModelFile = z.infer<typeof PlanningModelFile>;

const Rows = z.array(z.unknown());
/** The file with its rows still to be looked at, one for one. */
export const PlanningModelEnvelope = z.strictObject({
  ...HEAD,
  stockPoints: Rows,
  sources: Rows.default([]),
  components: Rows.default([]),
  resources: Rows.default([]),
  loads: Rows.default([]),
  demands: Rows.default([]),
  forecasts: Rows.default([]),
  receipts: Rows.default([]),
});
export type PlanningModelEnvelope = z.infer<typeof PlanningModelEnvelope>;
