import { randomUUID } from 'node:crypto';
import {
  approveCycle,
  changeStep,
  createCycle,
  getCycle,
  getPlanOfRecord,
  listCycles,
  type Member,
  reopenStep,
  signStep,
} from '@planwright/app';
import type { Cycle, Role } from '@planwright/contracts';
import { dayFromIso, makeCalendar } from '@planwright/time';
import { cyclePorts } from '../src/cycle-ports.ts';
import type { Db } from '../src/open-database.ts';
import { createTestCompany } from './company-fixture.ts';

export const HISTORY = 24;
export const HORIZON = 12;
export const NOW = Date.parse('2026-03-10T12:00:00Z');

/** `count` times a value, as an array of the database. */
export const constant = (count: number, value: number | string): string =>
  `'{${Array.from({ length: count }, () => value).join(',')}}'`;

/** History of one value and horizon of another. */
const whole = (history: number | string, horizon: number | string): string =>
  `'{${[...Array.from({ length: HISTORY }, () => history), ...Array.from({ length: HORIZON }, () => horizon)].join(',')}}'`;

/** A run whose every check holds: monthly history 2024-2025, plan 2026, one item, one resource. Not published. */
export async function insertRun(db: Db, companyId: number, runId: string = randomUUID()): Promise<string> {
  const { starts } = makeCalendar(
    { kind: 'month', fiscalYearStartMonth: 1 },
    dayFromIso('2024-01-01'),
    dayFromIso('2026-12-31'),
  );
  const calendar = JSON.stringify({ kind: 'month', fiscalYearStartMonth: 1, starts: [...starts] });
  await db.executeSql(`
    insert into scenario (id, company_id, name) values ('${randomUUID()}', ${companyId}, 'Base')
      on conflict (company_id, name) do nothing;
    insert into snapshot (company_id, hash, meta) values (${companyId}, 'in-${runId}', '{}');
    insert into run (id, company_id, scenario_id, status, snapshot_hash, seed, engine_version, as_of, calendar,
        history_buckets, horizon_buckets, key_count, created_by, finished_at, output_hash)
      select '${runId}', ${companyId}, id, 'succeeded', 'in-${runId}', 0, '1', '2026-01-01', '${calendar}',
        ${HISTORY}, ${HORIZON}, 1, 'u', now(), 'out-${runId}'
      from scenario where company_id = ${companyId};
    insert into item (company_id, code, name, kind, unit, source, standard_cost, list_price, yield_ratio)
      values (${companyId}, 'a', 'Item a', 'finished', 'EA', 'make', 3, 5, 1) on conflict do nothing;
    insert into run_demand_key values ('${runId}', 1, 'a', 'Item a', 'north', 'web', '', 'smooth', 'Theta', 'Because.',
      240, 240, 1200, 100, 10, -5, 0.1, 0.1, 0, 0.1, 0.5, -0.05, 1, 0.8, 0.95);
    insert into run_kpi values
      ('${runId}', 'forecast-accuracy', 1, 'n', 'd', 'ratio', 'up', 0.8, 8, 10, 0.75, 'good', '[]', null),
      ('${runId}', 'demand-plan-bias', 2, 'n', 'd', 'ratio', 'zero', -0.04, 0, 1, 0, 'good', '[]', null);
    insert into run_stock_point values ('${runId}', 11, 'a', 'Item a', 'finished', 'north', 'make', '', 'EA', 3, 5, 1, 7, null, 4, 20, 2, 0, 15, 0, 0);
    insert into run_resource values ('${runId}', 21, 'mill', 'Mill', 'north', 0.9, 0.8, 0);
    insert into run_series values ('${runId}', 'loadHours', 21, ${constant(HORIZON, 90)}), ('${runId}', 'capacityHours', 21, ${constant(HORIZON, 100)});
    insert into planned_order values ('${runId}', 1, 'make', 'a', 'Item a', 'north', null, '2025-12-01', '2026-05-01', 5, 'EA', 50, true, 'Needed.');
    insert into run_finance values
      ('${runId}', '', 'revenue', 'actual', ${whole(90, 'NaN')}), ('${runId}', '', 'revenue', 'plan', ${whole('NaN', 98)}),
      ('${runId}', '', 'revenue', 'budget', ${whole('NaN', 100)}),
      ('${runId}', '', 'cost', 'plan', ${whole('NaN', 60)}), ('${runId}', '', 'margin', 'plan', ${whole('NaN', 38)});`);
  return runId;
}

export async function publish(db: Db, companyId: number, runId: string): Promise<void> {
  await db.executeSql(
    `update scenario set published_run_id = '${runId}' where company_id = ${companyId} and parent_id is null`,
  );
}

export type CycleWorld = Awaited<ReturnType<typeof cycleWorld>>;

/** A company with a published run, and the services of its cycle as the people of each role call them. */
export async function cycleWorld(db: Db) {
  const admin = await createTestCompany(db);
  const { companyId, company } = admin;
  const runId = await insertRun(db, companyId);
  await publish(db, companyId, runId);
  const backups: string[] = [];
  const reports: unknown[] = [];
  const deps = {
    ...cyclePorts(db),
    newId: () => randomUUID(),
    now: () => NOW,
    afterApproval: async (cycleId: string) => void backups.push(cycleId),
    reportAfterApprovalFailure: (_: string, error: unknown) => void reports.push(error),
  };
  const as = (role: Role): Member => ({ ...admin, role, userId: `${role}-${company}`, name: `The ${role}` });
  const of = (cycle: Cycle) => ({ company, cycleId: cycle.id });
  const services = {
    create: (periodStart = '2026-03-01', member = as('planner')) =>
      createCycle(deps)(member, { params: { company }, query: {}, body: { periodStart } }),
    get: (cycle: Cycle, member = as('viewer')) =>
      getCycle(deps)(member, { params: of(cycle), query: {}, body: undefined }),
    list: (limit = 50, cursor?: string) =>
      listCycles(deps)(as('viewer'), { params: { company }, query: { limit, cursor }, body: undefined }),
    change: (cycle: Cycle, step: number, change: object, member = as('planner')) =>
      changeStep(deps)(member, {
        params: { ...of(cycle), step },
        query: {},
        body: { version: cycle.version, ...change },
      }),
    sign: (cycle: Cycle, step: number, more: object = {}, member = as('admin')) =>
      signStep(deps)(member, {
        params: { ...of(cycle), step },
        query: {},
        body: { version: cycle.version, runId, ...more },
      }),
    reopen: (cycle: Cycle, step: number, member = as('planner')) =>
      reopenStep(deps)(member, {
        params: { ...of(cycle), step },
        query: {},
        body: { version: cycle.version, reason: 'Figures were wrong' },
      }),
    approve: (cycle: Cycle, more: object = {}, member = as('executive'), given: object = {}) =>
      approveCycle({ ...deps, ...given })(member, {
        params: of(cycle),
        query: {},
        body: { version: cycle.version, runId, ...more },
      }),
    planOfRecord: (cycle: Cycle, member = as('viewer')) =>
      getPlanOfRecord(deps)(member, { params: of(cycle), query: {}, body: undefined }),
  };
  /** Signs steps 1 to `last` for a run. */
  const signUpTo = async (cycle: Cycle, last: number, run = runId): Promise<Cycle> => {
    let now = cycle;
    for (let step = 1; step <= last; step++) now = await services.sign(now, step, { runId: run });
    return now;
  };
  return { db, admin, companyId, runId, deps, as, backups, reports, signUpTo, ...services };
}

/** What the trail says was done, oldest first. */
export async function trailOf(
  db: Db,
  companyId: number,
): Promise<{ action: string; reason: string | null }[]> {
  return db.kysely
    .selectFrom('audit_event')
    .select(['action', 'reason'])
    .where('company_id', '=', companyId)
    .orderBy('id')
    .execute();
}
