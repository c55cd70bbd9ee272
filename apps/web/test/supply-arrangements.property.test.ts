import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type NetworkEdge,
  networkLayout,
  type NetworkNode,
} from '../src/features/supply/network/network-layout.ts';
import { bridgeOf } from '../src/features/supply/optimum/bridge.ts';
import { effectFigures } from '../src/features/supply/what-if/effect-figures.ts';
import { type WhyBranch, whyTree } from '../src/features/supply/why/why-tree.ts';

const node = (id: number, isFocus = false): NetworkNode => ({
  id,
  stockPointId: id + 1,
  type: 'stockPoint',
  code: `I-${id}`,
  name: '',
  location: 'L',
  kind: 'finished',
  onHand: 0,
  shortageQuantity: 0,
  isFocus,
});
const edge = (from: number, to: number, leadTimeDays: number): NetworkEdge => ({
  from,
  to,
  kind: 'make',
  source: `${from} ${to}`,
  quantityPer: 1,
  leadTimeDays,
  priority: 1,
  plannedQuantity: 0,
});

/** Networks without a cycle: goods flow from lower numbers to higher ones. */
const networks = fc.integer({ min: 2, max: 14 }).chain((count) =>
  fc.record({
    nodes: fc.constant(Array.from({ length: count }, (_, id) => node(id, id === count - 1))),
    edges: fc.uniqueArray(
      fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1), fc.nat(90))
        .filter(([from, to]) => from < to)
        .map(([from, to, days]) => edge(from, to, days)),
      { selector: ({ source }) => source, maxLength: 30 },
    ),
  }),
);

/** Days of the slowest way into a node, by trying every way. */
const slowest = (edges: readonly NetworkEdge[], id: number): number =>
  Math.max(
    0,
    ...edges.filter(({ to }) => to === id).map((way) => slowest(edges, way.from) + way.leadTimeDays),
  );

describe('the picture of a network', () => {
  test('no two nodes share a place, and every step goes to the right', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const { nodes, columnCount, rowCount } = networkLayout(network);
        const columns = new Map(nodes.map((placed) => [placed.node.id, placed.column]));
        expect(new Set(nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(network.nodes.length);
        for (const { from, to } of network.edges) expect(columns.get(from)!).toBeLessThan(columns.get(to)!);
        for (const { column, row } of nodes) {
          expect(column).toBeLessThan(columnCount);
          expect(row).toBeLessThan(rowCount);
        }
      }),
    );
  });

  test('the marked way is the slowest one into the item asked for', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const layout = networkLayout(network);
        const marked = network.edges.filter(layout.isCritical);
        const days = slowest(network.edges, network.nodes.length - 1);
        expect(layout.criticalDays).toBe(days);
        expect(marked.reduce((sum, { leadTimeDays }) => sum + leadTimeDays, 0)).toBe(days);
      }),
    );
  });

  test('a network that flows in a circle is placed all the same', () => {
    const layout = networkLayout({
      nodes: [node(0), node(1), node(2, true)],
      edges: [edge(0, 1, 1), edge(1, 2, 1), edge(2, 0, 1)],
    });
    expect(new Set(layout.nodes.map(({ column, row }) => `${column} ${row}`)).size).toBe(3);
  });
});

const parts = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom('make', 'buy', 'stock', 'late', 'lost'),
    amount: fc.integer({ min: 0, max: 1e9 }),
  }),
  { selector: ({ kind }) => kind },
);
const cost = (given: { kind: string; amount: number }[]) => ({
  parts: given,
  total: given.reduce((sum, { amount }) => sum + amount, 0),
});

test('the steps of a bridge lead from one total to the other', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      const [before, after] = [cost(one), cost(other)];
      const steps = bridgeOf(before, after);
      expect(before.total + (steps.at(-1)?.to ?? 0)).toBe(after.total);
      steps.forEach((step, index) => expect(step.from).toBe(steps[index - 1]?.to ?? 0));
    }),
  );
});

test('a chain of reasons tells every node that it reaches once in full', () => {
  const nodesOf = (branches: readonly WhyBranch[]): WhyBranch[] =>
    branches.flatMap((branch) => [branch, ...nodesOf(branch.below)]);
  fc.assert(
    fc.property(networks, ({ nodes, edges }) => {
      const { down } = whyTree({
        sentence: '',
        cost: null,
        currency: 'USD',
        cut: false,
        nodes: nodes.map(({ id }) => ({
          id,
          type: 'order',
          title: '',
          detail: '',
          item: null,
          location: null,
          stockPointId: null,
          resourceId: null,
          number: null,
          quantity: null,
          on: null,
          cause: null,
        })),
        edges: edges.map(({ from, to }) => ({ from, to, quantity: null })),
      });
      const told = nodesOf(down).filter(({ again }) => !again);
      const reached = new Set<number>();
      const reach = (id: number): void =>
        edges.forEach(({ from, to }) => {
          if (from !== id || reached.has(to)) return;
          reached.add(to);
          reach(to);
        });
      reach(0);
      expect(told.map((branch) => branch.node.id).toSorted((a, b) => a - b)).toEqual(
        [...reached].toSorted((a, b) => a - b),
      );
    }),
  );
});

test('more on time is better, more late is worse, and more stock is only other', () => {
  const before = {
    demandQuantity: 100,
    onTimeQuantity: 90,
    lateQuantity: 10,
    shortQuantity: 0,
    onTimeRatio: 0.9,
    lateValue: 1000,
    shortValue: 0,
    meanDelayDays: 5,
    backlogQuantity: 0,
    backlogValue: 0,
    meanStockValue: 10_000,
    orderValue: 50_000,
    orderCount: 10,
    loadRatio: 0.8,
  };
  const after = { ...before, onTimeRatio: 0.95, lateValue: 500, meanDelayDays: 6, meanStockValue: 12_000 };
  const tones = Object.fromEntries(
    effectFigures({ before, after, currency: 'USD' }).map(({ name, tone, change }) => [
      name,
      { tone, change },
    ]),
  );
  expect(tones['On time']).toEqual({ tone: 'good', change: '+5.00 pt' });
  expect(tones['Late']?.tone).toBe('good');
  expect(tones['Mean delay']).toEqual({ tone: 'bad', change: '+1.0 days' });
  expect(tones['Mean stock']?.tone).toBe('other');
  expect(tones['Short']?.tone).toBe('same');
});
