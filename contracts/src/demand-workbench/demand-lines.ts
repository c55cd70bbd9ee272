import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from '../endpoint.ts';

/** One order line as it counts towards demand. */
export const DemandLine = z.object({
  order: z.string(),
  line: z.string(),
  /** The day the customer asked for, or that of the order where none was named: where demand falls. */
  demandOn: z.string(),
  orderedOn: z.string(),
  location: z.string(),
  channel: z.string(),
  account: z.string().nullable(),
  accountName: z.string().nullable(),
  /** In the unit of the item; a return is negative. */
  quantity: z.number(),
});
export type DemandLine = z.infer<typeof DemandLine>;

export const demandLineEndpoints = {
  listDemandLines: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/lines',
    summary: 'The order lines of an item that an actual is the sum of, by the day demand falls on',
    access: 'data.read',
    query: PageQuery.extend({
      item: z.string().min(1).max(100),
      location: z.string().max(100).optional(),
      channel: z.string().max(100).optional(),
      /** First and last day, both included. */
      from: z.iso.date(),
      to: z.iso.date(),
    }),
    response: pageOf(DemandLine).extend({
      /** Of all lines, not only those of the page. */
      quantity: z.number(),
    }),
  }),
};
