import { readData } from './reference-data.ts';

export const ONLINE_ORDERS = 'online_retail/online_retail.csv.gz';
export const ORDER_WEEKS = 52;

const DAY = 86_400_000;
const FIRST_MONDAY = Date.UTC(2010, 11, 6);

export type OrderedItem = {
  readonly code: string;
  /** Last word of the description: MUG, BAG. */
  readonly kind: string;
  readonly price: number;
  /** Pieces per day of 52 weeks; the first is a Monday. */
  readonly byDay: Float64Array;
};

/** Orders of an online wholesaler (UCI Online Retail) per item and day; returns are no orders. Takes a second. */
export function onlineOrders(): OrderedItem[] {
  const items = new Map<string, OrderedItem>();
  for (const line of readData(ONLINE_ORDERS).split('\n')) {
    // Descriptions may hold commas: fields count from the end.
    const fields = line.split(',');
    const quantity = Number(fields.at(-5));
    const day = Math.floor((Date.parse(`${fields.at(-4)?.slice(0, 10)}T00:00:00Z`) - FIRST_MONDAY) / DAY);
    if (!(quantity > 0) || !(day >= 0) || day >= 7 * ORDER_WEEKS) continue;
    const [, code, description] = fields;
    const item = items.get(code) ?? {
      code,
      kind: description.trim().split(' ').at(-1) ?? '',
      price: Number(fields.at(-3)),
      byDay: new Float64Array(7 * ORDER_WEEKS),
    };
    items.set(code, item);
    item.byDay[day] += quantity;
  }
  return [...items.values()];
}

export const byWeek = (byDay: Float64Array): Float64Array =>
  Float64Array.from({ length: ORDER_WEEKS }, (_, week) => sumOf(byDay.subarray(7 * week, 7 * week + 7)));

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
