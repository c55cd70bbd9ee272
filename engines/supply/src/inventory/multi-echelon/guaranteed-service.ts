/**
 * Where to keep safety stock in a network of stages: promised service times of least holding cost (guaranteed-service model).
 * Trees are solved exactly, and other networks where they are small enough; else `lowerBound` says how far from the optimum the
 * plan can be (network-promises.ts).
 *
 * Source   Simpson (1958), Operations Research 6(6), 863-873 (the model); Graves and Willems (2000), "Optimizing strategic safety stock
 *          placement in supply chains", Manufacturing & Service Operations Management 2(1), 68-83.
 */
import { assert } from '@planwright/units';
import type { ForestProblem } from './forest-promises.ts';
import { networkPromises } from './network-promises.ts';
import { type IndexedNetwork, indexNetwork, safetyStockByTime, type StageNetwork } from './stage-network.ts';

export type StagePlan = {
  readonly name: string;
  /** When the last input is promised. */
  readonly inboundTime: number;
  /** What this stage promises. */
  readonly outboundTime: number;
  readonly netTime: number;
  /** Of all demand behind the stage, per unit of time. */
  readonly demandMean: number;
  readonly demandSd: number;
  readonly safetyStock: number;
  /** Bounded demand over the net time: the level to order up to. */
  readonly baseStock: number;
  /** Money to hold the safety stock, per unit of time. */
  readonly holdingCost: number;
};

export type GuaranteedService = {
  /** In the order of the network. */
  readonly stages: readonly StagePlan[];
  readonly cost: number;
  readonly isOptimal: boolean;
  /** No promises cost less than this. Equal to `cost` where optimal. */
  readonly lowerBound: number;
};

/** `workMost` limits the search in a part of the network that is no tree: see network-promises.ts. Default some seconds' worth. */
export function guaranteedService(
  network: StageNetwork,
  options: { readonly workMost?: number } = {},
): GuaranteedService {
  const indexed = indexNetwork(network);
  const { outbound, ...proof } = networkPromises(problemOf(network, indexed), options.workMost);
  return planOf(network, indexed, outbound, proof);
}

/**
 * What any promises cost, by stage in the order of the network. One longer than it takes without stock is shortened to that.
 */
export function guaranteedServicePlan(
  network: StageNetwork,
  outboundTimes: ArrayLike<number>,
): GuaranteedService {
  const lowerBound = 0;
  return planOf(network, indexNetwork(network), outboundTimes, { isOptimal: false, lowerBound });
}

function problemOf(network: StageNetwork, indexed: IndexedNetwork): ForestProblem {
  const { stages } = network;
  const { longestInbound, longestTotal } = indexed;
  return {
    suppliersOf: indexed.suppliersOf,
    customersOf: indexed.customersOf,
    processingTime: Int32Array.from(stages, (stage) => stage.processingTime),
    inboundLeast: Int32Array.from(stages, (stage) => stage.inboundTime ?? 0),
    inboundMost: longestInbound,
    outboundLeast: new Int32Array(stages.length),
    outboundMost: longestTotal.map((time, k) => Math.min(time, stages[k].outboundTimeMost ?? time)),
    stockCost: stages.map((stage, k) =>
      safetyStockByTime(network, indexed, k, longestTotal[k]).map((stock) => stock * stage.holdingCost),
    ),
  };
}

function planOf(
  network: StageNetwork,
  indexed: IndexedNetwork,
  outboundTimes: ArrayLike<number>,
  proof: { readonly isOptimal: boolean; readonly lowerBound: number },
): GuaranteedService {
  const plans = new Array<StagePlan>(network.stages.length);
  for (const k of indexed.order) {
    const stage = network.stages[k];
    const promised = indexed.suppliersOf[k].map((supplier) => plans[supplier].outboundTime);
    const inboundTime = Math.max(stage.inboundTime ?? 0, ...promised);
    // Nobody has to promise more than it takes without stock: who is served sooner needs no more stock.
    const outboundTime = Math.min(outboundTimes[k], inboundTime + stage.processingTime);
    assert(
      outboundTime >= 0 && outboundTime <= (stage.outboundTimeMost ?? Infinity),
      `${stage.name} keeps its bound`,
    );
    const netTime = inboundTime + stage.processingTime - outboundTime;
    const safetyStock = safetyStockByTime(network, indexed, k, netTime)[netTime];
    const demandMean = indexed.demandMean[k];
    plans[k] = {
      name: stage.name,
      inboundTime,
      outboundTime,
      netTime,
      demandMean,
      demandSd: indexed.demandSd[k],
      safetyStock,
      baseStock: demandMean * netTime + safetyStock,
      holdingCost: safetyStock * stage.holdingCost,
    };
  }
  const cost = plans.reduce((sum, plan) => sum + plan.holdingCost, 0);
  return { stages: plans, cost, isOptimal: proof.isOptimal, lowerBound: Math.min(cost, proof.lowerBound) };
}
