/** Cuts a supply network where nothing crosses it: neither goods nor the hours of a shared resource. */
import type { ComponentFacts, LoadFacts } from '@planwright/supply';
import { joinedRows } from './joined-rows.ts';
import type { PlannedSource } from './planning-sources.ts';

/** Stock points and resources that reach each other, by rising row. */
export type PlanningNetwork = { readonly points: readonly number[]; readonly resources: readonly number[] };

// Small enough to share among workers, large enough that handing out costs nothing.
const POINTS_PER_CHUNK_MIN = 2000;

type NetworkLinks = {
  readonly pointCount: number;
  readonly sources: readonly PlannedSource[];
  readonly components: readonly ComponentFacts[];
  readonly loads: readonly LoadFacts[];
  /** Row of a stock point or a resource, undefined where there is none. */
  readonly pointOf: (item: string, location: string) => number | undefined;
  readonly resourceOf: ReadonlyMap<string, number>;
};

/** The networks by their first stock point. Resources that nothing loads belong to the first one. */
export function planningNetworks(links: NetworkLinks): PlanningNetwork[] {
  const { pointCount, sources, components, loads, pointOf, resourceOf } = links;
  const { rootOf, join } = joinedRows(pointCount + resourceOf.size);
  const sourceOf = new Map(sources.map((row) => [row.source, row]));
  for (const { point, item, fromLocation } of sources)
    if (fromLocation !== undefined) join(point, pointOf(item, fromLocation));
  for (const { source, component } of components) {
    const row = sourceOf.get(source);
    if (row !== undefined) join(row.point, pointOf(component, row.location));
  }
  for (const { source, resource } of loads) {
    const row = sourceOf.get(source);
    const index = resourceOf.get(resource);
    if (row !== undefined && index !== undefined) join(row.point, pointCount + index);
  }
  const groups = new Map<number, { points: number[]; resources: number[] }>();
  for (let point = 0; point < pointCount; point++) {
    const root = rootOf(point);
    const group = groups.get(root);
    if (group === undefined) groups.set(root, { points: [point], resources: [] });
    else group.points.push(point);
  }
  const [first] = groups.values();
  for (let resource = 0; resource < resourceOf.size; resource++) {
    (groups.get(rootOf(pointCount + resource)) ?? first)?.resources.push(resource);
  }
  return [...groups.values()];
}

/** Packs whole networks into pieces of similar size, by the data alone: never by who does the work. */
export function packedNetworks(networks: readonly Pick<PlanningNetwork, 'points'>[]): number[][] {
  const chunks: number[][] = [];
  let [open, size] = [[] as number[], 0];
  networks.forEach(({ points }, network) => {
    open.push(network);
    size += points.length;
    if (size < POINTS_PER_CHUNK_MIN) return;
    chunks.push(open);
    [open, size] = [[], 0];
  });
  // What is left over is no chunk of its own, unless it is all there is.
  if (open.length === 0) return chunks;
  if (chunks.length === 0) return [open];
  chunks[chunks.length - 1].push(...open);
  return chunks;
}
