import { type CompanyData, type CompanySettings, freezeCompany, planCalendar } from '@planwright/app';
import { type TargetBatch, type TargetName, targetOf } from '@planwright/contracts';
import { otif } from '@planwright/finance';
import { dayFromIso } from '@planwright/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConsistently } from '../src/plan-freeze.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';
import { storeBatch, storeCompany, type StoredCompany } from './demo-database.ts';

type Rows = Partial<
  Record<TargetName, readonly Record<string, string | number | boolean | null | undefined>[]>
>;

function batchOf(target: TargetName, rows: NonNullable<Rows[TargetName]>): TargetBatch {
  const names = targetOf(target).columns.map((column) => column.name);
  const fallback = (name: string) =>
    targetOf(target).columns.find((column) => column.name === name)?.fallback;
  return {
    target,
    rowCount: rows.length,
    columns: Object.fromEntries(
      names.map((name) => [name, rows.map((row) => row[name] ?? fallback(name) ?? null)]),
    ),
  };
}

const line = (order: string, more: Record<string, string | number | null | undefined>) => ({
  order,
  line: '1',
  item: 'A',
  location: 'MARKET',
  channel: 'online',
  orderedOn: '2026-01-10',
  quantity: 1,
  netAmount: '10.0000',
  ...more,
});

type Delivery = { requestedOn?: string; shippedOn?: string; quantity: number; shippedQuantity?: number };

const BASE: Rows = {
  item: [
    {
      code: 'A',
      name: 'A',
      homeLocation: 'PLANT',
      leadTimeDays: 5,
      standardCost: '4.0000',
      listPrice: '12.0000',
    },
    { code: 'B', name: 'B', homeLocation: 'PLANT', kind: 'raw', standardCost: '2.0000', currency: 'EUR' },
  ],
  location: [
    { code: 'PLANT', name: 'Plant', kind: 'plant' },
    { code: 'MARKET', name: 'Market', kind: 'market', suppliedFrom: 'PLANT', transitDays: 2 },
  ],
};

describe.each(await databasesUnderTest())('freezing company data on $name', ({ open }) => {
  let database: OpenDatabase;
  let companyCount = 0;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.drop());

  async function company(rows: Rows, settings: Partial<StoredCompany> = {}): Promise<number> {
    const id = await storeCompany(database.db, {
      slug: `c${companyCount++}`,
      asOf: '2026-05-01',
      ...settings,
    });
    for (const [target, some] of Object.entries({ ...BASE, ...rows })) {
      await storeBatch(database.db, id, batchOf(target as TargetName, some));
    }
    return id;
  }

  async function read(companyId: number): Promise<{ data: CompanyData; settings: CompanySettings }> {
    return readConsistently(database.db, async (reader) => {
      const settings = await reader.settings(companyId);
      const bounds = await reader.demandBounds(companyId);
      if (bounds === undefined) throw new Error('the company has orders');
      const { plan } = planCalendar(settings, bounds, 6);
      const { historyBuckets } = plan;
      return {
        settings,
        data: await reader.read(settings, { starts: plan.calendar.starts, historyBuckets }),
      };
    });
  }

  test('demand counts on the day asked for, and on the day ordered where nobody asked', async () => {
    const { data } = await read(
      await company({
        sales_order_line: [
          line('1', { quantity: 5, requestedOn: '2026-02-03' }),
          line('2', { quantity: 2 }),
          line('3', { quantity: -1, netAmount: '-10.5000', orderedOn: '2026-02-20' }),
          line('4', { channel: 'dealer', quantity: 0.1, orderedOn: '2026-04-30' }),
          line('5', { channel: 'dealer', quantity: 0.2, orderedOn: '2026-04-01' }),
        ],
      }),
    );
    expect(data.history).toEqual({
      item: ['A', 'A'],
      location: ['MARKET', 'MARKET'],
      channel: ['dealer', 'online'],
      bucket: [[3], [0, 1]],
      quantity: [[0.3], [2, 4]], // 0.1 + 0.2 of decimals: not 0.30000000000000004
      returned: [[0], [0, 1]],
      amount: [[20], [10, -0.5]],
    });
  });

  test('open orders keep what is still to ship, past due and ahead, and what has left already', async () => {
    const { data } = await read(
      await company({
        sales_order_line: [
          line('1', { quantity: 10, requestedOn: '2026-03-01', shippedOn: '2026-03-02' }),
          line('2', { quantity: 10, requestedOn: '2026-04-20', shippedQuantity: 4, netAmount: '100.0000' }),
          line('3', { quantity: 10, requestedOn: '2026-06-05' }),
          line('4', { quantity: 3, requestedOn: '2026-06-09', shippedOn: '2026-04-29' }),
          line('5', { quantity: 8, requestedOn: '2026-04-02', shippedQuantity: 8 }),
        ],
      }),
    );
    expect(data.openOrders).toEqual({
      item: ['A', 'A'],
      location: ['MARKET', 'MARKET'],
      channel: ['online', 'online'],
      bucket: [-1, 1],
      quantity: [6, 10],
      amount: [60, 10],
      shippedQuantity: [0, 3],
    });
  });

  test('amounts in another currency take the rate of their bucket, also a rate quoted the other way round', async () => {
    const { data } = await read(
      await company({
        fx_rate: [
          { fromCurrency: 'EUR', toCurrency: 'USD', on: '2026-01-05', rate: 1.2 },
          { fromCurrency: 'EUR', toCurrency: 'USD', on: '2026-01-25', rate: 1.4 },
          { fromCurrency: 'USD', toCurrency: 'GBP', on: '2026-01-01', rate: 0.5 },
        ],
        sales_order_line: [
          line('1', { currency: 'EUR' }),
          line('2', { currency: 'GBP', orderedOn: '2026-03-10' }),
          line('3', { currency: 'USD' }),
          line('4', { currency: 'JPY', orderedOn: '2026-04-10' }),
        ],
      }),
    );
    expect(data.history.bucket).toEqual([[0, 2, 3]]);
    expect(data.history.amount).toEqual([[23, 20, 0]]);
    expect(data.unconverted).toEqual([{ currency: 'JPY', lineCount: 1 }]);
    expect(data.items.map((row) => row.standardCost)).toEqual([4, expect.closeTo(2.6, 12)]);
  });

  test('on time in full agrees with the rule of the engine', async () => {
    const orders: Delivery[] = [
      { requestedOn: '2026-02-10', shippedOn: '2026-02-10', quantity: 5, shippedQuantity: 5 },
      { requestedOn: '2026-02-10', shippedOn: '2026-02-01', quantity: 5 },
      { requestedOn: '2026-02-10', shippedOn: '2026-02-11', quantity: 5, shippedQuantity: 5 },
      { requestedOn: '2026-02-10', shippedOn: '2026-02-09', quantity: 5, shippedQuantity: 4 },
      { requestedOn: '2026-02-10', shippedOn: '2026-02-09', quantity: 5, shippedQuantity: 6 },
      { requestedOn: '2026-02-10', quantity: 5 },
      { requestedOn: '2026-02-10', shippedOn: '2026-02-09', quantity: -5 },
      { shippedOn: '2026-02-09', quantity: 5 },
      { requestedOn: '2026-06-10', quantity: 5 },
    ];
    const { data } = await read(
      await company({ sales_order_line: orders.map((order, n) => line(String(n), { ...order })) }),
    );
    const dayOf = (day: string | undefined) => (day === undefined ? Number.NaN : dayFromIso(day));
    const expected = otif(
      {
        requestedDay: orders.map((order) => dayOf(order.requestedOn)),
        deliveredDay: orders.map((order) => dayOf(order.shippedOn)),
        orderedQuantity: orders.map((order) => order.quantity),
        deliveredQuantity: orders.map((order) => order.shippedQuantity ?? order.quantity),
      },
      dayFromIso('2026-05-01'),
    );
    expect(expected.denominator).toBe(6);
    expect(data.service).toEqual([
      { bucket: 1, lineCount: expected.denominator, onTimeInFullCount: expected.numerator },
    ]);
  });

  test('open purchase and work orders come in by bucket; those overdue before the plan', async () => {
    const order = { supplier: 'S', item: 'A', orderedOn: '2026-01-01' };
    const { data } = await read(
      await company({
        sales_order_line: [line('1', {})],
        purchase_order_line: [
          { ...order, order: 'P1', line: '1', dueOn: '2026-04-01', quantity: 10, receivedQuantity: 4 },
          { ...order, order: 'P2', line: '1', dueOn: '2026-06-01', quantity: 10 },
          { ...order, order: 'P3', line: '1', dueOn: '2026-06-01', quantity: 10, status: 'closed' },
          { ...order, order: 'P4', line: '1', quantity: 7 },
        ],
        work_order: [
          {
            code: 'W1',
            item: 'B',
            dueOn: '2026-05-20',
            quantity: 9,
            completedQuantity: 2,
            scrappedQuantity: 1,
          },
        ],
      }),
    );
    expect(data.receipts.map(({ kind, item, bucket, quantity }) => [kind, item, bucket, quantity])).toEqual([
      ['purchase', 'A', -1, 6],
      ['purchase', 'A', 0, 7],
      ['purchase', 'A', 1, 10],
      ['work', 'B', 0, 6],
    ]);
  });

  test('stock history takes the last count of each place in a bucket; budgets add up by bucket', async () => {
    const { data } = await read(
      await company({
        sales_order_line: [line('1', {})],
        stock_balance: [
          { item: 'A', location: 'PLANT', on: '2026-01-10', quantity: 99, unitCost: '1.0000' },
          { item: 'A', location: 'PLANT', on: '2026-01-31', quantity: 10, unitCost: '4.0000' },
          { item: 'A', location: 'MARKET', on: '2026-01-05', quantity: 5, unitCost: '4.0000' },
          { item: 'B', location: 'PLANT', on: '2026-02-05', quantity: 5 },
        ],
        ledger_line: [
          {
            scenario: 'budget',
            account: '4000',
            postedOn: '2026-06-30',
            accountType: 'revenue',
            amount: '100.0000',
          },
          {
            scenario: 'budget',
            account: '4010',
            postedOn: '2026-06-02',
            accountType: 'revenue',
            amount: '50.2500',
          },
          {
            scenario: 'actual',
            account: '4000',
            postedOn: '2026-06-30',
            accountType: 'revenue',
            amount: '9.0000',
          },
          {
            scenario: 'budget',
            account: '6000',
            postedOn: '2026-06-30',
            accountType: 'expense',
            amount: '9.0000',
          },
        ],
      }),
    );
    expect(data.stockHistory).toEqual([
      { item: 'A', bucket: 0, quantity: 15, value: 60 },
      { item: 'B', bucket: 1, quantity: 5, value: null },
    ]);
    expect(data.budget).toEqual([{ itemGroup: '', accountType: 'revenue', bucket: 5, amount: 150.25 }]);
  });

  test('bills of material are read that are in force or will be, with their days', async () => {
    const row = { parent: 'A', component: 'B', quantityPer: 1 };
    const bomOf = async (more: Record<string, string>) =>
      (await read(await company({ sales_order_line: [line('1', {})], bom_row: [{ ...row, ...more }] }))).data
        .bom.length;
    expect(await bomOf({})).toBe(1);
    expect(await bomOf({ effectiveFrom: '2026-05-01', effectiveTo: '2026-05-01' })).toBe(1);
    expect(await bomOf({ effectiveFrom: '2026-05-02' })).toBe(1);
    expect(await bomOf({ effectiveTo: '2026-04-30' })).toBe(0);
  });

  test.each(['iso-week', '445'] as const)(
    'cuts history into the buckets of the %s calendar',
    async (calendarKind) => {
      const id = await company(
        { sales_order_line: [line('1', { quantity: 3 }), line('2', { orderedOn: '2026-04-29' })] },
        { calendarKind },
      );
      const { data } = await read(id);
      // 2026-04-27 is a Monday: the 17th week from 2026-01-05, and the start of the fifth period.
      const last = calendarKind === 'iso-week' ? 16 : 4;
      expect(data.history.quantity).toEqual([[3, 1]]);
      expect(data.history.bucket).toEqual([[0, last]]);
    },
  );

  test('what planners know comes along, sorted, with days as whole days', async () => {
    const id = await company({
      sales_order_line: [line('1', {})],
      item: [...(BASE.item ?? []), { code: 'C', name: 'C', planner: 'Ada' }],
      demand_event: [
        {
          code: 'P2',
          name: 'Spring',
          item: 'A',
          location: 'MARKET',
          startsOn: '2026-02-03',
          endsOn: '2026-02-10',
          upliftRatio: 0.3,
          strength: 0.2,
          priceChangeRatio: -0.2,
        },
        { code: 'P1', name: 'Easter', kind: 'holiday', startsOn: '2026-04-05', endsOn: '2026-04-05' },
      ],
      stock_out: [{ item: 'A', location: 'MARKET', startsOn: '2026-03-02', endsOn: '2026-03-20' }],
      launch: [{ item: 'C', startsOn: '2026-06-01', likeItems: 'A, B', levelQuantity: 12 }],
      succession: [{ predecessor: 'A', successor: 'B', switchOn: '2026-07-01', rampDays: 30 }],
    });
    await database.db.executeSql(
      `insert into cleansing_decision (company_id, item, location, channel, bucket_on, decision, quantity, reason, decided_by)
       values ($1, 'A', 'MARKET', 'online', '2026-02-01', 'set', 7, 'typing error', 'Ada')`,
      [id],
    );
    const { data } = await read(id);
    expect(data.items.map((row) => row.planner)).toEqual([null, null, 'Ada']);
    const everywhere = { itemGroup: null, item: null, location: null, channel: null };
    expect(data.drivers).toEqual({
      events: [
        {
          ...everywhere,
          code: 'P1',
          name: 'Easter',
          kind: 'holiday',
          startsOn: dayFromIso('2026-04-05'),
          endsOn: dayFromIso('2026-04-05'),
          upliftRatio: null,
          strength: 1,
          priceChangeRatio: null,
        },
        {
          ...everywhere,
          code: 'P2',
          name: 'Spring',
          kind: 'promotion',
          item: 'A',
          location: 'MARKET',
          startsOn: dayFromIso('2026-02-03'),
          endsOn: dayFromIso('2026-02-10'),
          upliftRatio: 0.3,
          strength: 0.2,
          priceChangeRatio: -0.2,
        },
      ],
      stockOuts: [
        {
          item: 'A',
          location: 'MARKET',
          startsOn: dayFromIso('2026-03-02'),
          endsOn: dayFromIso('2026-03-20'),
        },
      ],
      launches: [
        {
          item: 'C',
          location: '',
          channel: '',
          startsOn: dayFromIso('2026-06-01'),
          likeItems: 'A, B',
          levelQuantity: 12,
        },
      ],
      successions: [
        {
          predecessor: 'A',
          successor: 'B',
          switchOn: dayFromIso('2026-07-01'),
          conversionRatio: 1,
          rampDays: 30,
          keptRatio: 0,
        },
      ],
      decisions: [
        {
          item: 'A',
          location: 'MARKET',
          channel: 'online',
          bucketOn: dayFromIso('2026-02-01'),
          decision: 'set',
          quantity: 7,
        },
      ],
    });
  });

  test('the same data stored in another order gives the same hash', async () => {
    const lines = Array.from({ length: 40 }, (_, n) =>
      line(String(n), {
        quantity: 0.1 * n,
        orderedOn: `2026-0${1 + (n % 4)}-${10 + (n % 7)}`,
        netAmount: `${n}.1234`,
      }),
    );
    const hashOf = async (rows: Rows) => {
      const id = await company(rows);
      return (await freezeCompany({ readConsistently: (work) => readConsistently(database.db, work) }, id, 6))
        .hash;
    };
    const inOrder = await hashOf({ sales_order_line: lines, item: BASE.item });
    expect(await hashOf({ sales_order_line: lines.toReversed(), item: BASE.item?.toReversed() })).toBe(
      inOrder,
    );
    expect(await hashOf({ sales_order_line: lines.slice(1), item: BASE.item })).not.toBe(inOrder);
  });
});
