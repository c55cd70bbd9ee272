import { listSensedDemand } from '@planwright/app';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { orderBookReader } from '../src/order-book-reader.ts';
import { createPlanReader } from '../src/plan-reader.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';
import {
  HISTORY,
  HORIZON,
  itemAndKey,
  memberAs,
  nestedGroups,
  numbers,
  RUN,
  seriesRows,
  smallPlan,
} from './small-plan.ts';

const member = memberAs('planner');

/** Half an 80 % band of a forecast whose deviation is 5. */
const HALF = 5 * 1.2815515655446004;

const STREAMS = [
  { id: 1, item: 'a', group: 'leaf', channel: 'web', baseline: 20, price: 3 },
  { id: 2, item: 'b', group: 'leaf', channel: 'web', baseline: 20, price: 3 },
  { id: 3, item: 'd', group: 'leaf', channel: 'web', baseline: 20, price: 3 },
  { id: 4, item: 'c', group: '', channel: 'shop', baseline: 30, price: 9 },
] as const;

let lines = 0;
const line = (item: string, orderedOn: string, requestedOn: string, quantity: number): string =>
  `insert into sales_order_line (company_id, "order", line, item, location, channel, ordered_on, requested_on, quantity)
    values (1, 'o${++lines}', '1', '${item}', 'north', 'web', '${orderedOn}', '${requestedOn}', ${quantity});`;

const monthOf = (t: number): string => `2025-${String(t + 1).padStart(2, '0')}`;

/** Every month of 2025 had 20: 10 ordered on the first, 10 on the day they were wanted, the 27th. */
const pastOrders = (item: string): string =>
  Array.from(
    { length: 12 },
    (_, t) =>
      line(item, `${monthOf(t)}-01`, `${monthOf(t)}-27`, 10) +
      line(item, `${monthOf(t)}-27`, `${monthOf(t)}-27`, 10),
  ).join('\n');

function streamScript({ id, item, group, channel, baseline, price }: (typeof STREAMS)[number]): string {
  const series = [
    ['actual', numbers(HISTORY, (t) => (t < 12 ? 'NaN' : 20))],
    // Errors of 1 on either side in turn for d; for the others nothing was said.
    ['lag1', numbers(HISTORY, (t) => (t < 12 || item !== 'd' ? 'NaN' : 20 + (t % 2 === 0 ? 1 : -1)))],
    ['baseline', numbers(HORIZON, () => baseline)],
    ['lower80', numbers(HORIZON, () => baseline - HALF)],
    ['upper80', numbers(HORIZON, () => baseline + HALF)],
  ] as const;
  return `
    ${itemAndKey({ id, item, group, channel, price: 1 })}
    insert into run_demand_key (run_id, key_id, item, item_name, location, channel, group_code, demand_class, method, explanation,
      actual_quantity, plan_quantity, plan_revenue, backtest_actual, backtest_absolute_error, backtest_error, mape_dropped)
      values ('${RUN}', ${id}, '${item}', 'Item ${item}', 'north', '${channel}', '${group}', 'smooth', 'Theta', 'Level.',
        240, 240, ${240 * price}, 0, 0, 0, 0);
    ${seriesRows(id, series)}`;
}

function script(): string {
  return `
    ${smallPlan(STREAMS.length)}
    ${nestedGroups(4, 3)}
    ${STREAMS.map(streamScript).join('\n')}
    ${['a', 'b', 'd'].map(pastOrders).join('\n')}
    ${line('a', '2026-01-02', '2026-01-27', 20)} ${line('b', '2026-01-02', '2026-01-27', 10)}
    ${line('d', '2026-01-15', '2026-01-27', 10)}`;
}

let imports = 0;
const imported = (orders: string): string => `${orders}
  insert into import (id, company_id, name, status, created_by, created_by_name, stored_number)
    values (gen_random_uuid(), 1, 'orders', 'done', 'u', 'Uta', ${++imports});`;

describe.each(await databasesUnderTest())('demand sensing on $name', ({ open }) => {
  let opened: OpenDatabase;
  let service: ReturnType<typeof listSensedDemand>;
  beforeAll(async () => {
    opened = await open();
    await opened.db.executeSql(script());
    const { kysely } = opened.db;
    service = listSensedDemand({ plan: createPlanReader(kysely), orderBook: orderBookReader(kysely) });
  });
  afterAll(() => opened.drop());

  const list = (query: object = {}) =>
    service(member, {
      params: { company: 'small' },
      query: { limit: 10, only: 'all', ...query },
      body: undefined,
    });

  // By hand: on 15 January 16 days are left, by when 10 of 20 are usually ordered, always exactly: no error was seen, and
  // that is believed for 12 of 13 parts, 0.09 x 0.5 for one. 20 are ordered for January, which points to 40; variance
  // 0.045 / 13 x 40^2 = 72 / 13 against 25 of the baseline; weight 25 / (25 + 72 / 13).
  test('an order book twice as full as usual lifts the current bucket, and the sentence says so', async () => {
    const { items, total, ...head } = await list();
    const sensed = 20 + (20 * 25) / (25 + 72 / 13);
    expect(total).toBe(4);
    expect(items[0]).toMatchObject({ item: 'a', channel: 'web', unit: 'EA', broken: null });
    const [january, february] = items[0]!.buckets;
    expect(january).toMatchObject({ label: '2026-01', startsOn: '2026-01-01', baseline: 20, ordered: 20 });
    expect(january!.sensed).toBeCloseTo(sensed, 9);
    expect(january!.fromOrders).toBeCloseTo(sensed - 20, 9);
    expect(january!.fromErrors).toBe(0);
    expect(january!.upper80 - january!.sensed).toBeLessThan(HALF / 2);
    expect(february).toMatchObject({ label: '2026-02', sensed: 20, ordered: 0, change: 0 });
    expect(items[0]!.buckets).toHaveLength(4);
    expect(items[0]!.moneyChange).toBeCloseTo(3 * (sensed - 20), 9);
    expect(items[0]!.reasons).toEqual([
      '2026-01: 20 are ordered with 16 days to go, when usually 50 % are, which points to 40, so it moves from 20 to 36.',
    ]);
    expect(head).toMatchObject({
      currency: 'USD',
      orderedUpTo: '2026-01-15',
      elapsedRatio: 15 / 31,
      changedCount: 1,
      brokenCount: 0,
      sentence:
        'With orders up to 2026-01-15, 48 % into 2026-01, 1 of 4 streams moves and raises the near term by USD 49; a at north moves most, up USD 49.',
    });
    expect(head.quantityChange).toBeCloseTo(sensed - 20, 9);
  });

  test('what is ordered as usual, and what nobody ever ordered ahead, stays', async () => {
    const { items } = await list();
    for (const item of ['b', 'c', 'd']) {
      const stream = items.find((row) => row.item === item)!;
      expect(stream.quantityChange).toBeCloseTo(0, 12);
      expect(stream.reasons).toEqual(['Orders and latest demand agree with the forecast, so it stays.']);
    }
  });

  test('the list narrows, and goes on where a page ended', async () => {
    expect((await list({ only: 'changed' })).items.map(({ item }) => item)).toEqual(['a']);
    expect((await list({ group: 'top' })).total).toBe(3);
    expect((await list({ item: 'b' })).items.map(({ keyId }) => keyId)).toEqual([2]);
    expect((await list({ channel: 'shop', location: 'north' })).items.map(({ item }) => item)).toEqual(['c']);
    expect((await list({ item: 'none' })).sentence).toBe('Nothing of the selection is planned.');
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list({ limit: 1, cursor });
      seen.push(...page.items.map(({ item }) => item));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && seen.length < 9);
    expect(seen.toSorted()).toEqual(['a', 'b', 'c', 'd']);
    expect(seen[0]).toBe('a');
    await expect(list({ cursor: 'none' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  // d has errors of 1 in history, the last of them upwards, and after the run three months of 50 where 20 were said: scores
  // of 1 and three times 3, the most that counts, less 0.5 each add up to 8, beyond 5. c is said to be 30 a month, and nothing is ordered. a and b go on as said.
  test('orders of a later import count at once, and forecasts that broke since are flagged', async () => {
    const months = ['2026-01', '2026-02', '2026-03'];
    const due = (item: string, quantities: readonly number[]): string =>
      months.map((month, t) => line(item, `${month}-20`, `${month}-27`, quantities[t]!)).join('\n');
    const orders = [due('d', [40, 50, 50]), due('a', [0, 20, 20]), due('b', [10, 20, 20])];
    await opened.db.executeSql(imported(orders.join('\n') + line('b', '2026-04-06', '2026-04-27', 1)));
    const { items, orderedUpTo, elapsedRatio } = await list();
    expect({ orderedUpTo, elapsedRatio }).toEqual({ orderedUpTo: '2026-04-06', elapsedRatio: 0.2 });
    expect(items[0]!.buckets.map(({ label }) => label)).toEqual(['2026-04', '2026-05', '2026-06', '2026-07']);
    const { items: broken, brokenCount, sentence } = await list({ only: 'broken' });
    const told = Object.fromEntries(broken.map(({ item, broken: why }) => [item, why]));
    const reason = (count: number, side: string) =>
      `For ${count} periods demand has come in ${side} the forecast by more than chance explains.`;
    expect(told).toEqual({
      c: { test: 'cusum', sinceRun: true, reason: reason(3, 'below') },
      d: { test: 'cusum', sinceRun: true, reason: reason(4, 'above') },
    });
    expect(brokenCount).toBe(2);
    expect(sentence).toContain('2 forecasts no longer hold; 2 broke since the plan and should be refitted.');
  });

  test('once the horizon is over, it says that a new run is due', async () => {
    await opened.db.executeSql(imported(line('a', '2027-01-02', '2027-01-02', 1)));
    expect(await list()).toMatchObject({ items: [], total: 0, elapsedRatio: 1 });
    expect((await list()).sentence).toContain('A new run of the plan starts after them.');
  });
});
