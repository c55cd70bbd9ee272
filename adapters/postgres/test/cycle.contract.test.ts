import { Cycle } from '@planwright/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Change } from '../src/changes.ts';
import { createTestCompany } from './company-fixture.ts';
import { type CycleWorld, cycleWorld, insertRun, publish, trailOf } from './cycle-fixture.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

const statuses = (cycle: Cycle): string => cycle.steps.map(({ status }) => status[0]).join('');
const check = (cycle: Cycle, step: number, code: string) =>
  cycle.steps[step - 1]!.gate.find((candidate) => candidate.code === code);

describe.each(await databasesUnderTest())('the planning cycle on $name', ({ open }) => {
  let opened: OpenDatabase;
  let world: CycleWorld;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    world = await cycleWorld(opened.db);
  });

  test('a new cycle has six steps over the working days of its month, the first open, all checks holding', async () => {
    const cycle = await world.create();
    expect(Cycle.parse(cycle)).toEqual(cycle);
    expect(cycle).toMatchObject({ name: 'March 2026', status: 'open', version: 0, runId: world.runId });
    expect(statuses(cycle)).toBe('owwwww');
    // March 2026 begins on a Sunday.
    expect(cycle.steps.map(({ dueOn }) => dueOn)).toEqual([
      '2026-03-04',
      '2026-03-10',
      '2026-03-16',
      '2026-03-19',
      '2026-03-23',
      '2026-03-26',
    ]);
    expect(cycle.steps.map(({ overdue }) => overdue)).toEqual([true, false, false, false, false, false]);
    expect(cycle.steps.every(({ ownerId, question }) => ownerId === null && question.endsWith('?'))).toBe(
      true,
    );
    const failing = cycle.steps.flatMap(({ gate }) => gate.filter(({ status }) => status === 'fails'));
    expect(new Set(failing.map(({ code }) => code))).toEqual(new Set(['earlier-signatures']));
    expect(await world.get(cycle)).toEqual(cycle);
  });

  test('a month has one cycle, and one cycle is open at a time, also of 20 that are opened at once', async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => world.create(`2026-${index % 2 === 0 ? '03' : '04'}-01`)),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { items } = await world.list();
    expect(items).toHaveLength(1);
    const month = items[0]!.periodStart;
    await expect(world.create(month)).rejects.toMatchObject({ code: 'CYCLE_EXISTS', kind: 'conflict' });
    await expect(world.create('2026-07-01')).rejects.toMatchObject({ code: 'CYCLE_STILL_OPEN' });
    await expect(world.create('2026-07-02')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('cycles page from the newest month; a cursor of somebody else’s making is refused', async () => {
    for (const month of ['02', '01', '03']) {
      const cycle = await world.create(`2026-${month}-01`);
      await world.approve(await world.signUpTo(cycle, 5));
    }
    const first = await world.list(2);
    expect(first).toMatchObject({ total: 3, items: [{ name: 'March 2026' }, { name: 'February 2026' }] });
    const rest = await world.list(2, first.nextCursor!);
    expect(rest).toMatchObject({ nextCursor: null, items: [{ name: 'January 2026' }] });
    const bad = Buffer.from('["2026-02-31"]').toString('base64url');
    await expect(world.list(2, bad)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('steps are signed in order, and each signature opens the next step', async () => {
    let cycle = await world.create();
    await expect(world.sign(cycle, 2)).rejects.toMatchObject({ code: 'STEP_WAITING', kind: 'conflict' });
    cycle = await world.sign(cycle, 1, { note: 'Fine.' }, world.as('planner'));
    expect(statuses(cycle)).toBe('sowwww');
    expect(cycle.version).toBe(1);
    expect(cycle.steps[0]).toMatchObject({
      signedBy: 'The planner',
      signedAt: '2026-03-10T12:00:00.000Z',
      note: 'Fine.',
      overdue: false,
    });
    await expect(world.sign(cycle, 1)).rejects.toMatchObject({ code: 'STEP_SIGNED' });
    for (const step of [2, 3, 4, 5]) cycle = await world.sign(cycle, step);
    expect(statuses(cycle)).toBe('ssssso');
    await expect(world.sign(cycle, 6)).rejects.toMatchObject({ code: 'SIGNED_BY_APPROVAL' });
    await expect(world.sign(cycle, 7)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('each step is signed by its own roles', async () => {
    const may = {
      1: ['admin', 'planner'],
      2: ['admin', 'planner', 'sales'],
      3: ['admin', 'planner'],
      4: ['admin', 'finance'],
      5: ['admin', 'planner', 'finance', 'sales'],
      6: ['admin', 'executive'],
    };
    let cycle = await world.create();
    for (const [step, roles] of Object.entries(may)) {
      expect(cycle.steps[Number(step) - 1]!.signRoles).toEqual(roles);
      for (const role of ['admin', 'planner', 'finance', 'sales', 'executive', 'viewer'] as const) {
        if (roles.includes(role)) continue;
        const refused =
          step === '6'
            ? world.approve(cycle, {}, world.as(role))
            : world.sign(cycle, Number(step), {}, world.as(role));
        await expect(refused).rejects.toMatchObject({ code: 'STEP_ROLE', kind: 'forbidden' });
      }
      if (step !== '6') cycle = await world.sign(cycle, Number(step));
    }
    // Refusals left no trace: the version counts the five signatures.
    expect(cycle.version).toBe(5);
  });

  test('whoever saw an older version changes nothing', async () => {
    const seen = await world.create();
    const newer = await world.change(seen, 1, { name: 'Range review' });
    const signed = await world.sign(newer, 1);
    const refused = [
      () => world.change(seen, 2, { name: 'x' }),
      () => world.sign(newer, 2),
      () => world.reopen(newer, 1),
      () => world.approve(newer),
      () => world.sign({ ...signed, version: signed.version + 1 }, 2),
    ];
    for (const one of refused)
      await expect(one()).rejects.toMatchObject({ code: 'CYCLE_MOVED_ON', kind: 'conflict' });
    expect(await world.get(signed)).toEqual(signed);
  });

  test('20 signatures of one step at once: one counts', async () => {
    const cycle = await world.create();
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => world.sign(cycle, 1)));
    const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(lost).toEqual(Array.from({ length: 19 }, () => 'CYCLE_MOVED_ON'));
    expect((await world.get(cycle)).version).toBe(1);
    expect((await trailOf(world.db, world.companyId)).map(({ action }) => action)).toEqual([
      'cycle.create',
      'cycle.sign-step',
    ]);
  });

  test('owner, name and due date change until the step is signed; an owner is an active member', async () => {
    let cycle = await world.create();
    cycle = await world.change(cycle, 1, { ownerId: world.admin.userId, dueOn: '2026-03-20' });
    expect(cycle.steps[0]).toMatchObject({ ownerName: 'Ada Planner', dueOn: '2026-03-20', overdue: false });
    cycle = await world.change(cycle, 1, { ownerId: null });
    expect(cycle.steps[0]).toMatchObject({ ownerId: null, ownerName: null, dueOn: '2026-03-20' });
    const stranger = await createTestCompany(world.db);
    await expect(world.change(cycle, 1, { ownerId: stranger.userId })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    await expect(world.change(cycle, 1, {})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    cycle = await world.sign(cycle, 1);
    await expect(world.change(cycle, 1, { name: 'Else' })).rejects.toMatchObject({ code: 'STEP_SIGNED' });
  });

  test('a failing check is waived with a reason only, and both are kept with the signature', async () => {
    await world.db.executeSql(
      `update run_stock_point set shortage_value = 300 where run_id = '${world.runId}'`,
    );
    const cycle = await world.signUpTo(await world.create(), 2);
    expect(check(cycle, 3, 'shortages-small')?.status).toBe('fails');
    await expect(world.sign(cycle, 3)).rejects.toMatchObject({ code: 'GATE_FAILS', kind: 'conflict' });
    const signed = await world.sign(cycle, 3, { waiveReason: 'A second source starts in April' });
    await world.db.executeSql(
      `update run_stock_point set shortage_value = 0 where run_id = '${world.runId}'`,
    );
    expect(check(await world.get(signed), 3, 'shortages-small')).toMatchObject({
      status: 'waived',
      detail:
        'Shortages of USD 300 over the horizon, 41.7 % of the cost of sales. Waived: A second source starts in April',
    });
    expect(check(signed, 3, 'load-feasible')?.status).toBe('holds');
    expect(await trailOf(world.db, world.companyId)).toContainEqual({
      action: 'cycle.sign-step',
      reason: 'A second source starts in April',
    });
  });

  test('a signature holds for the run that was seen: another run takes its worth', async () => {
    const cycle = await world.signUpTo(await world.create(), 3);
    const newer = await insertRun(world.db, world.companyId);
    await publish(world.db, world.companyId, newer);
    await expect(world.sign(cycle, 4)).rejects.toMatchObject({ code: 'RUN_MOVED_ON', kind: 'conflict' });
    const now = await world.get(cycle);
    expect(now.runId).toBe(newer);
    for (const step of [4, 5, 6]) {
      const found = check(now, step, 'earlier-signatures');
      expect(found).toMatchObject({ status: 'fails' });
      expect(found?.detail).toMatch(
        /Signed for an earlier run: Product review, Demand review, Supply review/,
      );
    }
    const waived = world.sign(now, 4, { runId: newer, waiveReason: 'It hardly differs' });
    await expect(waived).rejects.toMatchObject({ code: 'SIGNED_FOR_EARLIER_RUN', kind: 'conflict' });

    const again = await world.signUpTo(await world.reopen(now, 1), 5, newer);
    expect(statuses(again)).toBe('ssssso');
    expect(check(again, 6, 'earlier-signatures')?.status).toBe('holds');
  });

  test('reopening takes back the signatures from there on; the trail keeps them', async () => {
    let cycle = await world.signUpTo(await world.create(), 4);
    await expect(world.reopen(cycle, 5)).rejects.toMatchObject({ code: 'STEP_NOT_SIGNED' });
    cycle = await world.reopen(cycle, 2);
    expect(statuses(cycle)).toBe('sowwww');
    expect(cycle.steps[3]).toMatchObject({ signedBy: null, signedAt: null, note: null });
    await expect(world.approve(cycle)).rejects.toMatchObject({ code: 'STEP_WAITING' });
    const [kept] = await world.db.kysely
      .selectFrom('audit_event')
      .select(['before', 'reason'])
      .where('company_id', '=', world.companyId)
      .where('action', '=', 'cycle.reopen-step')
      .execute();
    expect(kept).toMatchObject({
      reason: 'Figures were wrong',
      before: {
        signatures: [{ step: 2, runId: world.runId }, { step: 3 }, { step: 4, signedBy: 'The admin' }],
      },
    });
  });

  test('without a published plan a cycle opens, and nothing can be signed', async () => {
    await world.db.executeSql(
      `update scenario set published_run_id = null where company_id = ${world.companyId}`,
    );
    const cycle = await world.create();
    expect(cycle.runId).toBeNull();
    expect(cycle.steps.every(({ gate }) => gate[0]?.code === 'run-published')).toBe(true);
    await expect(world.sign(cycle, 1)).rejects.toMatchObject({ code: 'RUN_MOVED_ON' });
  });

  test('the cycle of another company is not there', async () => {
    const cycle = await world.create();
    const stranger = await createTestCompany(world.db);
    const refused = [
      () => world.get(cycle, stranger),
      () => world.change(cycle, 1, { name: 'x' }, stranger),
      () => world.sign(cycle, 1, {}, stranger),
      () => world.reopen(cycle, 1, stranger),
      () => world.approve(cycle, {}, stranger),
      () => world.planOfRecord(cycle, stranger),
    ];
    for (const one of refused)
      await expect(one()).rejects.toMatchObject({ code: 'NOT_FOUND', kind: 'not-found' });
    expect(await world.get(cycle)).toEqual(cycle);
  });

  test('every write leaves one row in the trail and tells the open pages; a refused one neither', async () => {
    const told: Change[] = [];
    const stop = world.db.subscribe((change) => {
      if (change.companyId === world.companyId) told.push(change);
    });
    let cycle = await world.create();
    cycle = await world.change(cycle, 1, { name: 'Range review' });
    cycle = await world.sign(cycle, 1);
    await expect(world.sign(cycle, 5)).rejects.toMatchObject({ code: 'STEP_WAITING' });
    cycle = await world.reopen(cycle, 1);
    cycle = await world.signUpTo(cycle, 5);
    await world.approve(cycle);
    expect((await trailOf(world.db, world.companyId)).map(({ action }) => action)).toEqual([
      'cycle.create',
      'cycle.change-step',
      'cycle.sign-step',
      'cycle.reopen-step',
      ...Array.from({ length: 5 }, () => 'cycle.sign-step'),
      'cycle.approve',
    ]);
    await expect.poll(() => told.length).toBe(10);
    expect(told[0]).toEqual({ companyId: world.companyId, what: 'cycle', id: cycle.id });
    stop();
  });
});
