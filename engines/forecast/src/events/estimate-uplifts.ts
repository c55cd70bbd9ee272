/**
 * How much events lift demand, for every key of a panel.
 *
 * Input     quantities per key and bucket (key by key; NaN is not observed), the events of each key, product groups.
 * Steps     each key's own response (response-model.ts), then effects of one type drawn together over groups
 *           (shrink-effects.ts), elasticities cut to their sign (price-elasticity.ts).
 * Others    a key's exposure to its group is the exposure of the group's promotions and price cuts, each weighted by that
 *           key's share in the group's demand, without its own: its effect is the cannibalisation.
 * Output    effects per key, and the history with them taken out; a bucket no event touches is as it was, bit for bit.
 * Cost      about 0.2 ms a key of 104 buckets.
 * Source    SCAN*PRO (Wittink et al. 1988) and PromoCast (Cooper et al. 1999, Marketing Science 18, 301-316) for the response;
 *           van Heerde, Leeflang and Wittink (2000), J. of Marketing Research 37, 383-395, for the dip afterwards.
 */
import { assert } from '@planwright/units';
import { reasonCode } from '../cleansing/finding.ts';
import { eventsOfKey, eventType, type KeyEvents } from './demand-event.ts';
import {
  type ColumnRole,
  columnName,
  type EventColumn,
  eventColumns,
  givenEffect,
  MOST_LOG,
  priceColumn,
  usualPriceOf,
} from './event-columns.ts';
import { type GroupExposure, groupExposure } from './group-exposure.ts';
import { ELASTICITY_PRIOR, notAboveZero } from './price-elasticity.ts';
import { fitResponse } from './response-model.ts';
import { type Effect, type EffectEstimate, type Prior, shrunkEffects } from './shrink-effects.ts';

export type EventPanel = {
  readonly keyCount: number;
  readonly bucketCount: number;
  /** keyCount x bucketCount. */
  readonly values: Float64Array;
  /** Buckets in one season, 1 for none. */
  readonly season: number;
  /** Product group of each key; one group unless told, in which nobody takes demand from others. */
  readonly groups?: Int32Array;
};

export type UpliftOptions = {
  /** Buckets after an event in which demand may dip; 1 unless told. */
  readonly afterBuckets?: number;
  /** Whether effects are drawn together over keys; true unless told. */
  readonly shrink?: boolean;
  /** Whether effects on other keys of the group are estimated; true unless told. */
  readonly others?: boolean;
};

export type UpliftEffect = Effect & {
  readonly role: ColumnRole;
  readonly type: string;
  /** Events of this type in the key's own history. */
  readonly seen: number;
  /** False where no key of the panel tells anything of it: then the effect is 0. */
  readonly known: boolean;
};

export type KeyUplifts = {
  /** Effects on the logarithm of demand, at exposure 1. */
  readonly effects: readonly UpliftEffect[];
  /** History without events. */
  readonly baseline: Float64Array;
  /** 5 ('event') where the history differs from the baseline, else 0. */
  readonly reasons: Uint8Array;
  /** Usual price; NaN without prices. */
  readonly usualPrice: number;
};

const LEAST_SEEN = 1e-9;
const UPLIFT_PRIOR: Prior = { mean: 0, deviation: 1 };
const EVENT = reasonCode('event');

type KeyColumns = {
  readonly columns: readonly EventColumn[];
  readonly known: Float64Array;
  readonly usualPrice: number;
};

/** One entry per key, in order. */
export function estimateUplifts(
  panel: EventPanel,
  events: KeyEvents,
  options: UpliftOptions = {},
): readonly KeyUplifts[] {
  const { keyCount, bucketCount, values, season } = panel;
  assert(values.length === keyCount * bucketCount, 'values are keyCount x bucketCount');
  assert(events.firstOfKey.length === keyCount + 1, 'firstOfKey has one entry a key and one more');
  const exposures =
    (options.others ?? true) && panel.groups !== undefined ? groupExposure(panel, events, 0) : undefined;
  const keys = Array.from({ length: keyCount }, (_, key) =>
    keyColumns(panel, events, key, exposures, options),
  );
  const byName = new Map<
    string,
    { role: ColumnRole; type: string; keys: number[]; estimates: EffectEstimate[] }
  >();
  keys.forEach(({ columns, known }, key) => {
    if (columns.length === 0) return;
    const told = columns.filter(({ exposure }) => exposure.some((value) => Math.abs(value) > LEAST_SEEN));
    const series = values.subarray(key * bucketCount, (key + 1) * bucketCount);
    const response = told.length === 0 ? undefined : fitResponse(series, season, told, known);
    for (const column of columns) {
      const name = columnName(column);
      const entry = byName.get(name) ?? { role: column.role, type: column.type, keys: [], estimates: [] };
      byName.set(name, entry);
      const own = response?.effects[told.indexOf(column)];
      entry.keys.push(key);
      entry.estimates.push({
        group: panel.groups?.[key] ?? 0,
        ...(own ?? { log: 0, standardError: Infinity, countRatio: 0 }),
      });
    }
  });
  const effects: UpliftEffect[][] = keys.map(() => []);
  for (const { role, type, keys: owners, estimates } of byName.values()) {
    const known = estimates.some(({ standardError }) => Number.isFinite(standardError));
    const final = finalEffects(role, estimates, options.shrink ?? true);
    owners.forEach((key, i) => {
      effects[key].push({
        role,
        type,
        seen: role === 'uplift' ? timesSeen(events, key, type, bucketCount) : 0,
        known,
        ...(known ? final[i] : { log: 0, standardError: 0 }),
      });
    });
  }
  return keys.map((own, key) => withoutEvents(panel, key, own, effects[key]));
}

function finalEffects(role: ColumnRole, estimates: readonly EffectEstimate[], shrink: boolean): Effect[] {
  const prior = role === 'price' ? ELASTICITY_PRIOR : UPLIFT_PRIOR;
  const effects = shrink
    ? shrunkEffects(estimates, prior)
    : estimates.map((own) =>
        Number.isFinite(own.standardError) ? own : { log: prior.mean, standardError: prior.deviation },
      );
  return role === 'price' ? effects.map(notAboveZero) : effects;
}

const timesSeen = (events: KeyEvents, key: number, type: string, bucketCount: number): number =>
  eventsOfKey(events, key).filter((event) => eventType(event) === type && event.first < bucketCount).length;

function keyColumns(
  { bucketCount }: EventPanel,
  events: KeyEvents,
  key: number,
  exposures: GroupExposure | undefined,
  { afterBuckets = 1 }: UpliftOptions,
): KeyColumns {
  const own = eventsOfKey(events, key);
  const columns = own.length === 0 ? [] : eventColumns(own, 0, bucketCount, afterBuckets);
  const others = exposures?.ofOthers(key);
  if (others !== undefined) columns.push({ role: 'others', type: '', kind: 'promotion', exposure: others });
  const { prices } = events;
  assert(prices === undefined || prices.bucketCount >= bucketCount, 'prices span the history');
  const start = key * (prices?.bucketCount ?? 0);
  const ownPrices = prices?.values.subarray(start, start + bucketCount);
  const usualPrice = ownPrices === undefined ? Number.NaN : usualPriceOf(ownPrices);
  if (ownPrices !== undefined && usualPrice > 0) columns.push(priceColumn(ownPrices, usualPrice));
  return { columns, known: givenEffect(own, 0, bucketCount).log, usualPrice };
}

function withoutEvents(
  { bucketCount, values }: EventPanel,
  key: number,
  { columns, known, usualPrice }: KeyColumns,
  effects: readonly UpliftEffect[],
): KeyUplifts {
  const baseline = values.slice(key * bucketCount, (key + 1) * bucketCount);
  const reasons = new Uint8Array(bucketCount);
  const log = known.slice();
  for (const column of columns) {
    const effect = effects.find(({ role, type }) => role === column.role && type === column.type);
    if (effect === undefined) continue;
    for (let t = 0; t < bucketCount; t++) log[t] += effect.log * column.exposure[t];
  }
  for (let t = 0; t < bucketCount; t++) {
    if (log[t] === 0 || !Number.isFinite(baseline[t]) || baseline[t] === 0) continue;
    baseline[t] /= Math.exp(Math.max(-MOST_LOG, Math.min(MOST_LOG, log[t])));
    reasons[t] = EVENT;
  }
  return { effects, baseline, reasons, usualPrice };
}
