/** What is worked out beside the plan: the cheapest one, stock policies, stops of machines. */
import {
  cancelOptimum,
  getOptimum,
  listPolicyProposals,
  listStopProposals,
  startOptimum,
  workOutOptimum,
} from '@planwright/app';
import { optimumRows, optimumTransact, policyReads } from '@planwright/postgres';
import { createSolver } from '@planwright/solver';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { page, params, type SupplyWorks } from './supply-works.ts';

/** Each against the plan of the works. */
export function supplyOptimumTests(works: () => SupplyWorks): void {
  test('the cheapest plan costs no more than the heuristic, and says what an hour of the saw is worth', async () => {
    const { deps, database, ann } = works();
    const transactOptimum = optimumTransact(database.db, () => ({ enqueue: async () => undefined }));
    const optimums = optimumRows(database.db);
    const solver = createSolver();
    const started = await startOptimum({ ...deps, transactOptimum })(ann, {
      params,
      query: {},
      body: { run: null, integerLots: false, secondsMax: 60 },
    });
    expect(started.status).toBe('queued');
    const work = { ...deps, optimums, solve: solver.solve };
    await workOutOptimum(work, started.id, new AbortController().signal);
    const { optimum } = await getOptimum({ ...deps, optimums })(ann, { params, query: {}, body: undefined });
    expect([optimum?.id, optimum?.status, optimum?.failure]).toEqual([started.id, 'succeeded', null]);
    const result = optimum?.result ?? null;
    if (result === null) throw new Error('it has a result');
    expect(result.optimum.total).toBeLessThanOrEqual(
      result.heuristic.total + 1e-6 * Math.abs(result.heuristic.total),
    );
    expect(result.bound).toBeLessThanOrEqual(result.optimum.total + 1e-6 * Math.abs(result.optimum.total));
    expect(result.gap).toBeCloseTo(Math.max(0, result.heuristic.total - result.bound), 6);
    expect(result.loads.map((row) => row.resource)).toEqual(['Saw']);
    // Worked on once: a second worker finds nothing to do.
    await workOutOptimum(work, started.id, new AbortController().signal);
    const second = await startOptimum({ ...deps, transactOptimum })(ann, {
      params,
      query: {},
      body: { run: null, integerLots: false, secondsMax: 60 },
    });
    const called = await cancelOptimum({ transactOptimum })(ann, {
      params: { ...params, optimumId: second.id },
      query: {},
      body: undefined,
    });
    expect(called.status).toBe('cancelled');
    await solver.destroy();
  });

  test('stock policies are proposed for what is asked for, by value and steadiness', async () => {
    const { deps, database, ann } = works();
    const policy = policyReads(database.db.kysely);
    const { items } = await listPolicyProposals({ ...deps, policy })(ann, {
      params,
      query: page,
      body: undefined,
    });
    expect(items.map((row) => row.item).sort()).toEqual(['BIKE', 'FRAME']);
    for (const row of items) {
      expect(row.serviceRatio).toBeGreaterThan(0.85);
      expect(row.fillRatio).toBeGreaterThan(0.8);
      expect(row.reorderPoint).toBeGreaterThanOrEqual(row.safetyStock - 1);
    }
  });

  test('a machine that wears out is to be stopped before it stops itself', async () => {
    const { deps, database, companyId, ann } = works();
    // Every two months, the last one a month before the plan starts.
    await sql`insert into machine_failure (company_id, resource, failed_on, number, repair_hours)
      select ${companyId}, 'SAW', failed_on::date, 1, 8
      from generate_series(date '2024-06-01', date '2026-04-01', interval '2 months') as failed_on`.execute(
      database.db.kysely,
    );
    const policy = policyReads(database.db.kysely);
    const { proposals: stops } = await listStopProposals({ ...deps, policy })(ann, {
      params,
      query: {},
      body: undefined,
    });
    expect(stops).toHaveLength(1);
    expect(stops[0]).toMatchObject({ resource: 'SAW', failureCount: 12, meanHoursToRepair: 8 });
    expect(stops[0].shape).toBeGreaterThan(1);
    expect(stops[0].failureRiskRatio).toBeGreaterThan(0);
  });
}
