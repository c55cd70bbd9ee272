import type { SupplyWhy } from '@planwright/contracts';

export type WhyNode = SupplyWhy['nodes'][number];

/** A node under the one that rests on it, with how much of it is used there. */
export type WhyBranch = {
  readonly node: WhyNode;
  readonly quantity: number | null;
  /** It stands elsewhere in the tree already, with all that is below it. */
  readonly again: boolean;
  readonly below: readonly WhyBranch[];
};

/**
 * The graph of reasons as a tree to be read from the top. `down` is what the first node rests on, `up` what rests
 * on it. A node that several others rest on is told in full once.
 */
export function whyTree(why: SupplyWhy): { down: WhyBranch[]; up: WhyBranch[] } {
  const [first] = why.nodes;
  if (first === undefined) return { down: [], up: [] };
  const nodes = new Map(why.nodes.map((node) => [node.id, node]));
  const told = new Set([first.id]);
  const branches = (id: number, way: 'down' | 'up'): WhyBranch[] =>
    why.edges
      .filter((edge) => (way === 'down' ? edge.from === id : edge.to === id))
      .flatMap((edge) => {
        const node = nodes.get(way === 'down' ? edge.to : edge.from);
        if (node === undefined) return [];
        const again = told.has(node.id);
        told.add(node.id);
        const below = again ? [] : branches(node.id, way);
        return [{ node, quantity: edge.quantity, again, below }];
      });
  return { down: branches(first.id, 'down'), up: branches(first.id, 'up') };
}
