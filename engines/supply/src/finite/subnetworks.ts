/**
 * Sub-networks: stock points that share components, moves or resources plan together; others know nothing of each
 * other and may be planned by different workers.
 *
 * Method  union-find over stock points and resources, with path halving. Cost: near linear in rows.
 * Order   sub-networks by their first stock point, points in each by row: the same whatever machine asks.
 */
import { rowsByOwner } from './compile-points.ts';
import type { FiniteLoads, FiniteNeeds, FiniteSources, Subnetworks } from './network.ts';

export function subnetworksOf(
  pointCount: number,
  resourceCount: number,
  parts: { readonly sources: FiniteSources; readonly needs: FiniteNeeds; readonly loads: FiniteLoads },
  demandPoints: Int32Array,
  demandOrder: Int32Array,
): Subnetworks {
  const parent = Int32Array.from({ length: pointCount + resourceCount }, (_, node) => node);
  const { sources, needs, loads } = parts;
  for (let s = 0; s < sources.count; s++) {
    const node = sources.point[s];
    for (
      let o = needs.optionStart[sources.needStart[s]];
      o < needs.optionStart[sources.needStart[s + 1]];
      o++
    ) {
      unite(parent, node, needs.point[o]);
    }
    for (
      let o = loads.optionStart[sources.loadStart[s]];
      o < loads.optionStart[sources.loadStart[s + 1]];
      o++
    ) {
      unite(parent, node, pointCount + loads.resource[o]);
    }
  }
  const ofPoint = new Int32Array(pointCount);
  const numberOfRoot = new Int32Array(pointCount + resourceCount).fill(-1);
  let count = 0;
  for (let point = 0; point < pointCount; point++) {
    const root = rootOf(parent, point);
    if (numberOfRoot[root] < 0) numberOfRoot[root] = count++;
    ofPoint[point] = numberOfRoot[root];
  }
  const points = rowsByOwner(ofPoint, count);
  const slot = new Int32Array(pointCount);
  for (let n = 0; n < count; n++) {
    for (let i = points.start[n]; i < points.start[n + 1]; i++) slot[points.rows[i]] = i - points.start[n];
  }
  const demands = rowsByOwner(
    demandOrder.map((demand) => ofPoint[demandPoints[demand]]),
    count,
  );
  return {
    count,
    ofPoint,
    slot,
    pointStart: points.start,
    points: points.rows,
    demandStart: demands.start,
    demands: demands.rows.map((position) => demandOrder[position]),
  };
}

function rootOf(parent: Int32Array, node: number): number {
  let at = node;
  while (parent[at] !== at) {
    parent[at] = parent[parent[at]];
    at = parent[at];
  }
  return at;
}

/** The lower number becomes the root, so that the result does not hang on the order of the rows. */
function unite(parent: Int32Array, a: number, b: number): void {
  const [rootA, rootB] = [rootOf(parent, a), rootOf(parent, b)];
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}
