/** The Monday review: what to send to the warehouses, what to make, what to buy. */
import type { CalendarDay } from '@planwright/time';
import { drawChance, drawInteger, drawWait } from './draws.ts';
import { priceIndex } from './events.ts';
import { expectReceipt, type Floor, workday } from './floor.ts';
import { expectedBefore, type StockNode } from './stock-nodes.ts';

const REVIEW_DAYS = 7;
const TURN = 37;

export function review(floor: Floor, day: CalendarDay): void {
  const { items } = floor.inputs;
  for (let resource = 0; resource < floor.freeOn.length; resource++) {
    floor.freeOn[resource] = Math.max(floor.freeOn[resource], outageEnd(floor, resource, day));
    floor.waitDays[resource] = Math.max(0, floor.freeOn[resource] - day);
  }
  const soldCount = items.findIndex((item) => item.sold === null);
  // Parts come first: what is made today is made of what is there. Bought parts stand before assemblies in the list.
  for (let item = soldCount; item < items.length; item++) {
    const missing = floor.missed[item];
    floor.missed[item] = 0;
    reorder(floor, item, missing, day);
  }
  // Another item is first each week, or the last ones would never get a part that is short.
  const first = (Math.floor(day / REVIEW_DAYS) * TURN) % soldCount;
  for (let place = 0; place < soldCount; place++) {
    const item = (first + place) % soldCount;
    reorder(floor, item, distribute(floor, item, day), day);
  }
}

// Breakdowns, as days before the as-of day: from, to. The last one is why there is a backlog today.
const OUTAGES: readonly (readonly [resource: string, from: number, to: number])[] = [
  ['CID-PAINT', 930, 916],
  ['CID-ENG', 610, 601],
  ['GSP-PACK', 54, 20],
  ['CID-PAINT', 40, 14],
];

/** The day on which a work centre that stands still runs again; 0 for one that runs. */
function outageEnd(floor: Floor, resource: number, day: CalendarDay): CalendarDay {
  const { resources, timeline } = floor.inputs;
  const ago = timeline.asOf - day;
  const outage = OUTAGES.find(
    ([code, from, to]) => code === resources[resource].code && ago <= from && ago > to,
  );
  return outage === undefined ? 0 : timeline.asOf - outage[2];
}

/** What a node should have in hand and on order today. */
function targetOf(floor: Floor, node: StockNode, leadDays: number, day: CalendarDay): number {
  const { timeline } = floor.inputs;
  const until = day + leadDays + REVIEW_DAYS + node.coverDays;
  return expectedBefore(node, timeline, until) - expectedBefore(node, timeline, day) + node.safetyStock;
}

/** Sends stock from home to the warehouses; where it does not suffice, each gets its share. Returns what they still miss. */
function distribute(floor: Floor, item: number, day: CalendarDay): number {
  const { nodes } = floor.inputs;
  const dependants = floor.dependants[item];
  const needs = dependants.map((index) => {
    const node = nodes[index];
    const position = floor.onHand[index] + floor.onOrder[index] - floor.owed[index];
    const gap = targetOf(floor, node, node.transitDays, day) - position;
    return gap <= 0 ? 0 : Math.ceil(gap / node.lotMultiple) * node.lotMultiple;
  });
  const needed = needs.reduce((sum, need) => sum + need, 0);
  if (needed === 0) return 0;
  const available = Math.max(0, Math.floor(floor.onHand[item] - floor.owed[item]));
  const share = Math.min(1, available / needed);
  let sent = 0;
  dependants.forEach((index, place) => {
    const quantity = Math.floor(needs[place] * share);
    if (quantity <= 0) return;
    floor.onHand[item] -= quantity;
    floor.onTheWay[item] += quantity;
    floor.onOrder[index] += quantity;
    const arrivesOn = workday(day + nodes[index].transitDays);
    expectReceipt(floor, arrivesOn, { node: index, home: item, quantity, ordered: quantity });
    sent += quantity;
  });
  return needed - sent;
}

/** Makes or buys for the home node of an item, so that it can serve itself and what its warehouses will draw. */
function reorder(floor: Floor, item: number, missing: number, day: CalendarDay): void {
  const { items, nodes, timeline } = floor.inputs;
  const planned = items[item];
  const home = nodes[item];
  const isAlive = planned.sold === null || isOnSale(planned.sold.activeFrom, planned.sold.activeTo, day);
  if (!isAlive) return;
  let target = targetOf(floor, home, planned.leadTimeDays, day);
  for (const index of floor.dependants[item]) {
    // What the warehouses draw while an order of today is under way; they hold their own cover already.
    const node = nodes[index];
    const until = day + planned.leadTimeDays + REVIEW_DAYS + home.coverDays;
    target += expectedBefore(node, timeline, until) - expectedBefore(node, timeline, day);
  }
  const position = floor.onHand[item] + floor.onOrder[item] - floor.owed[item];
  const gap = target + missing - position;
  if (gap <= 0) return;
  if (planned.source === 'make') make(floor, item, lotFor(gap / planned.yieldRatio, planned), day);
  else buy(floor, item, gap, day);
}

const QUEUE_DAYS = 2;
const LAUNCH_STOCK_DAYS = 100;
const LAST_BUY_DAYS = 40;

/** Orders start ahead of a launch and end ahead of a phase-out. */
function isOnSale(activeFrom: CalendarDay, activeTo: CalendarDay | null, day: CalendarDay): boolean {
  return day >= activeFrom - LAUNCH_STOCK_DAYS && (activeTo === null || day <= activeTo - LAST_BUY_DAYS);
}

function lotFor(gap: number, rule: { readonly lotMinimum: number; readonly lotMultiple: number }): number {
  return Math.max(rule.lotMinimum, Math.ceil(gap / rule.lotMultiple) * rule.lotMultiple);
}

/** Releases a work order, as large as its parts allow. Without parts for half a lot it waits for the next review. */
function make(floor: Floor, item: number, wanted: number, day: CalendarDay): void {
  const { inputs, random } = floor;
  const planned = inputs.items[item];
  let quantity = wanted;
  for (const { node, per } of floor.partsOf[item])
    quantity = Math.min(quantity, Math.max(0, floor.onHand[node]) / per);
  quantity = Math.floor(quantity / planned.lotMultiple + 1e-9) * planned.lotMultiple;
  if (quantity < wanted) {
    for (const { node, per } of floor.partsOf[item]) {
      floor.missed[node] += Math.max(
        0,
        (wanted - quantity) * per - Math.max(0, floor.onHand[node] - quantity * per),
      );
    }
  }
  if (quantity < Math.min(wanted, planned.lotMinimum) / 2 || quantity <= 0) return;
  for (const { node, per } of floor.partsOf[item]) floor.onHand[node] -= quantity * per;

  const dueOn = workday(day + planned.leadTimeDays);
  let waitDays = 0;
  for (const { resource, step } of floor.stepsOf[item]) {
    const hours = step.setupHours + quantity * step.hoursPerUnit;
    floor.freeOn[resource] = Math.max(floor.freeOn[resource], day) + hours / floor.hoursPerDay[resource];
    waitDays = Math.max(waitDays, floor.waitDays[resource]);
  }
  // Lead times allow for a short queue; a longer one makes the order late.
  const finished =
    day + planned.leadTimeDays - drawInteger(random, 0, 2) + Math.max(0, waitDays - QUEUE_DAYS);
  const endOn = workday(Math.ceil(finished));
  const scrapped =
    planned.yieldRatio === 1 ? 0 : Math.min(quantity, random.poisson(quantity * (1 - planned.yieldRatio)));
  const completedQuantity = quantity - scrapped;
  floor.onOrder[item] += quantity;
  floor.workOrders.push({ item, startOn: day, dueOn, endOn, quantity, completedQuantity });
  expectReceipt(floor, endOn, { node: item, home: -1, quantity: completedQuantity, ordered: quantity });
}

// Weeks in which ports were clogged, as days before the as-of day: from, to, extra days at sea.
const PORT_TROUBLE = [
  [1330, 1180, 24],
  [690, 620, 14],
  [255, 190, 18],
] as const;
const SECOND_SOURCE_FROM_DAYS = 14;
const SPLIT_CHANCE = 0.05;

/** Places a purchase order. Where stock runs out before the main supplier can deliver, the second may be asked. */
function buy(floor: Floor, item: number, gap: number, day: CalendarDay): void {
  const { inputs, random } = floor;
  const planned = inputs.items[item];
  const [main, second] = planned.sources;
  const isUrgent = floor.onHand[item] <= inputs.nodes[item].safetyStock * 0.3;
  const isQuicker = second !== undefined && second.leadTimeDays + SECOND_SOURCE_FROM_DAYS < main.leadTimeDays;
  const source =
    second !== undefined && (isUrgent ? isQuicker || drawChance(random, 0.3) : false) ? second : main;
  const supplier = inputs.suppliers[source.supplier];

  const quantity = Math.max(
    source.minimumQuantity,
    Math.ceil(gap / source.multipleQuantity) * source.multipleQuantity,
  );
  const dueOn = workday(day + source.leadTimeDays);
  const receivedOn = workday(dueOn + delayDays(floor, source.supplier, dueOn));
  const isSplit = drawChance(random, SPLIT_CHANCE);
  const firstQuantity = isSplit ? Math.round(quantity * 0.6) : 0;
  const rejectedQuantity = Math.min(
    quantity - firstQuantity,
    random.poisson(quantity * supplier.rejectRatio * 0.5),
  );
  const price = Math.round(source.price * priceIndex(inputs.timeline, day) * 100) / 100;
  const firstOn = isSplit ? receivedOn : 0;
  const lastOn = isSplit ? workday(receivedOn + drawInteger(random, 5, 16)) : receivedOn;
  floor.purchases.push({
    item,
    supplier: source.supplier,
    orderedOn: day,
    dueOn,
    receivedOn: lastOn,
    firstOn,
    firstQuantity,
    quantity,
    rejectedQuantity,
    price: Math.max(0.01, price),
  });
  floor.onOrder[item] += quantity;
  if (isSplit)
    expectReceipt(floor, firstOn, { node: item, home: -1, quantity: firstQuantity, ordered: firstQuantity });
  const last = quantity - firstQuantity;
  expectReceipt(floor, lastOn, { node: item, home: -1, quantity: last - rejectedQuantity, ordered: last });
}

/** Days late, or a day or two early: the supplier's own doing, and what the ports add in bad weeks. */
function delayDays(floor: Floor, supplierIndex: number, dueOn: CalendarDay): number {
  const { random, inputs } = floor;
  const supplier = inputs.suppliers[supplierIndex];
  const own = drawChance(random, supplier.lateChance)
    ? 1 + Math.round(drawWait(random, supplier.lateMeanDays))
    : -drawInteger(random, 0, 2);
  const ago = inputs.timeline.asOf - dueOn;
  const trouble = supplier.isOverseas
    ? PORT_TROUBLE.find(([from, to]) => ago <= from && ago >= to)
    : undefined;
  return own + (trouble === undefined ? 0 : Math.round(trouble[2] * (0.4 + 0.8 * random.uniform())));
}
