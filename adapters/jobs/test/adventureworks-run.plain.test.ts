import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bookKeeper } from '@planwright/app';
import { importFiles, readMapping } from '@planwright/files';
import { createWorkerPool } from '@planwright/jobs';
import { createPlanReader, supplyPlanReads } from '@planwright/postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesUnderTest, type OpenDatabase } from '../../postgres/test/databases.ts';
import { storeBatch, storeCompany } from '../../postgres/test/demo-database.ts';
import { type PlanFixture, planFixture } from './plan-fixture.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = process.env.PLANWRIGHT_SHARED_DATA ?? join(root, '../shared/data');
const mappingFile = join(root, 'examples/adventureworks/mapping.yaml');
const here = existsSync(join(folder, 'adventureworks/SalesOrderHeader.csv'));
if (!here) process.stderr.write(`AdventureWorks run skipped: no data in ${folder}\n`);

/** Stores the published data through the mapping that comes with the program. */
async function storeAdventureWorks({ db }: OpenDatabase): Promise<number> {
  const reading = readMapping(readFileSync(mappingFile, 'utf8'));
  if ('issues' in reading) throw new Error(reading.issues.map((issue) => issue.message).join('\n'));
  const workFolder = mkdtempSync(join(tmpdir(), 'planwright-aw-'));
  try {
    const { mapping } = reading;
    const files = await importFiles({ folder, workFolder, mapping });
    const companyId = await storeCompany(db, {
      slug: 'adventureworks',
      fiscalYearStartMonth: 7,
      asOf: mapping.company?.asOf ?? null,
    });
    for await (const batch of files.batches()) await storeBatch(db, companyId, batch);
    await files.dispose();
    return companyId;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

describe.skipIf(!here)('a plan run over AdventureWorks', () => {
  let database: OpenDatabase;
  let companyId: number;
  let plan: PlanFixture;
  beforeAll(async () => {
    const databases = await databasesUnderTest();
    database = await databases[databases.length - 1].open();
    companyId = await storeAdventureWorks(database);
    await sql`analyze`.execute(database.db.kysely);
    plan = planFixture(database.db, companyId, createWorkerPool());
    await plan.open();
  }, 240_000);
  afterAll(async () => {
    await plan.close();
    await database.drop();
  });

  const one = async <T>(query: ReturnType<typeof sql<T>>): Promise<T> =>
    (await query.execute(database.db.kysely)).rows[0];

  test('plans 3,163 demand streams from June 2014 on, through bills of material and vendors, into money', async () => {
    const run = await plan.ended((await plan.start({ publish: true })).id);
    expect([run.status, run.failure]).toEqual(['succeeded', null]);
    expect(run.keyCount).toBe(3_163);
    expect(run.asOf).toBe('2014-06-01');
    expect([run.historyBuckets, run.horizonBuckets]).toEqual([36, 18]); // First asked for in June 2011.
    expect(run.issues.filter((issue) => issue.severity === 'error')).toEqual([]);

    const orders = await one(
      sql<{ kinds: string[]; suppliers: number }>`select array_agg(distinct kind order by kind) as kinds,
        count(distinct from_code) filter (where kind = 'buy')::int as suppliers from planned_order where run_id = ${run.id}`,
    );
    expect(orders.kinds).toEqual(['buy', 'make', 'move']);
    expect(orders.suppliers).toBeGreaterThan(30);

    // Every dollar asked for before the plan starts is in the revenue of the past, and no other.
    const money = await one(
      sql<{ run: number; lines: number }>`select
        (select sum(v) from run_finance, unnest(values) v where run_id = ${run.id} and group_code = ''
          and measure = 'revenue' and kind = 'actual' and v <> 'NaN') as run,
        (select sum(net_amount)::float8 from sales_order_line where company_id = ${companyId}
          and coalesce(requested_on, ordered_on) < '2014-06-01') as lines`,
    );
    expect(money.run).toBeCloseTo(money.lines, 2);

    const quantities = await one(
      sql<{ run: number; lines: number }>`select
        (select sum(v) from run_series, unnest(values) v where run_id = ${run.id} and measure = 'actual' and v <> 'NaN') as run,
        (select sum(quantity) from sales_order_line where company_id = ${companyId}
          and coalesce(requested_on, ordered_on) < '2014-06-01') as lines`,
    );
    expect(quantities.run).toBe(quantities.lines);

    // Agreement with the groups moves no stream below nothing, and the year ahead is of the size of the one behind.
    const ahead = await one(
      sql<{ least: number; plan: number; actual: number }>`select
        (select min(v) from run_series, unnest(values) v where run_id = ${run.id} and measure = 'baseline') as least,
        sum(plan_quantity) as plan, sum(actual_quantity) as actual from run_demand_key where run_id = ${run.id}`,
    );
    expect(ahead.least).toBeGreaterThanOrEqual(0);
    expect(ahead.plan / ahead.actual).toBeGreaterThan(0.7);
    expect(ahead.plan / ahead.actual).toBeLessThan(1.3);
  }, 240_000);

  test('plans its works within hours, lots and lead times, and accounts for every unit that is asked for', async () => {
    const reads = supplyPlanReads(database.db.kysely);
    const reader = createPlanReader(database.db.kysely);
    const run = await reader.findRun(companyId, undefined);
    if (run === undefined) throw new Error('a plan is published');
    const book = await bookKeeper(reads)(run);
    const { planning } = book.blocks;

    // Orders obey the vendor's minimum, start on or after the as-of day, and take their lead time.
    let [orders, bought] = [0, 0];
    for (const { piece, plan } of book.chunks) {
      for (let o = 0; o < plan.orders.count; o++) {
        const source = planning.sources[piece.sources[plan.orders.source[o]]];
        const quantity = plan.orders.quantity[o];
        orders += 1;
        if (source.kind === 'buy') bought += 1;
        expect(quantity).toBeGreaterThanOrEqual((source.lotMinimum ?? 0) - 1e-6);
        expect(plan.orders.startDay[o]).toBeGreaterThanOrEqual(book.blocks.meta.asOf);
        expect(plan.orders.endDay[o] - plan.orders.startDay[o]).toBeGreaterThanOrEqual(
          Math.floor(source.leadTimeDays),
        );
      }
    }
    expect(orders).toBeGreaterThan(1_000);
    expect(bought).toBeGreaterThan(100);

    // No work centre is asked for more hours than it has beyond those that open work orders took.
    const hours = await sql<{
      code: string;
      planned: number[];
      capacity: number[];
    }>`select r.code, c.values as planned,
        k.values as capacity from run_resource r
      join run_series c on c.run_id = r.run_id and c.key_id = r.key_id and c.measure = 'constrainedHours'
      join run_series k on k.run_id = r.run_id and k.key_id = r.key_id and k.measure = 'capacityHours'
      where r.run_id = ${run.runId}`.execute(database.db.kysely);
    expect(hours.rows).toHaveLength(7);
    for (const { code, planned, capacity } of hours.rows) {
      const committed = book.blocks.resources.find((row) => row.code === code)?.committedHours ?? [];
      planned.forEach((value, t) =>
        expect(value).toBeLessThanOrEqual(Math.max(capacity[t], committed[t]) + 1e-6),
      );
    }

    // Stock never falls below nothing, and what is served, late and short is what is asked for.
    const least = await one(
      sql<{ stock: number }>`select (select min(v) from run_series, unnest(values) v
        where run_id = ${run.runId} and measure = 'constrainedOnHand') as stock`,
    );
    expect(least.stock).toBeGreaterThanOrEqual(-1e-6);
    for (const sums of book.sums) {
      expect(sums.onTimeQuantity + sums.lateQuantity + sums.shortQuantity).toBeCloseTo(
        sums.demandQuantity,
        3,
      );
    }
  }, 120_000);
});
