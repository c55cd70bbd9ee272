import { z } from 'zod';

/**
 * The file formats of `planwright supply model.json --out plan.json`. Field meanings are those of
 * `SupplyModel` in @planwright/supply; dates are ISO, quantities in each item's stocking unit.
 */
const PerBucket = z.array(z.number()).describe('One number a bucket, first bucket first.');

export const SupplyModelFile = z.strictObject({
  planwrightSupply: z.literal(1).describe('Version of the format.'),
  bucketStarts: z
    .array(z.iso.date())
    .min(2)
    .describe('First day of every bucket, and the day after the last bucket.'),
  stockPoints: z.array(
    z.strictObject({
      item: z.string().min(1),
      location: z.string().min(1),
      onHand: z.number(),
      safetyStock: z.number().optional().describe('Quantity to keep on hand. Default 0.'),
      source: z
        .strictObject({
          kind: z.enum(['make', 'buy', 'move']),
          leadTimeDays: z.number().describe('From release to receipt.'),
          lotMinimum: z.number().optional(),
          lotMultiple: z.number().optional(),
          lotMaximum: z.number().optional(),
          yieldRatio: z
            .number()
            .optional()
            .describe('Good units received per unit released, above 0 and at most 1.'),
          supplier: z.string().optional(),
          fromLocation: z.string().optional(),
        })
        .optional()
        .describe('How it is refilled; without one the stock runs down.'),
      independentDemand: PerBucket.optional(),
      scheduledReceipts: PerBucket.optional(),
      costPerUnit: z.number().optional(),
    }),
  ),
  components: z
    .array(
      z.strictObject({
        item: z.string().min(1),
        location: z.string().min(1),
        component: z.string().min(1),
        quantityPer: z.number().describe('Units of the component per unit of the item released.'),
      }),
    )
    .default([]),
});
export type SupplyModelFile = z.infer<typeof SupplyModelFile>;

export const SupplyPlanFile = z.strictObject({
  planwrightSupplyPlan: z.literal(1),
  mode: z.enum(['unconstrained', 'leadTimeFeasible']),
  bucketStarts: z.array(z.iso.date()),
  stockPoints: z.array(
    z.strictObject({
      item: z.string(),
      location: z.string(),
      independentDemand: PerBucket,
      dependentDemand: PerBucket,
      scheduledReceipts: PerBucket,
      plannedReceipts: PerBucket,
      plannedReleases: PerBucket,
      projectedOnHand: PerBucket,
      shortage: PerBucket,
    }),
  ),
  orders: z.array(
    z.strictObject({
      kind: z.enum(['make', 'buy', 'move']),
      item: z.string(),
      location: z.string(),
      from: z.string().nullable(),
      releaseOn: z.iso.date(),
      dueOn: z.iso.date(),
      quantity: z.number(),
      pastDueBuckets: z.number(),
      reason: z.string(),
    }),
  ),
});
export type SupplyPlanFile = z.infer<typeof SupplyPlanFile>;
