import {
  cancelImport,
  createImport,
  executeImport,
  getImport,
  type ImportIssue,
  listImportIssues,
  listImports,
  type Member,
  recoverImports,
  undoImport,
} from '@planwright/app';
import { dataEndpoints } from '@planwright/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Db } from '../src/index.ts';
import {
  createTestCompany,
  type DataDeps,
  dataDeps,
  hashOfData,
  importRows,
  smallCompany,
  sourceOf,
} from './company-fixture.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

describe.each(await databasesUnderTest())('imports on $name', ({ open }) => {
  let opened: OpenDatabase;
  let db: Db;
  let deps: DataDeps;
  let member: Member;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    deps = dataDeps(db);
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    member = await createTestCompany(db);
  });

  const params = (importId: string) => ({ params: { company: member.company, importId } });
  const get = async (importId: string) =>
    dataEndpoints.getImport.response.parse(
      await getImport(deps)(member, { ...params(importId), query: {}, body: undefined }),
    );
  const undo = (importId: string) =>
    undoImport(deps)(member, { ...params(importId), query: {}, body: undefined });
  const cancel = (importId: string) =>
    cancelImport(deps)(member, { ...params(importId), query: {}, body: undefined });
  const stagingTables = async () =>
    (await db.executeSql("select tablename from pg_tables where schemaname = 'staging'")).rows;

  test('stores rows with the constants of the target where a cell is empty', async () => {
    const { importId, end } = await importRows(deps, member, sourceOf(smallCompany()));
    expect(end).toBe('done');
    const item = await db.kysely
      .selectFrom('item')
      .selectAll()
      .where('company_id', '=', member.companyId)
      .where('code', '=', 'I1')
      .executeTakeFirstOrThrow();
    expect(item).toMatchObject({
      name: 'Road bike',
      standard_cost: '100.5000',
      unit: 'EA',
      source: 'buy',
      yield_ratio: 1,
      import_id: importId,
      currency: null,
    });
    expect(await get(importId)).toMatchObject({
      status: 'done',
      canUndo: true,
      progressRatio: 1,
      failure: null,
    });
    expect(await stagingTables()).toEqual([]);
  });

  test('importing the same rows again changes nothing, and different ones only what differs', async () => {
    await importRows(deps, member, sourceOf(smallCompany()));
    const before = await hashOfData(db, member.companyId);
    const again = await importRows(deps, member, sourceOf(smallCompany()));
    expect(await hashOfData(db, member.companyId)).toEqual(before);
    const lines = (await get(again.importId)).targets.find((one) => one.target === 'sales_order_line');
    expect(lines).toMatchObject({ read: 6, inserted: 0, updated: 0, unchanged: 6, removed: 0 });

    const changed = smallCompany(8);
    const third = await importRows(
      deps,
      member,
      sourceOf({
        sales_order_line: changed.sales_order_line?.map((row, i) => (i < 2 ? { ...row, quantity: 99 } : row)),
      }),
    );
    expect((await get(third.importId)).targets).toEqual([
      { target: 'sales_order_line', read: 8, rejected: 0, inserted: 2, updated: 2, unchanged: 4, removed: 0 },
    ]);
  });

  test('replacing removes rows that the files do not name, but never empties a table', async () => {
    await importRows(deps, member, sourceOf(smallCompany()));
    const modes = { sales_order_line: 'replace', account: 'replace' } as const;
    const { importId } = await importRows(
      deps,
      member,
      sourceOf({ ...smallCompany(4), account: [] }, { modes }),
    );
    const counts = (await get(importId)).targets;
    expect(counts.find((one) => one.target === 'sales_order_line')).toMatchObject({
      unchanged: 4,
      removed: 2,
    });
    const account = await db.kysely
      .selectFrom('account')
      .select('code')
      .where('company_id', '=', member.companyId)
      .execute();
    expect(account).toEqual([{ code: 'A1' }]);
  });

  test('undoing restores every row of every table exactly, import after import', async () => {
    const empty = await hashOfData(db, member.companyId);
    const first = await importRows(deps, member, sourceOf(smallCompany()));
    const afterFirst = await hashOfData(db, member.companyId);
    const changes: Parameters<typeof sourceOf>[0] = {
      item: [
        { code: 'I1', name: 'Renamed', standardCost: '0.0001', activeFrom: '2024-02-29', latitude: null },
        { code: 'I3', name: 'New', lotMinimum: 0.1 + 0.2 },
      ],
      account: [{ code: 'A1', name: 'Shop', latitude: 1e-300, longitude: 179.999999999 }],
      sales_order_line: smallCompany(3).sales_order_line?.map((row) => ({
        ...row,
        netAmount: '99999999999999.9999',
      })),
    };
    const modes = { sales_order_line: 'replace' } as const;
    const company = { currency: 'EUR', fiscalYearStartMonth: 7 };
    const second = await importRows(deps, member, sourceOf(changes, { modes, company }));
    expect(second.end).toBe('done');
    expect(await hashOfData(db, member.companyId)).not.toEqual(afterFirst);

    await expect(undo(first.importId)).rejects.toMatchObject({ code: 'IMPORT_NOT_NEWEST' });
    expect((await undo(second.importId)).status).toBe('undone');
    expect(await hashOfData(db, member.companyId)).toEqual(afterFirst);
    const settings = await db.kysely
      .selectFrom('company')
      .select(['currency', 'fiscal_year_start_month'])
      .where('id', '=', member.companyId)
      .executeTakeFirst();
    expect(settings).toEqual({ currency: 'USD', fiscal_year_start_month: 1 });

    expect(await get(first.importId)).toMatchObject({ canUndo: true });
    await undo(first.importId);
    expect(await hashOfData(db, member.companyId)).toEqual(empty);
    await expect(undo(first.importId)).rejects.toMatchObject({ code: 'IMPORT_NOT_STORED' });
    const kept = await db.kysely
      .selectFrom('import_before')
      .select('target')
      .where('import_id', 'in', [first.importId, second.importId])
      .execute();
    expect(kept).toEqual([]);
  });

  test('keeps a setting that was changed by hand after the import, when undoing it', async () => {
    const { importId } = await importRows(
      deps,
      member,
      sourceOf(smallCompany(), { company: { currency: 'EUR' } }),
    );
    await db.kysely
      .updateTable('company')
      .set({ currency: 'CHF' })
      .where('id', '=', member.companyId)
      .execute();
    await undo(importId);
    const { currency } = await db.kysely
      .selectFrom('company')
      .select('currency')
      .where('id', '=', member.companyId)
      .executeTakeFirstOrThrow();
    expect(currency).toBe('CHF');
  });

  test('stores nothing of an import that fails late, and says why', async () => {
    const before = await hashOfData(db, member.companyId);
    const rows = smallCompany();
    const source = sourceOf({ ...rows, ledger_line: [] });
    const failing = {
      ...source,
      async *batches() {
        yield* source.batches();
        throw new Error('The file broke off in row 7.');
      },
    };
    const { importId, end } = await importRows(deps, member, failing);
    expect(end).toBe('failed');
    expect(await hashOfData(db, member.companyId)).toEqual(before);
    expect(await get(importId)).toMatchObject({
      status: 'failed',
      canUndo: false,
      failure: 'The file broke off in row 7. Nothing of this import was stored.',
    });
    expect(await stagingTables()).toEqual([]);
  });

  test('refuses a key that comes twice, also when far apart, and stores nothing', async () => {
    const twice = [
      { code: 'G9', name: 'One' },
      { code: 'G9', name: 'Two' },
    ];
    expect((await importRows(deps, member, sourceOf({ item_group: twice }))).end).toBe('failed');
    await importRows(deps, member, sourceOf(smallCompany()));
    const before = await hashOfData(db, member.companyId);
    const farApart = [
      { code: 'G1', name: 'Changed' },
      ...Array.from({ length: 20_000 }, (_, i) => ({ code: `X${i}`, name: 'x' })),
      { code: 'G1', name: 'Changed again' },
    ];
    const { importId, end } = await importRows(deps, member, sourceOf({ item_group: farApart }));
    expect(end).toBe('failed');
    expect((await get(importId)).failure).toContain('The same key comes twice');
    expect(await hashOfData(db, member.companyId)).toEqual(before);
  });

  test('a refused set of files keeps its issues and stores nothing', async () => {
    const issue: ImportIssue = {
      severity: 'error',
      code: 'MISSING_COLUMN',
      message: 'items.csv has no column price.',
      advice: 'Add it or change the mapping.',
      file: 'items.csv',
      row: null,
      column: 'price',
      value: null,
      target: 'item',
    };
    const issues = [issue, { ...issue, severity: 'warning' as const, row: 3, value: 'x' }];
    const { importId, end } = await importRows(deps, member, sourceOf({}, { refused: true, issues }));
    expect(end).toBe('refused');
    expect(await get(importId)).toMatchObject({ status: 'refused', errorCount: 1, warningCount: 1 });
    const list = listImportIssues(deps);
    const first = await list(member, { ...params(importId), query: { limit: 1 }, body: undefined });
    expect(dataEndpoints.listImportIssues.response.parse(first)).toMatchObject({ items: [issue], total: 2 });
    const cursor = first.nextCursor ?? undefined;
    const rest = await list(member, { ...params(importId), query: { limit: 1, cursor }, body: undefined });
    expect(rest).toMatchObject({ items: [issues[1]], nextCursor: null });
    const warnings = await list(member, {
      ...params(importId),
      query: { limit: 9, severity: 'warning' },
      body: undefined,
    });
    expect(warnings).toMatchObject({ items: [issues[1]], total: 1 });
  });

  test('cancelling half way stores nothing; cancelling a waiting import ends it at once', async () => {
    const waiting = await createImport(deps, member, { name: 'Waiting', files: [] });
    expect((await cancel(waiting)).status).toBe('cancelled');
    await expect(cancel(waiting)).resolves.toMatchObject({ status: 'cancelled' });

    const source = sourceOf(smallCompany());
    const importId = await createImport(deps, member, { name: 'Half way', files: [] });
    let cancelled: ReturnType<typeof cancel> | undefined;
    const end = await executeImport(deps, member, importId, async ({ signal }) => ({
      ...source,
      async *batches() {
        for await (const batch of source.batches()) {
          yield batch;
          cancelled ??= cancel(importId);
          if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
        }
      },
    }));
    expect(end).toBe('cancelled');
    expect((await cancelled)?.status).toBe('cancelled');
    expect(Object.values(await hashOfData(db, member.companyId)).every((hash) => hash.startsWith('0:'))).toBe(
      true,
    );

    const done = await importRows(deps, member, sourceOf(smallCompany()));
    await expect(cancel(done.importId)).rejects.toMatchObject({ code: 'IMPORT_ENDED' });
  });

  test('cancelling while the rows are stored undoes what was stored so far', async () => {
    await importRows(deps, member, sourceOf(smallCompany()));
    const before = await hashOfData(db, member.companyId);
    const importId = await createImport(deps, member, { name: 'Late', files: [] });
    let cancelled: ReturnType<typeof cancel> | undefined;
    const onProgress = ({ text }: { text: string }): void => {
      if (text === 'Storing the rows') cancelled ??= cancel(importId);
    };
    const changed = sourceOf({
      item_group: [{ code: 'G1', name: 'Changed' }],
      location: [{ code: 'L1', name: 'X' }],
    });
    expect(await executeImport(deps, member, importId, async () => changed, { onProgress })).toBe(
      'cancelled',
    );
    expect((await cancelled)?.status).toBe('cancelled');
    expect(await hashOfData(db, member.companyId)).toEqual(before);
  });

  test('an import whose end could not be written down is ended by the next recovery', async () => {
    const importId = await createImport(deps, member, { name: 'Lost', files: [] });
    let isAway = false;
    const transact: typeof deps.transact = (work) =>
      isAway ? Promise.reject(new Error('the database is away')) : deps.transact(work);
    const lost = executeImport({ ...deps, transact }, member, importId, async () => {
      expect(await recoverImports(deps)).toEqual([]); // It is at work.
      isAway = true;
      throw new Error('broken');
    });
    await expect(lost).rejects.toThrow('the database is away');
    const waiting = await createImport(deps, member, { name: 'Waiting', files: [] });
    expect(await recoverImports(deps)).toEqual([importId]);
    expect(await get(importId)).toMatchObject({ status: 'failed' });
    expect(await get(waiting)).toMatchObject({ status: 'queued' });
  });

  test('keeps issues about values that no database stores', async () => {
    const value = 'a\0b\ud800';
    const issue = {
      severity: 'error',
      code: 'X',
      message: value,
      advice: '',
      file: null,
      row: 1,
      column: null,
      value,
    };
    const issues = [{ ...issue, target: null } as ImportIssue];
    const { importId, end } = await importRows(deps, member, sourceOf(smallCompany(), { issues }));
    expect(end).toBe('done');
    const query = { limit: 5 };
    const page = await listImportIssues(deps)(member, { ...params(importId), query, body: undefined });
    expect(page.items[0].value).toBe('a\u2400b\ufffd');
  });

  test('does not start an import twice', async () => {
    const importId = await createImport(deps, member, { name: 'Once', files: [] });
    const start = () => executeImport(deps, member, importId, async () => sourceOf(smallCompany()));
    const results = await Promise.allSettled([start(), start()]);
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  test('pages the list newest first, and shows no import of another company', async () => {
    const ids = [];
    for (const name of ['one', 'two', 'three']) {
      ids.push((await importRows(deps, member, sourceOf(smallCompany()), name)).importId);
    }
    const list = (query: { limit: number; cursor?: string }) =>
      listImports(deps)(member, { params: { company: member.company }, query, body: undefined });
    const first = dataEndpoints.listImports.response.parse(await list({ limit: 2 }));
    expect(first.items.map((one) => [one.name, one.canUndo])).toEqual([
      ['three', true],
      ['two', false],
    ]);
    const rest = await list({ limit: 2, cursor: first.nextCursor ?? '' });
    expect(rest.items.map((one) => one.name)).toEqual(['one']);
    expect([first.total, rest.nextCursor]).toEqual([3, null]);

    const stranger = await createTestCompany(db);
    const foreign = getImport(deps)(stranger, {
      params: { company: stranger.company, importId: ids[0] },
      query: {},
      body: undefined,
    });
    await expect(foreign).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('leaves a trace of everything it did, in the transaction that did it', async () => {
    const { importId } = await importRows(
      deps,
      member,
      sourceOf(smallCompany(), { company: { currency: 'EUR' } }),
    );
    await undo(importId);
    const trail = await db.kysely
      .selectFrom('audit_event')
      .select(['action', 'actor', 'object_id'])
      .where('company_id', '=', member.companyId)
      .orderBy('id')
      .execute();
    expect(trail.map((event) => event.action)).toEqual([
      'import.create',
      'company.change',
      'import.store',
      'import.undo',
    ]);
    expect(trail[2]).toMatchObject({ actor: `Ada Planner <${member.email}>`, object_id: importId });
    await expect(db.executeSql('delete from audit_event')).rejects.toThrow('only ever added');
    await expect(db.executeSql("update audit_event set actor = 'x'")).rejects.toThrow('only ever added');
    await expect(db.executeSql('truncate audit_event')).rejects.toThrow('only ever added');
  });
});
