/**
 * Circles of supply: an item that goes into itself through bills of material or transfers. Planning by levels needs
 * none. A depth-first walk in row order names the row that closes each circle; without those rows there is no circle.
 *
 * Cost     O(stock points + rows).
 */
import { reporter } from '../check-rules.ts';
import { cycleText } from '../levels.ts';
import { nameOf } from '../model.ts';
import type { CheckContext } from './check-context.ts';

/** Who consumes what, one entry a component row or transfer, by consumer. */
export type SupplyEdges = {
  readonly start: Int32Array;
  readonly component: Int32Array;
  /** Row in `components`, or -1 - row in `sources`. */
  readonly row: Int32Array;
};

/** Reports the row that closes each circle. Rows that are bad for another reason are left aside. */
export function checkCycles(context: CheckContext): void {
  const edges = supplyEdges(context);
  const pointCount = context.model.stockPoints.length;
  const NEW = 0;
  const OPEN = 1;
  const DONE = 2;
  const state = new Uint8Array(pointCount).fill(NEW);
  const next = edges.start.slice(0, pointCount);
  const path: number[] = [];
  for (let root = 0; root < pointCount; root++) {
    if (state[root] !== NEW) continue;
    path.push(root);
    state[root] = OPEN;
    while (path.length > 0) {
      const point = path[path.length - 1];
      if (next[point] === edges.start[point + 1]) {
        state[point] = DONE;
        path.pop();
        continue;
      }
      const edge = next[point]++;
      const component = edges.component[edge];
      if (state[component] === OPEN) {
        reportCircle(context, edges.row[edge], [...path.slice(path.indexOf(component)), component]);
      } else if (state[component] === NEW) {
        state[component] = OPEN;
        path.push(component);
      }
    }
  }
}

/** Rows with errors are left out. */
export function supplyEdges({ model, log, pointOf, sourceOf }: CheckContext): SupplyEdges {
  const badSources = log.badRows.get('sources');
  const badComponents = log.badRows.get('components');
  const consumers: number[] = [];
  const components: number[] = [];
  const rows: number[] = [];
  const add = (consumer: number, component: number, row: number): void => {
    if (consumer < 0 || component < 0) return;
    consumers.push(consumer);
    components.push(component);
    rows.push(row);
  };
  model.components.forEach((row, index) => {
    const source = sourceOf.get(row.source);
    if (source === undefined || badSources?.has(source) || badComponents?.has(index)) return;
    const { kind, item, location } = model.sources[source];
    if (kind === 'make') add(pointOf(item, location), pointOf(row.component, location), index);
  });
  model.sources.forEach(({ kind, item, location, fromLocation }, index) => {
    if (kind !== 'move' || badSources?.has(index)) return;
    add(pointOf(item, location), pointOf(item, fromLocation ?? ''), -1 - index);
  });
  return byConsumer(model.stockPoints.length, consumers, components, rows);
}

function byConsumer(
  pointCount: number,
  consumers: number[],
  components: number[],
  rows: number[],
): SupplyEdges {
  const start = new Int32Array(pointCount + 1);
  for (const consumer of consumers) start[consumer + 1] += 1;
  for (let point = 0; point < pointCount; point++) start[point + 1] += start[point];
  const place = start.slice();
  const component = new Int32Array(consumers.length);
  const row = new Int32Array(consumers.length);
  consumers.forEach((consumer, index) => {
    const edge = place[consumer]++;
    component[edge] = components[index];
    row[edge] = rows[index];
  });
  return { start, component, row };
}

function reportCircle({ model, log }: CheckContext, row: number, circle: readonly number[]): void {
  const names = (): string[] => circle.map((point) => nameOf(model.stockPoints[point]));
  const [file, index, column] =
    row >= 0 ? ['components', row, 'component'] : ['sources', -1 - row, 'fromLocation'];
  const report = reporter(log, String(file), Number(index), () => 'These supply each other in a circle');
  const advice = 'Remove the component row or transfer that closes the circle.';
  report('SUPPLY_CYCLE', cycleText(names()), advice, String(column));
}
