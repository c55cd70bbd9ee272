/** The customers: who they are, where they are, how and how often they buy. */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { CHANNELS } from './catalogue.ts';
import { CITIES, placeNear } from './cities.ts';
import { cumulated, drawBetween, drawFactor, drawFrom, drawIndex, drawInteger } from './draws.ts';
import { ACCOUNT_PATTERNS, LAST_NAMES } from './names.ts';
import { servingWarehouse } from './sites.ts';
import type { Scale } from './size.ts';

export type Account = {
  readonly code: string;
  readonly name: string;
  readonly segment: string;
  /** Position in CHANNELS. */
  readonly channel: number;
  readonly city: number;
  readonly postalCode: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Position in WAREHOUSES. */
  readonly warehouse: number;
  /** How much it buys against the others; 0 for a prospect, who has not bought yet. */
  readonly weight: number;
  /** It orders on `orderPhase + k orderCycleDays`, always the same weekday. */
  readonly orderCycleDays: number;
  readonly orderPhase: CalendarDay;
  readonly discountRatio: number;
  readonly employees: number;
};

type Segment = {
  readonly name: string;
  readonly channel: number;
  readonly share: number;
  readonly weight: number;
  readonly discountRatio: number;
  readonly employees: number;
};

const SEGMENTS: readonly Segment[] = [
  { name: 'Independent dealer', channel: 0, share: 0.4, weight: 1, discountRatio: 0.09, employees: 9 },
  { name: 'Farm store', channel: 0, share: 0.11, weight: 1.3, discountRatio: 0.1, employees: 22 },
  { name: 'Landscape supply', channel: 0, share: 0.09, weight: 1.6, discountRatio: 0.1, employees: 18 },
  { name: 'Public grounds', channel: 0, share: 0.05, weight: 0.6, discountRatio: 0.12, employees: 160 },
  { name: 'Hardware store', channel: 1, share: 0.15, weight: 0.8, discountRatio: 0.07, employees: 14 },
  { name: 'Regional chain', channel: 1, share: 0.08, weight: 3, discountRatio: 0.12, employees: 70 },
  { name: 'National chain', channel: 1, share: 0.04, weight: 8, discountRatio: 0.15, employees: 140 },
  { name: 'Web shop', channel: 2, share: 0.06, weight: 1, discountRatio: 0.06, employees: 12 },
  { name: 'Marketplace', channel: 2, share: 0.02, weight: 5, discountRatio: 0.11, employees: 400 },
];

const PROSPECT_SHARE = 0.07;
const MONDAY = 4; // 1970-01-05 was one.

/** Accounts are numbered by age. The first ones make sure that each channel has customers in each region. */
export function makeAccounts(scale: Scale, seed: number): Account[] {
  const bySegment = cumulated(SEGMENTS.map((segment) => segment.share));
  const byCity = cumulated(CITIES.map((city) => city.weight));
  return Array.from({ length: scale.accountCount }, (_, index) => {
    const code = `C-${10_001 + index}`;
    const stream = randomStream(seed, `account:${code}`);
    const segment = SEGMENTS[drawIndex(stream, bySegment)];
    const cityIndex = drawIndex(stream, byCity);
    const city = CITIES[cityIndex];
    const bearing =
      city.inland === null ? drawBetween(stream, 0, 360) : city.inland + drawBetween(stream, -60, 60);
    const place = placeNear(city, city.reachKm * Math.sqrt(stream.uniform()), bearing);
    const pattern = drawFrom(stream, ACCOUNT_PATTERNS[segment.name]);
    const size = drawFactor(stream, 0.85);
    const weight = stream.uniform() < PROSPECT_SHARE ? 0 : segment.weight * size;
    const orderCycleDays = weight > 4 ? 7 : weight > 1.2 ? 14 : 28;
    return {
      code,
      name: pattern.replace('{n}', drawFrom(stream, LAST_NAMES)).replace('{c}', city.name),
      segment: segment.name,
      channel: segment.channel,
      city: cityIndex,
      postalCode: `${city.postalPrefix}${String(stream.integer(100)).padStart(2, '0')}`,
      latitude: Math.round(place.latitude * 1e5) / 1e5,
      longitude: Math.round(place.longitude * 1e5) / 1e5,
      warehouse: servingWarehouse(place),
      weight,
      orderCycleDays,
      orderPhase: MONDAY + 7 * stream.integer(orderCycleDays / 7) + stream.integer(5),
      discountRatio: Math.round((segment.discountRatio + drawBetween(stream, -0.02, 0.02)) * 200) / 200,
      employees: Math.max(1, Math.round(segment.employees * size * drawFactor(stream, 0.4))),
    };
  });
}

/** The customers of one warehouse and channel, for drawing who places an order line. */
export type AccountPool = { readonly accounts: Int32Array; readonly sums: Float64Array };

/** Pools by warehouse * CHANNELS.length + channel. A pool may be empty. */
export function accountPools(accounts: readonly Account[], warehouseCount: number): AccountPool[] {
  return Array.from({ length: warehouseCount * CHANNELS.length }, (_, pool) => {
    const members = [...accounts.keys()].filter((index) => {
      const account = accounts[index];
      return account.weight > 0 && account.warehouse * CHANNELS.length + account.channel === pool;
    });
    return {
      accounts: Int32Array.from(members),
      sums: cumulated(members.map((index) => accounts[index].weight)),
    };
  });
}

const LEAD_DAYS: readonly (readonly [shortest: number, longest: number])[] = [
  [6, 45],
  [5, 24],
  [1, 5],
];

/**
 * Days between an order of an account and the delivery it asks for. All lines of one order day share it,
 * which is what makes them one order.
 */
export function orderLeadDays(account: Account, orderNumber: number, seed: number): number {
  const [shortest, longest] = LEAD_DAYS[account.channel];
  return drawInteger(randomStream(seed, `lead:${account.code}:${orderNumber}`), shortest, longest);
}
