/** The inbox of exceptions from plan to plan. */
import {
  changeException,
  changeReleaseRules,
  commentException,
  decideSupply,
  followUpPlan,
  getException,
  listSupplyDecisions,
  simulateException,
  takeExceptionAction,
  undoSupplyDecision,
} from '@planwright/app';
import { expect, test } from 'vitest';
import { params, page, type SupplyWorks } from './supply-works.ts';

/** They keep owner and day, close when they are gone, and small purchases leave by rule. */
export function supplyExceptionTests(works: () => SupplyWorks): void {
  test('exceptions stay the same from plan to plan, keep owner and day, and close when they are gone', async () => {
    const { companyId, deps, ann, publishedRun, inbox } = works();
    await followUpPlan(deps, companyId);
    expect(await followUpPlan(deps, companyId)).toBeNull();
    const first = await inbox();
    const rules = new Set(first.map((row) => row.rule));
    expect([...rules].sort()).toEqual(
      expect.arrayContaining(['demandNotSatisfied', 'resourceOverloaded', 'shortage', 'supplierLate']),
    );
    const overload = first.find((row) => row.rule === 'resourceOverloaded');
    if (overload === undefined) throw new Error('the saw is overloaded');
    const { effect } = await simulateException(deps)(ann, {
      params: { ...params, exceptionId: overload.id },
      query: {},
      body: undefined,
    });
    expect((effect?.after.onTimeQuantity ?? 0) > (effect?.before.onTimeQuantity ?? 0)).toBe(true);
    const change = { params: { ...params, exceptionId: overload.id }, query: {} };
    const owned = await changeException(deps)(ann, {
      ...change,
      body: { version: overload.version, owner: 'Zoe' },
    });
    await expect(
      changeException(deps)(ann, { ...change, body: { version: overload.version, owner: 'Ann' } }),
    ).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
    await expect(
      changeException(deps)(ann, { ...change, body: { version: owned.version, status: 'snoozed' } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await commentException(deps)(ann, { ...change, body: { text: 'Asked the shift leader' } });
    await publishedRun();
    await followUpPlan(deps, companyId);
    const kept = await getException(deps)(ann, { ...change, body: undefined });
    expect([kept.owner, kept.firstSeenAt, kept.status, kept.comments.map((row) => row.text)]).toEqual([
      'Zoe',
      overload.firstSeenAt,
      'open',
      ['Asked the shift leader'],
    ]);
    expect(kept.lastSeenAt > overload.lastSeenAt).toBe(true);
    await decideSupply(deps)(ann, {
      params,
      query: {},
      body: {
        edit: {
          kind: 'capacity',
          resource: 'SAW',
          startsOn: '2026-05-01',
          endsOn: '2027-12-31',
          hoursPerWeek: 168,
        },
        reason: 'A second and a third shift',
      },
    });
    await publishedRun();
    await followUpPlan(deps, companyId);
    expect((await inbox('closed')).map((row) => row.id)).toContain(overload.id);
    expect((await inbox()).map((row) => row.rule)).not.toContain('resourceOverloaded');
  });

  test('small purchases from suppliers that nothing speaks against leave by rule, once', async () => {
    const { companyId, deps, ann, publishedRun, proposals } = works();
    const rules = {
      plannerLimit: null,
      fourEyesFrom: null,
      automaticBelow: 1_000_000,
      automaticPreferredOnly: false,
      windowDays: 365,
    };
    await changeReleaseRules(deps)(ann, { params, query: {}, body: rules });
    await publishedRun();
    const followed = await followUpPlan(deps, companyId);
    const released = await proposals({ status: 'released' });
    expect(released.filter((row) => row.releasedBy === 'Planwright by rule')).toHaveLength(
      followed?.releasedCount ?? -1,
    );
    // The late supplier is too risky for a rule.
    expect(released.every((row) => row.from !== 'SLOW' || row.releasedBy !== 'Planwright by rule')).toBe(
      true,
    );
  });
}

/** What is proposed against an exception becomes a decision. Takes back all that stand. */
export function exceptionActionTests(works: () => SupplyWorks): void {
  test('the action of an exception becomes a decision', async () => {
    const { companyId, deps, ann, publishedRun, inbox } = works();
    const last = (
      await listSupplyDecisions(deps)(ann, { params, query: { ...page, only: 'standing' }, body: undefined })
    ).items;
    // Without the third shift the saw is overloaded again.
    for (const { id } of last)
      await undoSupplyDecision(deps)(ann, {
        params: { ...params, decisionId: id },
        query: {},
        body: undefined,
      });
    await publishedRun();
    await followUpPlan(deps, companyId);
    const withEdit = (await inbox()).find((row) => row.rule === 'resourceOverloaded');
    if (withEdit === undefined) throw new Error('the saw is overloaded');
    const taken = await takeExceptionAction(deps)(ann, {
      params: { ...params, exceptionId: withEdit.id },
      query: {},
      body: { version: withEdit.version, reason: 'As proposed' },
    });
    expect([taken.status, taken.owner]).toEqual(['accepted', withEdit.owner ?? 'Ann']);
    const { items } = await listSupplyDecisions(deps)(ann, {
      params,
      query: { ...page, only: 'standing' },
      body: undefined,
    });
    expect(items[0].edit).toEqual(withEdit.action?.edit);
  });
}
