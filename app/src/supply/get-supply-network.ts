/** How an item comes about and where it goes, as a graph of stock points and suppliers. */
import type { SupplyNetworkView } from '@planwright/contracts';
import { PlanningError } from '../errors.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { PlannedSource } from '../scenarios/planning-sources.ts';
import type { Service } from '../services.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import { ranked } from './ranked-pages.ts';

const NODES_MAX = 300;

/** A way goods take: units of `from` per unit of `to`. */
type Link = {
  readonly from: number;
  readonly to: number;
  readonly source: number;
  readonly quantityPer: number;
};

export function getSupplyNetwork(deps: {
  plan: PlanReader;
  openBook: OpenBook;
}): Service<'getSupplyNetwork'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const { stockPoints } = book.blocks.planning;
    const focus = [...stockPoints.keys()].filter(
      (row) =>
        stockPoints[row].item === query.item &&
        (query.location === undefined || stockPoints[row].location === query.location),
    );
    if (focus.length === 0) {
      const id = query.location === undefined ? query.item : `${query.item} at ${query.location}`;
      throw new PlanningError('NOT_FOUND', { what: 'planned item', id });
    }
    return graphAround(book, query.item, focus);
  };
}

/** Links by what they end in and by what they begin with. */
function linksOf(book: PlanBook) {
  const { planning } = book.blocks;
  const [links] = ranked(book, 'links', () => {
    const pointOf = new Map(planning.stockPoints.map((row, p) => [`${row.item}\u0000${row.location}`, p]));
    const sourceOf = new Map(planning.sources.map((row, s) => [row.source, s]));
    const all: Link[] = [];
    planning.sources.forEach((source, s) => {
      if (source.fromLocation === undefined) return;
      const from = pointOf.get(`${source.item}\u0000${source.fromLocation}`);
      if (from !== undefined) all.push({ from, to: source.point, source: s, quantityPer: 1 });
    });
    for (const row of planning.components) {
      const s = sourceOf.get(row.source);
      if (s === undefined) continue;
      const { point, location } = planning.sources[s];
      const from = pointOf.get(`${row.component}\u0000${location}`);
      const quantityPer = row.quantityPer / (1 - (row.scrapRatio ?? 0));
      if (from !== undefined) all.push({ from, to: point, source: s, quantityPer });
    }
    return [{ into: Map.groupBy(all, (link) => link.to), outOf: Map.groupBy(all, (link) => link.from) }];
  });
  return links;
}

function graphAround(book: PlanBook, item: string, focus: readonly number[]): SupplyNetworkView {
  const { into, outOf } = linksOf(book);
  const nodes: SupplyNetworkView['nodes'] = [];
  const idOf = new Map<number, number>();
  let cut = false;
  const visit = (point: number): boolean => {
    if (idOf.has(point)) return false;
    if (nodes.length >= NODES_MAX) {
      cut = true;
      return false;
    }
    idOf.set(point, nodes.length + 1);
    nodes.push(pointNode(book, point, nodes.length + 1, focus.includes(point)));
    return true;
  };
  const walk = (next: (point: number) => readonly number[]): void => {
    const waiting = [...focus];
    const seen = new Set(waiting);
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      visit(point);
      for (const other of next(point)) {
        if (seen.has(other)) continue;
        seen.add(other);
        waiting.push(other);
      }
    }
  };
  walk((point) => (into.get(point) ?? []).map((link) => link.from));
  walk((point) => (outOf.get(point) ?? []).map((link) => link.to));
  const planned = plannedBySource(book);
  const { sources } = book.blocks.planning;
  const edges: SupplyNetworkView['edges'] = [];
  for (const [point, to] of idOf) {
    for (const link of into.get(point) ?? []) {
      const from = idOf.get(link.from);
      if (from !== undefined)
        edges.push(edge(sources[link.source], from, to, link.quantityPer, planned[link.source]));
    }
  }
  const supplierNode = new Map<string, number>();
  sources.forEach((source, s) => {
    const to = idOf.get(source.point);
    if (to === undefined || source.kind !== 'buy') return;
    const code = source.supplier ?? '';
    const from = supplierNode.get(code) ?? nodes.length + 1;
    if (!supplierNode.has(code)) nodes.push(supplierOf(code, book.supplierNames.get(code), from));
    supplierNode.set(code, from);
    edges.push(edge(source, from, to, 1, planned[s]));
  });
  return { item, nodes, edges, cut };
}

function pointNode(book: PlanBook, point: number, id: number, isFocus: boolean) {
  const { item, location, onHand } = book.blocks.planning.stockPoints[point];
  return {
    id,
    stockPointId: book.pointIds[point],
    type: 'stockPoint' as const,
    code: item,
    name: book.items.name(item),
    location,
    kind: book.items.kind(item),
    onHand: onHand ?? 0,
    shortageQuantity: shortageByPoint(book)[point],
    isFocus,
  };
}

function supplierOf(code: string, name: string | undefined, id: number) {
  return {
    id,
    stockPointId: null,
    type: 'supplier' as const,
    code,
    name: code === '' ? 'No supplier named' : (name ?? code),
    location: null,
    kind: 'supplier',
    onHand: 0,
    shortageQuantity: 0,
    isFocus: false,
  };
}

function edge(source: PlannedSource, from: number, to: number, quantityPer: number, plannedQuantity: number) {
  const { kind, leadTimeDays, priority = 1 } = source;
  return { from, to, kind, source: source.source, quantityPer, leadTimeDays, priority, plannedQuantity };
}

/** Ordered over the horizon by each source of the snapshot. */
function plannedBySource(book: PlanBook): Float64Array {
  const [planned] = ranked(book, 'plannedBySource', () => {
    const sums = new Float64Array(book.blocks.planning.sources.length);
    for (const { piece, plan } of book.chunks) {
      for (let o = 0; o < plan.orders.count; o++)
        sums[piece.sources[plan.orders.source[o]]] += plan.orders.quantity[o];
    }
    return [sums];
  });
  return planned;
}

/** Customers' demand that is late or short at each stock point. */
function shortageByPoint(book: PlanBook): Float64Array {
  const [short] = ranked(book, 'shortageByPoint', () => {
    const sums = new Float64Array(book.blocks.planning.stockPoints.length);
    for (const { piece, plan, service } of book.chunks) {
      for (let d = 0; d < plan.demands.count; d++)
        sums[piece.points[plan.demands.stockPoint[d]]] += service.late[d] + service.short[d];
    }
    return [sums];
  });
  return short;
}
