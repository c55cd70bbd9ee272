/** Why a planned order is there, why it is as large as it is and why it starts when it starts. */
import { dayText } from '@planwright/time';
import { assert } from '@planwright/units';
import { USE_KIND } from '../model/finite-plan.ts';
import { quantityText } from '../quantity-text.ts';
import type { PlanView } from './plan-view.ts';
import { rowsOf } from './row-lists.ts';
import {
  addSupplies,
  addUses,
  emptyChain,
  goodQuantity,
  NO_COST,
  NODES_MAX,
  nodeFor,
  pointOfOrder,
  type Why,
  type WhyNode,
} from './why.ts';
import { daysText, demandText, listText, pointText } from './words.ts';

/** How an order's good units are used, in the item's stocking unit. They sum to `good`. */
export type OrderUse = {
  readonly good: number;
  /** For demands and for orders that consume it. */
  readonly needed: number;
  readonly safetyStock: number;
  /** More than was needed: what the lot rules, or a later change of the plan, leave over. */
  readonly surplus: number;
  /** Units started that the yield takes. */
  readonly lost: number;
};

export function orderUse(view: PlanView, order: number): OrderUse {
  const { pegs, orders } = view.plan;
  const good = goodQuantity(view, order);
  let [needed, safetyStock] = [0, 0];
  for (const peg of rowsOf(view.pegsOfOrder, order)) {
    if (pegs.useKind[peg] === USE_KIND.safetyStock) safetyStock += pegs.quantity[peg];
    else needed += pegs.quantity[peg];
  }
  const rest = good - needed - safetyStock;
  return {
    good,
    needed,
    safetyStock,
    surplus: rest > good * 1e-9 ? rest : 0,
    lost: orders.quantity[order] - good,
  };
}

/**
 * `order`: index into the plan's orders. Nodes hold the demands it serves above it and what it consumes below it, up to
 * `nodesMax` (default 400; a few are enough for the sentence).
 */
export function explainOrder(view: PlanView, order: number, nodesMax = NODES_MAX): Why {
  const { orders } = view.plan;
  assert(order >= 0 && order < orders.count, 'the order is in the plan');
  const chain = emptyChain(nodesMax);
  const root = nodeFor(chain, {
    type: 'order',
    stockPoint: pointOfOrder(view, order),
    index: order,
    quantity: goodQuantity(view, order),
    day: orders.endDay[order],
    cause: -1,
  });
  assert(root !== null, 'an empty chain has room');
  addUses(view, chain, root.id, rowsOf(view.pegsOfOrder, order));
  const served = chain.nodes.filter(({ type }) => type === 'demand');
  const sentence = [
    quantitySentence(view, order, served, chain.isCut),
    lotSentence(view, order),
    timeSentence(view, order),
  ].filter((part) => part !== '');
  addSupplies(view, chain, root.id, rowsOf(view.pegsOfConsumer, order));
  const { nodes, edges, isCut } = chain;
  return { sentence: sentence.join(' '), cost: NO_COST, nodes, edges, isCut };
}

function quantitySentence(view: PlanView, order: number, served: readonly WhyNode[], isCut: boolean): string {
  const { orders, demands } = view.plan;
  const use = orderUse(view, order);
  const byDay = served.toSorted(
    (a, b) => demands.dueDay[a.index] - demands.dueDay[b.index] || a.index - b.index,
  );
  const names = byDay.map(({ index }) => demandText(view, index));
  const parts = [
    use.needed > 0
      ? `${quantityText(use.needed)} for ${names.length === 0 ? 'what it goes into' : listText(isCut ? [...names.slice(0, 2), 'more'] : names)}`
      : '',
    use.safetyStock > 0 ? `${quantityText(use.safetyStock)} to fill the safety stock` : '',
    use.surplus > 0 ? `${quantityText(use.surplus)} left over` : '',
  ].filter((part) => part !== '');
  const verb = { make: 'Make', buy: 'Buy', move: 'Move' }[view.model.sources[orders.source[order]].kind];
  const name = pointText(view, pointOfOrder(view, order));
  return `${verb} ${quantityText(orders.quantity[order])} of ${name} from ${dayText(orders.startDay[order])} to ${dayText(orders.endDay[order])}: ${listText(parts)}.`;
}

function lotSentence(view: PlanView, order: number): string {
  const { sources } = view.network;
  const source = view.plan.orders.source[order];
  const { surplus, lost } = orderUse(view, order);
  const rules = [
    sources.lotMinimum[source] > 0 ? `at least ${quantityText(sources.lotMinimum[source])}` : '',
    sources.lotMultiple[source] > 0 ? `multiples of ${quantityText(sources.lotMultiple[source])}` : '',
    Number.isFinite(sources.lotMaximum[source]) ? `at most ${quantityText(sources.lotMaximum[source])}` : '',
  ].filter((rule) => rule !== '');
  const yieldPart =
    lost > 0
      ? `${quantityText(sources.yieldRatio[source] * 100)} % yield takes ${quantityText(lost)} of what is started.`
      : '';
  const lotPart =
    surplus > 0 && rules.length > 0
      ? `Its lots are ${listText(rules)}, which leaves more than is needed.`
      : '';
  return [yieldPart, lotPart].filter((part) => part !== '').join(' ');
}

function timeSentence(view: PlanView, order: number): string {
  const { orders } = view.plan;
  const lead = view.network.sources.leadDays[orders.source[order]];
  const pastDue = view.pastDueDays?.[order] ?? 0;
  if (pastDue > 0) {
    return `Its lead time of ${daysText(lead)} asked for a start ${daysText(pastDue)} before the first day it may: expedite it, or what rests on it comes late.`;
  }
  return '';
}
