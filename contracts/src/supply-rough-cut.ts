/** Rough-cut capacity: what the demand of a plan asks of resources, by three methods, before stock and lots are looked at. */
import { z } from 'zod';
import { CompanyParams, endpoint, PageQuery, pageOf } from './endpoint.ts';
import { Horizon, RunQuery, Values } from './plan-view.ts';

/** One resource; hours by bucket of the horizon. */
export const RoughCutResource = z.object({
  resourceId: z.number(),
  code: z.string(),
  name: z.string(),
  location: z.string().nullable(),
  /** Null where nobody said how many hours there are. */
  capacityHours: Values,
  /** Of the plan's own orders, as lead times allow: after stock, open orders and lots. */
  planHours: Values,
  /** Overall factors: all hours of the bucket, split over resources as the last year of demand did. */
  overallHours: Values,
  /** Bill of capacity: hours of each product here, in the bucket in which it is asked for. */
  billHours: Values,
  /** Resource profile: the same, each so long before as its work lies before completion. */
  profileHours: Values,
  /** Hours of the resource profile that lie before the horizon: they are late, or stock covers them. */
  profilePastDueHours: z.number(),
  /** Share of all hours that overall factors give this resource, 0-1. */
  overallShareRatio: z.number(),
  /** Products that ask for its hours. */
  productCount: z.number(),
  /** Highest load of the resource profile by hours there; null without hours. */
  peakRatio: z.number().nullable(),
  /** Where each method asks for more than there is, in words. */
  sentence: z.string(),
});
export type RoughCutResource = z.infer<typeof RoughCutResource>;

/** What one product asks of one resource over the horizon. */
export const RoughCutProduct = z.object({
  stockPointId: z.number(),
  item: z.string(),
  itemName: z.string(),
  location: z.string(),
  unit: z.string(),
  /** Asked for by customers. */
  quantity: z.number(),
  /** Through all levels of its making, with set-up spread over the smallest lot. */
  hoursPerUnit: z.number(),
  /** quantity x hoursPerUnit. */
  hours: z.number(),
  /** Of the hours of all products here, 0-1. */
  shareRatio: z.number(),
  /** Days before completion at which its first hours here fall. */
  leadDays: z.number(),
});
export type RoughCutProduct = z.infer<typeof RoughCutProduct>;

export const supplyRoughCutEndpoints = {
  listRoughCut: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/rough-cut',
    summary: 'Hours that planned demand asks of each resource by three rough methods, the most loaded first',
    access: 'plan.read',
    query: PageQuery.extend(RunQuery.shape),
    response: pageOf(RoughCutResource).extend({
      horizon: Horizon,
      /** Products with demand whose making asks for hours. */
      productCount: z.number(),
      /** Whether overall factors split by the last year of demand; else, without one, by the horizon. */
      sharesOfHistory: z.boolean(),
    }),
  }),
  listRoughCutProducts: endpoint({
    method: 'GET',
    path: '/companies/:company/supply/rough-cut/:resourceId/products',
    summary: 'Products that load a resource by the bill of capacity, most hours first',
    access: 'plan.read',
    params: CompanyParams.extend({ resourceId: z.coerce.number().int().positive() }),
    query: PageQuery.extend(RunQuery.shape).extend({
      /** Only what is asked for in this bucket of the horizon. */
      bucket: z.coerce.number().int().min(0).optional(),
    }),
    response: pageOf(RoughCutProduct).extend({ hours: z.number() }),
  }),
};
