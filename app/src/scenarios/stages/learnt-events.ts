/**
 * What events and prices do, learnt over all keys: a key that saw an event once learns from the others. Writes what they and the
 * calendar change of every key and bucket, and says what each event did on the whole.
 */
import {
  effectSentence,
  type EventPanel,
  estimateUplifts,
  groupExposure,
  type KeyEvents,
  type UpliftEffect,
  upliftInterval,
  type UpliftPath,
  upliftPath,
} from '@planwright/forecast';
import { type CalendarPath, type CalendarPaths, calendarPaths } from './calendar-effects.ts';
import { listedFeasts } from './calendar-listing.ts';
import { cleansedDemand } from './cleansed-demand.ts';
import type { DemandView } from './demand-view.ts';
import { believedEffects, expectedEffects } from './event-beliefs.ts';
import { knownBuckets } from './event-changes.ts';
import { actsByPrice, type EventReach, eventReach, type ReachedEvent } from './event-reach.ts';
import { elasticities, MOST_OF_PRICE, plannedPath, pricedEffect } from './planned-prices.ts';
import { type PricePaths, pricePaths, priceTrial } from './price-paths.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { LearntCalendar, LearntEffect, LearntPrice } from './stage-results.ts';

export type LearntDrivers = {
  readonly effects: LearntEffect[];
  readonly price: LearntPrice;
};

/** What the calendar does has been learnt before. */
export function learntEvents(
  view: DemandView,
  blocks: RunBlocks,
  calendar: readonly LearntCalendar[],
): LearntDrivers {
  const reach = eventReach(view);
  const { meta } = view.snapshot;
  const sizes = Float64Array.from({ length: meta.keyCount }, (_, key) => sizeOf(view.actualOf(key)));
  const paths = writtenCalendar(view, blocks, calendar);
  const prices = pricePaths(view);
  if (reach.events.length === 0 && prices.moved.length === 0) {
    for (let key = 0; key < meta.keyCount; key++) writeChanges(view, blocks, key, paths.of(key), NOTHING);
    const effects = listedFeasts(view, calendar, sizes).map(({ effect }) => effect);
    return { effects, price: NO_PRICES };
  }
  const panel = panelOf(view, reach, blocks);
  const price = priceTrial(panel, prices);
  const events: KeyEvents = price.isUsed ? { ...reach.keyEvents, prices } : reach.keyEvents;
  const expected = expectedEffects(reach.events);
  const uplifts = estimateUplifts(panel, events).map(({ effects, usualPrice }) => ({
    effects: believedEffects(effects, expected),
    usualPrice,
  }));
  const elasticityOf = elasticities(view, reach, panel, prices, price.isUsed ? uplifts : undefined);
  const exposures = groupExposure(panel, reach.keyEvents, meta.horizonBuckets);
  const others = new Map<number, Float64Array>();
  for (let key = 0; key < meta.keyCount; key++) {
    const othersExposure = exposures?.ofOthers(key);
    if (othersExposure !== undefined) others.set(key, othersExposure);
    writeChanges(view, blocks, key, paths.of(key), {
      events: eventPath(view, reach, key, othersExposure, uplifts[key].effects),
      price: price.isUsed ? pricePath(prices, key, uplifts[key]) : undefined,
      planned: plannedPath(view, reach, key, elasticityOf),
    });
  }
  const effects = [
    ...reach.events.map((event) => {
      const effect = effectOf(view, event, uplifts, sizes, others, reach);
      if (!actsByPrice(view, event.row)) return effect;
      const elasticity = pooled(event.keys, sizes, (key) => ({ ...elasticityOf(key), known: true }));
      return { ...effect, ...pricedEffect(event.row, elasticity, prices.moved.length) };
    }),
    ...listedFeasts(view, calendar, sizes).map(({ effect }) => effect),
  ];
  return { effects, price };
}

const NO_PRICES: LearntPrice = { isUsed: false, reason: 'No price moved.' };

type KeyPaths = {
  readonly events: UpliftPath | undefined;
  /** Logarithm of what the price changes, and its variance, over history and horizon. */
  readonly price: CalendarPath | undefined;
  /** The same of prices that events will bring. */
  readonly planned: CalendarPath | undefined;
};
const NOTHING: KeyPaths = { events: undefined, price: undefined, planned: undefined };

function writtenCalendar(
  view: DemandView,
  blocks: RunBlocks,
  calendar: readonly LearntCalendar[],
): CalendarPaths {
  const paths = calendarPaths(view, calendar);
  const { meta } = view.snapshot;
  for (let key = 0; key < meta.keyCount; key++) {
    const path = paths.of(key);
    if (path !== undefined) rowIn(blocks, meta, 'calendarChange', key).set(path.log.map(Math.expm1));
  }
  return paths;
}

function eventPath(
  view: DemandView,
  { keyEvents: { events, firstOfKey, eventIndex } }: EventReach,
  key: number,
  othersExposure: Float64Array | undefined,
  effects: readonly UpliftEffect[],
): UpliftPath | undefined {
  if (othersExposure === undefined && firstOfKey[key] === firstOfKey[key + 1]) return undefined;
  const { historyBuckets, horizonBuckets } = view.snapshot.meta;
  return upliftPath(
    {
      events: Array.from(eventIndex.subarray(firstOfKey[key], firstOfKey[key + 1]), (piece) => events[piece]),
      bucketCount: 0,
      horizon: historyBuckets + horizonBuckets,
      ...(othersExposure === undefined ? {} : { othersExposure }),
    },
    effects,
  );
}

/** Where the price of a stream moved, demand is what it would have been at the usual price, times what the price makes of it. */
function pricePath(
  prices: PricePaths,
  key: number,
  { effects, usualPrice }: KeyEffects,
): CalendarPath | undefined {
  const elasticity = effects.find(({ role }) => role === 'price');
  if (elasticity === undefined || !(usualPrice > 0)) return undefined;
  const { values, bucketCount } = prices;
  const above = values
    .subarray(key * bucketCount, (key + 1) * bucketCount)
    .map((price) => (price > 0 ? Math.log(price / usualPrice) : 0));
  return {
    log: above.map((log) => Math.max(-MOST_OF_PRICE, Math.min(MOST_OF_PRICE, elasticity.log * log))),
    logVariance: above.map((log) => (elasticity.standardError * log) ** 2),
  };
}

function writeChanges(
  view: DemandView,
  blocks: RunBlocks,
  key: number,
  calendar: CalendarPath | undefined,
  { events, price, planned }: KeyPaths,
): void {
  const logs = [calendar, price, planned].filter((path) => path !== undefined);
  if (events === undefined && logs.length === 0) return;
  const { meta } = view.snapshot;
  const change = rowIn(blocks, meta, 'eventChange', key);
  for (let t = 0; t < change.length; t++)
    change[t] = (events?.factor[t] ?? 1) * Math.exp(logs.reduce((sum, { log }) => sum + log[t], 0)) - 1;
  const deviation = rowIn(blocks, meta, 'eventDeviation', key);
  for (let step = 0; step < deviation.length; step++) {
    const t = meta.historyBuckets + step;
    const ofEvents = (events?.logDeviation[t] ?? 0) ** 2;
    deviation[step] = Math.sqrt(logs.reduce((sum, { logVariance }) => sum + logVariance[t], ofEvents));
  }
  if (price !== undefined) rowIn(blocks, meta, 'priceChange', key).set(price.log.map(Math.expm1));
}

type KeyEffects = { readonly effects: readonly UpliftEffect[]; readonly usualPrice: number };

/**
 * Cleansed where events reach, so that neither errors nor empty shelves pass for their effect, and without what the calendar
 * does. Items without a group have nothing to do with each other.
 */
function panelOf(view: DemandView, reach: EventReach, blocks: RunBlocks): EventPanel {
  const { meta, keys, groups } = view.snapshot;
  const values = new Float64Array(meta.keyCount * meta.historyBuckets);
  for (let key = 0; key < meta.keyCount; key++) {
    const calendar = rowIn(blocks, meta, 'calendarChange', key);
    // What is only planned must not change what is learnt.
    const isReached = reach.eventsOf[key].some((index) => reach.events[index].first < meta.historyBuckets);
    const series = isReached
      ? cleansedDemand(view, key, knownBuckets(view, reach, key, calendar)).cleansed
      : view.actualOf(key);
    values.set(
      series.map((quantity, t) => quantity / (1 + calendar[t])),
      key * meta.historyBuckets,
    );
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
  effectOfKey: (key: number) => Pick<UpliftEffect, 'log' | 'standardError' | 'known'> | undefined,
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
