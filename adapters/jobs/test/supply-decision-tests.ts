/** Edits that are tried out, decided and taken back. */
import {
  decideSupply,
  decideSupplyTogether,
  listSupplyDecisions,
  tryOutSupplyEdits,
  undoSupplyDecision,
  undoSupplyDecisions,
} from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { expect, test } from 'vitest';
import { OVERTIME, params, page, type SupplyWorks } from './supply-works.ts';

/** An edit changes nothing until it is decided, and nothing once it is taken back. */
export function supplyDecisionTests(works: () => SupplyWorks): void {
  test('an edit that is tried out changes nothing; taken, it brings what it promised; taken back, it is gone', async () => {
    const { deps, ann, publishedRun, summary } = works();
    const tryOut = () =>
      tryOutSupplyEdits(deps)(ann, { params, query: {}, body: { edits: [OVERTIME], run: null } });
    const effect = await tryOut();
    expect(effect.after.onTimeQuantity).toBeGreaterThan(effect.before.onTimeQuantity + 100);
    expect(effect.changed.length).toBeGreaterThan(0);
    expect(effect.before).toEqual((await summary()).figures);
    expect(await tryOut()).toEqual(effect);
    const decision = await decideSupply(deps)(ann, {
      params,
      query: {},
      body: { edit: OVERTIME, reason: 'The season is too short' },
    });
    await publishedRun();
    const { figures } = await summary();
    expect(figures.onTimeQuantity).toBeCloseTo(effect.after.onTimeQuantity, 6);
    expect(figures.lateQuantity + figures.shortQuantity).toBeCloseTo(
      effect.after.lateQuantity + effect.after.shortQuantity,
      6,
    );
    const undone = await undoSupplyDecision(deps)(ann, {
      params: { ...params, decisionId: decision.id },
      query: {},
      body: undefined,
    });
    expect([undone.undoneBy, undone.title]).toEqual(['Ann', expect.stringContaining('SAW')]);
    const standing = await listSupplyDecisions(deps)(ann, {
      params,
      query: { ...page, only: 'standing' },
      body: undefined,
    });
    expect(standing.total).toBe(0);
    await publishedRun();
    expect((await summary()).figures).toEqual(effect.before);
  });

  test('an edit of what is not there is refused', async () => {
    const { deps, ann } = works();
    const edit: SupplyEdit = { kind: 'safetyStock', item: 'BOAT', location: 'PLANT', quantity: 1 };
    await expect(
      tryOutSupplyEdits(deps)(ann, { params, query: {}, body: { edits: [edit], run: null } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(
      decideSupply(deps)(ann, { params, query: {}, body: { edit, reason: 'because' } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('decisions taken together stand or fall together, and are taken back together', async () => {
    const { deps, ann } = works();
    const unknown: SupplyEdit = { kind: 'safetyStock', item: 'BOAT', location: 'PLANT', quantity: 1 };
    const stock: SupplyEdit = { kind: 'safetyStock', item: 'FRAME', location: 'PLANT', quantity: 40 };
    const decide = (edits: SupplyEdit[]) =>
      decideSupplyTogether(deps)(ann, { params, query: {}, body: { edits, reason: 'As the class asks' } });
    const standing = async () =>
      (
        await listSupplyDecisions(deps)(ann, {
          params,
          query: { ...page, only: 'standing' },
          body: undefined,
        })
      ).total;
    await expect(decide([stock, unknown])).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await standing()).toBe(0);
    const { decisions } = await decide([stock, OVERTIME]);
    expect(decisions.map((row) => [row.edit.kind, row.reason])).toEqual([
      ['safetyStock', 'As the class asks'],
      ['overtime', 'As the class asks'],
    ]);
    const undo = (ids: string[]) => undoSupplyDecisions(deps)(ann, { params, query: {}, body: { ids } });
    const ids = decisions.map((row) => row.id);
    await expect(undo([ids[0], '7d5a8e52-7f1c-4f0e-9a43-0c1c4b9a2f10'])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await standing()).toBe(2);
    const undone = await undo(ids);
    expect(undone.decisions.map((row) => row.undoneBy)).toEqual(['Ann', 'Ann']);
    expect(await standing()).toBe(0);
  });
}
