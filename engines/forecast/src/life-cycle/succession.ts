/**
 * One item takes over from another: which part of the predecessor's demand is the successor's, in the past (a history to
 * forecast the successor from) and in the future (what is left of the predecessor).
 *
 * Takes over  from the switch bucket on, the share that has moved rises in equal steps over `rampBuckets` (1: at once) to
 *             `cannibalisationShare` (1: the predecessor ends), each unit of the predecessor being `conversionRatio` of
 *             the successor's (2: packs of ten for packs of twenty).
 * Past        before the switch, that share of the predecessor's demand is counted as the successor's; during the ramp, the
 *             part of what was still ordered from the predecessor that is yet to move; after it, nothing.
 * Law         in every bucket, successor history + conversion x predecessor kept = successor + conversion x predecessor.
 * Cost        O(buckets).
 */
import { assert } from '@planwright/units';

export type SuccessionInput = {
  /** Demand of both over the same buckets, oldest first; NaN is not observed. */
  readonly predecessor: Float64Array;
  readonly successor: Float64Array;
  /** First bucket in which the successor can be ordered, counted from the first of the histories; may lie ahead. */
  readonly switchBucket: number;
  /** Units of the successor per unit of the predecessor; 1 unless told. */
  readonly conversionRatio?: number;
  /** Buckets until all that moves has moved; 1 unless told. */
  readonly rampBuckets?: number;
  /** Part of the predecessor's demand that moves in the end, 0 to 1; 1 unless told. */
  readonly cannibalisationShare?: number;
  /** Forecast of the predecessor as if nothing replaced it, from the bucket after the histories on; none unless told. */
  readonly predecessorForecast?: Float64Array;
};

export type Succession = {
  /** The successor's own demand and what is counted as its, in its unit; NaN where neither was observed. */
  readonly successorHistory: Float64Array;
  /** The predecessor's demand that stays its own. */
  readonly predecessorHistory: Float64Array;
  /** Share of the predecessor's demand that has moved, per bucket of the forecast. */
  readonly movedShare: Float64Array;
  /** What is left to the predecessor of its forecast. */
  readonly remaining: Float64Array;
  /** What the successor gains from it, in the successor's unit. */
  readonly gained: Float64Array;
};

export function succession(input: SuccessionInput): Succession {
  const { predecessor, successor, switchBucket } = input;
  const { conversionRatio = 1, rampBuckets = 1, cannibalisationShare: share = 1 } = input;
  assert(predecessor.length === successor.length, 'both histories have the same buckets');
  assert(conversionRatio > 0 && Number.isFinite(conversionRatio), 'the conversion ratio is above 0');
  assert(rampBuckets >= 1 && Number.isFinite(rampBuckets), 'the ramp takes at least one bucket');
  assert(share >= 0 && share <= 1, 'the share that moves is between 0 and 1');
  const count = predecessor.length;
  const forecast = input.predecessorForecast ?? new Float64Array();
  const moved = (bucket: number): number =>
    share * Math.min(1, Math.max(0, (bucket - switchBucket + 1) / rampBuckets));

  const successorHistory = new Float64Array(count);
  const predecessorHistory = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    const ordered = predecessor[t];
    // What was ordered is the whole demand less what had moved by then. The quotient is at most 1, so that no more moves
    // than was ordered, however it is rounded.
    const left = 1 - moved(t);
    const yetToMove = left > 0 ? ordered * ((share - moved(t)) / left) : 0;
    predecessorHistory[t] = ordered - yetToMove;
    successorHistory[t] = sumObserved(successor[t], conversionRatio * yetToMove);
  }
  const movedShare = Float64Array.from(forecast, (_, step) => moved(count + step));
  return {
    successorHistory,
    predecessorHistory,
    movedShare,
    remaining: forecast.map((value, step) => Math.max(0, value) * (1 - movedShare[step])),
    gained: forecast.map((value, step) => Math.max(0, value) * movedShare[step] * conversionRatio),
  };
}

function sumObserved(own: number, theirs: number): number {
  if (Number.isNaN(own)) return theirs;
  return Number.isNaN(theirs) ? own : own + theirs;
}
