/**
 * What events do, learnt over all keys: a key that saw an event once learns from the others. Writes what events change of
 * every key and bucket, and says what each event did on the whole.
 */
import {
  effectSentence,
  type EventPanel,
  estimateUplifts,
  groupExposure,
  type UpliftEffect,
  upliftInterval,
  upliftPath,
} from '@planwright/forecast';
import { cleansedDemand } from './cleansed-demand.ts';
import type { DemandView } from './demand-view.ts';
import { believedEffects, expectedEffects } from './event-beliefs.ts';
import { knownBuckets } from './event-changes.ts';
import { type EventReach, eventReach, type ReachedEvent } from './event-reach.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { LearntEffect } from './stage-results.ts';

export function learntEvents(view: DemandView, blocks: RunBlocks): LearntEffect[] {
  const reach = eventReach(view);
  if (reach.events.length === 0) return [];
  const { meta } = view.snapshot;
  const panel = panelOf(view, reach);
  const expected = expectedEffects(reach.events);
  const uplifts = estimateUplifts(panel, reach.keyEvents).map(({ effects }) => ({
    effects: believedEffects(effects, expected),
  }));
  const exposures = groupExposure(panel, reach.keyEvents, meta.horizonBuckets);
  const { events, firstOfKey, eventIndex } = reach.keyEvents;
  const others = new Map<number, Float64Array>();
  for (let key = 0; key < meta.keyCount; key++) {
    const othersExposure = exposures?.ofOthers(key);
    if (othersExposure !== undefined) others.set(key, othersExposure);
    if (othersExposure === undefined && firstOfKey[key] === firstOfKey[key + 1]) continue;
    const path = upliftPath(
      {
        events: Array.from(
          eventIndex.subarray(firstOfKey[key], firstOfKey[key + 1]),
          (piece) => events[piece],
        ),
        bucketCount: 0,
        horizon: meta.historyBuckets + meta.horizonBuckets,
        ...(othersExposure === undefined ? {} : { othersExposure }),
      },
      uplifts[key].effects,
    );
    rowIn(blocks, meta, 'eventChange', key).set(path.factor.map((factor) => factor - 1));
    rowIn(blocks, meta, 'eventDeviation', key).set(path.logDeviation.subarray(meta.historyBuckets));
  }
  const sizes = Float64Array.from({ length: meta.keyCount }, (_, key) => sizeOf(view.actualOf(key)));
  return reach.events.map((event) => effectOf(view, event, uplifts, sizes, others, reach));
}

type KeyEffects = { readonly effects: readonly UpliftEffect[] };

/**
 * Cleansed where events reach, so that neither errors nor empty shelves pass for their effect. Items without a group have
 * nothing to do with each other.
 */
function panelOf(view: DemandView, reach: EventReach): EventPanel {
  const { meta, keys, groups } = view.snapshot;
  const values = new Float64Array(meta.keyCount * meta.historyBuckets);
  for (let key = 0; key < meta.keyCount; key++) {
    const isReached = reach.eventsOf[key].length > 0;
    const series = isReached
      ? cleansedDemand(view, key, knownBuckets(view, reach, key)).cleansed
      : view.actualOf(key);
    values.set(series, key * meta.historyBuckets);
  }
  return {
    keyCount: meta.keyCount,
    bucketCount: meta.historyBuckets,
    values,
    season: view.season,
    groups: Int32Array.from(view.groupsOf, ([lowest], key) =>
      lowest > 0 ? lowest : groups.groups.length + view.itemNamed(keys.item[key]),
    ),
  };
}

function sizeOf(series: Float64Array): number {
  let sum = 0;
  for (const value of series) if (value > 0) sum += value;
  return sum;
}

/** The effect of an event at its full strength, a mean over its keys by what they sell. */
function effectOf(
  view: DemandView,
  event: ReachedEvent,
  uplifts: readonly KeyEffects[],
  sizes: Float64Array,
  others: ReadonlyMap<number, Float64Array>,
  reach: EventReach,
): LearntEffect {
  const { row, type, keys } = event;
  const { meta } = view.snapshot;
  const effectsOf = (key: number, role: UpliftEffect['role']): UpliftEffect | undefined =>
    uplifts[key].effects.find((effect) => effect.role === role && effect.type === type);
  const uplift = pooled(keys, sizes, (key) => effectsOf(key, 'uplift'));
  const after = pooled(keys, sizes, (key) => effectsOf(key, 'after'));
  const isPlanned = event.first >= meta.historyBuckets && row.upliftRatio !== null;
  const seenCount = reach.events.filter(
    (other) => other.type === type && other.first < meta.historyBuckets,
  ).length;
  const { ratio, lower, upper } = upliftInterval(uplift, row.strength, 80);
  const sentence = effectSentence(
    row.name,
    row.strength,
    [
      { ...uplift, role: 'uplift', type, seen: seenCount, known: seenCount > 0 },
      { ...after, role: 'after', type, seen: 0, known: true },
    ],
    type,
  );
  return {
    eventCode: row.code,
    name: row.name,
    kind: row.kind,
    startsOn: row.startsOn,
    endsOn: row.endsOn,
    keyCount: keys.length,
    seenCount,
    upliftRatio: isPlanned && row.upliftRatio !== null ? row.upliftRatio : ratio - 1,
    lower80Ratio: lower - 1,
    upper80Ratio: upper - 1,
    afterRatio: Math.exp(after.log * row.strength) - 1,
    cannibalisedRatio: cannibalised(view, event, uplifts, sizes, others),
    explanation: isPlanned
      ? `${sentence} The plan takes what is expected of it: ${percent(row.upliftRatio)}.`
      : sentence,
  };
}

const percent = (ratio: number | null): string =>
  ratio === null ? '' : `${ratio < 0 ? '−' : '+'}${Math.round(100 * Math.abs(ratio))} %`;

/** Mean of logarithms and of standard errors, weighted; nothing where no key has the effect. */
function pooled(
  keys: readonly number[],
  sizes: Float64Array,
  effectOfKey: (key: number) => UpliftEffect | undefined,
): { readonly log: number; readonly standardError: number } {
  let weight = 0;
  let log = 0;
  let error = 0;
  for (const key of keys) {
    const effect = effectOfKey(key);
    if (effect === undefined || !effect.known) continue;
    weight += sizes[key];
    log += sizes[key] * effect.log;
    error += sizes[key] * effect.standardError;
  }
  return weight > 0 ? { log: log / weight, standardError: error / weight } : { log: 0, standardError: 0 };
}

/** Change of the other keys of its groups while it lasts. */
function cannibalised(
  view: DemandView,
  event: ReachedEvent,
  uplifts: readonly KeyEffects[],
  sizes: Float64Array,
  others: ReadonlyMap<number, Float64Array>,
): number {
  const own = new Set(event.keys);
  const groups = new Set(event.keys.map((key) => view.groupsOf[key][0]));
  let weight = 0;
  let log = 0;
  for (const [key, exposure] of others) {
    if (own.has(key) || !groups.has(view.groupsOf[key][0])) continue;
    const effect = uplifts[key].effects.find(({ role }) => role === 'others');
    if (effect === undefined) continue;
    let most = 0;
    for (let t = event.first; t <= event.last; t++) most = Math.max(most, exposure[t] ?? 0);
    weight += sizes[key];
    log += sizes[key] * effect.log * most;
  }
  return weight > 0 ? Math.exp(log / weight) - 1 : 0;
}
