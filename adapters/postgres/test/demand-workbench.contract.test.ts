import {
  changeDemandEvent,
  createDemandEvent,
  decideCleansing,
  getDemandAccuracy,
  getDemandKey,
  getDemandSegments,
  getDemandTree,
  listDemandEvents,
  listDemandFindings,
  listDemandKeys,
  listDemandLines,
  listFeasts,
  listLaunches,
  listSuccessions,
  type PlanReader,
  previewLaunch,
  removeDemandEvent,
  removeLaunch,
  removeSuccession,
  saveLaunch,
  saveSuccession,
  suggestLikeItems,
  undoCleansing,
} from '@planwright/app';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { companyFactsReader } from '../src/company-facts.ts';
import { driverPorts } from '../src/driver-ports.ts';
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

type Key = {
  readonly id: number;
  readonly item: string;
  readonly group: string;
  readonly planner: string;
  readonly level: number;
  /** Absolute error of the forecast and of the naive one over the judged buckets. */
  readonly error: number;
  readonly naive: number;
  readonly classes: readonly [string, string];
  readonly start: number;
};

const KEYS: readonly Key[] = [
  {
    id: 1,
    item: 'a',
    group: 'leaf',
    planner: 'ann',
    level: 10,
    error: 12,
    naive: 24,
    classes: ['B', 'X'],
    start: 6,
  },
  {
    id: 2,
    item: 'b',
    group: 'leaf',
    planner: 'bob',
    level: 20,
    error: 48,
    naive: 36,
    classes: ['A', 'Z'],
    start: 8,
  },
  {
    id: 3,
    item: 'c',
    group: '',
    planner: 'ann',
    level: 30,
    error: 36,
    naive: 72,
    classes: ['A', 'X'],
    start: 4,
  },
];
const JUDGED = 12;

function keyScript(key: Key): string {
  const { id, item, group, planner, level, error, naive, classes, start } = key;
  const actual = JUDGED * level;
  const series: readonly (readonly [string, string])[] = [
    ['actual', numbers(HISTORY, (t) => (t < start ? 'NaN' : level))],
    ['cleansed', numbers(HISTORY, (t) => (t < start ? 'NaN' : t === 20 ? level + 1 : level))],
    ['reason', numbers(HISTORY, (t) => (t === 20 ? 2 : 0))],
    ['lag1', numbers(HISTORY, (t) => (t < HISTORY - JUDGED ? 'NaN' : level + error / JUDGED))],
    ['baseline', numbers(HORIZON, () => level + 3)],
    ['level', numbers(HORIZON, () => level)],
    ['trend', numbers(HORIZON, () => 0)],
    ['season', numbers(HORIZON, () => 1)],
    ['reconciled', numbers(HORIZON, () => 0)],
    ['uplift', numbers(HISTORY + HORIZON, (t) => (t < HISTORY ? 0 : 2))],
  ];
  return `
    ${itemAndKey({ id, item, group, channel: 'web', price: level })}
    insert into run_demand_key (run_id, key_id, item, item_name, location, channel, group_code, demand_class, method, explanation,
      actual_quantity, plan_quantity, plan_revenue, backtest_actual, backtest_absolute_error, backtest_error, mape_dropped,
      planner, value_class, forecast_class, money_error, naive_absolute_error)
      values ('${RUN}', ${id}, '${item}', 'Item ${item}', 'north', 'web', '${group}', 'smooth', 'Theta', 'Level 1.5 a month. It is regular.',
      ${actual}, ${actual}, ${level * 60}, ${actual}, ${error}, ${error}, 0, '${planner}', '${classes[0]}', '${classes[1]}', ${error * 5}, ${naive});
    insert into run_accuracy values ('${RUN}', ${id}, 1, ${JUDGED}, ${actual}, ${error}, ${error}, ${naive}, 9, 11);
    insert into run_accuracy values ('${RUN}', ${id}, 2, ${JUDGED}, ${actual}, ${2 * error}, ${error}, ${naive}, 9, 11);
    ${seriesRows(id, series)}`;
}

/** Of item a: order, day it was ordered, day it was asked for, quantity. The last lies outside of March by a day. */
const LINES = [
  ['o1', '2025-02-20', "'2025-03-01'", 10.2],
  ['o2', '2025-03-31', 'null', -1],
  ['o3', '2025-03-31', "'2025-03-31'", 0.3],
  ['o4', '2025-03-31', "'2025-04-01'", 50],
] as const;

const lineScript = ([order, orderedOn, requestedOn, quantity]: (typeof LINES)[number]): string =>
  `insert into sales_order_line (company_id, "order", line, item, location, channel, account, ordered_on, requested_on, quantity)
    values (1, '${order}', '1', 'a', 'north', 'web', 'dealer', '${orderedOn}', ${requestedOn}, ${quantity});`;

function script(): string {
  return `
    ${smallPlan(KEYS.length)}
    insert into account (company_id, code, name) values (1, 'dealer', 'Dealer & Sons');
    ${LINES.map(lineScript).join('\n')}
    insert into item_group (company_id, code, name) values (1, 'top', 'Top'), (1, 'leaf', 'Leaf');
    ${nestedGroups(3, 2)}
    ${KEYS.map(keyScript).join('\n')}
    insert into item (company_id, code, name, group_code, kind, unit, source, list_price, yield_ratio)
      values (1, 'new', 'New item', 'leaf', 'finished', 'EA', 'buy', 12, 1);
    insert into run_finding values ('${RUN}', 1, 2, 'outlier', 20, 20, 21, 400, 'Far too high.'), ('${RUN}', 2, 1, 'bias', null, null, null, 100, 'Leans.');
    insert into run_event_effect values ('${RUN}', 1, 'sale', 'Sale', 'promotion', '2025-05-01', '2025-05-31', 2, 3, 0.2, 0.1, 0.3, -0.05, 0, 8, 4, 'It sold more.');
    insert into run_event_effect values ('${RUN}', 2, 'feast:GB:easter:2026-04-05', 'Easter 2026', 'holiday', '2026-04-05', '2026-04-05', 3, 2, 0, 0, 0, 0, 0, 0, 0, 'It moves nothing.'),
      ('${RUN}', 3, 'feast:GB:christmas:2025-12-25', 'Christmas 2025', 'holiday', '2025-12-01', '2026-01-01', 3, 2, -0.1, -0.2, 0.05, 0, 0, -7, 0, '10 % less.');
    insert into demand_event (company_id, code, name, kind, starts_on, ends_on, strength) values (1, 'sale', 'Sale', 'promotion', '2025-05-01', '2025-05-31', 0.2);
  `;
}

describe.each(await databasesUnderTest())('the demand workbench on $name', ({ open }) => {
  let opened: OpenDatabase;
  let deps: ReturnType<typeof driverPorts> & {
    plan: PlanReader;
    newId: () => string;
    itemFacts: ReturnType<typeof companyFactsReader>['itemFacts'];
  };
  let ids = 0;
  beforeAll(async () => {
    opened = await open();
    await opened.db.executeSql(script());
    deps = {
      ...driverPorts(opened.db),
      plan: createPlanReader(opened.db.kysely),
      itemFacts: companyFactsReader(opened.db.kysely).itemFacts,
      newId: () => `id-${++ids}`,
    };
  });
  afterAll(() => opened.drop());

  const params = { company: 'small' };
  const body = undefined;
  const audited = async (action: string): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from audit_event
      where action = ${action}`.execute(opened.db.kysely);
    return rows[0]!.count;
  };

  test('streams sort by what an hour of work could save, and narrow by class and planner', async () => {
    const list = async (query: object) =>
      listDemandKeys(deps)(member, { params, query: { sort: 'worth', limit: 10, ...query }, body });
    const all = await list({});
    expect(all.items.map((key) => [key.item, key.moneyErrorShare])).toEqual([
      ['b', 0.5],
      ['c', 0.375],
      ['a', 0.125],
    ]);
    expect(all.items[0]).toMatchObject({
      valueClass: 'A',
      forecastClass: 'Z',
      planner: 'bob',
      findingCount: 1,
    });
    expect(all.items.map((key) => key.valueAddedRatio)).toEqual([-0.05, 0.1, 0.1]);
    expect((await list({ valueClass: 'A', forecastClass: 'X' })).items.map((key) => key.item)).toEqual(['c']);
    expect((await list({ planner: 'ann' })).total).toBe(2);
  });

  test('accuracy adds up from every side', async () => {
    const from = (by: 'lag' | 'group' | 'planner' | 'class' | 'value', lag = 1, group?: string) =>
      getDemandAccuracy(deps)(member, { params, query: { by, lag, group }, body });
    const byGroup = await from('group');
    expect(byGroup.rows.map((row) => [row.code, row.label, row.keyCount])).toEqual([
      ['group:top', 'Top', 2],
      ['item:c', 'Item c', 1],
    ]);
    expect(byGroup.total).toMatchObject({ keyCount: 3, actual: 720, biasRatio: 96 / 720 });
    expect(byGroup.total.wapeRatio).toBeCloseTo(96 / 720, 12);
    expect(byGroup.total.valueAddedRatio).toBeCloseTo(36 / 720, 12);
    expect(byGroup.total.coverage80Ratio).toBe(0.75);
    const byPlanner = await from('planner');
    expect(byPlanner.rows.map((row) => [row.code, row.actual])).toEqual([
      ['ann', 480],
      ['bob', 240],
    ]);
    const byLag = await from('lag', 2);
    expect(byLag.rows.map((row) => row.wapeRatio)).toEqual([96 / 720, 192 / 720]);
    expect(byLag.lags).toEqual([1, 2]);
    expect(byLag.total.wapeRatio).toBeCloseTo(192 / 720, 12);
    expect((await from('group', 1, 'leaf')).rows.map((row) => row.code)).toEqual(['item:b', 'item:a']);
    expect(byGroup.trend).toHaveLength(JUDGED);
    expect(byGroup.trend[0]).toMatchObject({ label: '2025-01', actual: 60, forecast: 68 });
    expect(byGroup.sentence).toContain('13 % of demand');
  });

  test('segments hold every stream once', async () => {
    const { cells, sentence } = await getDemandSegments(deps)(member, { params, query: {}, body });
    expect(cells).toHaveLength(9);
    expect(
      cells.filter(({ keyCount }) => keyCount > 0).map((cell) => [cell.valueClass, cell.forecastClass]),
    ).toEqual([
      ['A', 'X'],
      ['A', 'Z'],
      ['B', 'X'],
    ]);
    expect(sentence).toBe('1 of 3 streams, class AZ, make 50 % of the error in money.');
  });

  test('the items of a group page through, the largest first, beside a location too', async () => {
    const leaf = (query: object) =>
      getDemandTree(deps)(member, { params, query: { parent: 'group:leaf', limit: 1, ...query }, body });
    const ids = (children: readonly { id: string }[]) => children.map(({ id }) => id);
    const first = await leaf({});
    expect([ids(first.children), first.node.childCount]).toEqual([['item:b'], 2]);
    const rest = await leaf({ cursor: first.nextCursor });
    expect([ids(rest.children), rest.nextCursor]).toEqual([['item:a'], null]);
    expect(ids((await leaf({ location: 'north', limit: 5 })).children)).toEqual(['item:b', 'item:a']);
    expect(ids((await leaf({ location: 'south', limit: 5 })).children)).toEqual([]);
    const top = await getDemandTree(deps)(member, {
      params,
      query: { parent: 'all', limit: 1, channel: 'web' },
      body,
    });
    expect(top.children).toMatchObject([
      { id: 'group:top', keyCount: 2, planQuantity: 360 },
      { id: 'item:c', keyCount: 1 },
    ]);
  });

  test('the order lines of a period add up, returns included, and page through by day', async () => {
    const lines = (query: object) =>
      listDemandLines(deps)(member, {
        params,
        query: { item: 'a', from: '2025-03-01', to: '2025-03-31', limit: 2, ...query },
        body,
      });
    const first = await lines({});
    expect(first).toMatchObject({ total: 3, quantity: 9.5 });
    expect(first.items[0]).toEqual({
      order: 'o1',
      line: '1',
      demandOn: '2025-03-01',
      orderedOn: '2025-02-20',
      location: 'north',
      channel: 'web',
      account: 'dealer',
      accountName: 'Dealer & Sons',
      quantity: 10.2,
    });
    const rest = await lines({ cursor: first.nextCursor });
    expect(rest.items.map(({ order, quantity }) => [order, quantity])).toEqual([['o3', 0.3]]);
    expect(rest.nextCursor).toBeNull();
    expect((await lines({ channel: 'shop' })).total).toBe(0);
    expect((await lines({ from: '2025-03-02' })).quantity).toBeCloseTo(-0.7, 12);
  });

  test('findings come with the most expensive first, and narrow', async () => {
    const find = (query: object) =>
      listDemandFindings(deps)(member, { params, query: { limit: 1, ...query }, body });
    const first = await find({});
    expect(first).toMatchObject({
      total: 2,
      items: [{ item: 'b', bucket: '2025-09', bucketOn: '2025-09-01' }],
    });
    const rest = await find({ cursor: first.nextCursor });
    expect(rest).toMatchObject({ nextCursor: null, items: [{ item: 'a', bucket: null }] });
    expect((await find({ kind: 'bias' })).total).toBe(1);
    expect((await find({ group: 'top' })).total).toBe(2);
    expect((await find({ location: 'north', channel: 'web' })).total).toBe(2);
    expect((await find({ location: 'south' })).total).toBe(0);
  });

  test('a stream is taken apart, and its parts add up to the baseline', async () => {
    const detail = await getDemandKey(deps)(member, { params: { ...params, keyId: 2 }, query: {}, body });
    expect(detail.parts.map(({ name }) => name)).toEqual(['level', 'season', 'events']);
    for (let t = HISTORY; t < HISTORY + HORIZON; t++) {
      const sum = detail.parts.reduce((total, { values }) => total + (values[t] ?? 0), 0);
      expect(sum).toBe(detail.baseline[t]);
    }
    expect(detail.reasons[20]).toBe('stock-out');
    expect(detail.sentences).toEqual(['Level 1.5 a month.', 'It is regular.']);
    expect(detail.accuracyByLag.map(({ lag }) => lag)).toEqual([1, 2]);
    expect(detail.changedSinceRun).toBe(false);
    await expect(
      getDemandKey(deps)(member, { params: { ...params, keyId: 99 }, query: {}, body }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a decision about a bucket stands, is seen, and may be taken back; two people cannot overwrite each other', async () => {
    const at = { ...params, keyId: 2 };
    const decide = (seen: { decidedAt: string } | null, bucketOn = '2025-09-01') =>
      decideCleansing(deps)(member, {
        params: at,
        query: {},
        body: { bucketOn, decision: 'set', quantity: 25, reason: 'Stock was out for a week.', seen },
      });
    const first = await decide(null);
    expect(first).toMatchObject({ decision: 'set', quantity: 25, decidedBy: 'Uta' });
    await expect(decide(null)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const second = await decide({ decidedAt: first.decidedAt });
    await expect(decide({ decidedAt: first.decidedAt })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(decide(null, '2025-09-02')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(decide(null, '2026-02-01')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const detail = await getDemandKey(deps)(member, { params: at, query: {}, body });
    expect(detail.decisions).toEqual([second]);
    expect(detail.changedSinceRun).toBe(true);
    // What a run followed is no finding of its own: the bucket says that somebody decided it.
    expect(detail.reasons[20]).toBe('stock-out');
    const madeAt = async (offset: string) =>
      sql`update run set created_at = created_at + ${offset}::interval where id = ${RUN}`.execute(
        opened.db.kysely,
      );
    await madeAt('1 hour');
    const followed = await getDemandKey(deps)(member, { params: at, query: {}, body });
    expect([followed.reasons[20], followed.reasons[19], followed.changedSinceRun]).toEqual([
      'decided',
      'none',
      false,
    ]);
    await madeAt('-1 hour');
    const undo = (query: { decidedAt?: string } = {}) =>
      undoCleansing(deps)(member, { params: { ...at, bucketOn: '2025-09-01' }, query, body });
    await expect(undo({ decidedAt: first.decidedAt })).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await undo({ decidedAt: second.decidedAt })).toEqual({ removed: true });
    expect(await undo()).toEqual({ removed: false });
    expect([await audited('cleansing.decide'), await audited('cleansing.undo')]).toEqual([2, 1]);
    // Two decisions and their undoing are about one bucket: one thing has changed since the run.
    const { driverChangesSince } = companyFactsReader(opened.db.kysely);
    const since = (await deps.plan.findRun(1, undefined))!.createdAt;
    expect(await driverChangesSince(1, since)).toBe(1);
    expect(await driverChangesSince(1, '2999-01-01T00:00:00Z')).toBe(0);
    expect(await driverChangesSince(2, since)).toBe(0);
  });

  test('feasts of the run come by first day, apart from the events that people record', async () => {
    const { feasts } = await listFeasts(deps)(member, { params, query: {}, body });
    expect(feasts.map(({ code, startsOn }) => [code, startsOn])).toEqual([
      ['feast:GB:christmas:2025-12-25', '2025-12-01'],
      ['feast:GB:easter:2026-04-05', '2026-04-05'],
    ]);
    expect(feasts[0]?.effect).toMatchObject({ upliftRatio: -0.1, planQuantity: 0, actualQuantity: -7 });
    const events = await listDemandEvents(deps)(member, { params, query: { limit: 10 }, body });
    expect(events.items.map(({ name }) => name)).toEqual(['Sale']);
    await expect(
      listFeasts(deps)(member, {
        params,
        query: { run: '00000000-0000-4000-8000-000000000099' },
        body,
      }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  const SALE = {
    name: 'Winter sale',
    kind: 'promotion' as const,
    itemGroup: 'leaf',
    item: null,
    location: null,
    channel: null,
    startsOn: '2026-01-05',
    endsOn: '2026-01-18',
    strength: 0.3,
    upliftRatio: null,
    priceChangeRatio: -0.15,
    note: null,
  };

  test('events are planned, changed by who saw them last, listed with what they did, and removed', async () => {
    const list = (query: object = {}) =>
      listDemandEvents(deps)(member, { params, query: { limit: 10, ...query }, body });
    const made = await createDemandEvent(deps)(member, { params, query: {}, body: SALE });
    expect(made).toMatchObject({ ...SALE, effect: null });
    expect((await list()).items.map(({ name, effect }) => [name, effect?.upliftRatio])).toEqual([
      ['Sale', 0.2],
      ['Winter sale', undefined],
    ]);
    expect((await list({ from: '2026-01-01' })).total).toBe(1);
    const change = (version: string) =>
      changeDemandEvent(deps)(member, {
        params: { ...params, code: made.code },
        query: {},
        body: { event: { ...SALE, strength: 0.4 }, version },
      });
    const changed = await change(made.version);
    expect(changed.strength).toBe(0.4);
    await expect(change(made.version)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(
      createDemandEvent(deps)(member, {
        params,
        query: {},
        body: { ...SALE, item: 'none', location: 'far' },
      }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/item none.*location far/),
    });
    const remove = () =>
      removeDemandEvent(deps)(member, { params: { ...params, code: made.code }, query: {}, body });
    expect(await remove()).toEqual({ removed: true });
    expect(await remove()).toEqual({ removed: false });
    expect(await audited('demand-event.change')).toBe(1);
  });

  test('launches and successions are saved once, changed by who saw them, and removed', async () => {
    const launch = {
      item: 'new',
      location: '',
      channel: '',
      startsOn: '2026-03-01',
      likeItems: ['a', 'b'],
      levelQuantity: 12,
      note: null,
    };
    const save = (version: string | null) =>
      saveLaunch(deps)(member, { params, query: {}, body: { launch, version } });
    const saved = await save(null);
    expect(saved).toMatchObject({ ...launch, itemName: 'New item' });
    await expect(save(null)).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await save(saved.version)).version).toBe(saved.version);
    expect((await listLaunches(deps)(member, { params, query: { limit: 5 }, body })).items).toEqual([saved]);
    const gone = await removeLaunch(deps)(member, {
      params,
      query: { item: 'new', location: '', channel: '' },
      body,
    });
    expect(gone).toEqual({ removed: true });

    const succession = {
      predecessor: 'a',
      successor: 'new',
      switchOn: '2026-04-01',
      conversionRatio: 1,
      rampDays: 60,
      keptRatio: 0.1,
      note: null,
    };
    const made = await saveSuccession(deps)(member, {
      params,
      query: {},
      body: { succession, version: null },
    });
    expect((await listSuccessions(deps)(member, { params, query: { limit: 5 }, body })).items).toEqual([
      made,
    ]);
    expect(
      await removeSuccession(deps)(member, { params, query: { predecessor: 'a', successor: 'new' }, body }),
    ).toEqual({ removed: true });
  });

  test('a launch is previewed from the items it resembles, without saving anything', async () => {
    const found = await suggestLikeItems(deps)(member, { params, query: { item: 'new', limit: 3 }, body });
    expect(found.items[0]).toMatchObject({ item: 'a', startedOn: '2024-07-01', bucketCount: HISTORY - 6 });
    const preview = await previewLaunch(deps)(member, {
      params,
      query: {},
      body: {
        item: 'new',
        location: '',
        channel: '',
        startsOn: '2026-03-01',
        likeItems: ['a', 'b'],
        levelQuantity: null,
        note: null,
      },
    });
    expect(preview.buckets).toHaveLength(12);
    expect(preview.buckets[0]).toEqual({ label: '2026-03', startsOn: '2026-03-01' });
    preview.mean.forEach((value, t) => {
      expect(value).toBeGreaterThan(preview.lower80[t]!);
      expect(value).toBeLessThan(preview.upper80[t]!);
      expect(value).toBeGreaterThan(5);
      expect(value).toBeLessThan(25);
    });
    expect((await listLaunches(deps)(member, { params, query: { limit: 5 }, body })).total).toBe(0);
  });
});
