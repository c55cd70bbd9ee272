/**
 * The network of a guaranteed-service model: stages that each promise their customers a service time, and keep enough stock
 * to keep the promise against any demand within a bound.
 *
 *   inbound time SI    when all inputs are there: at least the promises of all suppliers
 *   outbound time S    the stage's own promise
 *   net time           SI + processing time - S >= 0, which stock must bridge
 *   safety stock       demand bound over the net time, less its mean
 *
 * Times are whole numbers of one unit (days or weeks).
 */
import { assert } from '@planwright/units';

export type Stage = {
  readonly name: string;
  /** >= 0 and whole: making, moving or buying once everything is there. */
  readonly processingTime: number;
  /** Money to hold a unit for one unit of time, >= 0. */
  readonly holdingCost: number;
  /** Outside suppliers deliver after this time. Default 0. */
  readonly inboundTime?: number;
  /** The longest promise it may make. Required where outside customers are served; default: no limit. */
  readonly outboundTimeMost?: number;
  /** Demand of outside customers per unit of time. Default 0. */
  readonly demandMean?: number;
  readonly demandSd?: number;
  /**
   * Most demand to be covered over a net time, as a function of it, in place of the default
   * mean x time + safetyFactor x sd x sqrt(time). Not below the mean.
   */
  readonly demandBound?: (netTime: number) => number;
};

/** `quantityPer` units of `from` go into a unit of `to`. Default 1. */
export type StageArc = { readonly from: string; readonly to: string; readonly quantityPer?: number };

export type StageNetwork = {
  readonly stages: readonly Stage[];
  readonly arcs: readonly StageArc[];
  /** z of the default bound: 1.645 covers 95 of 100 cases. */
  readonly safetyFactor: number;
  /**
   * How risks of a stage's customers pool: 2 as if independent, 1 as if they all peak at once; in between by
   * (sum of (quantityPer x sd)^p)^(1 / p). Default 2.
   */
  readonly poolingPower?: number;
};

/** A network by number, checked and in an order in which suppliers come first. */
export type IndexedNetwork = {
  readonly suppliersOf: readonly (readonly number[])[];
  readonly customersOf: readonly (readonly number[])[];
  readonly order: readonly number[];
  /** Of all demand behind a stage, per unit of time. */
  readonly demandMean: Float64Array;
  readonly demandSd: Float64Array;
  /** Longest time until its inputs are there, and until it has made something, if nobody holds stock. */
  readonly longestInbound: Int32Array;
  readonly longestTotal: Int32Array;
};

/** Asserts that names are unique and known, times whole, and that there is no cycle. O(stages + arcs). */
export function indexNetwork(network: StageNetwork): IndexedNetwork {
  const { stages, arcs, poolingPower = 2 } = network;
  assert(poolingPower >= 1, 'pooling lies between adding up and independence');
  const indexOf = new Map(stages.map((stage, k) => [stage.name, k] as const));
  assert(indexOf.size === stages.length, 'names of stages are unique');
  const suppliersOf: number[][] = stages.map(() => []);
  const customersOf: number[][] = stages.map(() => []);
  const perOf: number[][] = stages.map(() => []);
  for (const { from, to, quantityPer = 1 } of arcs) {
    const [supplier, customer] = [indexOf.get(from), indexOf.get(to)];
    assert(supplier !== undefined && customer !== undefined, `arc ${from} to ${to} joins known stages`);
    assert(quantityPer > 0, 'quantityPer is above 0');
    suppliersOf[customer].push(supplier);
    customersOf[supplier].push(customer);
    perOf[supplier].push(quantityPer);
  }
  const order = suppliersFirst(suppliersOf, customersOf);
  const demandMean = Float64Array.from(stages, (stage) => stage.demandMean ?? 0);
  const demandSd = Float64Array.from(stages, (stage) => (stage.demandSd ?? 0) ** poolingPower);
  const longestInbound = new Int32Array(stages.length);
  const longestTotal = new Int32Array(stages.length);
  for (const k of order) {
    checkStage(stages[k], customersOf[k].length > 0);
    longestInbound[k] = Math.max(stages[k].inboundTime ?? 0, ...suppliersOf[k].map((i) => longestTotal[i]));
    longestTotal[k] = longestInbound[k] + stages[k].processingTime;
  }
  for (const k of order.toReversed()) {
    customersOf[k].forEach((customer, arc) => {
      demandMean[k] += perOf[k][arc] * demandMean[customer];
      demandSd[k] += perOf[k][arc] ** poolingPower * demandSd[customer] ** poolingPower;
    });
    demandSd[k] = demandSd[k] ** (1 / poolingPower);
  }
  return { suppliersOf, customersOf, order, demandMean, demandSd, longestInbound, longestTotal };
}

function checkStage(stage: Stage, hasCustomers: boolean): void {
  const { name, processingTime, holdingCost, inboundTime = 0, outboundTimeMost } = stage;
  for (const time of [processingTime, inboundTime, outboundTimeMost ?? 0]) {
    assert(Number.isInteger(time) && time >= 0, `times of ${name} are whole and not negative`);
  }
  assert(holdingCost >= 0 && Number.isFinite(holdingCost), `holding ${name} costs nothing or something`);
  assert(hasCustomers || outboundTimeMost !== undefined, `${name} says how long its customers may wait`);
}

function suppliersFirst(suppliersOf: readonly number[][], customersOf: readonly number[][]): number[] {
  const open = suppliersOf.map((suppliers) => suppliers.length);
  const order = [...open.keys()].filter((k) => open[k] === 0);
  for (let next = 0; next < order.length; next++) {
    for (const customer of customersOf[order[next]]) {
      open[customer] -= 1;
      if (open[customer] === 0) order.push(customer);
    }
  }
  assert(order.length === suppliersOf.length, 'no stage supplies itself, directly or through others');
  return order;
}

/**
 * Safety stock of a stage by net time, from 0 to `netTimeMost`: the demand bound less the mean. Where that falls with time it is
 * held level: what bridges a longer time bridges a shorter one too.
 */
export function safetyStockByTime(
  network: StageNetwork,
  indexed: IndexedNetwork,
  k: number,
  netTimeMost: number,
): Float64Array {
  const { demandBound, name } = network.stages[k];
  const mean = indexed.demandMean[k];
  const sd = indexed.demandSd[k];
  const stock = new Float64Array(netTimeMost + 1);
  for (let time = 0; time <= netTimeMost; time++) {
    const wanted =
      demandBound === undefined
        ? network.safetyFactor * sd * Math.sqrt(time)
        : demandBound(time) - mean * time;
    assert(wanted >= 0, `the demand bound of ${name} is not below the mean`);
    stock[time] = time === 0 ? wanted : Math.max(wanted, stock[time - 1]);
  }
  return stock;
}
