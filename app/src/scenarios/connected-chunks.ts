/** Cuts a supply network where nothing crosses: stock points that feed each other stay together. */
import type { ComponentRow } from '@planwright/supply';
import { joinedRows } from './joined-rows.ts';
import { packedNetworks } from './planning-networks.ts';
import type { PlannedPoint } from './supply-inputs.ts';
import { placeKey } from './supply-sources.ts';

/**
 * Groups of stock points, each in rising order. Connected points share a group; small networks share one until it
 * holds enough. Depends on the network alone, never on the number of workers.
 */
export function connectedChunks(
  points: readonly PlannedPoint[],
  components: readonly ComponentRow[],
  indexOf: ReadonlyMap<string, number>,
): number[][] {
  const { rootOf, join } = joinedRows(points.length);
  points.forEach(({ item, source }, index) => {
    if (source?.kind === 'move') join(index, indexOf.get(placeKey(item, source.fromLocation ?? '')));
  });
  for (const row of components) {
    const parent = indexOf.get(placeKey(row.item, row.location));
    if (parent !== undefined) join(parent, indexOf.get(placeKey(row.component, row.location)));
  }

  const networks = [...Map.groupBy(points.keys(), rootOf).values()].map((own) => ({ points: own }));
  return packedNetworks(networks).map((chunk) =>
    chunk.flatMap((network) => networks[network].points).sort((a, b) => a - b),
  );
}
