import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { imported, type Outcome } from './import-run.ts';

// The figures are those of the published sample database: its order and line counts and its yearly totals of
// TotalDue are quoted in Microsoft's and third-party documentation; the keys are counted from its tables.
const root = fileURLToPath(new URL('../../..', import.meta.url));
const shared = process.env.PLANWRIGHT_SHARED_DATA ?? path.join(root, '../shared/data');
const mapping = path.join(root, 'examples/adventureworks/mapping.yaml');
const here = existsSync(path.join(shared, 'adventureworks/SalesOrderHeader.csv'));
if (!here) process.stderr.write(`AdventureWorks test skipped: no data in ${shared}\n`);

describe.skipIf(!here)('examples/adventureworks over the published data', () => {
  let outcome: Outcome;
  beforeAll(async () => {
    const work = mkdtempSync(path.join(tmpdir(), 'planwright-files-'));
    outcome = await imported({ path: shared, work }, readFileSync(mapping, 'utf8'));
    rmSync(work, { recursive: true, force: true });
  });

  test('imports without a single issue', () => {
    expect(outcome.issues).toEqual([]);
    expect(outcome.refused).toBe(false);
  });

  test('has 31,465 orders and 121,268 lines', () => {
    expect(outcome.counts.sales_order).toEqual({ read: 31_465, accepted: 31_465, rejected: 0, merged: 0 });
    expect(outcome.counts.sales_order_line).toEqual({
      read: 121_268,
      accepted: 121_268,
      rejected: 0,
      merged: 0,
    });
    expect(outcome.rows.sales_order).toHaveLength(31_465);
    expect(outcome.rows.sales_order_line).toHaveLength(121_268);
  });

  test.each([
    ['2011', 14_155_699.53],
    ['2012', 37_675_700.31],
    ['2013', 48_965_887.96],
    ['2014', 22_419_498.32],
  ])('orders of %s total %d', (year, total) => {
    // Ten-thousandths as integers: the sum is exact before it is compared.
    const units = (outcome.rows.sales_order ?? [])
      .filter((row) => String(row.orderedOn).startsWith(year))
      .reduce((sum, row) => sum + BigInt(String(row.totalAmount).replace('.', '')), 0n);
    expect(Math.abs(Number(units) / 10_000 - total)).toBeLessThanOrEqual(0.01);
  });

  test('has 3,163 keys of item, territory and channel', () => {
    const keys = new Set(
      outcome.rows.sales_order_line?.map((row) => `${row.item}|${row.location}|${row.channel}`),
    );
    expect(keys.size).toBe(3_163);
  });

  test('keeps the bills of material in force, in the unit of the component', () => {
    const units = new Map(outcome.rows.item?.map((row) => [row.code, row.unit]));
    expect(outcome.rows.bom_row).toHaveLength(2_383);
    expect(outcome.rows.bom_row?.every((row) => units.get(String(row.component)) === row.unit)).toBe(true);
  });

  test('sums the stock of all bins at the plant', () => {
    const total = outcome.rows.on_hand?.reduce((sum, row) => sum + Number(row.quantity), 0);
    expect(outcome.rows.on_hand).toHaveLength(432);
    expect(total).toBe(335_974);
  });

  test('brings ledger and stock history to the calendar of the orders', () => {
    const days = new Set(outcome.rows.ledger_line?.map((row) => String(row.postedOn)));
    const sorted = [...days].sort();
    expect([sorted[0], sorted.at(-1)]).toEqual(['2011-05-31', '2014-05-31']);
    expect([...days].every((day) => isMonthEnd(day))).toBe(true);
    expect(
      outcome.rows.stock_balance?.every(
        (row) => isMonthEnd(String(row.on)) && String(row.on) <= '2014-06-30',
      ),
    ).toBe(true);
  });

  test('fills every target that the source has data for', () => {
    const accepted = Object.fromEntries(
      Object.entries(outcome.counts).map(([name, count]) => [name, count.accepted]),
    );
    expect(accepted).toMatchObject({
      item: 504,
      location: 11,
      territory: 10,
      employee: 290,
      account: 19_820,
      supplier: 104,
    });
    expect(accepted).toMatchObject({
      item_supplier: 460,
      resource: 7,
      purchase_order_line: 8_845,
      work_order: 72_591,
    });
    expect(accepted).toMatchObject({ seller_territory: 17, quota: 163, fx_rate: 13_532 });
    const located = outcome.rows.account?.filter((row) => row.latitude !== null && row.longitude !== null);
    expect(located).toHaveLength(19_820);
  });
});

function isMonthEnd(day: string): boolean {
  return new Date(Date.parse(day) + 86_400_000).getUTCDate() === 1;
}
