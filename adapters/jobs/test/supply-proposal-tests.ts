/** Proposals on their way out, and whom they depend on. */
import {
  addWebhook,
  approveProposals,
  changeReleaseRules,
  listProposals,
  listSupplierRisks,
  listWebhookDeliveries,
  type Member,
  rejectProposals,
  releaseProposals,
  sendDueWebhooks,
} from '@planwright/app';
import type { Proposal } from '@planwright/contracts';
import { expect, test } from 'vitest';
import { page, params, type SupplyWorks } from './supply-works.ts';

/** Signed by role, released once, counted on by the next plan. */
export function supplyProposalTests(works: () => SupplyWorks): void {
  test('what was approved and released is supply of the next plan, and is not proposed again', async () => {
    const { deps, ann, publishedRun, proposals, bulk } = works();
    const hook = await addWebhook(deps)(ann, {
      params,
      query: {},
      body: { url: 'https://erp.example.com/in' },
    });
    const before = await proposals({ kind: 'make', status: 'proposed' });
    const [first] = before;
    const orderedBefore = before.reduce((sum, row) => sum + row.quantity, 0);
    // Frames are bought by proposals of their own: of a bike only the work on them counts.
    const list = await listProposals(deps)(ann, { params, query: { ...page, limit: 500 }, body: undefined });
    const sumOf = (kind: string, read: (row: Proposal) => number) =>
      list.items.filter((row) => row.kind === kind).reduce((sum, row) => sum + read(row), 0);
    const { purchaseValue, workValue, moveValue } = list.totals;
    expect(purchaseValue).toBeCloseTo(
      sumOf('buy', (row) => row.value),
      6,
    );
    expect(workValue).toBeCloseTo(
      sumOf('make', (row) => row.value - 20 * row.quantity),
      6,
    );
    expect([workValue > 0, moveValue, list.value]).toEqual([true, 0, purchaseValue + workValue]);
    const approved = await approveProposals(deps)(ann, bulk([first.id]));
    expect(approved.done.map((row) => row.status)).toEqual(['approved']);
    const twice = await approveProposals(deps)(ann, bulk([first.id]));
    expect(twice.refused).toHaveLength(1);
    const released = await releaseProposals(deps)(ann, bulk([first.id]));
    expect(released.done.map((row) => [row.status, row.releasedBy])).toEqual([['released', 'Ann']]);
    const sent: string[] = [];
    await sendDueWebhooks({
      queue: deps.queue,
      now: () => 1_000_000,
      send: async (url, headers, body) => {
        sent.push(
          `${url} ${headers['planwright-event']} ${(JSON.parse(body) as { proposal: { item: string } }).proposal.item}`,
        );
        return { status: 503, problem: 'It answered with 503.' };
      },
    });
    expect(sent).toEqual(['https://erp.example.com/in supply.released BIKE']);
    const [delivery] = (
      await listWebhookDeliveries(deps)(ann, {
        params: { ...params, webhookId: hook.id },
        query: page,
        body: undefined,
      })
    ).items;
    expect([delivery.status, delivery.attempts, delivery.answerStatus]).toEqual(['pending', 1, 503]);
    await publishedRun();
    const after = await proposals({ kind: 'make', status: 'proposed' });
    const orderedAfter = after.reduce((sum, row) => sum + row.quantity, 0);
    expect(orderedBefore - orderedAfter).toBeGreaterThanOrEqual(first.quantity - 1e-6);
    const withdrawn = await rejectProposals(deps)(ann, bulk([released.done[0].id]));
    expect(withdrawn.done.map((row) => row.status)).toEqual(['withdrawn']);
    await publishedRun();
    const again = await proposals({ kind: 'make', status: 'proposed' });
    expect(again.reduce((sum, row) => sum + row.quantity, 0)).toBeCloseTo(orderedBefore, 6);
  });

  test('above the limit a planner is refused, and above the four-eyes value two people sign', async () => {
    const { deps, ann, zoe, proposals, bulk } = works();
    const rules = {
      plannerLimit: 500,
      fourEyesFrom: 300,
      automaticBelow: null,
      automaticPreferredOnly: true,
      windowDays: 60,
    };
    await changeReleaseRules(deps)(ann, { params, query: {}, body: rules });
    const open = await proposals({ status: 'proposed' });
    const large = open.find((row) => row.value > 500);
    expect(large).toBeDefined();
    const refused = await approveProposals(deps)(ann, bulk([large?.id ?? '']));
    expect(refused.refused[0].message).toContain('a planner approves up to');
    const once = await approveProposals(deps)(zoe, bulk([large?.id ?? '']));
    expect(once.done.map((row) => [row.status, row.approvalsMissing])).toEqual([['proposed', 1]]);
    const same = await approveProposals(deps)(zoe, bulk([once.done[0].id]));
    expect(same.refused[0].message).toContain('signed');
    const boss: Member = { ...zoe, userId: 'max', name: 'Max', role: 'executive' };
    const second = await approveProposals(deps)(boss, bulk([once.done[0].id]));
    expect(second.done.map((row) => row.status)).toEqual(['approved']);
    expect(second.done[0].approvals.map((row) => row.by)).toEqual(['Zoe', 'Max']);
    await rejectProposals(deps)(boss, bulk([second.done[0].id]));
  });

  test('suppliers are judged by how late they came', async () => {
    const { deps, ann } = works();
    const { items } = await listSupplierRisks(deps)(ann, { params, query: page, body: undefined });
    const slow = items.find((row) => row.supplier === 'SLOW');
    expect(slow).toMatchObject({ receivedLineCount: 6, lateRatio: 1, level: 'high', preferred: true });
    expect(items.find((row) => row.supplier === 'FAST')).toMatchObject({ lateRatio: null, level: 'low' });
  });
}
