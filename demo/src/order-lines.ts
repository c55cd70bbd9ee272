/** Turns expected demand into order lines, and lines into orders. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { type Account, type AccountPool, orderLeadDays } from './accounts.ts';
import { CHANNELS, PRODUCT_LINES } from './catalogue.ts';
import {
  type DemandKey,
  lifeFactor,
  monthFactors,
  type MonthFactors,
  trendFactor,
  weatherFactors,
} from './demand.ts';
import { drawFactor, drawIndex, drawInteger } from './draws.ts';
import { type DayFactors, priceIndex, type PriceCut } from './events.ts';
import type { SoldItem } from './items.ts';
import type { Timeline } from './timeline.ts';

/** What order lines grow out of. */
export type Market = {
  readonly items: readonly SoldItem[];
  readonly listPrices: readonly number[];
  readonly cuts: ReadonlyMap<string, PriceCut>;
  readonly keys: readonly DemandKey[];
  readonly accounts: readonly Account[];
  readonly pools: readonly AccountPool[];
  readonly factors: readonly DayFactors[];
  readonly timeline: Timeline;
  readonly seed: number;
};

/** Order lines column by column, in the order of `orderedOn` and account, so that the lines of an order are neighbours. */
export type OrderLines = {
  readonly count: number;
  readonly key: Int32Array;
  readonly account: Int32Array;
  readonly orderedOn: Int32Array;
  readonly requestedOn: Int32Array;
  readonly quantity: Int32Array;
  /** Net price of one unit in cents. */
  readonly unitCents: Int32Array;
  /** Index of the order, counted from 0. */
  readonly order: Int32Array;
  readonly orderCount: number;
};

/** Day columns of one growing table: plain arrays would cost L five times the memory. */
class LineBuffer {
  count = 0;
  columns = Array.from({ length: COLUMN_COUNT }, () => new Int32Array(FIRST_CAPACITY));

  push(row: readonly number[]): void {
    if (this.count === this.columns[0].length) {
      this.columns = this.columns.map((column) => {
        const larger = new Int32Array(column.length * 2);
        larger.set(column);
        return larger;
      });
    }
    for (let column = 0; column < COLUMN_COUNT; column++) this.columns[column][this.count] = row[column];
    this.count += 1;
  }
}
const COLUMN_COUNT = 6;
const FIRST_CAPACITY = 16_384;

const NOISE_SIGMA = 0.17;
const BULK_CHANCE = 0.0025;
const PROMOTION_DISCOUNT = 0.07;

/** Everything about one key that its months have in common. */
type KeyContext = {
  readonly item: SoldItem;
  readonly key: DemandKey;
  readonly keyIndex: number;
  readonly pool: AccountPool;
  readonly months: MonthFactors;
  readonly days: DayFactors | null;
  readonly weather: Float64Array | null;
  readonly stream: RandomStream;
};

/** Order lines of all keys: each key has a random stream of its own. */
export function orderLines(market: Market): OrderLines {
  const { items, keys, timeline, seed } = market;
  const buffer = new LineBuffer();
  const weather = new Map<string, Float64Array>();
  const months = new Map<string, MonthFactors>();
  const remembered = <T>(memory: Map<string, T>, name: string, make: () => T): T => {
    const known = memory.get(name) ?? make();
    memory.set(name, known);
    return known;
  };
  keys.forEach((key, keyIndex) => {
    const item = items[key.item];
    const { line } = item;
    const context: KeyContext = {
      item,
      key,
      keyIndex,
      pool: market.pools[key.warehouse * CHANNELS.length + key.channel],
      months: remembered(months, `${key.item}:${key.channel}`, () =>
        monthFactors(item, key.channel, market.factors, timeline),
      ),
      days:
        line === null ? null : market.factors[PRODUCT_LINES.indexOf(line) * CHANNELS.length + key.channel],
      weather:
        line === null
          ? null
          : remembered(weather, `${line.family}:${key.warehouse}`, () =>
              weatherFactors(line.family, key.warehouse, timeline, seed),
            ),
      stream: randomStream(seed, `orders:${item.code}:${key.warehouse}:${key.channel}`),
    };
    // The two months after the as-of day hold what is on order already.
    for (let month = 0; month < timeline.historyMonths + 2; month++)
      pushMonth(market, context, month, buffer);
  });
  return sortedIntoOrders(buffer, market.accounts.length, timeline.start);
}

function pushMonth(market: Market, context: KeyContext, month: number, buffer: LineBuffer): void {
  const { timeline } = market;
  const { item, key, stream } = context;
  const factor = context.months.actual[month];
  if (factor === 0) return;
  const middle = timeline.monthStarts[month] + 15;
  const trend = trendFactor(item, market.cuts.get(item.code), middle, timeline.asOf);
  if (item.line === null) {
    const lineCount = stream.poisson(key.linesPerMonth);
    for (let line = 0; line < lineCount; line++)
      pushLine(market, context, month, 1 + stream.poisson(1.5), buffer);
    return;
  }
  const luck = (context.weather?.[month] ?? 1) * drawFactor(stream, NOISE_SIGMA);
  const bulk = stream.uniform() < BULK_CHANCE ? 4 : 1;
  const level = trend * factor * luck;
  const units = stream.poisson(key.unitsPerMonth * level * bulk);
  const wanted = stream.poisson(key.linesPerMonth * Math.sqrt(level));
  const lineCount = units === 0 ? 0 : Math.max(1, Math.min(units, bulk > 1 ? 1 : wanted));
  let left = units;
  for (let line = lineCount; line > 0; line--) {
    // Each line takes its share of what is left, more or less, and leaves a unit for every line to come.
    const share = line === 1 ? left : Math.round((left / line) * (0.4 + 1.2 * stream.uniform()));
    const quantity = Math.max(1, Math.min(left - (line - 1), share));
    left -= quantity;
    pushLine(market, context, month, quantity, buffer);
  }
}

function pushLine(
  market: Market,
  context: KeyContext,
  month: number,
  quantity: number,
  buffer: LineBuffer,
): void {
  const { item, pool, stream, days } = context;
  const { timeline, accounts } = market;
  const account = pool.accounts[drawIndex(stream, pool.sums)];
  const buyer = accounts[account];
  const requestedOn = requestedDay(buyer, context, timeline, month);
  if (requestedOn === null) return;
  const orderNumber = Math.floor((requestedOn - buyer.orderPhase) / buyer.orderCycleDays);
  const leadDays = days === null ? drawInteger(stream, 1, 4) : orderLeadDays(buyer, orderNumber, market.seed);
  const orderedOn = requestedOn - leadDays;
  if (orderedOn >= timeline.asOf || orderedOn < item.activeFrom) return;
  const cut = market.cuts.get(item.code);
  const list =
    market.listPrices[context.key.item] *
    priceIndex(timeline, orderedOn) *
    (cut !== undefined && orderedOn < cut.on ? 1 / (1 - cut.ratio) : 1);
  const promoted = days !== null && days.promoted[requestedOn - timeline.start] === 1;
  const discount = buyer.discountRatio + (promoted ? PROMOTION_DISCOUNT : 0);
  const unitCents = Math.round(list * 100 * (1 - discount));
  buffer.push([context.keyIndex, account, orderedOn, requestedOn, quantity, unitCents]);
}

const DAY_TRIES = 24;

/** A day of the month on which the account takes deliveries, likelier where demand is high. Null where it has none. */
function requestedDay(
  buyer: Account,
  context: KeyContext,
  timeline: Timeline,
  month: number,
): CalendarDay | null {
  const { stream, days, item } = context;
  const first = timeline.monthStarts[month];
  const next = timeline.monthStarts[month + 1];
  const cycle = buyer.orderCycleDays;
  const earliest = first + ((((buyer.orderPhase - first) % cycle) + cycle) % cycle);
  const count = Math.ceil((next - earliest) / cycle);
  if (count <= 0) return null;
  let fallback: CalendarDay | null = null;
  for (let attempt = 0; attempt < DAY_TRIES; attempt++) {
    const day = earliest + cycle * stream.integer(count);
    const life = lifeFactor(item, day);
    if (life === 0) continue;
    if (days === null) return day;
    fallback = day;
    const ceiling = 2 * Math.max(context.months.actual[month], 0.05);
    if (stream.uniform() * ceiling < life * days.actual[day - timeline.start]) return day;
  }
  return fallback;
}

/** Sorts the lines by order day and account, and numbers the orders. */
function sortedIntoOrders(buffer: LineBuffer, accountCount: number, start: CalendarDay): OrderLines {
  const { count } = buffer;
  const [key, account, orderedOn, requestedOn, quantity, unitCents] = buffer.columns;
  // One number that sorts by day, then account, then arrival: the largest stays below 2^53 for any size here.
  const ranks = Float64Array.from({ length: count }, (_, line) => {
    return ((orderedOn[line] - start + 365) * accountCount + account[line]) * count + line;
  }).sort();
  const place = Int32Array.from(ranks, (rank) => rank % count);
  const sorted = (column: Int32Array): Int32Array => place.map((line) => column[line]);
  const order = new Int32Array(count);
  let orderCount = 0;
  for (let line = 0; line < count; line++) {
    const same = line > 0 && Math.floor(ranks[line] / count) === Math.floor(ranks[line - 1] / count);
    if (!same) orderCount += 1;
    order[line] = orderCount - 1;
  }
  return {
    count,
    key: sorted(key),
    account: sorted(account),
    orderedOn: sorted(orderedOn),
    requestedOn: sorted(requestedOn),
    quantity: sorted(quantity),
    unitCents: sorted(unitCents),
    order,
    orderCount,
  };
}
