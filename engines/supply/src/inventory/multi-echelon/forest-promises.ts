/**
 * Service times of least cost on a forest: the dynamic programme of Graves and Willems, from the leaves inwards.
 *
 *   c(S, SI) = holding cost of the stage's own stock + what the part of the tree behind it costs at least, given both times
 *   f(S)     = min over SI of c, passed to a customer; g(SI) = min over S of c, passed to a supplier
 *
 * The cost splits into a part by SI (suppliers behind), one by S (customers behind) and own stock by SI - S, so a stage costs
 * O(T^2) additions, with T its longest replenishment time; the tree O(sum of T^2).
 *
 * Source   Graves and Willems (2000), "Optimizing strategic safety stock placement in supply chains", Manufacturing & Service
 *          Operations Management 2(1), 68-83, with the correction in 5(2), 176-177; Snyder and Shen (2019), section 6.3.6.
 */
import { assert } from '@planwright/units';

/** Undirected neighbours of every node must form a forest. */
export type ForestProblem = {
  /** Arcs by node; every arc is in both lists. */
  readonly suppliersOf: readonly (readonly number[])[];
  readonly customersOf: readonly (readonly number[])[];
  readonly processingTime: ArrayLike<number>;
  /** Bounds of the inbound time, and of the outbound time, per node. */
  readonly inboundLeast: ArrayLike<number>;
  readonly inboundMost: ArrayLike<number>;
  readonly outboundLeast: ArrayLike<number>;
  readonly outboundMost: ArrayLike<number>;
  /** Cost by net time, one row a node, for 0 to inboundMost + processingTime. */
  readonly stockCost: readonly Float64Array[];
};

export type ForestPromises = {
  readonly inbound: Int32Array;
  readonly outbound: Int32Array;
  /** Infinity where no times keep all bounds. */
  readonly cost: number;
};

type Labelled = {
  /** Leaves first; the parent of a node comes after it, -1 for a root. */
  readonly order: readonly number[];
  readonly parent: Int32Array;
  readonly parentIsCustomer: Uint8Array;
};

/** What a solved node tells its parent: the least cost of its part by the time between them, and the choices behind it. */
type Told = {
  /** By S where the parent is a customer: cost with this promise or a shorter one. By SI where it is a supplier: or a later one. */
  readonly cost: Float64Array;
  /** The S (or SI) that the entry stands for, and the SI (or S) that goes with it. */
  readonly ownTime: Int32Array;
  readonly otherTime: Int32Array;
};

export function forestPromises(problem: ForestProblem): ForestPromises {
  const labelled = labelledForest(problem);
  const told: Told[] = new Array<Told>(labelled.parent.length);
  let cost = 0;
  for (const k of labelled.order) {
    told[k] = solvedNode(problem, labelled, told, k);
    if (labelled.parent[k] < 0) cost += told[k].cost[0];
  }
  return { ...readBack(labelled, told), cost };
}

function labelledForest({ suppliersOf, customersOf }: ForestProblem): Labelled {
  const count = suppliersOf.length;
  const parent = new Int32Array(count).fill(-1);
  const parentIsCustomer = new Uint8Array(count);
  const seen = new Uint8Array(count);
  const found: number[] = [];
  for (let root = 0; root < count; root++) {
    if (seen[root] === 1) continue;
    seen[root] = 1;
    found.push(root);
    for (let next = found.length - 1; next < found.length; next++) {
      const k = found[next];
      const visit = (neighbour: number, isSupplier: boolean): void => {
        if (neighbour === parent[k]) return;
        assert(seen[neighbour] === 0, 'arcs form a forest');
        seen[neighbour] = 1;
        parent[neighbour] = k;
        parentIsCustomer[neighbour] = isSupplier ? 1 : 0;
        found.push(neighbour);
      };
      for (const supplier of suppliersOf[k]) visit(supplier, true);
      for (const customer of customersOf[k]) visit(customer, false);
    }
  }
  return { order: found.toReversed(), parent, parentIsCustomer };
}

function solvedNode(problem: ForestProblem, labelled: Labelled, told: readonly Told[], k: number): Told {
  const { processingTime, inboundLeast, inboundMost, outboundLeast, outboundMost, stockCost } = problem;
  const byInbound = sumOver(problem.suppliersOf[k], labelled.parent[k], told, inboundMost[k], false);
  const byOutbound = sumOver(problem.customersOf[k], labelled.parent[k], told, outboundMost[k], true);
  const own = stockCost[k];
  const process = processingTime[k];
  const towardsCustomer = labelled.parent[k] >= 0 && labelled.parentIsCustomer[k] === 1;
  const isRoot = labelled.parent[k] < 0;
  const size = isRoot ? 1 : (towardsCustomer ? outboundMost[k] : inboundMost[k]) + 1;
  const cost = new Float64Array(size).fill(Infinity);
  const ownTime = new Int32Array(size);
  const otherTime = new Int32Array(size);
  for (let inbound = inboundLeast[k]; inbound <= inboundMost[k]; inbound++) {
    const behind = byInbound[inbound];
    const longest = Math.min(outboundMost[k], inbound + process);
    for (let outbound = outboundLeast[k]; outbound <= longest; outbound++) {
      const sum = behind + byOutbound[outbound] + own[inbound + process - outbound];
      const entry = isRoot ? 0 : towardsCustomer ? outbound : inbound;
      if (sum < cost[entry]) {
        cost[entry] = sum;
        ownTime[entry] = towardsCustomer ? outbound : inbound;
        otherTime[entry] = towardsCustomer ? inbound : outbound;
      }
    }
  }
  if (!isRoot) relax({ cost, ownTime, otherTime }, towardsCustomer);
  return { cost, ownTime, otherTime };
}

/** A promise may be shorter than the customer counts on, and inputs may be counted on later than the supplier promises. */
function relax({ cost, ownTime, otherTime }: Told, towardsCustomer: boolean): void {
  const step = towardsCustomer ? 1 : -1;
  const last = towardsCustomer ? cost.length : -1;
  for (let entry = (towardsCustomer ? 0 : cost.length - 1) + step; entry !== last; entry += step) {
    if (cost[entry - step] >= cost[entry]) continue;
    cost[entry] = cost[entry - step];
    ownTime[entry] = ownTime[entry - step];
    otherTime[entry] = otherTime[entry - step];
  }
}

/**
 * Costs of the neighbours behind a node by its own time on their side. Suppliers: their promise is at most this inbound time.
 * Customers: their inbound time is at least this promise; one beyond what a customer can wait for has no answer.
 */
function sumOver(
  neighbours: readonly number[],
  parent: number,
  told: readonly Told[],
  timeMost: number,
  areCustomers: boolean,
): Float64Array {
  const sums = new Float64Array(timeMost + 1);
  for (const neighbour of neighbours) {
    if (neighbour === parent) continue;
    const { cost } = told[neighbour];
    for (let time = 0; time <= timeMost; time++) {
      if (time < cost.length) sums[time] += cost[time];
      else sums[time] += areCustomers ? Infinity : cost[cost.length - 1];
    }
  }
  return sums;
}

function readBack(
  { order, parent, parentIsCustomer }: Labelled,
  told: readonly Told[],
): { inbound: Int32Array; outbound: Int32Array } {
  const inbound = new Int32Array(order.length);
  const outbound = new Int32Array(order.length);
  for (const k of order.toReversed()) {
    const { cost, ownTime, otherTime } = told[k];
    const isTowardsCustomer = parent[k] >= 0 && parentIsCustomer[k] === 1;
    const asked = parent[k] < 0 ? 0 : isTowardsCustomer ? inbound[parent[k]] : outbound[parent[k]];
    const entry = Math.min(asked, cost.length - 1);
    inbound[k] = isTowardsCustomer ? otherTime[entry] : ownTime[entry];
    outbound[k] = isTowardsCustomer ? ownTime[entry] : otherTime[entry];
  }
  return { inbound, outbound };
}
