/** A chain of reasons as data, and the walks along the pegs that make it. */
import { SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import type { PlanView } from './plan-view.ts';
import { rowsOf } from './row-lists.ts';

export type WhyType = 'demand' | 'order' | 'receipt' | 'onHand' | 'safetyStock' | 'shortage' | 'constraint';

/** Days are whole days since 1970-01-01; quantities are in the item's stocking unit. */
export type WhyNode = {
  readonly id: number;
  readonly type: WhyType;
  /** Row of the stock point, -1 where the node is not about one (a resource). */
  readonly stockPoint: number;
  /** Index into the plan's demands or orders, row of the model's receipts, sources or resources, as the type says. */
  readonly index: number;
  /** Good units of it that the question is about. */
  readonly quantity: number;
  /** Due, arrives, there from; -1 where there is no day. */
  readonly day: number;
  /** DELAY_CAUSE of a constraint; -1 for all others. */
  readonly cause: number;
};

/** `from` rests on `to` for so many units of `to`. */
export type WhyEdge = { readonly from: number; readonly to: number; readonly quantity: number };

/** What a shortage or lateness costs: money, an estimate. */
export type WhyCost = {
  /** Late units: their cost of waiting. */
  readonly backlog: number;
  /** Units that never come: what they would have earned over their cost, and the penalty beyond. */
  readonly margin: number;
  readonly lostSales: number;
};

export type Why = {
  /** What a planner would say. */
  readonly sentence: string;
  readonly cost: WhyCost;
  /** The first is what was asked about. */
  readonly nodes: readonly WhyNode[];
  readonly edges: readonly WhyEdge[];
  /** Whether the chain was cut: see `NODES_MAX`. */
  readonly isCut: boolean;
};

export const NO_COST: WhyCost = { backlog: 0, margin: 0, lostSales: 0 };
/** Longer chains are cut, so that an answer can be read and sent. */
export const NODES_MAX = 400;
const CRUMB = 1e-9;

type Draft<Row> = { -readonly [Column in keyof Row]: Row[Column] };
export type Chain = {
  readonly nodes: Draft<WhyNode>[];
  readonly edges: Draft<WhyEdge>[];
  readonly nodesMax: number;
  readonly idOf: Map<string, number>;
  readonly edgeOf: Map<number, Draft<WhyEdge>>;
  isCut: boolean;
};

export function emptyChain(nodesMax = NODES_MAX): Chain {
  return { nodes: [], edges: [], nodesMax, idOf: new Map(), edgeOf: new Map(), isCut: false };
}

/** The node of a thing, with `quantity` more of it; null where the chain is full. */
export function nodeFor(chain: Chain, facts: Omit<WhyNode, 'id'>): Draft<WhyNode> | null {
  const key = `${facts.type}/${facts.stockPoint}/${facts.index}/${facts.cause}`;
  const known = chain.idOf.get(key);
  if (known !== undefined) {
    chain.nodes[known].quantity += facts.quantity;
    return chain.nodes[known];
  }
  if (chain.nodes.length === chain.nodesMax) {
    chain.isCut = true;
    return null;
  }
  const node = { ...facts, id: chain.nodes.length };
  chain.idOf.set(key, node.id);
  chain.nodes.push(node);
  return node;
}

export function addEdge(chain: Chain, from: number, to: number, quantity: number): void {
  const key = from * chain.nodesMax + to;
  const known = chain.edgeOf.get(key);
  if (known !== undefined) {
    known.quantity += quantity;
    return;
  }
  const edge = { from, to, quantity };
  chain.edgeOf.set(key, edge);
  chain.edges.push(edge);
}

/** Good units of an order. */
export function goodQuantity({ plan, network }: PlanView, order: number): number {
  return plan.orders.quantity[order] * network.sources.yieldRatio[plan.orders.source[order]];
}

export function pointOfOrder({ plan, network }: PlanView, order: number): number {
  return network.sources.point[plan.orders.source[order]];
}

/** The node of what a peg's supply gives. */
function supplyNode(view: PlanView, chain: Chain, peg: number, quantity: number): Draft<WhyNode> | null {
  const { pegs, orders } = view.plan;
  const index = pegs.supply[peg];
  const none = { quantity, cause: -1 };
  if (pegs.supplyKind[peg] === SUPPLY_KIND.onHand) {
    return nodeFor(chain, { ...none, type: 'onHand', stockPoint: index, index, day: view.model.asOfDay });
  }
  if (pegs.supplyKind[peg] === SUPPLY_KIND.receipt) {
    const stockPoint = view.network.receipts.point[index];
    const day = Math.max(view.model.asOfDay, view.model.receipts[index].dueDay);
    return nodeFor(chain, { ...none, type: 'receipt', stockPoint, index, day });
  }
  const stockPoint = pointOfOrder(view, index);
  return nodeFor(chain, { ...none, type: 'order', stockPoint, index, day: orders.endDay[index] });
}

/**
 * Adds what serves a use, through all levels: the supplies of its pegs, and for the share of an order that serves it the
 * same share of what that order consumes. Orders are taken by the depth of their stock point, so that each is seen once,
 * with all that is asked of it.
 */
export function addSupplies(
  view: PlanView,
  chain: Chain,
  root: number,
  pegRows: Int32Array,
  share = 1,
): void {
  const { depth } = view.network.points;
  const waiting = new Map<number, Map<number, number>>();
  const serve = (from: number, rows: Int32Array, ratio: number): void => {
    for (const peg of rows) {
      const quantity = view.plan.pegs.quantity[peg] * ratio;
      if (!(quantity > CRUMB)) continue;
      const node = supplyNode(view, chain, peg, quantity);
      if (node === null) continue;
      addEdge(chain, from, node.id, quantity);
      if (node.type !== 'order') continue;
      const level = depth[node.stockPoint];
      const orders = waiting.get(level) ?? new Map<number, number>();
      waiting.set(level, orders.set(node.index, (orders.get(node.index) ?? 0) + quantity));
    }
  };
  serve(root, pegRows, share);
  for (let level = 0; waiting.size > 0; level++) {
    const orders = waiting.get(level);
    waiting.delete(level);
    for (const [order, quantity] of orders ?? []) {
      const id = chain.idOf.get(`order/${pointOfOrder(view, order)}/${order}/-1`) ?? root;
      serve(id, rowsOf(view.pegsOfConsumer, order), quantity / goodQuantity(view, order));
    }
  }
}

/** Adds what a supply serves, up to the demands: for the share of a consumer it serves, that consumer's uses. */
export function addUses(view: PlanView, chain: Chain, root: number, pegRows: Int32Array): void {
  const { depth } = view.network.points;
  const waiting = new Map<number, Map<number, number>>();
  const pass = (from: number, rows: Int32Array, ratio: number): void => {
    for (const peg of rows) {
      const quantity = view.plan.pegs.quantity[peg] * ratio;
      if (!(quantity > CRUMB)) continue;
      const node = useNode(view, chain, peg, quantity);
      if (node === null) continue;
      addEdge(chain, node.id, from, quantity);
      if (node.type !== 'order') continue;
      const orders = waiting.get(depth[node.stockPoint]) ?? new Map<number, number>();
      const ofAll = shareOfConsumer(view, peg) * ratio;
      waiting.set(
        depth[node.stockPoint],
        orders.set(node.index, Math.min(1, (orders.get(node.index) ?? 0) + ofAll)),
      );
    }
  };
  pass(root, pegRows, 1);
  for (let level = deepest(waiting); waiting.size > 0; level--) {
    const orders = waiting.get(level);
    waiting.delete(level);
    for (const [order, ratio] of orders ?? []) {
      const id = chain.idOf.get(`order/${pointOfOrder(view, order)}/${order}/-1`) ?? root;
      chain.nodes[id].quantity = goodQuantity(view, order) * ratio;
      pass(id, rowsOf(view.pegsOfOrder, order), ratio);
    }
  }
}

const deepest = (levels: ReadonlyMap<number, unknown>): number => Math.max(-1, ...levels.keys());

function useNode(view: PlanView, chain: Chain, peg: number, quantity: number): Draft<WhyNode> | null {
  const { pegs, demands, orders } = view.plan;
  const index = pegs.use[peg];
  const none = { index, quantity, cause: -1 };
  if (pegs.useKind[peg] === USE_KIND.safetyStock) {
    return nodeFor(chain, { ...none, type: 'safetyStock', stockPoint: index, day: -1 });
  }
  if (pegs.useKind[peg] === USE_KIND.demand) {
    return nodeFor(chain, {
      ...none,
      type: 'demand',
      stockPoint: demands.stockPoint[index],
      day: demands.dueDay[index],
    });
  }
  const stockPoint = pointOfOrder(view, index);
  return nodeFor(chain, { ...none, type: 'order', stockPoint, day: orders.endDay[index] });
}

/** Which share of all that a consumer takes of this item the peg brings: what rests on it of the consumer's output. */
function shareOfConsumer(view: PlanView, peg: number): number {
  const { pegs } = view.plan;
  const point = supplyPoint(view, peg);
  let all = 0;
  for (const other of rowsOf(view.pegsOfConsumer, pegs.use[peg])) {
    if (supplyPoint(view, other) === point) all += pegs.quantity[other];
  }
  return pegs.quantity[peg] / all;
}

function supplyPoint(view: PlanView, peg: number): number {
  const { pegs } = view.plan;
  if (pegs.supplyKind[peg] === SUPPLY_KIND.onHand) return pegs.supply[peg];
  if (pegs.supplyKind[peg] === SUPPLY_KIND.receipt) return view.network.receipts.point[pegs.supply[peg]];
  return pointOfOrder(view, pegs.supply[peg]);
}
