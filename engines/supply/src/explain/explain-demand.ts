/**
 * Why a demand comes when it comes: its deliveries, the supplies that serve it through all levels, and where it is late
 * or short the constraint that held it up, what that costs, and what would have brought it on time.
 */
import { dayText } from '@planwright/time';
import { assert } from '@planwright/units';
import { DELAY_CAUSE, DEMAND_KIND } from '../model/finite-plan.ts';
import { hoursPerUnit } from './hours-per-unit.ts';
import { quantityText } from '../quantity-text.ts';
import type { PlanView } from './plan-view.ts';
import { rowsOf } from './row-lists.ts';
import {
  addEdge,
  addSupplies,
  type Chain,
  emptyChain,
  NO_COST,
  NODES_MAX,
  nodeFor,
  type Why,
  type WhyCost,
} from './why.ts';
import { daysText, demandText, listText, pointText, resourceText, sourceText } from './words.ts';

/**
 * `demand`: index into the plan's demands. Nodes hold what serves it, up to `nodesMax` (default 400; a few are enough for
 * the sentence of one that is late or short). O(what serves it).
 */
export function explainDemand(view: PlanView, demand: number, nodesMax = NODES_MAX): Why {
  const { demands } = view.plan;
  assert(demand >= 0 && demand < demands.count, 'the demand is in the plan');
  const chain = emptyChain(nodesMax);
  const root = nodeFor(chain, {
    type: 'demand',
    stockPoint: demands.stockPoint[demand],
    index: demand,
    quantity: demands.quantity[demand],
    day: demands.dueDay[demand],
    cause: -1,
  });
  assert(root !== null, 'an empty chain has room');
  addSupplies(view, chain, root.id, rowsOf(view.pegsOfDemand, demand));
  addConstraints(view, chain, root.id, demand);
  const service = serviceOf(view, demand);
  return {
    sentence:
      service.late + service.short > 0
        ? lateSentence(view, demand, service)
        : timelySentence(view, chain, demand, service),
    cost: costOf(view, demand, service),
    nodes: chain.nodes,
    edges: chain.edges,
    isCut: chain.isCut,
  };
}

/** What a demand's lateness and shortness cost, without the reasons. */
export function demandCost(view: PlanView, demand: number): WhyCost {
  return costOf(view, demand, serviceOf(view, demand));
}

type Service = {
  readonly late: number;
  readonly short: number;
  /** Days from the day asked for (or the as-of day, where that is past) to the last late unit. */
  readonly daysLate: number;
  readonly unitDaysLate: number;
  readonly lastDay: number;
};

function serviceOf({ plan, model, deliveriesOf }: PlanView, demand: number): Service {
  const { deliveries, demands } = plan;
  const due = demands.dueDay[demand];
  const bearable = Math.max(due, model.asOfDay);
  const crumb = demands.quantity[demand] * 1e-9;
  let [late, short, lastDay, unitDaysLate] = [0, demands.quantity[demand], due, 0];
  for (const row of rowsOf(deliveriesOf, demand)) {
    const day = deliveries.day[row];
    short -= deliveries.quantity[row];
    lastDay = Math.max(lastDay, day);
    if (day <= bearable) continue;
    late += deliveries.quantity[row];
    unitDaysLate += deliveries.quantity[row] * (day - due);
  }
  return { late, short: short > crumb ? short : 0, daysLate: lastDay - due, unitDaysLate, lastDay };
}

/** Money: waiting by unit and day; never delivered, the margin and what a lost unit costs beyond. */
function costOf(
  { network, model, plan }: PlanView,
  demand: number,
  { short, unitDaysLate }: Service,
): WhyCost {
  if (short + unitDaysLate === 0) return NO_COST;
  const { unitCost = 0, unitPrice = unitCost } = model.stockPoints[plan.demands.stockPoint[demand]];
  const isOrder = plan.demands.kind[demand] === DEMAND_KIND.order;
  const price = isOrder ? (model.demands[plan.demands.row[demand]].pricePerUnit ?? unitPrice) : unitPrice;
  return {
    backlog: unitDaysLate * network.terms.waitCost[demand],
    margin: short * Math.max(0, price - unitCost),
    lostSales: short * network.terms.lossCost[demand],
  };
}

function addConstraints({ plan, delaysOf }: PlanView, chain: Chain, root: number, demand: number): void {
  const { delays } = plan;
  for (const row of rowsOf(delaysOf, demand)) {
    const cause = delays.cause[row];
    const isPoint = POINT_CAUSES.has(cause);
    const node = nodeFor(chain, {
      type: 'constraint',
      stockPoint: isPoint ? delays.subject[row] : -1,
      index: delays.subject[row],
      quantity: delays.quantity[row],
      day: delays.day[row],
      cause,
    });
    if (node !== null) addEdge(chain, root, node.id, delays.quantity[row]);
  }
}

const POINT_CAUSES: ReadonlySet<number> = new Set([
  DELAY_CAUSE.noSource,
  DELAY_CAUSE.storage,
  DELAY_CAUSE.shelfLife,
  DELAY_CAUSE.buildAhead,
]);

function timelySentence(view: PlanView, chain: Chain, demand: number, { lastDay }: Service): string {
  const { demands } = view.plan;
  const subject = `${quantityText(demands.quantity[demand])} of ${pointText(view, demands.stockPoint[demand])} for ${demandText(view, demand)}`;
  const direct = chain.edges
    .filter((edge) => edge.from === 0)
    .map((edge) => ({ edge, node: chain.nodes[edge.to] }));
  const sum = (type: string): number =>
    direct.reduce((total, { edge, node }) => (node.type === type ? total + edge.quantity : total), 0);
  const parts = [
    sum('onHand') > 0 ? `${quantityText(sum('onHand'))} from stock` : '',
    sum('receipt') > 0
      ? `${quantityText(sum('receipt'))} from ${receiptsText(
          view,
          direct.map(({ node }) => node),
        )}`
      : '',
    sum('order') > 0 ? `${quantityText(sum('order'))} from planned orders` : '',
  ].filter((part) => part !== '');
  return `${subject} come on time, on ${dayText(lastDay)}: ${listText(parts)}.`;
}

function receiptsText({ model }: PlanView, nodes: readonly { type: string; index: number }[]): string {
  const names = nodes
    .filter(({ type }) => type === 'receipt')
    .map(({ index }) => model.receipts[index].receipt);
  return `${names.length === 1 ? 'receipt' : 'receipts'} ${listText(names)}`;
}

function lateSentence(view: PlanView, demand: number, { late, short, daysLate }: Service): string {
  const { demands } = view.plan;
  const point = pointText(view, demands.stockPoint[demand]);
  const subject = `of ${point} for ${demandText(view, demand)}`;
  const facts = [
    late > 0 ? `${quantityText(late)} ${subject} come ${daysText(daysLate)} late` : '',
    short > 0 ? `${quantityText(short)}${late > 0 ? '' : ` ${subject}`} do not come within the horizon` : '',
  ].filter((fact) => fact !== '');
  const delay = largestDelay(view, demand);
  if (delay < 0) return `${facts.join(' and ')}.`;
  const { cause, remedy } = causeText(view, demand, delay, late + short);
  return `${facts.join(' and ')}: ${cause}; ${remedy}.`;
}

/** The delay that held up most; of equals the last, which is nearest to the day it comes. */
function largestDelay({ plan, delaysOf }: PlanView, demand: number): number {
  let largest = -1;
  for (const row of rowsOf(delaysOf, demand)) {
    if (largest < 0 || plan.delays.quantity[row] >= plan.delays.quantity[largest]) largest = row;
  }
  return largest;
}

type CauseText = { readonly cause: string; readonly remedy: string };

function causeText(view: PlanView, demand: number, delay: number, quantity: number): CauseText {
  const { delays, demands } = view.plan;
  const subject = delays.subject[delay];
  const day = delays.day[delay];
  const due = demands.dueDay[demand];
  const by = dayText(Math.max(due, view.model.asOfDay));
  const until = day < 0 ? 'to the end of the horizon' : `until ${dayText(day)}`;
  switch (delays.cause[delay]) {
    case DELAY_CAUSE.capacity: {
      const hours = quantity * hoursPerUnit(view.network, demands.stockPoint[demand], subject);
      const more = hours > 0 ? `${quantityText(Math.ceil(hours * 10) / 10)} more hours` : 'more hours';
      return {
        cause: `${resourceText(view, subject)} is full ${until}`,
        remedy: `${more} before ${by} would bring it on time`,
      };
    }
    case DELAY_CAUSE.leadTime:
      return leadTimeText(view, subject, day, due);
    case DELAY_CAUSE.sourceMaximum:
      return {
        cause: `${sourceText(view, subject)} gives no more ${until}`,
        remedy: `more of it before ${by}, or a second source, would bring it on time`,
      };
    case DELAY_CAUSE.frozen:
      return {
        cause: `nothing may be started for ${sourceText(view, subject)} within its frozen zone of ${daysText(view.network.sources.frozenDays[subject])}`,
        remedy: 'only who may change the frozen zone can bring it sooner',
      };
    case DELAY_CAUSE.effectivity:
      return {
        cause: `${sourceText(view, subject)} or what it takes is not in force in time`,
        remedy: 'a source in force on that day would bring it',
      };
    default:
      return stockText(view, delays.cause[delay], subject, until);
  }
}

function leadTimeText(view: PlanView, source: number, day: number, due: number): CauseText {
  const takes = `${sourceText(view, source)} takes ${daysText(view.network.sources.leadDays[source])}`;
  if (day < 0)
    return {
      cause: `${takes}, which the horizon does not hold`,
      remedy: 'only a faster source would bring it',
    };
  const faster = Math.max(1, day - due);
  return {
    cause: `${takes}, so it is there on ${dayText(day)} at the earliest`,
    remedy: `bringing it ${daysText(faster)} faster would serve it on time`,
  };
}

function stockText(view: PlanView, cause: number, point: number, until: string): CauseText {
  const name = pointText(view, point);
  const { storageMax = 0, shelfLifeDays = 0, buildAheadMaxDays = 0 } = view.model.stockPoints[point];
  if (cause === DELAY_CAUSE.storage) {
    return {
      cause: `there is room for ${quantityText(storageMax)} of ${name} and no more ${until}`,
      remedy: 'more room would let it be made sooner',
    };
  }
  if (cause === DELAY_CAUSE.shelfLife) {
    return {
      cause: `${name} keeps for ${daysText(shelfLifeDays)}, and what could be made sooner would be too old`,
      remedy: 'hours nearer to its day would bring it on time',
    };
  }
  if (cause === DELAY_CAUSE.buildAhead) {
    return {
      cause: `${name} may be built at most ${daysText(buildAheadMaxDays)} ahead`,
      remedy: 'building further ahead would bring it on time',
    };
  }
  return { cause: `nothing refills ${name}`, remedy: 'a source would: make, buy or move' };
}
