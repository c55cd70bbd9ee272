import type { TargetBatch } from '@planwright/contracts';
import { createWorkerPool } from '@planwright/jobs';
import { createPlanReader } from '../../postgres/src/plan-reader.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databasesUnderTest, type OpenDatabase } from '../../postgres/test/databases.ts';
import { storeCompany, storeBatch, storeDemo } from '../../postgres/test/demo-database.ts';
import { inThreadPool, type PlanFixture, planFixture } from './plan-fixture.ts';

describe.each(await databasesUnderTest())('a plan run on $name', ({ open }) => {
  let database: OpenDatabase;
  let companyId: number;
  let plan: PlanFixture;
  beforeAll(async () => {
    database = await open();
    companyId = await storeDemo(database.db, 'S');
    plan = planFixture(database.db, companyId, createWorkerPool({ size: 2 }));
    await plan.open();
  });
  afterAll(async () => {
    await plan.close();
    await database.drop();
    if (plan.problems.length > 0) throw new AggregateError(plan.problems, 'problems in the background');
  });

  const count = async (table: string, runId: string): Promise<number> => {
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from ${sql.table(table)} where run_id = ${runId}`.execute(
      database.db.kysely,
    );
    return rows[0].n;
  };
  const auditOf = async (id: string): Promise<string[]> => {
    const { rows } = await sql<{ action: string }>`select action from audit_event
      where object_type = 'run' and object_id = ${id} order by id`.execute(database.db.kysely);
    return rows.map((row) => row.action);
  };

  test('goes through all stages, is stored and published, and can be read', async () => {
    const changes: string[] = [];
    const unsubscribe = database.db.subscribe((change) => changes.push(`${change.what} ${change.id}`));
    const queued = await plan.start({ publish: true });
    expect(queued.status).toBe('queued');
    expect(queued.stages.map(({ stage }) => stage)).toEqual([
      'actuals',
      'learn',
      'forecast',
      'reconcile',
      'consensus',
      'supply',
      'capacity',
      'constrained',
      'finance',
      'kpis',
    ]);
    const run = await plan.ended(queued.id);
    unsubscribe();
    expect([run.status, run.failure]).toEqual(['succeeded', null]);
    expect(run.published).toBe(true);
    expect(run.progressRatio).toBe(1);
    expect(
      run.stages.every(
        ({ status, chunksDone, chunkCount }) => status === 'done' && chunksDone === chunkCount,
      ),
    ).toBe(true);
    expect(run.outputHash).toMatch(/^[0-9a-f]{64}$/);
    expect(changes).toContain(`run ${run.id}`);
    expect(await auditOf(run.id)).toEqual(['run.start', 'run.publish']);

    const reader = createPlanReader(database.db.kysely);
    const head = await reader.findRun(companyId, undefined);
    expect(head?.runId).toBe(run.id);
    expect(await count('run_demand_key', run.id)).toBe(run.keyCount);
    expect(await count('run_kpi', run.id)).toBe(5);
    const company = await reader.groupNode(run.id, '');
    expect(company?.keyCount).toBe(run.keyCount);
    const measures = await sql<{
      measure: string;
      rows: number;
      width: number;
    }>`select measure, count(*)::int as rows,
      min(cardinality(values)) as width from run_series where run_id = ${run.id} group by 1`.execute(
      database.db.kysely,
    );
    const widths = Object.fromEntries(measures.rows.map(({ measure, width }) => [measure, width]));
    expect(Object.keys(widths)).toHaveLength(37); // Without those that only travel from stage to stage.
    expect([widths.actual, widths.baseline, widths.revenue]).toEqual([
      run.historyBuckets,
      run.horizonBuckets,
      run.historyBuckets + run.horizonBuckets,
    ]);
  });

  test('keeps its books: group sums are key sums, stock balances, margin is revenue less cost', async () => {
    const [{ id }] = (await plan.list(1)).items;
    const db = database.db.kysely;
    const sums = await sql<{ consensus: number; keys: number }>`select
      (select sum(v) from run_group_series, unnest(values) v where run_id = ${id} and group_code = '' and measure = 'consensus') as consensus,
      (select sum(v) from run_series, unnest(values) v where run_id = ${id} and measure = 'consensus') as keys`.execute(
      db,
    );
    expect(sums.rows[0].consensus).toBeCloseTo(sums.rows[0].keys, 4);
    const agreed = await sql<{ worst: number }>`with recursive below as (
        select code, code as top from run_group where run_id = ${id}
        union all
        select child.code, below.top from run_group child join below on child.parent_code = below.code
        where child.run_id = ${id})
      select max(abs(g.v - k.total))::float8 as worst from (
        select below.top, u.t, sum(u.v) as total from below
          join run_demand_key k on k.run_id = ${id} and k.group_code = below.code
          join run_series s on s.run_id = k.run_id and s.key_id = k.key_id and s.measure = 'baseline',
          unnest(s.values) with ordinality u (v, t) group by 1, 2) k
      join (select group_code as top, u.t, u.v from run_group_series, unnest(values) with ordinality u (v, t)
        where run_id = ${id} and measure = 'baseline') g using (top, t)`.execute(db);
    expect(agreed.rows[0].worst).toBeLessThan(1e-6);

    const balance = await sql<{
      worst: number;
    }>`select max(abs(p.on_hand + t.receipts - t.demand - t.ending)) as worst
      from run_stock_point p join lateral (
        select sum(v) filter (where measure in ('scheduledReceipts', 'plannedReceipts')) as receipts,
          sum(v) filter (where measure in ('independentDemand', 'dependentDemand')) as demand,
          sum(v) filter (where measure = 'projectedOnHand' and bucket = ${18}) as ending
        from run_series s, unnest(s.values) with ordinality as u (v, bucket)
        where s.run_id = p.run_id and s.key_id = p.key_id) t on true
      where p.run_id = ${id}`.execute(db);
    expect(balance.rows[0].worst).toBeLessThan(1e-6);

    const margin = await sql<{ worst: number }>`select max(abs(r.v - c.v - m.v)) as worst
      from run_finance a join run_finance b using (run_id, group_code, kind) join run_finance d using (run_id, group_code, kind),
        lateral unnest(a.values) with ordinality r (v, t), lateral unnest(b.values) with ordinality c (v, t),
        lateral unnest(d.values) with ordinality m (v, t)
      where run_id = ${id} and a.measure = 'revenue' and b.measure = 'cost' and d.measure = 'margin' and kind = 'plan'
        and r.t = c.t and c.t = m.t and r.v <> 'NaN' and c.v <> 'NaN'`.execute(db);
    expect(margin.rows[0].worst).toBeLessThan(1e-6);
  });

  test('stores what it found of demand: accuracy by lag, effects of events, findings by what they are worth', async () => {
    const [{ id, keyCount }] = (await plan.list(1)).items;
    const db = database.db.kysely;
    const accuracy = await sql<{ lag: number; keys: number; unlike: number }>`
      select a.lag, count(*)::int as keys,
        max(abs(a.absolute_error - k.backtest_absolute_error))::float8 as unlike
      from run_accuracy a join run_demand_key k using (run_id, key_id) where run_id = ${id} group by 1 order by 1`.execute(
      db,
    );
    expect(accuracy.rows.map(({ lag }) => lag)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(accuracy.rows[0].keys).toBeGreaterThan(keyCount * 0.8);
    expect(accuracy.rows[0].unlike).toBeLessThan(1e-6);

    const effects = await sql<{
      n: number;
      seen: number;
      ahead: number;
    }>`select count(*)::int as n, max(seen_count) as seen,
      sum(plan_quantity)::float8 as ahead from run_event_effect where run_id = ${id} and kind = 'promotion'`.execute(
      db,
    );
    expect(effects.rows[0].n).toBeGreaterThan(20);
    expect(effects.rows[0].seen).toBeGreaterThanOrEqual(4);
    expect(effects.rows[0].ahead).toBeGreaterThan(0);

    const findings = await sql<{ kind: string; amount: number }>`select kind, amount from run_finding
      where run_id = ${id} order by number`.execute(db);
    const amounts = findings.rows.map(({ amount }) => amount);
    expect(amounts).toEqual(amounts.toSorted((a, b) => b - a));
    const kinds = new Set(findings.rows.map(({ kind }) => kind));
    for (const kind of ['outlier', 'stock-out', 'new-item', 'bias']) expect(kinds).toContain(kind);

    const keys = await sql<{
      planners: number;
      classes: string;
    }>`select count(distinct planner)::int as planners,
      string_agg(distinct value_class, '' order by value_class) as classes from run_demand_key where run_id = ${id}`.execute(
      db,
    );
    expect(keys.rows[0]).toEqual({ planners: 5, classes: 'ABC' });

    const worst = await sql<{ worst: number }>`
      select max(abs(b.v - p.total))::float8 as worst from (
        select s.key_id, u.t, sum(u.v) as total from run_series s,
          unnest(case when s.measure = 'uplift' then s.values[49:66] else s.values end) with ordinality u (v, t)
        where s.run_id = ${id} and s.measure in ('level', 'trend', 'season', 'uplift', 'reconciled') group by 1, 2) p
      join (select s.key_id, u.t, u.v from run_series s, unnest(s.values) with ordinality u (v, t)
        where s.run_id = ${id} and s.measure = 'baseline') b using (key_id, t)`.execute(db);
    expect(worst.rows[0].worst).toBeLessThan(1e-6);
  });

  test('done again from its snapshot, on one thread, gives the same bytes', async () => {
    const [original] = (await plan.list(1)).items;
    const replay = await plan.ended((await plan.replay(original.id)).id);
    expect(replay.id).not.toBe(original.id);
    expect(replay.snapshotHash).toBe(original.snapshotHash);
    expect(replay.outputHash).toBe(original.outputHash);
    expect(replay.published).toBe(false);
    expect(replay.issues).toEqual(original.issues);

    const alone = planFixture(database.db, companyId, inThreadPool());
    const queued = await plan.replay(original.id);
    await alone.executor.execute(queued.id);
    expect((await plan.ended(queued.id)).outputHash).toBe(original.outputHash);
  });

  test('of many that start at once, one gets through', async () => {
    const started = await Promise.allSettled(Array.from({ length: 6 }, () => plan.start()));
    const won = started.filter((one) => one.status === 'fulfilled');
    const codes = started.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(won).toHaveLength(1);
    expect(codes).toEqual(Array.from({ length: 5 }, () => 'RUN_ALREADY_ACTIVE'));
    await plan.ended(won[0].value.id);
  });

  test('of many that publish at once, each moves the pointer whole and leaves its trace', async () => {
    const runs = (await plan.list(3)).items;
    expect(runs.every((run) => run.status === 'succeeded')).toBe(true);
    await Promise.all(Array.from({ length: 12 }, (_, n) => plan.publish(runs[n % 3].id)));
    const published = (await plan.list(10)).items.filter((run) => run.published);
    expect(published).toHaveLength(1);
    const again = await plan.publish(published[0].id);
    expect(again.published).toBe(true);
    const traces = await auditOf(published[0].id);
    expect(traces.at(-1)).toBe('run.publish');
  });

  test('lists runs newest first, page by page', async () => {
    const all = (await plan.list(50)).items.map((run) => run.id);
    const first = await plan.list(2);
    const second = await plan.list(2, first.nextCursor ?? undefined);
    expect([...first.items, ...second.items].map((run) => run.id)).toEqual(all.slice(0, 4));
    expect(first.total).toBe(all.length);
  });

  test('cannot be read, stopped or published from another company', async () => {
    const other = planFixture(database.db, await storeCompany(database.db, { slug: 'other' }));
    const [{ id }] = (await plan.list(1)).items;
    for (const attempt of [other.get, other.cancel, other.publish, other.replay]) {
      await expect(attempt(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await other.list(10)).items).toEqual([]);
    await expect(other.start()).rejects.toMatchObject({ code: 'NO_DATA' });
  });

  test('is rejected, with the circle named, where a bill of material goes round', async () => {
    const id = await storeCompany(database.db, { slug: 'circle' });
    const rows = (
      target: 'item' | 'location' | 'bom_row' | 'sales_order_line',
      columns: Record<string, string[] | number[]>,
    ) => storeBatch(database.db, id, { target, rowCount: Object.values(columns)[0].length, columns });
    await rows('location', { code: ['P'], name: ['P'] });
    await rows('item', {
      code: ['A', 'B'],
      name: ['A', 'B'],
      source: ['make', 'make'],
      homeLocation: ['P', 'P'],
    });
    await rows('bom_row', { parent: ['A', 'B'], component: ['B', 'A'], quantityPer: [1, 1] });
    await rows('sales_order_line', {
      order: ['1', '2'],
      line: ['1', '1'],
      item: ['A', 'A'],
      location: ['P', 'P'],
      orderedOn: ['2026-01-05', '2026-03-05'],
      quantity: [1, 1],
    });
    const circle = planFixture(database.db, id);
    const run = await circle.start();
    expect(run.status).toBe('rejected');
    expect(run.finishedAt).not.toBeNull();
    expect(run.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.code)).toEqual([
      'SUPPLY_CYCLE',
    ]);
    await expect(circle.publish(run.id)).rejects.toMatchObject({ code: 'RUN_NOT_FINISHED' });
    await expect(circle.replay(run.id)).rejects.toMatchObject({ code: 'RUN_NOT_FINISHED' });
    expect((await circle.start()).status).toBe('rejected'); // A rejected run blocks nobody.
  });

  test('a company that wants steady plans freezes what the published plan said, and a replay does so too', async () => {
    const id = await storeCompany(database.db, { slug: 'steady' });
    const rows = (target: TargetBatch['target'], columns: Record<string, string[] | number[]>) =>
      storeBatch(database.db, id, { target, rowCount: Object.values(columns)[0].length, columns });
    const months = Array.from({ length: 36 }, (_, month) => month);
    await rows('location', { code: ['P'], name: ['P'], country: ['DE'] });
    await rows('item', { code: ['A'], name: ['A'], source: ['buy'], homeLocation: ['P'] });
    await rows('sales_order_line', {
      order: months.map(String),
      line: months.map(() => '1'),
      item: months.map(() => 'A'),
      location: months.map(() => 'P'),
      orderedOn: months.map(
        (month) => `${2023 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-28`,
      ),
      quantity: months.map((month) => 100 + ((month * 7) % 13)),
    });
    const own = planFixture(database.db, id, inThreadPool());
    await own.open();
    const done = (run: { id: string }) => own.ended(run.id);
    const first = await done(await own.start({ publish: true }));
    expect([first.status, first.failure, first.published]).toEqual(['succeeded', null, true]);
    const free = await done(await own.start());
    expect(free.snapshotHash).toBe(first.snapshotHash);
    await sql`update company set is_steady = true where id = ${id}`.execute(database.db.kysely);
    const steady = await done(await own.start());
    expect([steady.status, steady.failure]).toEqual(['succeeded', null]);
    expect(steady.snapshotHash).not.toBe(first.snapshotHash);
    expect((await done(await own.replay(steady.id))).outputHash).toBe(steady.outputHash);
    const { rows: baselines } = await sql<{
      run: string;
      values: number[];
    }>`select run_id as run, values from run_series
      where run_id in (${first.id}, ${steady.id}) and measure = 'baseline'`.execute(database.db.kysely);
    const of = (run: { id: string }) => baselines.find((row) => row.run === run.id)?.values ?? [];
    expect(of(steady)).toHaveLength(steady.horizonBuckets);
    of(steady).forEach((value, t) => expect(value).toBeCloseTo(of(first)[t] ?? Number.NaN, 6));
    const kept = await done(await own.start({ refit: 'broken' }));
    expect([kept.status, kept.failure, kept.keptFitCount]).toEqual(['succeeded', null, 1]);
    expect((await done(await own.replay(kept.id))).outputHash).toBe(kept.outputHash);
    expect(steady.keptFitCount).toBe(0);
    await own.close();
    expect(own.problems).toEqual([]);
  });
});
