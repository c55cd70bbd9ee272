import { exportRows, getFreshness, getQuality, listRows, type Member, search } from '@planwright/app';
import { companyEndpoints, dataEndpoints, TARGET_NAMES, type TargetName } from '@planwright/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Db } from '../src/index.ts';
import {
  createTestCompany,
  type DataDeps,
  dataDeps,
  type GivenRow,
  importRows,
  smallCompany,
  sourceOf,
} from './company-fixture.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

const line = (order: string, item: string, orderedOn: string, rest: GivenRow = {}): GivenRow => ({
  order,
  line: '1',
  item,
  location: 'L1',
  orderedOn,
  quantity: 10,
  netAmount: '10',
  ...rest,
});

/** One case of each finding, among rows that are as they should be. */
const faulty: Partial<Record<TargetName, readonly GivenRow[]>> = {
  item_group: [{ code: 'G1', name: 'Bikes' }],
  location: [{ code: 'L1', name: 'Plant' }],
  item: [
    { code: 'GOOD', name: 'Sound item', standardCost: '5', listPrice: '9' },
    { code: 'NEW', name: 'Launched later', activeFrom: '2024-06-01', standardCost: '5', listPrice: '9' },
    { code: 'OLD', name: 'Phased out', activeTo: '2023-12-31', standardCost: '5' },
    { code: 'ASM', name: 'Bought assembly', source: 'buy', standardCost: '5' },
    { code: 'MADE', name: 'Made without steps', source: 'make', standardCost: '5' },
    { code: 'BARE', name: 'Nothing known' },
    { code: 'PART', name: 'Part without supplier' },
  ],
  supplier: [{ code: 'S1', name: 'Supplier' }],
  item_supplier: ['GOOD', 'NEW', 'OLD', 'MADE'].map((item) => ({ item, supplier: 'S1', price: '1' })),
  bom_row: [{ parent: 'ASM', component: 'PART', quantityPer: 2 }],
  on_hand: [
    { item: 'OLD', location: 'L1', quantity: 3 },
    { item: 'GOOD', location: 'L1', quantity: -1 },
  ],
  account: [
    { code: 'A1', name: 'Blue Shop', country: 'US', city: 'Austin' },
    { code: 'A2', name: 'BLUE-SHOP', country: 'US', city: 'Austin' },
    { code: 'A3', name: 'Blue Shop', country: 'US', city: 'Boston' },
  ],
  purchase_order_line: [
    {
      order: 'P1',
      line: '1',
      supplier: 'S1',
      item: 'GOOD',
      orderedOn: '2022-01-01',
      dueOn: '2022-02-01',
      quantity: 1,
    },
  ],
  sales_order_line: [
    ...Array.from({ length: 14 }, (_, i) => line(`N${i}`, 'GOOD', '2024-03-05', { quantity: 10 + (i % 3) })),
    line('HUGE', 'GOOD', '2024-03-06', { quantity: 5_000 }),
    line('EARLY', 'NEW', '2024-05-20'),
    line('NOAMOUNT', 'GOOD', '2024-05-20', { netAmount: null, quantity: 10 }),
    line('BARE', 'BARE', '2024-05-21', { netAmount: '0' }),
  ],
};

describe.each(await databasesUnderTest())('stored data on $name', ({ open }) => {
  let opened: OpenDatabase;
  let db: Db;
  let deps: DataDeps;
  let member: Member;
  let importId: string;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    deps = dataDeps(db);
    member = await createTestCompany(db);
    ({ importId } = await importRows(deps, member, sourceOf(faulty)));
    await importRows(deps, await createTestCompany(db), sourceOf(smallCompany(40)));
  });
  afterAll(() => opened.drop());

  const params = () => ({ company: member.company });

  test('quality finds one case of each check, with examples and advice', async () => {
    const given = { params: params(), query: {}, body: undefined };
    const { findings } = dataEndpoints.getQuality.response.parse(await getQuality(deps)(member, given));
    const found = new Map(findings.map((finding) => [finding.code, finding]));
    const first = (code: string): string => `${found.get(code)?.count}: ${found.get(code)?.examples[0]}`;
    expect(Object.fromEntries(findings.map(({ code }) => [code, first(code)]))).toEqual({
      'demand-without-source': '1: BARE Nothing known',
      'negative-stock': '1: GOOD at L1: -1',
      'sold-without-cost': '1: BARE Nothing known',
      'assembly-that-is-bought': '1: ASM Bought assembly',
      'component-without-source': '1: PART Part without supplier',
      'duplicate-account': '1: BLUE-SHOP (A1, A2)',
      'history-gap': '1: 2024-04',
      'line-without-amount': '1: Order NOAMOUNT, line 1',
      'made-without-routing': '1: MADE Made without steps',
      'order-before-launch': '1: NEW on 2024-05-20, order EARLY',
      'overdue-order': '1: P1, line 1, due 2022-02-01',
      'quantity-outlier': '1: GOOD: 5000 against a usual 11, order HUGE',
      'sold-without-price': '1: BARE Nothing known',
      'stock-of-inactive-item': '1: OLD at L1: 3',
    });
    expect(findings.map((finding) => finding.severity).sort()).toEqual(
      findings.map((finding) => finding.severity),
    );
    expect(findings.every((finding) => finding.advice.length > 20 && !finding.message.includes('NaN'))).toBe(
      true,
    );
  });

  test('an empty company has no findings', async () => {
    const empty = await createTestCompany(db);
    const given = { params: { company: empty.company }, query: {}, body: undefined };
    expect((await getQuality(deps)(empty, given)).findings).toEqual([]);
  });

  test('freshness counts every target and names its range and import', async () => {
    const given = { params: params(), query: {}, body: undefined };
    const { targets } = dataEndpoints.getFreshness.response.parse(await getFreshness(deps)(member, given));
    expect(targets).toHaveLength(TARGET_NAMES.length);
    expect(targets.find((one) => one.target === 'sales_order_line')).toMatchObject({
      label: 'Sales order lines',
      rowCount: 18,
      firstDay: '2024-03-05',
      lastDay: '2024-05-21',
      lastImportId: importId,
    });
    expect(targets.find((one) => one.target === 'lead')).toMatchObject({ rowCount: 0, lastImportId: null });
  });

  const rows = (target: TargetName, query: { limit?: number; where?: string; q?: string; cursor?: string }) =>
    listRows(deps)(member, {
      params: { ...params(), target },
      query: { limit: 100, ...query },
      body: undefined,
    });

  test('rows are paged by key without loss or repetition, and only those of the company', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = dataEndpoints.listRows.response.parse(
        await rows('sales_order_line', { limit: 5, cursor }),
      );
      expect(page.total).toBe(18);
      seen.push(...page.items.map((row) => String(row.order)));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const expected = faulty.sales_order_line?.map((row) => row.order as string) ?? [];
    expect(new Set(seen)).toEqual(new Set(expected));
    expect(seen).toHaveLength(18);
  });

  test('rows are filtered by equal values and by text, each value as what it is', async () => {
    const codes = async (target: TargetName, query: Parameters<typeof rows>[1], column = 'code') =>
      (await rows(target, query)).items.map((row) => row[column]);
    expect(await codes('sales_order_line', { where: 'item=NEW' }, 'order')).toEqual(['EARLY']);
    expect(await codes('sales_order_line', { where: 'item=GOOD;quantity=5000' }, 'order')).toEqual(['HUGE']);
    expect(await codes('item', { where: 'source=make;activeFrom=' })).toEqual(['MADE']);
    expect(await codes('item', { q: 'LAUNCHED' })).toEqual(['NEW']);
    expect(await codes('item', { q: '%' })).toEqual([]);
    expect((await rows('item', { where: 'code=GOOD' })).items[0]).toMatchObject({
      name: 'Sound item',
      standardCost: '5.0000',
      yieldRatio: 1,
      activeFrom: null,
      homeLocation: null,
    });
  });

  test.each([
    'nosuch=1',
    'code; drop table item=1',
    'companyId=1',
    'company_id=1',
    'import_id=1',
    'quantity=1 or 1=1',
    'orderedOn=2024-02-30',
    '=1',
    'item',
    'a=1;b=1;c=1;d=1;e=1;f=1;g=1',
    '__proto__=1',
  ])('refuses the filter %s', async (where) => {
    await expect(rows('sales_order_line', { where })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('a value with quotes is a value, and a forged cursor is refused', async () => {
    expect((await rows('item', { where: "code=GOOD' or '1'='1" })).items).toEqual([]);
    const forge = (values: unknown) => Buffer.from(JSON.stringify(values)).toString('base64url');
    for (const cursor of ['x', forge([1, 2]), forge(['a', null]), forge(['a']), forge([{ a: 1 }, 'b'])]) {
      await expect(rows('sales_order_line', { cursor })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  test('exports every row once, in pages', async () => {
    const many = await createTestCompany(db);
    const groups = Array.from({ length: 12_001 }, (_, i) => ({ code: `C${i}`, name: `Group ${i}` }));
    await importRows(deps, many, sourceOf({ item_group: groups }));
    const codes: unknown[] = [];
    let pageCount = 0;
    for await (const page of exportRows(deps, many, 'item_group')) {
      pageCount += 1;
      codes.push(...page.map((row) => row.code));
    }
    expect([new Set(codes).size, codes.length, pageCount]).toEqual([12_001, 12_001, 3]);
  });

  test('search puts equal codes first, then beginnings, then the rest', async () => {
    const find = async (q: string, limit = 12) => {
      const given = { params: params(), query: { q, limit }, body: undefined };
      return companyEndpoints.search.response.parse(await search(deps)(member, given)).hits;
    };
    expect((await find('old'))[0]).toEqual({ kind: 'item', code: 'OLD', name: 'Phased out' });
    expect((await find('blue')).map((hit) => hit.code)).toEqual(['A1', 'A2', 'A3']);
    expect(await find('blue', 1)).toHaveLength(1);
    expect((await find('supplier')).map((hit) => hit.kind)).toEqual(['supplier', 'item']);
    expect(await find('%')).toEqual([]);
    expect(await find("'; drop table item; --")).toEqual([]);
    expect(await find('road')).toEqual([]); // An item of the other company.
  });
});
