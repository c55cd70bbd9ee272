/** Items that start, and items that take over from others. */
import { z } from 'zod';
import { endpoint, PageQuery, pageOf } from '../endpoint.ts';
import { Values } from '../plan-view.ts';

const Code = z.string().trim().min(1).max(100);

export const LaunchBody = z.strictObject({
  item: Code,
  /** Empty: wherever it is sold. */
  location: z.string().trim().max(100).default(''),
  channel: z.string().trim().max(100).default(''),
  startsOn: z.iso.date(),
  /** Items it is expected to resemble; none: the nearest by their attributes. */
  likeItems: z.array(Code).max(20).default([]),
  /** Quantity a bucket once the start is over; null: what the like-items reached. */
  levelQuantity: z.number().min(0).nullable().default(null),
  note: z.string().max(2000).nullable().default(null),
});
export type LaunchBody = z.infer<typeof LaunchBody>;

export const Launch = z.object({ ...LaunchBody.shape, itemName: z.string(), version: z.string() });
export type Launch = z.infer<typeof Launch>;

export const LikeItem = z.object({
  item: z.string(),
  itemName: z.string(),
  /** 0 is alike in everything, 1 in nothing. */
  distance: z.number(),
  sentence: z.string(),
  /** First bucket of its own sales, and how many there are. */
  startedOn: z.string(),
  bucketCount: z.number(),
  /** Its sales from its start on. */
  curve: Values,
});
export type LikeItem = z.infer<typeof LikeItem>;

export const LaunchPreview = z.object({
  unit: z.string(),
  /** First day of each bucket from the launch on. */
  buckets: z.array(z.object({ label: z.string(), startsOn: z.string() })),
  mean: Values,
  lower80: Values,
  upper80: Values,
  /** Sold so far, where it has started. */
  actual: Values,
  likeItems: z.array(LikeItem),
  sentences: z.array(z.string()),
});
export type LaunchPreview = z.infer<typeof LaunchPreview>;

export const SuccessionBody = z
  .strictObject({
    predecessor: Code,
    successor: Code,
    switchOn: z.iso.date(),
    conversionRatio: z.number().positive().max(1000).default(1),
    rampDays: z.number().min(0).max(1000).default(0),
    keptRatio: z.number().min(0).max(1).default(0),
    note: z.string().max(2000).nullable().default(null),
  })
  .refine((body) => body.predecessor !== body.successor, {
    message: 'an item cannot succeed itself',
    path: ['successor'],
  });
export type SuccessionBody = z.infer<typeof SuccessionBody>;

export const Succession = z.object({ ...SuccessionBody.shape, version: z.string() });
export type Succession = z.infer<typeof Succession>;

export const demandLifeCycleEndpoints = {
  listLaunches: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/launches',
    summary: 'Items that start without a history, the newest first',
    access: 'plan.read',
    query: PageQuery,
    response: pageOf(Launch),
  }),
  saveLaunch: endpoint({
    method: 'POST',
    path: '/companies/:company/demand/launches',
    summary: 'Plan the launch of an item; the next run reckons with it',
    access: 'demand.change',
    body: z.strictObject({ launch: LaunchBody, version: z.string().nullable() }),
    response: Launch,
  }),
  removeLaunch: endpoint({
    method: 'DELETE',
    path: '/companies/:company/demand/launches',
    summary: 'Remove the launch of an item',
    access: 'demand.change',
    query: z.strictObject({
      item: Code,
      location: z.string().max(100).default(''),
      channel: z.string().max(100).default(''),
    }),
    response: z.object({ removed: z.boolean() }),
  }),
  listSuccessions: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/successions',
    summary: 'Items that take over from others, the newest first',
    access: 'plan.read',
    query: PageQuery,
    response: pageOf(Succession),
  }),
  saveSuccession: endpoint({
    method: 'POST',
    path: '/companies/:company/demand/successions',
    summary: 'Say that one item takes over from another; the next run reckons with it',
    access: 'demand.change',
    body: z.strictObject({ succession: SuccessionBody, version: z.string().nullable() }),
    response: Succession,
  }),
  removeSuccession: endpoint({
    method: 'DELETE',
    path: '/companies/:company/demand/successions',
    summary: 'Remove a succession',
    access: 'demand.change',
    query: z.strictObject({ predecessor: Code, successor: Code }),
    response: z.object({ removed: z.boolean() }),
  }),
  suggestLikeItems: endpoint({
    method: 'GET',
    path: '/companies/:company/demand/like-items',
    summary: 'Items that resemble an item by their attributes, the nearest first, with how they started',
    access: 'plan.read',
    query: z.strictObject({ item: Code, limit: z.coerce.number().int().min(1).max(20).default(8) }),
    response: z.object({ items: z.array(LikeItem) }),
  }),
  previewLaunch: endpoint({
    method: 'POST',
    path: '/companies/:company/demand/launches/preview',
    summary: 'The curve a launch would get, without saving anything',
    access: 'plan.read',
    body: LaunchBody,
    response: LaunchPreview,
  }),
};
