/** Cuts a supply network where nothing crosses: stock points that feed each other stay together. */
import type { ComponentRow } from '@planwright/supply';
import type { PlannedPoint } from './supply-inputs.ts';
import { placeKey } from './supply-sources.ts';

// Small enough to share among workers, large enough that handing out costs nothing.
const POINTS_PER_CHUNK_MIN = 2000;

/**
 * Groups of stock points, each in rising order. Connected points share a group; small networks share one until it
 * holds enough. Depends on the network alone, never on the number of workers.
 */
export function connectedChunks(
  points: readonly PlannedPoint[],
  components: readonly ComponentRow[],
  indexOf: ReadonlyMap<string, number>,
): number[][] {
  const parentOf = Int32Array.from(points.keys());
  const rootOf = (start: number): number => {
    let node = start;
    while (parentOf[node] !== node) {
      parentOf[node] = parentOf[parentOf[node]]; // Halves the path for the next who asks.
      node = parentOf[node];
    }
    return node;
  };
  const join = (a: number, b: number | undefined): void => {
    if (b === undefined) return;
    const [first, second] = [rootOf(a), rootOf(b)];
    parentOf[Math.max(first, second)] = Math.min(first, second);
  };
  points.forEach(({ item, source }, index) => {
    if (source?.kind === 'move') join(index, indexOf.get(placeKey(item, source.fromLocation ?? '')));
  });
  for (const row of components) {
    const parent = indexOf.get(placeKey(row.item, row.location));
    if (parent !== undefined) join(parent, indexOf.get(placeKey(row.component, row.location)));
  }

  const networks = Map.groupBy(points.keys(), (index) => rootOf(index));
  const chunks: number[][] = [];
  let open: number[] = [];
  for (const network of networks.values()) {
    open.push(...network);
    if (open.length < POINTS_PER_CHUNK_MIN) continue;
    chunks.push(open);
    open = [];
  }
  // What is left over is no chunk of its own, unless it is all there is.
  if (open.length === 0) return sorted(chunks);
  if (chunks.length === 0) chunks.push(open);
  else chunks[chunks.length - 1].push(...open);
  return sorted(chunks);
}

function sorted(chunks: number[][]): number[][] {
  return chunks.map((chunk) => chunk.sort((a, b) => a - b));
}
