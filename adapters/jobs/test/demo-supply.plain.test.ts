import {
  bookKeeper,
  getConstrainedSummary,
  getResource,
  type Member,
  tryOutSupplyEdits,
} from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { createWhatIfThread, type WhatIfThread } from '@planwright/jobs';
import { createPlanReader, supplyPlanReads } from '@planwright/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { databasesUnderTest, type OpenDatabase } from '../../postgres/test/databases.ts';
import { storeDemo } from '../../postgres/test/demo-database.ts';
import { inThreadPool, type PlanFixture, planFixture } from './plan-fixture.ts';

let database: OpenDatabase;
let runs: PlanFixture;
let companyId: number;
let thread: WhatIfThread;
beforeAll(async () => {
  const [embedded] = await databasesUnderTest();
  database = await embedded.open();
  companyId = await storeDemo(database.db, 'S');
  runs = planFixture(database.db, companyId, inThreadPool());
  await runs.open();
}, 240_000);
afterAll(async () => {
  await runs.close();
  await thread.destroy();
  await database.drop();
});

test('the demo company shows its backlog and its bottleneck, and more hours relieve it', async () => {
  const run = await runs.ended((await runs.start({ publish: true, tier: 'fast' })).id);
  expect([run.status, run.failure]).toEqual(['succeeded', null]);
  const plan = createPlanReader(database.db.kysely);
  const reads = supplyPlanReads(database.db.kysely);
  thread = createWhatIfThread(reads);
  const deps = { plan, openBook: bookKeeper(reads), tryOut: thread.tryOut };
  const member: Member = { companyId, company: 'c', userId: 'u', name: 'Ann', email: 'a@x', role: 'planner' };
  const params = { company: 'c' };
  const { figures, bottlenecks } = await getConstrainedSummary(deps)(member, {
    params,
    query: {},
    body: undefined,
  });
  expect(figures.backlogQuantity).toBeGreaterThan(0);
  const full = bottlenecks.filter((row) => row.cause === 'capacity');
  expect(full.length).toBeGreaterThan(0);
  const resources = await plan.resources(run.id);
  // The orders that are listed under a resource ask for the hours that the plan books on it, alternates included.
  for (const { resourceId } of resources) {
    const { loads, cut, constrainedHours } = await getResource(deps)(member, {
      params: { ...params, resourceId },
      query: {},
      body: undefined,
    });
    if (cut) continue;
    const asked = new Array<number>(constrainedHours.length).fill(0);
    for (const { bucketIndex, hours } of loads) asked[bucketIndex] += hours;
    constrainedHours.forEach((hours, t) => expect(asked[t]).toBeCloseTo(hours ?? 0, 3));
  }
  const edits = full.map(({ resourceId }): SupplyEdit => {
    const found = resources.find((row) => row.resourceId === resourceId);
    if (found === undefined) throw new Error('a bottleneck is a resource');
    // Hours of November, and half as many again.
    const hoursPerWeek = Math.ceil((found.capacityHours[0] / 30) * 7 * 1.5);
    return {
      kind: 'capacity',
      resource: found.code,
      startsOn: '2026-11-01',
      endsOn: '2028-04-30',
      hoursPerWeek,
    };
  });
  const { before, after } = await tryOutSupplyEdits(deps)(member, {
    params,
    query: {},
    body: { edits, run: null },
  });
  expect(after.onTimeQuantity).toBeGreaterThan(before.onTimeQuantity);
  expect(after.lateValue + after.shortValue).toBeLessThan(before.lateValue + before.shortValue);
  // Overtime is weighed against waiting, and what is promised by it takes nothing from those who were on time.
  const overtime = edits.flatMap((edit): SupplyEdit[] =>
    edit.kind === 'capacity' ? [{ ...edit, kind: 'overtime' }] : [],
  );
  const tried = await tryOutSupplyEdits(deps)(member, {
    params,
    query: {},
    body: { edits: overtime, run: null },
  });
  expect(tried.after.onTimeQuantity).toBeGreaterThan(before.onTimeQuantity);
}, 240_000);
