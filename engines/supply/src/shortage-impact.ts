/**
 * Which customers' demand a shortage hits: one-level pegging, walked up until it reaches independent demand.
 *
 * Older demand is served first, so the quantity owed at the end of a bucket belongs to the youngest gross demand.
 * Within a bucket it is shared in proportion between independent demand and each consumer. What a consumer misses
 * stops that part of its release, so the consumer's own receipts of that release fall short by it, and so on upwards.
 *
 * The answer says whose plan rests on the missing units. It is not a promise of who will go without: surplus on the
 * way up (a consumer's own stock after its need) may still absorb it.
 */
import { NO_PARENT } from '@planwright/series';
import type { SupplyNetwork } from './network.ts';
import type { SupplyPlan } from './plan-supply.ts';

export type DemandHit = {
  readonly stockPoint: number;
  /** The bucket of the demand at risk. */
  readonly bucket: number;
  /** Units of that stock point's independent demand. */
  readonly quantity: number;
};

/** Looks up consumers and orders of a plan; make one and ask it about many shortages. */
export type ImpactIndex = {
  readonly network: SupplyNetwork;
  readonly plan: SupplyPlan;
  /** Consumers of stock point c are entries consumerStart[c] up to consumerStart[c + 1]. */
  readonly consumerStart: Int32Array;
  readonly consumer: Int32Array;
  /** Orders of a stock point, linked: firstOrder[s], then nextOrder[order], until NO_PARENT. */
  readonly firstOrder: Int32Array;
  readonly nextOrder: Int32Array;
};

export function impactIndex(network: SupplyNetwork, plan: SupplyPlan): ImpactIndex {
  const { componentStart, component } = network;
  const pointCount = network.stockPoints.length;
  const consumerStart = new Int32Array(pointCount + 1);
  for (const child of component) consumerStart[child + 1] += 1;
  for (let s = 0; s < pointCount; s++) consumerStart[s + 1] += consumerStart[s];
  const next = consumerStart.slice();
  const consumer = new Int32Array(component.length);
  for (let parent = 0; parent < pointCount; parent++) {
    for (let row = componentStart[parent]; row < componentStart[parent + 1]; row++) {
      consumer[next[component[row]]++] = parent;
    }
  }
  const firstOrder = new Int32Array(pointCount).fill(NO_PARENT);
  const nextOrder = new Int32Array(plan.orders.count).fill(NO_PARENT);
  for (let order = plan.orders.count - 1; order >= 0; order--) {
    const s = plan.orders.stockPoint[order];
    nextOrder[order] = firstOrder[s];
    firstOrder[s] = order;
  }
  return { network, plan, consumerStart, consumer, firstOrder, nextOrder };
}

/** The independent demand that rests on what a stock point owes at the end of `bucket`, largest first. */
export function demandHitByShortage(index: ImpactIndex, stockPoint: number, bucket: number): DemandHit[] {
  const { network, plan } = index;
  const { bucketCount } = network;
  const startLevel = network.level[stockPoint];
  // Owed units by cell (stock point x bucketCount + bucket), one map a level. Consumers have lower levels, so
  // going down the levels sees every cell once, with all that is owed there.
  const owedByLevel = Array.from({ length: startLevel + 1 }, () => new Map<number, number>());
  const cell = stockPoint * bucketCount + bucket;
  owedByLevel[startLevel].set(cell, plan.shortage.values[cell]);
  const hits: DemandHit[] = [];
  for (let level = startLevel; level >= 0; level--) {
    for (const [hit, quantity] of layOnYoungest(index, owedByLevel[level])) {
      const s = Math.floor(hit / bucketCount);
      const ratio = quantity / plan.grossDemand.values[hit];
      const independent = plan.independentDemand.values[hit] * ratio;
      if (independent > 0) hits.push({ stockPoint: s, bucket: hit % bucketCount, quantity: independent });
      passToConsumers(index, s, hit % bucketCount, ratio, owedByLevel);
    }
  }
  return hits.sort((a, b) => b.quantity - a.quantity || a.stockPoint - b.stockPoint || a.bucket - b.bucket);
}

/** Lays what is owed at each cell on the gross demand of its bucket, then of earlier ones, none more than once. */
function layOnYoungest(index: ImpactIndex, owed: ReadonlyMap<number, number>): Map<number, number> {
  const { bucketCount } = index.network;
  const gross = index.plan.grossDemand.values;
  const laid = new Map<number, number>();
  for (const [cell, quantity] of owed) {
    const firstCell = cell - (cell % bucketCount);
    let rest = quantity;
    for (let place = cell; place >= firstCell && rest > 0; place--) {
      const before = laid.get(place) ?? 0;
      const part = Math.min(rest, gross[place] - before);
      if (part <= 0) continue;
      laid.set(place, before + part);
      rest -= part;
    }
  }
  return laid;
}

/** Every consumer that released in the bucket misses the same ratio of what it released. */
function passToConsumers(
  index: ImpactIndex,
  s: number,
  bucket: number,
  ratio: number,
  owedByLevel: readonly Map<number, number>[],
): void {
  const { network, plan, consumerStart, consumer, firstOrder, nextOrder } = index;
  for (let place = consumerStart[s]; place < consumerStart[s + 1]; place++) {
    const parent = consumer[place];
    const owed = owedByLevel[network.level[parent]];
    for (let order = firstOrder[parent]; order !== NO_PARENT; order = nextOrder[order]) {
      if (plan.orders.releaseBucket[order] !== bucket) continue;
      const missed = plan.orders.quantity[order] * network.yieldRatio[parent] * ratio;
      const cell = parent * network.bucketCount + plan.orders.dueBucket[order];
      owed.set(cell, (owed.get(cell) ?? 0) + missed);
    }
  }
}
