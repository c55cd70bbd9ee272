/**
 * What plans of a model are judged by: its rows, linked to each other and to the buckets of the horizon. It is the same for
 * every plan of what is asked, so it is worked out once where many are tried.
 */
import { DEMAND_KIND, type FinitePlan, type PlanningModel } from '@planwright/supply';

export type PlanJudge = {
  readonly model: PlanningModel;
  /** Rows of stock points. */
  readonly sourcePoint: Int32Array;
  readonly receiptPoint: Int32Array;
  /** First days of the buckets, and the end of the last. */
  readonly bucketStarts: Int32Array;
  /** Bucket of each day from the first bucket's on. */
  readonly bucketOfDay: Int32Array;
  /** By demand: bucket of the horizon in which it is due; what was due before falls into the first. */
  readonly demandBucket: Int32Array;
  /** By demand: last day that is on time. An order is on time by its due day, a forecast by the end of its bucket. */
  readonly lastOnTimeDay: Int32Array;
};

/** @param demands what plans of the model serve */
export function planJudge(model: PlanningModel, demands: FinitePlan['demands']): PlanJudge {
  const bucketStarts = Int32Array.from(model.bucketStartDays);
  const pointOf = pointIndex(model);
  return {
    model,
    sourcePoint: Int32Array.from(model.sources, pointOf),
    receiptPoint: Int32Array.from(model.receipts, pointOf),
    bucketStarts,
    bucketOfDay: bucketsByDay(bucketStarts),
    ...dueOfDemands(bucketStarts, demands),
  };
}

/** The judge of a model in which nothing changed but rules of sources, stock and its targets, and hours. */
export function judgeOfEdited(model: PlanningModel, before: PlanJudge): PlanJudge {
  return { ...before, model };
}

/** Bucket of a day: days before the horizon are of its first bucket, those behind it of none, which is the count of buckets. */
export function bucketAt({ bucketOfDay, bucketStarts }: PlanJudge, day: number): number {
  const place = day - bucketStarts[0];
  if (place < 0) return 0;
  return place < bucketOfDay.length ? bucketOfDay[place] : bucketStarts.length - 1;
}

function dueOfDemands(bucketStarts: Int32Array, demands: FinitePlan['demands']) {
  const { count, kind, bucket, dueDay } = demands;
  const demandBucket = new Int32Array(count);
  const lastOnTimeDay = new Int32Array(count);
  for (let d = 0; d < count; d++) {
    const isForecast = kind[d] === DEMAND_KIND.forecast;
    demandBucket[d] = isForecast ? bucket[d] : bucketAtOrFirst(bucketStarts, dueDay[d]);
    lastOnTimeDay[d] = isForecast ? bucketStarts[bucket[d] + 1] - 1 : dueDay[d];
  }
  return { demandBucket, lastOnTimeDay };
}

function bucketAtOrFirst(starts: Int32Array, day: number): number {
  let bucket = 0;
  while (bucket + 2 < starts.length && day >= starts[bucket + 1]) bucket += 1;
  return bucket;
}

function bucketsByDay(starts: Int32Array): Int32Array {
  const first = starts[0];
  const buckets = new Int32Array(starts[starts.length - 1] - first);
  for (let t = 0; t + 1 < starts.length; t++) buckets.fill(t, starts[t] - first, starts[t + 1] - first);
  return buckets;
}

type Placed = { readonly item: string; readonly location: string };

/** Row of an item at a location; every name of a model has one. */
function pointIndex(model: PlanningModel): (row: Placed) => number {
  const rows = new Map(model.stockPoints.map((row, index) => [`${row.item}\u0000${row.location}`, index]));
  return ({ item, location }) => rows.get(`${item}\u0000${location}`) ?? -1;
}
