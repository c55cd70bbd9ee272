import { approveCycle } from '@planwright/app';
import { PlanOfRecord } from '@planwright/contracts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cyclePorts } from '../src/cycle-ports.ts';
import { openDatabase } from '../src/open-database.ts';
import { type CycleWorld, cycleWorld, HORIZON, insertRun, publish, trailOf } from './cycle-fixture.ts';
import { databasesUnderTest, type OpenDatabase } from './databases.ts';

const APPROVERS = 50;

describe.each(await databasesUnderTest())('the approval of a plan on $name', ({ open }) => {
  let opened: OpenDatabase;
  let world: CycleWorld;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.drop());
  beforeEach(async () => {
    world = await cycleWorld(opened.db);
  });

  const rowCount = async (): Promise<number> => {
    const rows = await world.db.kysely
      .selectFrom('plan_of_record')
      .select('cycle_id')
      .where('company_id', '=', world.companyId)
      .execute();
    return rows.length;
  };

  test('it freezes the run with its hashes and totals, pins it, and is followed by a backup', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    await expect(world.planOfRecord(cycle)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const record = await world.approve(cycle, { note: 'Go.' });
    expect(PlanOfRecord.parse(record)).toEqual(record);
    expect(record).toEqual({
      cycleId: cycle.id,
      cycleName: 'March 2026',
      runId: world.runId,
      snapshotHash: `in-${world.runId}`,
      outputHash: `out-${world.runId}`,
      approvedBy: 'The executive',
      approvedAt: '2026-03-10T12:00:00.000Z',
      note: 'Go.',
      revenue: 98 * HORIZON,
      margin: 38 * HORIZON,
      currency: 'USD',
    });
    expect(await world.planOfRecord(cycle)).toEqual(record);
    expect(world.backups).toEqual([cycle.id]);

    await publish(world.db, world.companyId, await insertRun(world.db, world.companyId));
    const approved = await world.get(cycle);
    expect(approved).toMatchObject({ status: 'approved', runId: world.runId, approvedBy: 'The executive' });
    expect(approved.steps[5]).toMatchObject({ status: 'signed', note: 'Go.' });
    expect(approved.steps.flatMap(({ gate }) => gate).every(({ status }) => status === 'holds')).toBe(true);
  });

  test(`of ${APPROVERS} approvers at once, in two programs where the database allows, exactly one wins`, async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    const second = opened.url === undefined ? world.db : await openDatabase({ url: opened.url });
    try {
      const elsewhere = approveCycle({ ...world.deps, ...cyclePorts(second) });
      const tries = await Promise.allSettled(
        Array.from({ length: APPROVERS }, (_, index) =>
          index % 2 === 0
            ? world.approve(cycle, { note: `${index}` })
            : elsewhere(world.as('executive'), {
                params: { company: world.admin.company, cycleId: cycle.id },
                query: {},
                body: { version: cycle.version, runId: world.runId, note: `${index}` },
              }),
        ),
      );
      const won = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      const lost = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
      expect(won).toHaveLength(1);
      expect(lost).toHaveLength(APPROVERS - 1);
      // Refused by the claim itself, not by what stands behind it.
      for (const error of lost) expect(error).toMatchObject({ code: 'CYCLE_NOT_OPEN', kind: 'conflict' });
      expect(await world.planOfRecord(cycle)).toEqual(won[0]);
    } finally {
      if (second !== world.db) await second.close();
    }
    expect(await rowCount()).toBe(1);
    expect(world.backups).toHaveLength(1);
    const trail = await trailOf(world.db, world.companyId);
    expect(trail.filter(({ action }) => action === 'cycle.approve')).toHaveLength(1);
  });

  test('a run published between the last signature and the approval stops it, whichever run is named', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    const newer = await insertRun(world.db, world.companyId);
    await publish(world.db, world.companyId, newer);
    await expect(world.approve(cycle)).rejects.toMatchObject({ code: 'RUN_MOVED_ON', kind: 'conflict' });
    await expect(world.approve(cycle, { runId: newer })).rejects.toMatchObject({
      code: 'SIGNED_FOR_EARLIER_RUN',
      kind: 'conflict',
    });
    expect(await rowCount()).toBe(0);
    expect((await world.get(cycle)).version).toBe(cycle.version);
    expect(world.backups).toEqual([]);
  });

  test('reopening and signing again does not bring an approval along', async () => {
    const ready = await world.signUpTo(await world.create(), 5);
    const reopened = await world.reopen(ready, 5);
    await expect(world.approve(ready)).rejects.toMatchObject({ code: 'CYCLE_MOVED_ON' });
    await expect(world.approve(reopened)).rejects.toMatchObject({ code: 'STEP_WAITING' });
    const again = await world.sign(reopened, 5);
    expect(again.status).toBe('open');
    await expect(world.approve(again)).resolves.toMatchObject({ runId: world.runId });
  });

  test('a run published while the approval is under way does not stay: the approved one is shown', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    const newer = await insertRun(world.db, world.companyId);
    const { transact } = world.deps;
    const overtaken: typeof transact = (work) =>
      transact((tx) =>
        work({
          ...tx,
          cycles: {
            ...tx.cycles,
            async runFigures(companyId, runId) {
              await tx.cycles.publish(newer); // After the review was read.
              return tx.cycles.runFigures(companyId, runId);
            },
          },
        }),
      );
    await world.approve(cycle, {}, world.as('executive'), { transact: overtaken });
    expect(await world.deps.cycles.publishedRun(world.companyId)).toBe(world.runId);
    const trail = await trailOf(world.db, world.companyId);
    expect(trail.map(({ action }) => action).slice(-2)).toEqual(['cycle.approve', 'run.publish']);
  });

  test('an approved cycle is neither changed, signed, reopened nor approved again', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    await world.approve(cycle);
    const approved = await world.get(cycle);
    const refused = [
      () => world.change(approved, 6, { name: 'x' }),
      () => world.sign(approved, 6),
      () => world.sign(approved, 1),
      () => world.reopen(approved, 1),
      () => world.approve(approved),
    ];
    for (const one of refused)
      await expect(one()).rejects.toMatchObject({ code: 'CYCLE_NOT_OPEN', kind: 'conflict' });
    expect(await world.get(cycle)).toEqual(approved);
  });

  test('the database itself refuses to change or remove a plan of record', async () => {
    await world.approve(await world.signUpTo(await world.create(), 5));
    for (const statement of [
      'update plan_of_record set revenue = 0',
      'delete from plan_of_record',
      'truncate plan_of_record',
    ])
      await expect(world.db.executeSql(statement)).rejects.toThrow(/only ever added/);
    expect(await rowCount()).toBe(1);
  });

  test('a backup that fails is reported and leaves the approval standing', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    const failure = new Error('disk full');
    const record = await world.approve(cycle, {}, world.as('admin'), {
      afterApproval: () => Promise.reject(failure),
    });
    expect(world.reports).toEqual([failure]);
    expect(await world.planOfRecord(cycle)).toEqual(record);
  });

  test('where the last write of an approval fails, nothing of it is kept', async () => {
    const cycle = await world.signUpTo(await world.create(), 5);
    const { transact } = world.deps;
    const failing: typeof transact = (work) =>
      transact((tx) => work({ ...tx, announceCycle: () => Promise.reject(new Error('gone')) }));
    await expect(world.approve(cycle, {}, world.as('executive'), { transact: failing })).rejects.toThrow(
      'gone',
    );
    expect(await rowCount()).toBe(0);
    expect(await world.get(cycle)).toEqual(cycle);
    expect(world.backups).toEqual([]);
  });
});
