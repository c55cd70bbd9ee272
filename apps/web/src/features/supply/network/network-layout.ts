import type { SupplyNetworkView } from '@planwright/contracts';

export type NetworkNode = SupplyNetworkView['nodes'][number];
export type NetworkEdge = SupplyNetworkView['edges'][number];

export type PlacedNode = {
  readonly node: NetworkNode;
  /** Column from the left, in the direction of the flow, and row from the top within it. */
  readonly column: number;
  readonly row: number;
  /** Days from nothing on hand anywhere to this node, along its slowest way. */
  readonly leadTimeDays: number;
  readonly critical: boolean;
};
export type NetworkLayout = {
  readonly nodes: readonly PlacedNode[];
  readonly columnCount: number;
  readonly rowCount: number;
  /** Days of the slowest way into the item that was asked for. */
  readonly criticalDays: number;
  readonly isCritical: (edge: NetworkEdge) => boolean;
};

const SWEEPS = 4;

/**
 * Places a network left to right by flow: a node stands one column behind the last of those that feed it (longest
 * path), rows are ordered by the mean row of the neighbours (barycentre sweeps of Sugiyama, Tagawa and Toda, 1981).
 * The critical path is the slowest way into the item asked for, by lead times. An edge that closes a cycle is left out
 * of the placing.
 */
export function networkLayout({ nodes, edges }: Pick<SupplyNetworkView, 'nodes' | 'edges'>): NetworkLayout {
  const order = flowOrder(nodes, edges);
  const place = new Map(order.map((id, index) => [id, index]));
  const ahead = edges.filter(({ from, to }) => (place.get(from) ?? 0) < (place.get(to) ?? 0));
  const columns = new Map<number, number>();
  const days = new Map<number, number>();
  const slowest = new Map<number, NetworkEdge>();
  for (const id of order) {
    columns.set(id, 0);
    days.set(id, 0);
    for (const edge of ahead) {
      if (edge.to !== id) continue;
      columns.set(id, Math.max(columns.get(id) ?? 0, (columns.get(edge.from) ?? 0) + 1));
      const sum = (days.get(edge.from) ?? 0) + edge.leadTimeDays;
      if (slowest.has(id) && sum <= (days.get(id) ?? 0)) continue;
      days.set(id, sum);
      slowest.set(id, edge);
    }
  }
  const rows = orderedRows(nodes, ahead, columns);
  const critical = criticalEdges(nodes, days, slowest);
  const onPath = new Set([...critical].flatMap(({ from, to }) => [from, to]));
  const columnCount = Math.max(0, ...columns.values()) + 1;
  return {
    nodes: nodes.map((node) => ({
      node,
      column: columns.get(node.id) ?? 0,
      row: rows.get(node.id) ?? 0,
      leadTimeDays: days.get(node.id) ?? 0,
      critical: onPath.has(node.id),
    })),
    columnCount,
    rowCount: Math.max(0, ...rows.values()) + 1,
    criticalDays: Math.max(0, ...nodes.filter(({ isFocus }) => isFocus).map(({ id }) => days.get(id) ?? 0)),
    isCritical: (edge) => critical.has(edge),
  };
}

/** Nodes so that what feeds comes before what is fed; a cycle is cut where it is met. */
function flowOrder(nodes: readonly NetworkNode[], edges: readonly NetworkEdge[]): number[] {
  const state = new Map<number, 'open' | 'done'>();
  const order: number[] = [];
  const visit = (id: number): void => {
    if (state.has(id)) return;
    state.set(id, 'open');
    for (const { from, to } of edges) if (to === id) visit(from);
    state.set(id, 'done');
    order.push(id);
  };
  for (const { id } of nodes) visit(id);
  return order;
}

function orderedRows(
  nodes: readonly NetworkNode[],
  edges: readonly NetworkEdge[],
  columns: ReadonlyMap<number, number>,
): Map<number, number> {
  const rows = new Map<number, number>();
  const count = Math.max(0, ...columns.values()) + 1;
  const members = Array.from({ length: count }, (_, column) =>
    nodes.filter(({ id }) => columns.get(id) === column).map(({ id }) => id),
  );
  for (const ids of members) ids.forEach((id, row) => rows.set(id, row));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    const passes = forward ? members : members.toReversed();
    for (const ids of passes) {
      const weight = new Map(ids.map((id) => [id, meanRow(id, edges, rows, forward)]));
      ids.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0) || a - b);
      ids.forEach((id, row) => rows.set(id, row));
    }
  }
  return rows;
}

function meanRow(
  id: number,
  edges: readonly NetworkEdge[],
  rows: ReadonlyMap<number, number>,
  forward: boolean,
): number {
  const others = edges.flatMap(({ from, to }) => {
    if (forward ? to !== id : from !== id) return [];
    return [rows.get(forward ? from : to) ?? 0];
  });
  if (others.length === 0) return rows.get(id) ?? 0;
  return others.reduce((sum, row) => sum + row, 0) / others.length;
}

function criticalEdges(
  nodes: readonly NetworkNode[],
  days: ReadonlyMap<number, number>,
  slowest: ReadonlyMap<number, NetworkEdge>,
): Set<NetworkEdge> {
  const focus = nodes.filter(({ isFocus }) => isFocus);
  const [end] = focus.toSorted((a, b) => (days.get(b.id) ?? 0) - (days.get(a.id) ?? 0));
  const path = new Set<NetworkEdge>();
  let at = end?.id;
  while (at !== undefined) {
    const edge = slowest.get(at);
    if (edge === undefined || path.has(edge)) break;
    path.add(edge);
    at = edge.from;
  }
  return path;
}
