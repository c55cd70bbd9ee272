/**
 * From a planning model to the network that the constrained plan walks. The model is checked (`checkPlanningModel`):
 * what is broken here is a broken invariant.
 *
 * Cost  O(rows + sources x buckets), and demands x log(demands) for the order in which they are planned.
 */
import { assert } from '@planwright/units';
import type { FiniteDemands } from '../model/finite-plan.ts';
import { DEMAND_KIND } from '../model/finite-plan.ts';
import { planningDemands } from '../model/planning-demands.ts';
import type { PlanningModel } from '../model/planning-model.ts';
import { stockPointLookup } from '../model/stock-point-lookup.ts';
import { compiledPoints, compiledReceipts } from './compile-points.ts';
import { bucketsOfDays, compiledResources } from './compile-resources.ts';
import { compiledRules, compiledSources } from './compile-sources.ts';
import {
  type DemandTerms,
  type FiniteNeeds,
  type FiniteNetwork,
  type FiniteSources,
  NEVER,
  SHIP,
} from './network.ts';
import { withTraits } from './network-traits.ts';
import { orderOfKeys } from './order-of-keys.ts';
import { subnetworksOf } from './subnetworks.ts';

/** @param demands what to plan for; missing: orders and what they leave of the forecasts (`planningDemands`). */
export function compileFiniteNetwork(
  model: PlanningModel,
  demands: FiniteDemands = planningDemands(model),
): FiniteNetwork {
  const { asOfDay, bucketStartDays, stockPoints } = model;
  const bucketCount = bucketStartDays.length - 1;
  assert(bucketCount > 0 && bucketStartDays[0] <= asOfDay, 'the first bucket holds the as-of day');
  const dayCount = bucketStartDays[bucketCount] - asOfDay;
  assert(dayCount > 0, 'the horizon ends after the as-of day');
  const rowOf = stockPointLookup(stockPoints);
  const parts = compiledSources(model, rowOf);
  const depth = depthOfPoints(stockPoints.length, parts.sources, parts.needs);
  const terms = demandTerms(model, demands, dayCount);
  const bucketFirstDay = Int32Array.from(bucketStartDays, (day) => day - asOfDay);
  return withTraits({
    asOfDay,
    dayCount,
    bucketCount,
    bucketOfDay: bucketsOfDays(bucketFirstDay, dayCount),
    bucketFirstDay,
    points: compiledPoints(model, parts.sources.point, depth),
    ...parts,
    resources: compiledResources(model, dayCount),
    receipts: compiledReceipts(model, rowOf),
    demands,
    terms,
    subnetworks: subnetworksOf(
      stockPoints.length,
      model.resources.length,
      parts,
      demands.stockPoint,
      planningOrder(demands, terms),
    ),
  });
}

/**
 * The network of a model in which nothing changed but the rules of sources (lots, lead times, order, shares, maxima,
 * dates), stock and its targets, and hours: what links its rows and what is asked of it is taken over.
 *
 * Cost  O(rows of points, sources and resources); components, loads and demands are not looked at.
 */
export function recompiledNetwork(model: PlanningModel, before: FiniteNetwork): FiniteNetwork {
  assert(model.stockPoints.length === before.points.count, 'stock points have the rows they had');
  assert(model.sources.length === before.sources.count, 'sources have the rows they had');
  return withTraits({
    ...before,
    sources: { ...before.sources, ...compiledRules(model) },
    points: compiledPoints(model, before.sources.point, before.points.depth),
    resources: compiledResources(model, before.dayCount),
  });
}

/** Longest way from a point that nothing consumes, by Kahn's algorithm; a cycle would never be done. */
function depthOfPoints(pointCount: number, sources: FiniteSources, needs: FiniteNeeds): Int32Array {
  const usersLeft = new Int32Array(pointCount);
  const sourcesOf: number[][] = Array.from({ length: pointCount }, () => []);
  const optionsOf = (s: number) => [
    needs.optionStart[sources.needStart[s]],
    needs.optionStart[sources.needStart[s + 1]],
  ];
  for (let s = 0; s < sources.count; s++) {
    sourcesOf[sources.point[s]].push(s);
    const [first, end] = optionsOf(s);
    for (let o = first; o < end; o++) usersLeft[needs.point[o]] += 1;
  }
  const depth = new Int32Array(pointCount);
  const queue: number[] = [];
  for (let point = 0; point < pointCount; point++) if (usersLeft[point] === 0) queue.push(point);
  for (let i = 0; i < queue.length; i++) {
    for (const s of sourcesOf[queue[i]]) {
      const [first, end] = optionsOf(s);
      for (let o = first; o < end; o++) {
        const point = needs.point[o];
        depth[point] = Math.max(depth[point], depth[queue[i]] + 1);
        usersLeft[point] -= 1;
        if (usersLeft[point] === 0) queue.push(point);
      }
    }
  }
  assert(queue.length === pointCount, 'nothing is made from itself');
  return depth;
}

const DAYS_PER_MONTH = 30;

function demandTerms(model: PlanningModel, demands: FiniteDemands, dayCount: number): DemandTerms {
  const { count } = demands;
  const terms = {
    day: new Int32Array(count),
    lastDay: new Int32Array(count).fill(dayCount - 1),
    policy: new Uint8Array(count),
    tier: new Uint8Array(count),
    waitCost: new Float64Array(count),
    lossCost: new Float64Array(count),
  };
  const { backlogFirst = true, backlogRatioPerMonth = 0.05, lostSaleRatio = 0.5 } = model.rules ?? {};
  for (let d = 0; d < count; d++) {
    const point = model.stockPoints[demands.stockPoint[d]];
    const due = demands.dueDay[d] - model.asOfDay;
    assert(due < dayCount, 'a demand is due within the horizon');
    assert(demands.quantity[d] > 0, 'a demand asks for something');
    terms.day[d] = Math.max(0, due);
    let price = point.unitPrice ?? point.unitCost ?? 0;
    const isOrder = demands.kind[d] === DEMAND_KIND.order;
    if (isOrder) {
      const order = model.demands[demands.row[d]];
      terms.policy[d] = SHIP[order.policy ?? 'partial'];
      const wait = order.policy === 'onTimeOrNever' ? 0 : (order.latenessMaxDays ?? NEVER);
      terms.lastDay[d] = Math.max(terms.day[d], Math.min(dayCount - 1, due + wait));
      price = order.pricePerUnit ?? price;
    }
    terms.tier[d] = backlogFirst && (!isOrder || point.isLaunch === true) ? 1 : 0;
    const bucketDays = dayCount / (model.bucketStartDays.length - 1);
    terms.waitCost[d] =
      point.backlogCost === undefined
        ? (price * backlogRatioPerMonth) / DAYS_PER_MONTH
        : point.backlogCost / bucketDays;
    terms.lossCost[d] = point.lostSaleCost ?? price * lostSaleRatio;
  }
  return terms;
}

/** Backlog first, then by priority, due day and row. */
function planningOrder({ count, priority, dueDay }: FiniteDemands, { tier }: DemandTerms): Int32Array {
  let order = new Int32Array(count).map((_, d) => d);
  const keys = new Float64Array(count);
  // Three sorts that keep what is equal as it was, the least important first.
  for (const column of [dueDay, priority, tier]) {
    for (let place = 0; place < count; place++) keys[place] = column[order[place]];
    const before = order;
    order = orderOfKeys(keys).map((place) => before[place]);
  }
  return order;
}
