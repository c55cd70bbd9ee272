/** Promotions, price changes, launches and phase-outs: the dated causes of demand, and what they did to it. */
import { randomStream } from '@planwright/numerics';
import { type CalendarDay, civilFromDay, dayFromCivil } from '@planwright/time';
import { CHANNELS, type Channel, DIVISIONS, FAMILIES, PRODUCT_LINES, type ProductLine } from './catalogue.ts';
import { drawBetween, drawChance, drawInteger } from './draws.ts';
import type { SoldItem } from './items.ts';
import { WAREHOUSES } from './sites.ts';
import { seasonFactor } from './season.ts';
import type { Timeline } from './timeline.ts';

export type DemandEvent = {
  readonly code: string;
  readonly name: string;
  readonly kind: 'promotion' | 'price' | 'launch' | 'phase-out' | 'other';
  readonly group: string | null;
  readonly item: string | null;
  readonly channel: Channel | null;
  /** Index of the site it is limited to. */
  readonly site?: number;
  readonly note?: string;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
  /** What marketing expected. */
  readonly upliftRatio: number;
  /** What it did. */
  readonly effectRatio: number;
  /** True where supply was told in time and stocked up for it. */
  readonly isPlanned: boolean;
};

type Campaign = readonly [
  name: string,
  group: string,
  channel: Channel,
  month: number,
  day: number,
  days: number,
  uplift: number,
];

// group may be a line, a family or a division.
const CAMPAIGNS: readonly Campaign[] = [
  ['Spring kick-off', 'WALK', 'retail', 4, 3, 21, 0.35],
  ['Spring kick-off', 'TILL', 'retail', 3, 20, 21, 0.25],
  ['Memorial Day battery week', 'TRIM', 'online', 5, 18, 14, 0.5],
  ["Father's Day riders", 'RIDE', 'dealer', 6, 2, 18, 0.25],
  ['Midsummer web week', 'HAND', 'online', 7, 8, 9, 0.45],
  ['Early snow orders', 'SNOW', 'dealer', 8, 1, 35, 0.3],
  ['Labor Day clean-up', 'WASH', 'retail', 8, 25, 14, 0.35],
  ['Fall clean-up', 'BLOW', 'retail', 9, 18, 24, 0.35],
  ['Woodcutters month', 'SAW', 'dealer', 10, 1, 25, 0.28],
  ['Black Friday', 'ENERGY', 'online', 11, 18, 13, 0.8],
  ['Black Friday', 'ROBO', 'online', 11, 18, 13, 0.5],
  ['New year robots', 'ROBH', 'dealer', 2, 5, 20, 0.25],
];

/** Price list changes of 1 January, by years before the as-of day: the latest first. */
const INCREASES: readonly number[] = [0.03, 0.035, 0.045, 0.06, 0.05];
const PREBUY_RATIO = 0.16;
const DIP_DEPTH = 0.45;
const DIP_LENGTH = 0.9;

/** Promotions of every year of the timeline, past and planned. */
function promotions(timeline: Timeline, seed: number): DemandEvent[] {
  const firstYear = civilFromDay(timeline.start).year;
  const lastYear = civilFromDay(timeline.asOf).year + 1;
  const events: DemandEvent[] = [];
  CAMPAIGNS.forEach(([name, group, channel, month, dayOfMonth, days, uplift]) => {
    for (let year = firstYear; year <= lastYear; year++) {
      const code = `P${year}-${group}-${channel}`;
      const stream = randomStream(seed, `event:${code}`);
      const startsOn = dayFromCivil(year, month, dayOfMonth) + drawInteger(stream, -4, 4);
      const upliftRatio = Math.round((uplift + drawBetween(stream, -0.06, 0.06)) * 100) / 100;
      const effectRatio = upliftRatio * Math.max(0.3, 1 + 0.25 * stream.normal());
      const isPlanned = drawChance(stream, 0.65);
      if (startsOn < timeline.start) continue;
      const span = { startsOn, endsOn: startsOn + days - 1 };
      events.push({
        code,
        name: `${name} ${year}`,
        kind: 'promotion',
        group,
        item: null,
        channel,
        ...span,
        upliftRatio,
        effectRatio,
        isPlanned,
      });
    }
  });
  return events;
}

function priceIncreases(timeline: Timeline): DemandEvent[] {
  const year = civilFromDay(timeline.asOf).year;
  return INCREASES.flatMap((ratio, ago) => {
    const startsOn = dayFromCivil(year - ago, 1, 1);
    if (startsOn < timeline.start) return [];
    return DIVISIONS.filter(([code]) => code !== 'PARTS').map(
      ([division]): DemandEvent => ({
        code: `L${year - ago}-${division}`,
        name: `Price list ${year - ago}: +${(ratio * 100).toFixed(1)} %`,
        kind: 'price',
        group: division,
        item: null,
        channel: 'dealer',
        startsOn,
        endsOn: startsOn + 29,
        upliftRatio: -PREBUY_RATIO,
        effectRatio: -PREBUY_RATIO,
        isPlanned: true,
      }),
    );
  });
}

/** The storms that `STORIES` of demand.ts know of, as people wrote them down afterwards. */
function stormEvent(timeline: Timeline): DemandEvent {
  const year = civilFromDay(timeline.asOf).year - 1;
  return {
    code: `W${year}-GEN`,
    name: `Hurricane season ${year}`,
    kind: 'other',
    group: 'GEN',
    item: null,
    channel: null,
    site: WAREHOUSES[3],
    note: 'Long power cuts on the coast; generators sold out everywhere.',
    startsOn: dayFromCivil(year, 9, 1),
    endsOn: dayFromCivil(year, 10, 31),
    upliftRatio: 1,
    effectRatio: 1.1,
    isPlanned: false,
  };
}

function lifeEvents(items: readonly SoldItem[], timeline: Timeline): DemandEvent[] {
  const event = (
    item: SoldItem,
    kind: 'launch' | 'phase-out',
    startsOn: CalendarDay,
    endsOn: CalendarDay,
  ): DemandEvent => ({
    code: `${kind === 'launch' ? 'N' : 'X'}-${item.code}`,
    name: `${kind === 'launch' ? 'Launch' : 'Phase-out'} of ${item.name}`,
    kind,
    group: null,
    item: item.code,
    channel: null,
    startsOn,
    endsOn,
    upliftRatio: 0,
    effectRatio: 0,
    isPlanned: true,
  });
  return items.flatMap((item) => [
    ...(item.activeFrom >= timeline.start
      ? [event(item, 'launch', item.activeFrom, item.activeFrom + 90)]
      : []),
    ...(item.activeTo === null ? [] : [event(item, 'phase-out', item.activeTo - 45, item.activeTo)]),
  ]);
}

/** Price of an earlier day against today's list. Also the index of costs, which moved with it. */
export function priceIndex(timeline: Timeline, day: CalendarDay): number {
  const thisYear = civilFromDay(timeline.asOf).year;
  const { year } = civilFromDay(Math.min(day, timeline.asOf));
  let index = 1;
  for (let ago = 0; ago < thisYear - year; ago++) index /= 1 + (INCREASES[ago] ?? 0.03);
  return index;
}

/** Cut of one item's price that stayed, and won customers. */
export type PriceCut = { readonly on: CalendarDay; readonly ratio: number; readonly gainRatio: number };

/** About one item in fourteen had its price cut during the history. */
export function priceCuts(
  items: readonly SoldItem[],
  timeline: Timeline,
  seed: number,
): Map<string, PriceCut> {
  const cuts = new Map<string, PriceCut>();
  items.forEach((item, index) => {
    if (item.line === null || index % 14 !== 6) return;
    const stream = randomStream(seed, `price cut:${item.code}`);
    const on = Math.round(drawBetween(stream, timeline.start + 300, timeline.asOf - 150));
    const ratio = drawInteger(stream, 5, 10) / 100;
    cuts.set(item.code, { on, ratio, gainRatio: ratio * drawBetween(stream, 1.2, 2.2) });
  });
  return cuts;
}

export function demandEvents(
  items: readonly SoldItem[],
  cuts: ReadonlyMap<string, PriceCut>,
  timeline: Timeline,
  seed: number,
): DemandEvent[] {
  const cutEvents = [...cuts].map(
    ([item, cut]): DemandEvent => ({
      code: `C-${item}`,
      name: `Price of ${item} cut by ${Math.round(cut.ratio * 100)} %`,
      kind: 'price',
      group: null,
      item,
      channel: null,
      startsOn: cut.on,
      endsOn: cut.on + 364,
      upliftRatio: Math.round(cut.ratio * 150) / 100,
      effectRatio: cut.gainRatio,
      isPlanned: true,
    }),
  );
  return [
    ...promotions(timeline, seed),
    ...priceIncreases(timeline),
    ...cutEvents,
    stormEvent(timeline),
    ...lifeEvents(items, timeline),
  ];
}

/** Demand of each day against an average day for one line in one channel: what happens and what supply expects. */
export type DayFactors = {
  readonly actual: Float64Array;
  readonly expected: Float64Array;
  /** 1 on the days of a promotion. */
  readonly promoted: Uint8Array;
};

function reaches(event: DemandEvent, line: ProductLine): boolean {
  if (event.item !== null || event.group === null) return false;
  const division = FAMILIES.find(([code]) => code === line.family)?.[2];
  return [line.code, line.family, division].includes(event.group);
}

function applyPromotion(factors: DayFactors, event: DemandEvent, start: CalendarDay): void {
  const { actual, expected, promoted } = factors;
  const from = event.startsOn - start;
  const to = event.endsOn - start;
  const dipTo = to + Math.round((to - from + 1) * DIP_LENGTH);
  for (let t = Math.max(0, from); t <= Math.min(dipTo, actual.length - 1); t++) {
    const change = t <= to ? 1 : -DIP_DEPTH;
    actual[t] *= 1 + change * event.effectRatio;
    if (event.isPlanned) expected[t] *= 1 + change * event.upliftRatio;
    if (t <= to) promoted[t] = 1;
  }
}

/** Dealers buy ahead of a dearer price list, and less after it. */
function applyPrebuy(factors: DayFactors, event: DemandEvent, start: CalendarDay): void {
  for (let offset = -30; offset < 30; offset++) {
    const t = event.startsOn + offset - start;
    if (t >= 0 && t < factors.actual.length) factors.actual[t] *= 1 - Math.sign(offset + 0.5) * PREBUY_RATIO;
  }
}

/** Factors by line * CHANNELS.length + channel, for every day of the timeline. */
export function dayFactors(events: readonly DemandEvent[], timeline: Timeline): DayFactors[] {
  const { start, monthStarts } = timeline;
  const dayCount = monthStarts[monthStarts.length - 1] - start;
  return PRODUCT_LINES.flatMap((line) =>
    CHANNELS.map((channel) => {
      const season = Float64Array.from({ length: dayCount }, (_, t) =>
        seasonFactor(line.season, channel, start + t),
      );
      const factors = { actual: season, expected: season.slice(), promoted: new Uint8Array(dayCount) };
      for (const event of events) {
        if (!reaches(event, line)) continue;
        if (event.kind === 'promotion' && event.channel === channel) applyPromotion(factors, event, start);
        if (event.kind === 'price' && channel === 'dealer') applyPrebuy(factors, event, start);
      }
      return factors;
    }),
  );
}
