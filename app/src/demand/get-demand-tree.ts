import type { DemandNode } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import { decodeCursor, pageFrom } from '../paging.ts';
import type { DemandTotals, GroupNode, ItemNode, PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { nodeRatios } from './demand-accuracy.ts';

const ROOT = 'all';

/**
 * A node of the item hierarchy and what lies directly below it: groups, then items page by page, the largest of each
 * first. Narrowed to a location or channel, the totals count only keys of that scope, and empty children are left out.
 */
export function getDemandTree(deps: { plan: PlanReader }): Service<'getDemandTree'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { kind, code } = parseNode(query.parent);
    const after = decodeCursor(query.cursor, 2);
    const scope = { location: query.location, channel: query.channel };
    if (kind === 'item') {
      const totals = await deps.plan.demandTotals(run.runId, { group: '', item: code, ...scope });
      if (totals.keyCount === 0) throw new PlanningError('NOT_FOUND', { what: 'item with demand', id: code });
      const node = itemNode({ ...totals, code, name: code, groupCode: '' }, ROOT);
      return { node, children: [], nextCursor: null };
    }
    const group = await deps.plan.groupNode(run.runId, code);
    if (group === undefined) throw new PlanningError('NOT_FOUND', { what: 'item group', id: code });
    const selection = { group: code, ...scope };
    const parentId = nodeId(code);
    const isNarrow = scope.location !== undefined || scope.channel !== undefined;
    const [groups, items, narrowed] = await Promise.all([
      deps.plan.childGroups(run.runId, selection),
      deps.plan.childItems(run.runId, selection, { after, limit: query.limit }),
      isNarrow ? deps.plan.demandTotals(run.runId, selection) : undefined,
    ]);
    const page = pageFrom(
      items.rows,
      query.limit,
      items.total,
      (item) => [item.planRevenue, item.code],
      (item) => itemNode(item, parentId),
    );
    // Groups are few and stand first, so that only the first page has them.
    const shownGroups = after === undefined ? groups.map((child) => groupNode(child, parentId)) : [];
    return {
      node: {
        ...groupNode({ ...group, ...narrowed }, parentOf(group)),
        childCount: groups.length + items.total,
      },
      children: [...shownGroups, ...page.items],
      nextCursor: page.nextCursor,
    };
  };
}

function parseNode(id: string): { kind: 'group' | 'item'; code: string } {
  if (id === ROOT) return { kind: 'group', code: '' };
  if (id.startsWith('group:')) return { kind: 'group', code: id.slice('group:'.length) };
  if (id.startsWith('item:')) return { kind: 'item', code: id.slice('item:'.length) };
  throw new PlanningError('INVALID_INPUT', {
    problem: `parent is all, group:<code> or item:<code>, and not ${id}.`,
  });
}

const nodeId = (groupCode: string) => (groupCode === '' ? ROOT : `group:${groupCode}`);
const parentOf = (group: GroupNode) => (group.code === '' ? null : nodeId(group.parentCode ?? ''));

function groupNode(group: GroupNode, parentId: string | null): DemandNode {
  return {
    id: nodeId(group.code),
    parentId,
    name: group.name,
    code: group.code,
    kind: group.code === '' ? 'all' : 'group',
    childCount: group.childCount,
    ...shownTotals(group),
  };
}

function itemNode(item: ItemNode, parentId: string): DemandNode {
  return {
    id: `item:${item.code}`,
    parentId,
    name: item.name,
    code: item.code,
    kind: 'item',
    childCount: 0,
    ...shownTotals(item),
  };
}

function shownTotals(totals: DemandTotals) {
  const { keyCount, actualQuantity, planQuantity, planRevenue } = totals;
  return { keyCount, actualQuantity, planQuantity, planRevenue, ...nodeRatios(totals) };
}
