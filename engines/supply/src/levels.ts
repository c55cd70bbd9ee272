/**
 * Low-level codes: how deep a stock point lies below the finished items, counted along the longest path.
 * Planning by rising level guarantees that all who consume a stock point have spoken before it is netted.
 *
 * Method   Kahn's topological sort over (consumer -> component); what is left over holds a cycle.
 * Cost     O(stock points + component rows).
 */

/** `level` and `planOrder` per SupplyNetwork, or a cycle as a closed list of stock points (first = last). */
export type Levels =
  | { readonly cycle: null; readonly level: Int32Array; readonly planOrder: Int32Array }
  | { readonly cycle: readonly number[] };

export function levelsOf(componentStart: Int32Array, component: Int32Array): Levels {
  const pointCount = componentStart.length - 1;
  const waitingConsumers = new Int32Array(pointCount);
  for (const child of component) waitingConsumers[child] += 1;
  const level = new Int32Array(pointCount);
  const found = new Int32Array(pointCount);
  let foundCount = 0;
  for (let s = 0; s < pointCount; s++) if (waitingConsumers[s] === 0) found[foundCount++] = s;
  for (let done = 0; done < foundCount; done++) {
    const parent = found[done];
    for (let row = componentStart[parent]; row < componentStart[parent + 1]; row++) {
      const child = component[row];
      level[child] = Math.max(level[child], level[parent] + 1);
      if (--waitingConsumers[child] === 0) found[foundCount++] = child;
    }
  }
  if (foundCount < pointCount) return { cycle: cycleAmong(componentStart, component, waitingConsumers) };
  // Sorted by level and then by row, so that the plan does not depend on how the sort walked.
  return { cycle: null, level, planOrder: found.sort((a, b) => level[a] - level[b] || a - b) };
}

/** 'A → B → A'. A long circle is cut in the middle: the ends are where someone starts to look. */
export function cycleText(names: readonly string[]): string {
  const SHOWN_COUNT = 12;
  if (names.length <= SHOWN_COUNT) return names.join(' → ');
  const half = SHOWN_COUNT / 2;
  return [...names.slice(0, half), `… ${names.length - SHOWN_COUNT} more …`, ...names.slice(-half)].join(
    ' → ',
  );
}

/** Every stock point that still waits has a consumer that waits, so walking to consumers must come round. */
function cycleAmong(
  componentStart: Int32Array,
  component: Int32Array,
  waitingConsumers: Int32Array,
): number[] {
  const consumerOf = new Map<number, number>();
  for (let parent = componentStart.length - 2; parent >= 0; parent--) {
    if (waitingConsumers[parent] === 0) continue;
    for (let row = componentStart[parent]; row < componentStart[parent + 1]; row++)
      consumerOf.set(component[row], parent);
  }
  const placeInPath = new Map<number, number>();
  const path: number[] = [];
  let node = waitingConsumers.findIndex((count) => count > 0);
  while (!placeInPath.has(node)) {
    placeInPath.set(node, path.length);
    path.push(node);
    node = consumerOf.get(node) ?? -1;
  }
  const circle = path.slice(placeInPath.get(node)).toReversed();
  return [...circle, circle[0]];
}
