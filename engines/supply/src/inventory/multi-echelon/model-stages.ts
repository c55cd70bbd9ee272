/**
 * A planning model as a network of stages: every stock point is a stage, fed by the stock points that its source consumes, along the
 * way of supply of supply-paths.ts. The processing time is the source's lead time, in whole units of time, rounded up.
 *
 * A stock point that serves both customers and other stock points gets a second stage for its customers, which takes no time: the two may
 * be promised different times.
 */
import { assert } from '@planwright/units';
import { nameOf, stockPointKey } from '../../model.ts';
import type { PlanningModel } from '../../model/planning-model.ts';
import { supplyPaths } from '../../model/supply-paths.ts';
import type { Stage, StageArc, StageNetwork } from './stage-network.ts';

/** Demand of customers at a stock point, per day, and how many days they wait. */
export type StageDemand = {
  readonly item: string;
  readonly location: string;
  readonly meanPerDay: number;
  readonly sdPerDay: number;
  /** Default 0: from the shelf. */
  readonly promiseDays?: number;
};

export type ModelStages = {
  readonly network: StageNetwork;
  /** Index into the model's stock points of each stage. */
  readonly pointOfStage: Int32Array;
};

const DAYS_PER_YEAR = 365;
const DEFAULT_HOLDING_RATIO = 0.2;

/** The model must be sound. `timeUnitDays` is the unit of all times of the network: 7 makes a week of it. Default 1. */
export function modelStages(
  model: PlanningModel,
  demands: readonly StageDemand[],
  options: { readonly safetyFactor: number; readonly poolingPower?: number; readonly timeUnitDays?: number },
): ModelStages {
  const { timeUnitDays = 1, ...rules } = options;
  assert(timeUnitDays > 0, 'a unit of time lasts');
  const paths = supplyPaths(model);
  const pointOf = new Map(model.stockPoints.map((row, s) => [stockPointKey(row.item, row.location), s]));
  const arcs: StageArc[] = [];
  const hasCustomers = new Uint8Array(model.stockPoints.length);
  const feed = (from: string, fromLocation: string, to: string, quantityPer: number): void => {
    const s = pointOf.get(stockPointKey(from, fromLocation));
    assert(s !== undefined, `${from} is a stock point at ${fromLocation}`);
    if (!(quantityPer > 0)) return;
    hasCustomers[s] = 1;
    arcs.push({ from: nameOf({ item: from, location: fromLocation }), to, quantityPer });
  };
  const stages = model.stockPoints.map(({ item, location, unitCost = 0, holdingRatioPerYear }): Stage => {
    const name = nameOf({ item, location });
    let leadTimeDays = 0;
    for (const { source, share } of paths.sourcesOf(item, location)) {
      leadTimeDays = Math.max(leadTimeDays, source.leadTimeDays);
      const started = share / (source.yieldRatio ?? 1);
      if (source.kind === 'move') feed(item, source.fromLocation ?? location, name, started);
      for (const row of paths.componentsOf(source)) {
        feed(row.component, location, name, (started * row.quantityPer) / (1 - (row.scrapRatio ?? 0)));
      }
    }
    const ratio = holdingRatioPerYear ?? model.rules?.holdingRatioPerYear ?? DEFAULT_HOLDING_RATIO;
    const holdingCost = (unitCost * ratio * timeUnitDays) / DAYS_PER_YEAR;
    return { name, processingTime: Math.ceil(leadTimeDays / timeUnitDays), holdingCost };
  });
  const pointOfStage = [...stages.keys()];
  addCustomers(stages, arcs, demands, { pointOf, hasCustomers, pointOfStage, timeUnitDays });
  return { network: { stages, arcs, ...rules }, pointOfStage: Int32Array.from(pointOfStage) };
}

function addCustomers(
  stages: Stage[],
  arcs: StageArc[],
  demands: readonly StageDemand[],
  known: {
    readonly pointOf: ReadonlyMap<string, number>;
    readonly hasCustomers: Uint8Array;
    readonly pointOfStage: number[];
    readonly timeUnitDays: number;
  },
): void {
  const { pointOf, hasCustomers, pointOfStage, timeUnitDays } = known;
  for (const { item, location, meanPerDay, sdPerDay, promiseDays = 0 } of demands) {
    const s = pointOf.get(stockPointKey(item, location));
    assert(s !== undefined, `${item} is a stock point at ${location}`);
    const served = {
      outboundTimeMost: Math.floor(promiseDays / timeUnitDays),
      demandMean: meanPerDay * timeUnitDays,
      demandSd: sdPerDay * Math.sqrt(timeUnitDays),
    };
    assert(stages[s].outboundTimeMost === undefined, `${item} at ${location} has one row of demand`);
    if (hasCustomers[s] === 0) {
      stages[s] = { ...stages[s], ...served };
      continue;
    }
    const name = `${stages[s].name}, for customers`;
    stages.push({ name, processingTime: 0, holdingCost: stages[s].holdingCost, ...served });
    pointOfStage.push(s);
    arcs.push({ from: stages[s].name, to: name });
  }
  // What nobody asks for holds nothing, whatever it promises.
  stages.forEach((stage, k) => {
    const isEnd = k < hasCustomers.length && hasCustomers[k] === 0 && stage.outboundTimeMost === undefined;
    if (isEnd) stages[k] = { ...stage, outboundTimeMost: 0 };
  });
}
