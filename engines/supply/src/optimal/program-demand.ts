/** What customers get, wait for, and never get. */
import type { DemandClass } from './demand-classes.ts';
import type { Drafting } from './optimal-program.ts';
import { componentGroups } from './source-rows.ts';

export function addDemand(drafting: Drafting): void {
  const { terms, model } = drafting;
  const classCount = new Int32Array(model.stockPoints.length);
  for (const { stockPoint } of terms.classes.list) classCount[stockPoint] += 1;
  const isConsumed = consumedPoints(drafting);
  terms.classes.list.forEach((demandClass, index) => {
    const { stockPoint } = demandClass;
    const isAlone = classCount[stockPoint] === 1 && isConsumed[stockPoint] === 0;
    addClass(drafting, demandClass, index, isAlone && owingBuysNothing(drafting, demandClass));
  });
}

/** 1 where others take the stock point's units: components, and what is moved on. */
function consumedPoints({ model, terms }: Drafting): Uint8Array {
  const isConsumed = new Uint8Array(model.stockPoints.length);
  componentGroups(model).forEach((groups, source) => {
    const { kind, location, fromLocation } = model.sources[source];
    const place = kind === 'move' ? (fromLocation ?? '') : location;
    for (const group of groups) {
      for (const { facts } of group) isConsumed[terms.rowOf(facts.component, place)] = 1;
    }
  });
  return isConsumed;
}

/** Whether it never pays to owe a unit for the sake of safety stock. */
function owingBuysNothing({ terms }: Drafting, { stockPoint, backlogCost }: DemandClass): boolean {
  return backlogCost.every((cost, t) => {
    const cell = stockPoint * terms.bucketCount + t;
    return terms.safetyStock[cell] <= 0 || terms.safetyCost[cell] <= cost;
  });
}

/**
 * A class's columns begin with its first demand. Units are lost in the bucket they are due in: a unit that will never
 * be delivered is not worth waiting for.
 *
 * Where nobody else wants the stock and owing buys nothing, delivery is what the others leave (backlog before + due -
 * lost - backlog) and cannot fall below 0 in an optimum: then the demand row is written into the balance, and the
 * program is a quarter smaller.
 */
function addClass(drafting: Drafting, demandClass: DemandClass, index: number, isFolded: boolean): void {
  const { terms, builder, options } = drafting;
  const { bucketCount, isMargin } = terms;
  const { stockPoint, quantity, patienceBuckets, lostCost, pricePerUnit, backlogCost } = demandClass;
  const firstDue = quantity.findIndex((units) => units > 0);
  if (firstDue < 0) return;
  const lastDue = quantity.findLastIndex((units) => units > 0);
  const lastDelivery = Math.min(bucketCount - 1, lastDue + patienceBuckets);
  const lostColumn = new Int32Array(bucketCount).fill(-1);
  let before = -1;
  for (let t = firstDue; t <= lastDelivery; t++) {
    const name = { subject: index, bucket: t };
    const balance = drafting.balanceRow(stockPoint, t);
    let row = balance;
    if (isFolded) builder.addConstant(balance, -quantity[t]);
    else {
      row = drafting.row({ kind: 'demand', ...name }, quantity[t], quantity[t]);
      const delivery = drafting.column({ kind: 'delivery', ...name }, 0, 0, Number.POSITIVE_INFINITY);
      builder.entry(row, delivery, 1);
      builder.entry(balance, delivery, -1);
    }
    if (before >= 0) builder.entry(row, before, -1);
    before = -1;
    if (quantity[t] > 0 && options.lostSales !== false) {
      const cost = lostCost + (isMargin ? pricePerUnit : 0);
      lostColumn[t] = drafting.column({ kind: 'lost', ...name }, cost, 0, quantity[t]);
      builder.entry(row, lostColumn[t], 1);
    }
    if (t === lastDelivery || patienceBuckets === 0) continue;
    const owed = drafting.column({ kind: 'backlog', ...name }, backlogCost[t], 0, Number.POSITIVE_INFINITY);
    builder.entry(row, owed, 1);
    before = owed;
    if (t - patienceBuckets + 1 > firstDue) addPatience(drafting, demandClass, index, t, owed, lostColumn);
  }
}

/** What is owed at the end of t fell due in the buckets that can still be delivered for in t + 1. */
function addPatience(
  drafting: Drafting,
  { quantity, patienceBuckets }: DemandClass,
  index: number,
  t: number,
  owed: number,
  lostColumn: Int32Array,
): void {
  const { builder } = drafting;
  const row = drafting.row({ kind: 'patience', subject: index, bucket: t }, Number.NEGATIVE_INFINITY, 0);
  builder.entry(row, owed, 1);
  for (let u = t - patienceBuckets + 1; u <= t; u++) {
    builder.addConstant(row, -quantity[u]);
    if (lostColumn[u] >= 0) builder.entry(row, lostColumn[u], 1);
  }
}
