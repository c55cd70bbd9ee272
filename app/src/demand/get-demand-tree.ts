import type { DemandNode } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import type {
  DemandSelection,
  DemandTotals,
  GroupNode,
  ItemNode,
  PlanReader,
  RunHead,
} from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { nodeRatios } from './demand-accuracy.ts';

const ROOT = 'all';

/**
 * A node of the item hierarchy and what lies directly below it: groups, then items, the largest first.
 * Narrowed to a location or channel, the totals count only keys of that scope, and empty children are left out.
 */
export function getDemandTree(deps: { plan: PlanReader }): Service<'getDemandTree'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const { kind, code } = parseNode(query.parent);
    const scope = { location: query.location, channel: query.channel };
    if (kind === 'item') {
      const totals = await deps.plan.demandTotals(run.runId, { group: '', item: code, ...scope });
      if (totals.keyCount === 0) throw new PlanningError('NOT_FOUND', { what: 'item with demand', id: code });
      const node = itemNode({ ...totals, code, name: code, groupCode: '' }, ROOT);
      return { node, children: [] };
    }
    const group = await deps.plan.groupNode(run.runId, code);
    if (group === undefined) throw new PlanningError('NOT_FOUND', { what: 'item group', id: code });
    const parentId = nodeId(group.code);
    const [groups, items] = await Promise.all([
      childGroups(deps.plan, run, code, scope),
      deps.plan.groupItems(run.runId, { group: code, ...scope }, false),
    ]);
    const children = [
      ...groups.map((child) => groupNode(child, parentId)),
      ...items.map((item) => itemNode(item, parentId)),
    ].sort((a, b) => b.planRevenue - a.planRevenue || (a.code < b.code ? -1 : 1));
    const narrowed =
      scope.location === undefined && scope.channel === undefined
        ? group
        : { ...group, ...(await deps.plan.demandTotals(run.runId, { group: code, ...scope })) };
    return { node: { ...groupNode(narrowed, parentOf(group)), childCount: children.length }, children };
  };
}

type Scope = Pick<DemandSelection, 'location' | 'channel'>;

async function childGroups(
  plan: PlanReader,
  run: RunHead,
  code: string,
  scope: Scope,
): Promise<readonly GroupNode[]> {
  const groups = await plan.childGroups(run.runId, code);
  if (scope.location === undefined && scope.channel === undefined) return groups;
  const narrowed = await Promise.all(
    groups.map(async (group) => ({
      ...group,
      ...(await plan.demandTotals(run.runId, { group: group.code, ...scope })),
    })),
  );
  return narrowed.filter((group) => group.keyCount > 0);
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
