/** Version 2 of the plan file of `planwright supply`: what to start, what customers get and when, and why. */
import { z } from 'zod';

const PerBucket = z.array(z.number()).describe('One number a bucket, first bucket first.');
const IsoDate = z.iso.date();

const Order = z.strictObject({
  order: z.int().describe('Number within this plan, from 1.'),
  kind: z.enum(['make', 'buy', 'move']),
  source: z.string(),
  item: z.string(),
  location: z.string(),
  from: z.string().nullable().describe('Supplier or sending location.'),
  startOn: IsoDate,
  dueOn: IsoDate.describe('When the good units arrive.'),
  quantity: z.number().describe('Units started, before yield.'),
  receiptQuantity: z.number().describe('Good units that arrive.'),
  pastDueDays: z.number().describe('Days by which it should have started before it may; 0 in time.'),
  serves: z.array(z.string()).describe('Up to ten of the demands that rest on it.'),
  reason: z.string(),
});

const Delivery = z.strictObject({
  demand: z.string(),
  item: z.string(),
  location: z.string(),
  dueOn: IsoDate,
  on: IsoDate,
  quantity: z.number(),
  daysLate: z.number(),
});

const StockPoint = z.strictObject({
  item: z.string(),
  location: z.string(),
  independentDemand: PerBucket,
  dependentDemand: PerBucket,
  delivered: PerBucket,
  scheduledReceipts: PerBucket,
  plannedReceipts: PerBucket,
  plannedReleases: PerBucket,
  projectedOnHand: PerBucket.describe('Unconstrained: below 0 it is demand still owed.'),
  shortage: PerBucket.describe('Demand due and not served at the end of the bucket.'),
});

const Resource = z.strictObject({
  resource: z.string(),
  bucketStarts: z.array(IsoDate),
  loadHours: PerBucket,
  capacityHours: z.array(z.number().nullable()).describe('null: no limit.'),
  overtimeHours: PerBucket.describe('Load above capacity.'),
});

const Cost = z.strictObject({ backlog: z.number(), margin: z.number(), lostSales: z.number() });

const Shortage = z.strictObject({
  demand: z.string(),
  item: z.string(),
  location: z.string(),
  dueOn: IsoDate,
  quantity: z.number().describe('What is asked.'),
  lateQuantity: z.number(),
  shortQuantity: z.number().describe('What does not come within the horizon.'),
  daysLate: z.number().describe('Of the last late unit.'),
  reason: z.string(),
  cost: Cost.describe(
    'Money, an estimate: waiting, the margin of what never comes, and what a lost unit costs beyond.',
  ),
});

const Peg = z.strictObject({
  supply: z.string().describe("'order 7', a receipt's name, or 'on hand BIKE at PLANT'."),
  use: z.string().describe("A demand's name, 'order 7', or 'safety stock BIKE at PLANT'."),
  quantity: z.number(),
});

const Summary = z.strictObject({
  stockPoints: z.int(),
  orders: z.int(),
  pastDueOrders: z.int(),
  demands: z.int(),
  onTimeQuantityRatio: z.number().describe('0 to 1; 1 where nothing is asked.'),
  lateDemands: z.int(),
  shortDemands: z.int(),
  shortQuantity: z.number(),
  overloadedBuckets: z.int().describe('Buckets of resources with more load than capacity and overtime.'),
  cost: z.number().describe('Money, an estimate; the sum of byKind.'),
  byKind: z.record(z.string(), z.number()),
});

const Optimum = z.strictObject({
  status: z.string(),
  bestBound: z
    .number()
    .nullable()
    .describe('No plan on these terms costs less; null where nothing is proven.'),
  gapRatio: z.number().nullable().describe('(cost - bestBound) / |cost|.'),
  heuristicCost: z.number().nullable().describe('What the constrained plan costs on the same terms.'),
  heuristicBound: z
    .number()
    .nullable()
    .describe(
      'No plan by days costs less: what the constrained plan costs beyond it is the most left to save.',
    ),
  scarce: z
    .array(
      z.strictObject({
        kind: z.string(),
        subject: z.string(),
        bucketStart: IsoDate,
        savingPerUnit: z.number().describe('Money that one more hour or unit would save.'),
      }),
    )
    .describe('The most valuable first.'),
});

export const PlanningPlanFile = z.strictObject({
  planwrightSupplyPlan: z.literal(2),
  mode: z.enum(['unconstrained', 'constrained', 'optimal']),
  asOf: IsoDate,
  bucketStarts: z.array(IsoDate),
  orders: z.array(Order),
  deliveries: z.array(Delivery),
  stockPoints: z.array(StockPoint),
  resources: z.array(Resource),
  shortages: z.array(Shortage),
  pegs: z.array(Peg).describe('Each unit once. Empty for an optimal plan.'),
  summary: Summary,
  optimum: Optimum.nullable().describe('Only where mode is optimal.'),
});
export type PlanningPlanFile = z.infer<typeof PlanningPlanFile>;
