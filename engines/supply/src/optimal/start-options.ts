/**
 * When a source can start and when what it starts arrives, in buckets: each option is one flow of the plan.
 *
 * planned  One option a receipt bucket: started in the bucket that the lead-time offset names. The offset is that of
 *          the unconstrained plan, reckoned from the as-of day in the first bucket; what it calls past due is no option.
 *          Its components and effectivity are those of the nominal start day.
 * anyDay   The days on which the source may start are cut at bucket borders and wherever a component comes or goes.
 *          All days of a piece are alike; each bucket that one of them can arrive in is an option.
 *
 * No option starts before the as-of day, within the frozen zone, or out of the source's effectivity, and none arrives
 * after the horizon.
 */
import { bucketAt } from '@planwright/time';
import { leadTimeOffset } from '../lead-time.ts';
import type { ComponentFacts, PlanningModel, SourceFacts } from '../model/planning-model.ts';
import type { Timing } from './optimal-options.ts';

export type StartOption = {
  readonly source: number;
  readonly startBucket: number;
  readonly receiptBucket: number;
  /** Days on which it can start, both included. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** The day by which components are in force or not. */
  readonly nominalDay: number;
};

export type StartRules = {
  readonly timing: Timing;
  readonly needRatio: number;
};

/** All options of a model, by source and then by start and receipt. O(sources x buckets x log buckets). */
export function startOptions(
  model: PlanningModel,
  starts: Int32Array,
  componentsBySource: readonly (readonly ComponentFacts[])[],
  { timing, needRatio }: StartRules,
): StartOption[] {
  // The first bucket begins, for what is yet to be done, on the as-of day.
  const open = starts.slice();
  open[0] = Math.max(starts[0], Math.min(model.asOfDay, starts[1] - 1));
  const options: StartOption[] = [];
  model.sources.forEach((facts, source) => {
    if (timing === 'planned') planned(options, source, facts, open, needRatio);
    else anyDay(options, source, facts, open, componentsBySource[source]);
  });
  return options;
}

type DayRange = { readonly from: number; readonly to: number };

/** The days on which a source may start; empty where `from` lies after `to`. */
function startDays(facts: SourceFacts, open: Int32Array): DayRange {
  return {
    from: Math.max(open[0] + Math.ceil(facts.frozenDays ?? 0), facts.effectiveFromDay ?? open[0]),
    to: Math.min(facts.effectiveToDay ?? Number.POSITIVE_INFINITY, open[open.length - 1] - 1),
  };
}

function planned(
  options: StartOption[],
  source: number,
  facts: SourceFacts,
  open: Int32Array,
  needRatio: number,
): void {
  const { from, to } = startDays(facts, open);
  const offset = leadTimeOffset(open, facts.leadTimeDays, needRatio);
  for (let receiptBucket = offset.firstFeasibleBucket; receiptBucket < open.length - 1; receiptBucket++) {
    const startBucket = offset.releaseBucket[receiptBucket];
    const firstDay = Math.max(from, open[startBucket]);
    const lastDay = Math.min(to, open[startBucket + 1] - 1);
    if (firstDay > lastDay) continue;
    const days = open[receiptBucket + 1] - open[receiptBucket];
    const wanted = open[receiptBucket] + Math.floor(needRatio * days) - facts.leadTimeDays;
    const nominalDay = Math.min(lastDay, Math.max(firstDay, Math.floor(wanted)));
    // A later start than wanted must still arrive within the bucket.
    if (nominalDay + Math.ceil(facts.leadTimeDays) >= open[receiptBucket + 1]) continue;
    options.push({ source, startBucket, receiptBucket, firstDay, lastDay, nominalDay });
  }
}

function anyDay(
  options: StartOption[],
  source: number,
  facts: SourceFacts,
  open: Int32Array,
  components: readonly ComponentFacts[],
): void {
  const { from, to } = startDays(facts, open);
  const cuts = new Set<number>(open);
  for (const { effectiveFromDay, effectiveToDay } of components) {
    if (effectiveFromDay !== undefined) cuts.add(effectiveFromDay);
    if (effectiveToDay !== undefined) cuts.add(effectiveToDay + 1);
  }
  const horizonEnd = open[open.length - 1];
  const leadDays = Math.ceil(facts.leadTimeDays);
  let firstDay = from;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    if (cut <= firstDay) continue;
    const lastDay = Math.min(cut - 1, to);
    if (firstDay > lastDay) break;
    const startBucket = bucketAt(open, firstDay);
    const arrivesFrom = firstDay + leadDays;
    const arrivesTo = Math.min(lastDay + leadDays, horizonEnd - 1);
    if (startBucket >= 0 && arrivesFrom < horizonEnd) {
      for (let bucket = bucketAt(open, arrivesFrom); bucket <= bucketAt(open, arrivesTo); bucket++) {
        options.push({ source, startBucket, receiptBucket: bucket, firstDay, lastDay, nominalDay: firstDay });
      }
    }
    firstDay = cut;
  }
}

/** Whether a component is used by what starts on a day. */
export function isInForce({ effectiveFromDay, effectiveToDay }: ComponentFacts, day: number): boolean {
  return (effectiveFromDay ?? day) <= day && day <= (effectiveToDay ?? day);
}
