/** Keys, and the demand that each can expect: base x trend x season x events x life. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import { type CalendarDay, civilFromDay } from '@planwright/time';
import type { AccountPool } from './accounts.ts';
import { CHANNELS, PRODUCT_LINES } from './catalogue.ts';
import { drawChance, drawFactor } from './draws.ts';
import type { DayFactors, PriceCut } from './events.ts';
import type { SoldItem } from './items.ts';
import { WAREHOUSES } from './sites.ts';
import type { Scale } from './size.ts';
import type { Timeline } from './timeline.ts';

/** One item in one warehouse and channel. */
export type DemandKey = {
  /** Index into the sold items. */
  readonly item: number;
  /** Position in WAREHOUSES. */
  readonly warehouse: number;
  /** Position in CHANNELS. */
  readonly channel: number;
  /** Units in an average month at the level of the as-of day. */
  readonly unitsPerMonth: number;
  /** Order lines in an average month. */
  readonly linesPerMonth: number;
};

const POOLS = WAREHOUSES.length * CHANNELS.length;

type Pair = { readonly pool: number; readonly weight: number };

/** Where a finished item is sold: the warehouse and channel pairs with the greatest weights. */
function pairsOf(item: SoldItem, count: number, pools: readonly AccountPool[], stream: RandomStream): Pair[] {
  const { line } = item;
  if (line === null) return [];
  const pairs = Array.from({ length: POOLS }, (_, pool): Pair => {
    const channel = pool % CHANNELS.length;
    const warehouse = (pool - channel) / CHANNELS.length;
    const people = Math.sqrt(pools[pool].accounts.length);
    return { pool, weight: people * line.mix[channel] * line.climate[warehouse] * drawFactor(stream, 0.35) };
  });
  return pairs
    .filter((pair) => pair.weight > 0)
    .sort((a, b) => b.weight - a.weight || a.pool - b.pool)
    .slice(0, count);
}

function finishedKeys(
  items: readonly SoldItem[],
  prices: readonly number[],
  pools: readonly AccountPool[],
  scale: Scale,
  seed: number,
): DemandKey[] {
  // An item that takes over another's demand sells where the other sold, and about as much.
  let leader = 0;
  return items.flatMap((item, index) => {
    if (!item.inherits) leader = index;
    const stream = randomStream(seed, `demand:${items[leader].code}`);
    const revenuePerYear = scale.revenuePerKeyYear * scale.keysPerItem * drawFactor(stream, 0.6);
    const count = Math.max(2, Math.round(scale.keysPerItem + 1.4 * stream.normal()));
    const pairs = pairsOf(items[leader], count, pools, stream);
    const weightSum = pairs.reduce((sum, pair) => sum + pair.weight, 0);
    const unitsPerMonth = revenuePerYear / prices[leader] / 12;
    return pairs.map(({ pool, weight }) => {
      const share = weight / weightSum;
      const channel = pool % CHANNELS.length;
      return {
        item: index,
        warehouse: (pool - channel) / CHANNELS.length,
        channel,
        unitsPerMonth: unitsPerMonth * share,
        linesPerMonth: scale.linesPerKeyMonth * Math.sqrt(share * pairs.length),
      };
    });
  });
}

const SPARE_UNITS_PER_LINE = 2.5;

/** A service part is asked for in less than every second month, mostly by dealers. */
function spareKeys(
  items: readonly SoldItem[],
  pools: readonly AccountPool[],
  firstIndex: number,
  seed: number,
): DemandKey[] {
  return items.flatMap((item, index) => {
    const stream = randomStream(seed, `demand:${item.code}`);
    const rate = 0.1 * (0.6 / 0.1) ** stream.uniform();
    const second = drawChance(stream, 0.5);
    const channels = [0, drawChance(stream, 0.3) ? 2 : 0];
    const warehouses = [1, [0, 2, 3][stream.integer(3)]];
    return (second ? [0.6, 0.4] : [1])
      .map((share, place) => ({
        item: firstIndex + index,
        warehouse: warehouses[place],
        channel: channels[place],
        unitsPerMonth: rate * share * SPARE_UNITS_PER_LINE,
        linesPerMonth: rate * share,
      }))
      .filter((key) => pools[key.warehouse * CHANNELS.length + key.channel].accounts.length > 0);
  });
}

/** Keys in the order of the items. `prices` are today's net prices of the items, US dollars. */
export function demandKeys(
  finished: readonly SoldItem[],
  spares: readonly SoldItem[],
  prices: readonly number[],
  pools: readonly AccountPool[],
  scale: Scale,
  seed: number,
): DemandKey[] {
  return [
    ...finishedKeys(finished, prices, pools, scale, seed),
    ...spareKeys(spares, pools, finished.length, seed),
  ];
}

const RAMP_DAYS = 70;
const HANDOVER_DAYS = 45;
const FADE_DAYS = 150;

/** Demand of a day against the settled life of an item: 0 before launch and after phase-out, and the ramps between. */
export function lifeFactor(item: SoldItem, day: CalendarDay): number {
  const age = day - item.activeFrom;
  if (age < 0) return 0;
  let factor = item.inherits ? Math.min(1, (age + 1) / HANDOVER_DAYS) : 1 - 0.9 * Math.exp(-age / RAMP_DAYS);
  if (item.activeTo !== null) {
    const left = item.activeTo - day;
    if (left < 0) return 0;
    const fade = item.successor === null ? FADE_DAYS : HANDOVER_DAYS;
    factor *= Math.min(1, 0.15 + (0.85 * left) / fade);
  }
  return factor;
}

/** Growth since or until the as-of day, and the customers a price cut won. */
export function trendFactor(
  item: SoldItem,
  cut: PriceCut | undefined,
  day: CalendarDay,
  asOf: CalendarDay,
): number {
  const growth = Math.exp((item.growthRatio * (day - asOf)) / 365.25);
  return cut === undefined || day < cut.on ? growth : growth * (1 + cut.gainRatio);
}

/** Month means of life x season x events for one item and channel: `actual` and `expected` by month of the timeline. */
export type MonthFactors = { readonly actual: Float64Array; readonly expected: Float64Array };

export function monthFactors(
  item: SoldItem,
  channel: number,
  factors: readonly DayFactors[],
  timeline: Timeline,
): MonthFactors {
  const { start, monthStarts } = timeline;
  const monthCount = monthStarts.length - 1;
  const actual = new Float64Array(monthCount);
  const expected = new Float64Array(monthCount);
  if (item.line === null) return { actual: actual.fill(1), expected: expected.fill(1) };
  const days = factors[PRODUCT_LINES.indexOf(item.line) * CHANNELS.length + channel];
  for (let month = 0; month < monthCount; month++) {
    const first = monthStarts[month];
    const length = monthStarts[month + 1] - first;
    for (let day = first; day < first + length; day++) {
      const life = lifeFactor(item, day);
      if (life === 0) continue;
      actual[month] += (life * days.actual[day - start]) / length;
      expected[month] += (life * days.expected[day - start]) / length;
    }
  }
  return { actual, expected };
}

const SHOCK_MEMORY = 0.5;
const SHOCK_SIGMA = 0.09;

type Story = readonly [
  families: readonly string[],
  warehouses: readonly number[],
  yearsAgo: number,
  months: readonly number[],
  factor: number,
];

/** Weather that people remember: a mild winter, a dry summer, a storm, a late spring. Months are calendar months. */
const STORIES: readonly Story[] = [
  [['SNOW'], [0, 1, 2], 3, [11, 12], 0.74],
  [['SNOW'], [0, 1, 2], 2, [1, 2], 0.68],
  [['SNOW'], [1, 2], 1, [11, 12], 1.22],
  [['WALK', 'RIDE', 'ROBO', 'TRIM'], [1, 3], 2, [6, 7, 8], 0.84],
  [['GEN'], [3], 1, [9, 10], 2.1],
  [['WALK', 'RIDE', 'TILL'], [1, 2], 0, [3], 0.78],
  [['WALK', 'RIDE', 'TILL'], [1, 2], 0, [4, 5], 1.1],
];

/** Luck of the weather by family and warehouse, for every month of the timeline, with a memory of the month before. */
export function weatherFactors(
  family: string,
  warehouse: number,
  timeline: Timeline,
  seed: number,
): Float64Array {
  const stream = randomStream(seed, `weather:${family}:${warehouse}`);
  let luck = SHOCK_SIGMA * stream.normal();
  const asOfYear = civilFromDay(timeline.asOf).year;
  return Float64Array.from({ length: timeline.monthStarts.length - 1 }, (_, index) => {
    luck = SHOCK_MEMORY * luck + Math.sqrt(1 - SHOCK_MEMORY ** 2) * SHOCK_SIGMA * stream.normal();
    const { year, month } = civilFromDay(timeline.monthStarts[index]);
    const story = STORIES.filter(
      ([families, warehouses, yearsAgo, months]) =>
        families.includes(family) &&
        warehouses.includes(warehouse) &&
        asOfYear - year === yearsAgo &&
        months.includes(month),
    ).reduce((product, entry) => product * entry[4], 1);
    return Math.exp(luck) * story;
  });
}
