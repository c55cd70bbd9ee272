/**
 * Lead-time offset: in which bucket to release what is needed in a bucket.
 *
 *   need day    = first day of the bucket + floor(needRatio x days of the bucket)
 *   release day = need day - lead time, rounded down to whole days
 *   release bucket = the bucket that holds the release day, or 0 and *past due* where that day lies before bucket 0.
 *
 * needRatio 0 asks for receipt by the bucket's first day: safe, and right for days and weeks. With months it makes
 * each level of a bill of material cost a whole month even where it takes two days; 0.5 asks for receipt by mid-bucket
 * instead, so that the rounding evens out over the levels. A lead time of 0 always stays in the bucket.
 */
import { bucketAt } from '@planwright/time';

export type LeadTimeOffset = {
  /** Release bucket by need bucket; 0 where the release is past due. */
  readonly releaseBucket: Int32Array;
  /** By need bucket: how many days before the first bucket the release should have been; 0 where it is in time. */
  readonly pastDueDays: Int32Array;
  /** The first bucket whose release is in time; bucketCount where none is. */
  readonly firstFeasibleBucket: number;
};

/** O(buckets x log buckets). */
export function leadTimeOffset(
  bucketStartDays: Int32Array,
  leadTimeDays: number,
  needRatio: number,
): LeadTimeOffset {
  const bucketCount = bucketStartDays.length - 1;
  const firstDay = bucketStartDays[0];
  const releaseBucket = new Int32Array(bucketCount);
  const pastDueDays = new Int32Array(bucketCount);
  let firstFeasibleBucket = bucketCount;
  for (let t = bucketCount - 1; t >= 0; t--) {
    const start = bucketStartDays[t];
    const needDay = start + Math.floor(needRatio * (bucketStartDays[t + 1] - start));
    const releaseDay = Math.floor(needDay - leadTimeDays);
    pastDueDays[t] = Math.max(0, firstDay - releaseDay);
    if (releaseDay < firstDay) continue;
    releaseBucket[t] = bucketAt(bucketStartDays, releaseDay);
    firstFeasibleBucket = t;
  }
  return { releaseBucket, pastDueDays, firstFeasibleBucket };
}

/** Days past due as buckets of the plan's mean length, rounded, and at least 1 where there is any lateness. */
export function pastDueBuckets(bucketStartDays: Int32Array, days: number): number {
  if (days <= 0) return 0;
  const bucketCount = bucketStartDays.length - 1;
  const meanBucketDays = (bucketStartDays[bucketCount] - bucketStartDays[0]) / bucketCount;
  return Math.max(1, Math.round(days / meanBucketDays));
}
