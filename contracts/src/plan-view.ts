import { z } from 'zod';

/** One bucket of the calendar on the wire. Buckets before `firstPlanBucket` are history. */
export const BucketRow = z.object({
  label: z.string(),
  fiscalLabel: z.string(),
  startsOn: z.string(),
  endsOn: z.string(),
});

export const Horizon = z.object({
  buckets: z.array(BucketRow),
  /** Index of the first bucket that is planned; all before it are history. */
  firstPlanBucket: z.number(),
});
export type Horizon = z.infer<typeof Horizon>;

/** One value a bucket; null where nothing was observed or nothing is planned. */
export const Values = z.array(z.number().nullable());
export type Values = z.infer<typeof Values>;

/** Which run to read; the published one where missing. */
export const RunQuery = z.strictObject({ run: z.uuid().optional() });

/** What is selected of the demand: a group or an item, narrowed to a location and a channel. */
export const DemandScope = RunQuery.extend({
  group: z.string().max(100).optional(),
  item: z.string().max(100).optional(),
  location: z.string().max(100).optional(),
  channel: z.string().max(100).optional(),
});
