import {
  getDemandSeries,
  getDemandTree,
  getFinance,
  getHome,
  listAlerts,
  listDemandKeys,
  listPlannedOrders,
  listStockPeriods,
  listStockPoints,
  type PlanReader,
} from '@planwright/app';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPlanReader } from '../src/plan-reader.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';
import { HISTORY, HORIZON, memberAs, numbers, plainKey, RUN, seriesRows, smallPlan } from './small-plan.ts';

const member = memberAs('viewer');

const constant = (length: number, value: number | string) => numbers(length, () => value);

/** Two keys in group leaf (below top), one ungrouped; actual 10, 20, 30 a bucket; baseline the same; bands ±3, ±4, ±12. */
function script(): string {
  const keys = [
    { id: 1, item: 'a', location: 'north', channel: 'web', group: 'leaf', level: 10, half: 3 },
    { id: 2, item: 'a', location: 'south', channel: 'web', group: 'leaf', level: 20, half: 4 },
    { id: 3, item: 'b', location: 'north', channel: 'shop', group: '', level: 30, half: 12 },
  ];
  const groups = [
    { code: '', name: 'All', parent: 'NULL', children: 2, keys: [1, 2, 3] },
    { code: 'top', name: 'Top', parent: "''", children: 1, keys: [1, 2] },
    { code: 'leaf', name: 'Leaf', parent: "'top'", children: 1, keys: [1, 2] },
  ];
  const of = (ids: number[]) => keys.filter((key) => ids.includes(key.id));
  const total = (ids: number[]) => of(ids).reduce((sum, key) => sum + key.level, 0);
  const seriesOf = (level: number, half: number) =>
    [
      ['actual', constant(HISTORY, level)],
      ['baseline', constant(HORIZON, level)],
      ['consensus', constant(HORIZON, level)],
      ['lower80', constant(HORIZON, level - half)],
      ['upper80', constant(HORIZON, level + half)],
      ['lower95', constant(HORIZON, level - 2 * half)],
      ['upper95', constant(HORIZON, level + 2 * half)],
      ['revenue', constant(HISTORY + HORIZON, level * 5)],
    ] as const;
  return `
    ${smallPlan(keys.length, { fillRatio: 0.9 })}
    ${keys
      .map(
        (key) => `${plainKey(key)}
      insert into run_demand_key values ('${RUN}', ${key.id}, '${key.item}', 'Item ${key.item}', '${key.location}', '${key.channel}', '${key.group}', 'smooth', 'Theta',
      'Because.', ${key.level * 12}, ${key.level * 12}, ${key.level * 60}, 100, ${key.half * 10}, -5, 0.1, 0.1, 0, 0.1, 0.5, -0.05, 1, 0.8, 0.95);
      ${seriesRows(key.id, seriesOf(key.level, key.half))}`,
      )
      .join('\n')}
    ${groups
      .map(
        (
          group,
        ) => `insert into run_group values ('${RUN}', '${group.code}', '${group.name}', ${group.parent}, 0, ${group.children}, ${group.keys.length},
      ${total(group.keys) * 12}, ${total(group.keys) * 12}, ${total(group.keys) * 60}, ${group.keys.length * 100}, 10, -5);
      ${seriesOf(total(group.keys), Math.hypot(...of(group.keys).map((key) => key.half)))
        .map(
          ([measure, values]) =>
            `insert into run_group_series values ('${RUN}', '${group.code}', '${measure}', ${values});`,
        )
        .join('\n')}
      ${(['revenue', 'margin'] as const)
        .map(
          (measure) => `
        insert into run_finance values ('${RUN}', '${group.code}', '${measure}', 'actual', '{${Array.from({ length: HISTORY + HORIZON }, (_, t) => (t < HISTORY ? 100 : 'NaN')).join(',')}}');
        insert into run_finance values ('${RUN}', '${group.code}', '${measure}', 'plan', '{${Array.from({ length: HISTORY + HORIZON }, (_, t) => (t < HISTORY ? 'NaN' : 120)).join(',')}}');`,
        )
        .join('')}`,
      )
      .join('\n')}
    ${[11, 12, 13].map((id) => `insert into run_stock_point values ('${RUN}', ${id}, 'a%', 'Item', 'finished', 'north', 'buy', '', 'EA', 1, 5, 1, 7, null, ${id === 12 ? 0 : 4}, ${id === 12 ? 0 : 40}, ${id === 12 ? 'null' : 2}, 0, ${id}, 0, 0);`).join('\n')}
    ${seriesRows(11, [['constrainedShortage', constant(HORIZON, 0)]])}
    ${seriesRows(12, [['constrainedShortage', numbers(HORIZON, (t) => (t === 3 ? 2 : t === 4 ? 7 : 0))]])}
    ${[1, 2, 3]
      .map(
        (
          number,
        ) => `insert into planned_order values ('${RUN}', ${number}, 'buy', 'a', 'Item a', 'north', null, '2026-0${4 - number}-01', '2026-05-01', 5, 'EA', 50, ${number === 1}, 'Needed.');
      insert into run_alert values ('${RUN}', ${number}, '${number === 1 ? 'high' : 'low'}', 'shortage', 'Short', 'Short of a', 'a', 'north', null, '2026-03', 4, 40, 11);`,
      )
      .join('\n')}
  `;
}

describe.each(await databasesUnderTest())('the views of a run on $name', ({ open }) => {
  let opened: OpenDatabase;
  let plan: PlanReader;
  beforeAll(async () => {
    opened = await open();
    await opened.db.executeSql(script());
    plan = createPlanReader(opened.db.kysely);
  });
  afterAll(() => opened.drop());

  const params = { company: 'small' };
  const series = (query: { group?: string; item?: string; location?: string; channel?: string }) =>
    getDemandSeries({ plan })(member, { params, query, body: undefined });

  test('a selection summed here equals the group that the run summed', async () => {
    const group = await series({ group: 'leaf' });
    const summed = await series({ group: 'leaf', channel: 'web' });
    for (const measure of [
      'actual',
      'baseline',
      'consensus',
      'revenue',
      'lower80',
      'upper80',
      'lower95',
      'upper95',
    ] as const) {
      expect(summed[measure].length).toBe(HISTORY + HORIZON);
      summed[measure].forEach((value, index) =>
        expect(value ?? -1).toBeCloseTo(group[measure][index] ?? -1, 9),
      );
    }
    expect(group.upper80[HISTORY]).toBe(35); // 30 + sqrt(9 + 16)
    expect(group.lastYear[HISTORY]).toBe(30);
    expect(group.lastYear[0]).toBeNull();
  });

  test('one stream shows its own accuracy and reason; an empty selection is not found', async () => {
    const one = await series({ item: 'a', location: 'south' });
    expect(one).toMatchObject({
      keyCount: 1,
      explanation: 'Because.',
      title: 'Item a · south',
      unit: 'units',
      accuracy: { maseRatio: 0.5 },
    });
    await expect(series({ item: 'a', location: 'west' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('the tree adds up, narrows, and names its parents', async () => {
    const tree = (parent: string, scope: { location?: string } = {}) =>
      getDemandTree({ plan })(member, { params, query: { parent, limit: 10, ...scope }, body: undefined });
    const all = await tree('all');
    expect(all.children.map((child) => [child.id, child.planQuantity])).toEqual([
      ['group:top', 360],
      ['item:b', 360],
    ]);
    expect(all).toMatchObject({ node: { childCount: 2 }, nextCursor: null });
    expect((await tree('group:leaf')).children).toMatchObject([
      { id: 'item:a', keyCount: 2, parentId: 'group:leaf' },
    ]);
    const north = await tree('all', { location: 'north' });
    expect(north.node.planQuantity).toBe(480);
    expect(north.children.map((child) => [child.id, child.planQuantity])).toEqual([
      ['group:top', 120],
      ['item:b', 360],
    ]);
    await expect(tree('group:nowhere')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(tree('x; drop table run')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test.each(['value', 'error', 'item'] as const)(
    'streams sorted by %s page through without loss or repeat',
    async (sort) => {
      const seen: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await listDemandKeys({ plan })(member, {
          params,
          query: { sort, limit: 1, cursor },
          body: undefined,
        });
        expect(page.total).toBe(3);
        seen.push(...page.items.map((item) => item.keyId));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(seen).toEqual(sort === 'item' ? [1, 2, 3] : [3, 2, 1]);
    },
  );

  test('stock points, orders and alerts page in their order; signs in a search mean themselves', async () => {
    const points = await listStockPoints({ plan })(member, {
      params,
      query: { only: 'all', plan: 'unconstrained', limit: 2 },
      body: undefined,
    });
    expect(points.items.map((item) => item.stockPointId)).toEqual([13, 11]);
    expect(points.items[0]!.firstShortageBucket).toBe('2026-03');
    const rest = await listStockPoints({ plan })(member, {
      params,
      query: { only: 'all', plan: 'unconstrained', limit: 2, cursor: points.nextCursor! },
      body: undefined,
    });
    expect(rest.items.map((item) => item.stockPointId)).toEqual([12]);
    const found = async (q: string) =>
      (
        await listStockPoints({ plan })(member, {
          params,
          query: { only: 'short', plan: 'unconstrained', limit: 10, q },
          body: undefined,
        })
      ).total;
    expect([await found('a%'), await found('_'), await found('ITEM')]).toEqual([2, 0, 2]);

    // By the constrained plan another one is short first; 13 has no such plan.
    const constrained = await listStockPoints({ plan })(member, {
      params,
      query: { only: 'all', plan: 'constrained', limit: 2 },
      body: undefined,
    });
    expect(
      constrained.items.map((row) => [
        row.stockPointId,
        row.constrainedShortageQuantity,
        row.constrainedShortageValue,
        row.constrainedFirstShortageBucket,
      ]),
    ).toEqual([
      [12, 9, 9, '2026-04'],
      [13, null, null, null],
    ]);
    const behind = await listStockPoints({ plan })(member, {
      params,
      query: { only: 'all', plan: 'constrained', limit: 2, cursor: constrained.nextCursor! },
      body: undefined,
    });
    expect(behind.items.map((row) => [row.stockPointId, row.constrainedShortageQuantity])).toEqual([[11, 0]]);
    const short = await listStockPeriods({ plan })(member, {
      params,
      query: { only: 'short', plan: 'constrained', measure: 'shortage', limit: 5 },
      body: undefined,
    });
    expect(short.total).toBe(1);
    expect(short.items[0]!.values.slice(0, 5)).toEqual([0, 0, 0, 2, 7]);
    expect(short.horizon.buckets).toHaveLength(HORIZON);

    const orders = await listPlannedOrders({ plan })(member, {
      params,
      query: { limit: 2 },
      body: undefined,
    });
    expect(orders.items.map((item) => [item.number, item.releaseOn])).toEqual([
      [3, '2026-01-01'],
      [2, '2026-02-01'],
    ]);
    const late = await listPlannedOrders({ plan })(member, {
      params,
      query: { limit: 2, pastDue: 'true' },
      body: undefined,
    });
    expect(late.items.map((item) => item.number)).toEqual([1]);
    const alerts = await listAlerts({ plan })(member, {
      params,
      query: { limit: 10, severity: 'low' },
      body: undefined,
    });
    expect(alerts.items.map((item) => item.number)).toEqual([2, 3]);
  });

  test('a cursor of somebody else’s making is refused', async () => {
    const bad = [
      'x',
      Buffer.from('[1]').toString('base64url'),
      Buffer.from('[{"a":1},2]').toString('base64url'),
    ];
    for (const cursor of bad) {
      await expect(
        listDemandKeys({ plan })(member, {
          params,
          query: { sort: 'value', limit: 1, cursor },
          body: undefined,
        }),
      ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  test('finance adds actual and plan into the outlook of each fiscal year', async () => {
    const finance = await getFinance({ plan })(member, { params, query: {}, body: undefined });
    const row = finance.fiscalYears.find(
      (candidate) => candidate.fiscalYear === 2026 && candidate.measure === 'revenue',
    );
    expect(row).toMatchObject({ outlook: 1440, actualToDate: null, budget: null, complete: true });
    expect(finance.groups).toMatchObject([
      { group: 'top', planRevenue: 1440, lastYearRevenue: 1200, budgetRevenue: null },
    ]);
  });

  test('home holds the goal against the outlook, with odds', async () => {
    const facts = {
      currency: 'USD',
      goal: { measure: 'revenue', fiscalYear: 2026, amount: 1440 } as const,
      newestDataAt: null,
    };
    const home = await getHome({ plan, companyFacts: async () => facts, driverChangesSince: async () => 0 })(
      member,
      {
        params,
        query: {},
        body: undefined,
      },
    );
    expect(home.northStar).toMatchObject({ outlook: 1440, gap: 0, target: 1440 });
    expect(home.northStar!.reachRatio).toBeCloseTo(0.5, 9);
    expect(home.northStar!.upper80).toBeCloseTo(1440 * (1 + Math.hypot(3, 4, 12) / 60), 6);
    expect(home.alertCounts).toEqual({ high: 1, medium: 0, low: 2 });
  });

  test('a run of another company is not found', async () => {
    expect(await plan.findRun(2, RUN)).toBeUndefined();
    expect(await plan.findRun(2, undefined)).toBeUndefined();
  });
});
