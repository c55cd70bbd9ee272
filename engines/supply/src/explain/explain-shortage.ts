/** Which demand a stock point leaves unserved at the end of a bucket, and why. */
import { dayText } from '@planwright/time';
import { assert } from '@planwright/units';
import { optionInForce } from '../unconstrained/order-starts.ts';
import { explainDemand } from './explain-demand.ts';
import { quantityText } from '../quantity-text.ts';
import type { PlanView } from './plan-view.ts';
import { rowsOf } from './row-lists.ts';
import { addEdge, addUses, type Chain, emptyChain, nodeFor, type Why, type WhyCost } from './why.ts';
import { demandText, listText, pointText } from './words.ts';

/**
 * The units owed at the end of `bucket` by a stock point: demands due by then and not delivered, and orders that started
 * by then without all they consume. The nodes lead up to the demands that rest on them; the cost is that of the demands
 * owed here. O(demands and orders of the stock point).
 */
export function explainShortage(view: PlanView, stockPoint: number, bucket: number): Why {
  const { model, network } = view;
  assert(bucket >= 0 && bucket < network.bucketCount, 'the bucket is within the horizon');
  const endDay = model.bucketStartDays[bucket + 1];
  const chain = emptyChain();
  const root = nodeFor(chain, {
    type: 'shortage',
    stockPoint,
    index: stockPoint,
    quantity: 0,
    day: endDay - 1,
    cause: -1,
  });
  assert(root !== null, 'an empty chain has room');
  const demands = owedDemands(view, stockPoint, endDay);
  const cost = { backlog: 0, margin: 0, lostSales: 0 };
  const reasons: string[] = [];
  for (const { demand, quantity } of demands) {
    root.quantity += quantity;
    addOwed(view, chain, root.id, demand, quantity);
    const why = explainDemand(view, demand);
    addCost(cost, why.cost);
    reasons.push(why.sentence);
  }
  const orders = ordersWithout(view, stockPoint, endDay);
  for (const { order, quantity } of orders) {
    root.quantity += quantity;
    const at = view.network.sources.point[view.plan.orders.source[order]];
    const node = nodeFor(chain, {
      type: 'order',
      stockPoint: at,
      index: order,
      quantity,
      day: view.plan.orders.endDay[order],
      cause: -1,
    });
    if (node === null) continue;
    addEdge(chain, node.id, root.id, quantity);
    addUses(view, chain, node.id, rowsOf(view.pegsOfOrder, order));
  }
  const { nodes, edges, isCut } = chain;
  const sentence = sentenceOf(view, stockPoint, endDay, root.quantity, chain, reasons[0]);
  return { sentence, cost, nodes, edges, isCut };
}

function addCost(sum: { -readonly [Kind in keyof WhyCost]: number }, cost: WhyCost): void {
  sum.backlog += cost.backlog;
  sum.margin += cost.margin;
  sum.lostSales += cost.lostSales;
}

function owedDemands({ plan, demandsOfPoint, deliveriesOf }: PlanView, point: number, endDay: number) {
  const { demands, deliveries } = plan;
  const owed: { demand: number; quantity: number }[] = [];
  for (const demand of rowsOf(demandsOfPoint, point)) {
    if (demands.dueDay[demand] >= endDay) continue;
    let quantity = demands.quantity[demand];
    for (const row of rowsOf(deliveriesOf, demand)) {
      if (deliveries.day[row] < endDay) quantity -= deliveries.quantity[row];
    }
    if (quantity > demands.quantity[demand] * 1e-9) owed.push({ demand, quantity });
  }
  return owed.sort((a, b) => b.quantity - a.quantity || a.demand - b.demand);
}

function addOwed({ plan }: PlanView, chain: Chain, root: number, demand: number, quantity: number): void {
  const { demands } = plan;
  const facts = {
    stockPoint: demands.stockPoint[demand],
    index: demand,
    quantity,
    day: demands.dueDay[demand],
    cause: -1,
  };
  const node = nodeFor(chain, { ...facts, type: 'demand' });
  if (node !== null) addEdge(chain, node.id, root, quantity);
}

/** Orders that no supply of the stock point serves in full. */
function ordersWithout(view: PlanView, point: number, endDay: number) {
  const { plan, network, model } = view;
  const { sources, needs, receipts } = network;
  const { orders, pegs } = plan;
  const missing: { order: number; quantity: number }[] = [];
  const pointOfSupply = (peg: number): number =>
    [pegs.supply[peg], receipts.point[pegs.supply[peg]], sources.point[orders.source[pegs.supply[peg]]]][
      pegs.supplyKind[peg]
    ];
  for (let order = 0; order < orders.count; order++) {
    if (orders.startDay[order] >= endDay) continue;
    const source = orders.source[order];
    const start = orders.startDay[order] - model.asOfDay;
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      const option = optionInForce(network, need, start);
      // A constrained plan may have taken a substitute; then it started with all it consumes.
      const isOnly = needs.optionStart[need + 1] - needs.optionStart[need] === 1 || view.pastDueDays !== null;
      if (option < 0 || needs.point[option] !== point || !isOnly) continue;
      let quantity = orders.quantity[order] * needs.per[option] + needs.perOrder[option];
      const crumb = quantity * 1e-6;
      for (const peg of rowsOf(view.pegsOfConsumer, order)) {
        if (pointOfSupply(peg) === point) quantity -= pegs.quantity[peg];
      }
      if (quantity > crumb) missing.push({ order, quantity });
    }
  }
  return missing;
}

function sentenceOf(
  view: PlanView,
  point: number,
  endDay: number,
  quantity: number,
  chain: Chain,
  reason: string | undefined,
): string {
  const name = pointText(view, point);
  const day = dayText(endDay - 1);
  if (!(quantity > 0)) return `${name} owes nothing at the end of ${day}.`;
  const names = chain.nodes
    .filter(({ type }) => type === 'demand')
    .map(({ index }) => demandText(view, index));
  const hit = names.length === 0 ? '' : ` to ${listText(names)}`;
  return `${name} owes ${quantityText(quantity)}${hit} at the end of ${day}.${reason === undefined ? '' : ` ${reason}`}`;
}
