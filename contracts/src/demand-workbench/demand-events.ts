/** Events: what moves demand on given days, and what it did. */
import { z } from 'zod';
import { CompanyParams, endpoint, PageQuery, pageOf } from '../endpoint.ts';
import { RunQuery } from '../plan-view.ts';

export const EVENT_KINDS = ['promotion', 'price', 'holiday', 'launch', 'phase-out', 'other'] as const;

const Code = z.string().trim().min(1).max(100);

/** What an event is, as a planner writes it. Empty scopes reach everything. */
export const EventBody = z
  .strictObject({
    name: z.string().trim().min(1).max(200),
    kind: z.enum(EVENT_KINDS),
    itemGroup: Code.nullable().default(null),
    item: Code.nullable().default(null),
    location: Code.nullable().default(null),
    channel: Code.nullable().default(null),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    /** 0.2 for 20 % off; 1 where it is simply on. */
    strength: z.number().positive().max(1000).default(1),
    /** The change the planner expects, 0.2 for 20 % more; null leaves it to what past events of its kind did. */
    upliftRatio: z.number().min(-1).max(100).nullable().default(null),
    /** The change of price while it lasts, -0.2 for a price 20 % lower; the plan makes of it what prices have done to demand. */
    priceChangeRatio: z.number().min(-0.99).max(10).nullable().default(null),
    note: z.string().max(2000).nullable().default(null),
  })
  .refine((body) => body.endsOn >= body.startsOn, {
    message: 'an event ends on its first day or later',
    path: ['endsOn'],
  });
export type EventBody = z.infer<typeof EventBody>;

/** What a run estimated of an event. */
export const EventEffect = z.object({
  keyCount: z.number(),
  seenCount: z.number(),
  upliftRatio: z.number(),
  lower80Ratio: z.number(),
  upper80Ratio: z.number(),
  /** Change in the bucket after it. */
  afterRatio: z.number(),
  /** Change of the other items of its groups. */
  cannibalisedRatio: z.number(),
  actualQuantity: z.number(),
  planQuantity: z.number(),
  explanation: z.string(),
});

export const DemandEvent = z.object({
  code: z.string(),
  ...EventBody.shape,
  /** Which write this is: give it back with a change. */
  version: z.string(),
  effect: EventEffect.nullable(),
});
export type DemandEvent = z.infer<typeof DemandEvent>;

/** A feast of a country in which the company has demand: from tables, not from planners. */
export const Feast = z.object({
  code: z.string(),
  name: z.string(),
  startsOn: z.iso.date(),
  endsOn: z.iso.date(),
  effect: EventEffect,
});
export type Feast = z.infer<typeof Feast>;

const EventParams = CompanyParams.extend({ code: z.string().regex(/^[^\p{Cc}]{1,100}$/u) });

export const demandEventEndpoints = {
  listDemandEvents: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/events',
    summary:
      'Promotions, prices, holidays and other causes, by first day, with what the run estimated of them',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape).extend({
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      kind: z.enum(EVENT_KINDS).optional(),
    }),
    response: pageOf(DemandEvent),
  }),
  listFeasts: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/feasts',
    summary:
      'Feasts of the countries that demand arises in: those that move it, and those ahead that do not, by first day',
    access: 'plan.read',
    query: RunQuery,
    response: z.object({ feasts: z.array(Feast) }),
  }),
  createDemandEvent: endpoint({
    method: 'POST',
    path: '/companies/:company/demand/events',
    summary: 'Plan an event, or record one that was; the next run reckons with it',
    access: 'demand.change',
    body: EventBody,
    response: DemandEvent,
    status: 201,
  }),
  changeDemandEvent: endpoint({
    method: 'PATCH',
    path: '/companies/:company/demand/events/:code',
    summary: 'Change an event',
    access: 'demand.change',
    params: EventParams,
    body: z.strictObject({ event: EventBody, version: z.string() }),
    response: DemandEvent,
  }),
  removeDemandEvent: endpoint({
    method: 'DELETE',
    path: '/companies/:company/demand/events/:code',
    summary: 'Remove an event',
    access: 'demand.change',
    params: EventParams,
    response: z.object({ removed: z.boolean() }),
  }),
};
