/**
 * The (R, Q) policy: whenever what is on hand and on order, less what is owed, falls to R, order Q. Continuous review, customers
 * wait; the inventory position is then spread evenly over (R, R + Q], so the cost is exact:
 *
 *   cost(R, Q) = (orderCost demandRate + integral or sum of G(y) over (R, R + Q]) / Q
 *   G(y)       = holdingCost E[(y - D)+] + backorderCost E[(D - y)+],  D the demand over a lead time
 *
 * Whole units: exact where demand comes one unit at a time (Poisson); for customers who take several at once the position
 * may fall below R before it is seen, and the figures are those of ordering at once.
 *
 * Source   Zheng (1992), Management Science 38(1), 87-103 (continuous demand); Federgruen and Zheng (1992), Operations
 *          Research 40(4), 808-813 (whole units); Snyder and Shen (2019), 2nd ed., sections 5.4 and 5.5.
 */
import { assert } from '@planwright/units';
import type { DemandDistribution } from './demand-distribution.ts';

export type ReorderInput = {
  /** Demand over one lead time. */
  readonly leadTimeDemand: DemandDistribution;
  /** Units per unit of time, > 0. */
  readonly demandRate: number;
  /** Money an order, >= 0. */
  readonly orderCost: number;
  /** Money a unit on hand and unit of time, > 0. */
  readonly holdingCost: number;
  /** Money a unit owed and unit of time, > 0. */
  readonly backorderCost: number;
};

export type ReorderPolicy = {
  readonly reorderPoint: number;
  readonly orderQuantity: number;
  /** Expected cost per unit of time. */
  readonly cost: number;
};

/** Expected cost per unit of time of any policy; `orderQuantity` > 0, whole where the demand is. */
export function reorderCost(input: ReorderInput, reorderPoint: number, orderQuantity: number): number {
  assert(orderQuantity > 0, 'an order has a quantity');
  const { leadTimeDemand, demandRate, orderCost, holdingCost, backorderCost } = input;
  if (leadTimeDemand.isWhole) {
    assert(
      Number.isInteger(orderQuantity) && Number.isInteger(reorderPoint),
      'whole units are ordered whole',
    );
    let sum = orderCost * demandRate;
    for (let y = reorderPoint + 1; y <= reorderPoint + orderQuantity; y++) sum += positionCost(input, y);
    return sum / orderQuantity;
  }
  const owed = backordersOf(leadTimeDemand, reorderPoint, orderQuantity);
  const onHand = reorderPoint + orderQuantity / 2 - leadTimeDemand.mean + owed;
  return (orderCost * demandRate) / orderQuantity + holdingCost * onHand + backorderCost * owed;
}

/** Expected units owed at any moment under (R, Q). */
export function backordersOf(
  demand: DemandDistribution,
  reorderPoint: number,
  orderQuantity: number,
): number {
  if (!demand.isWhole) {
    return (
      (demand.secondLoss(reorderPoint) - demand.secondLoss(reorderPoint + orderQuantity)) / orderQuantity
    );
  }
  let sum = 0;
  for (let y = reorderPoint + 1; y <= reorderPoint + orderQuantity; y++) sum += demand.loss(y);
  return sum / orderQuantity;
}

/** The policy of least expected cost. Needs `orderCost` > 0 where demand is not whole: else ever smaller orders pay. */
export function reorderPolicy(input: ReorderInput): ReorderPolicy {
  const { demandRate, orderCost, holdingCost, backorderCost } = input;
  assert(demandRate > 0 && orderCost >= 0, 'demand is above 0 and an order is not negative');
  assert(holdingCost > 0 && backorderCost > 0, 'holding and owing both cost something');
  return input.leadTimeDemand.isWhole ? wholePolicy(input) : continuousPolicy(input);
}

const positionCost = (input: ReorderInput, position: number): number => {
  const owed = input.leadTimeDemand.loss(position);
  return input.holdingCost * (position - input.leadTimeDemand.mean + owed) + input.backorderCost * owed;
};

const bestPosition = ({ leadTimeDemand, holdingCost, backorderCost }: ReorderInput): number =>
  leadTimeDemand.quantile(backorderCost / (backorderCost + holdingCost));

/** Takes positions in the order of their cost, best first, as long as each is below the average so far. */
function wholePolicy(input: ReorderInput): ReorderPolicy {
  const centre = bestPosition(input);
  let reorderPoint = centre - 1;
  let orderQuantity = 1;
  let total = input.orderCost * input.demandRate + positionCost(input, centre);
  let below = positionCost(input, centre - 1);
  let above = positionCost(input, centre + 1);
  while (Math.min(below, above) < total / orderQuantity) {
    orderQuantity += 1;
    if (below <= above) {
      total += below;
      reorderPoint -= 1;
      below = positionCost(input, reorderPoint);
    } else {
      total += above;
      above = positionCost(input, reorderPoint + orderQuantity + 1);
    }
  }
  return { reorderPoint, orderQuantity, cost: total / orderQuantity };
}

/**
 * At the optimum G(R) = G(R + Q) = cost. The level c of that cost is found by halving: the wider the gap between the two
 * positions that cost c, the more orders it pays for.
 */
function continuousPolicy(input: ReorderInput): ReorderPolicy {
  assert(input.orderCost > 0, 'an order costs something');
  const centre = bestPosition(input);
  const least = positionCost(input, centre);
  const surplus = (level: number): number => {
    const { from, to } = positionsAt(input, centre, level);
    return (level - reorderCost({ ...input, orderCost: 0 }, from, to - from)) * (to - from);
  };
  const wanted = input.orderCost * input.demandRate;
  let low = least;
  let step = Math.max(least, Math.sqrt(wanted * input.holdingCost)) || 1;
  while (surplus(low + step) < wanted) step *= 2;
  let high = low + step;
  for (let halving = 0; halving < 100 && high - low > 1e-13 * high; halving++) {
    const middle = (low + high) / 2;
    if (surplus(middle) < wanted) low = middle;
    else high = middle;
  }
  const { from, to } = positionsAt(input, centre, high);
  return { reorderPoint: from, orderQuantity: to - from, cost: reorderCost(input, from, to - from) };
}

/** The two positions below and above the best one that cost `level`, more than the best one does. */
function positionsAt(input: ReorderInput, centre: number, level: number): { from: number; to: number } {
  return { from: crossing(input, centre, level, -1), to: crossing(input, centre, level, 1) };
}

function crossing(input: ReorderInput, centre: number, level: number, direction: 1 | -1): number {
  let near = centre;
  let step = Math.sqrt(input.leadTimeDemand.variance) || 1;
  while (positionCost(input, centre + direction * step) < level) {
    near = centre + direction * step;
    step *= 2;
  }
  let far = centre + direction * step;
  for (let halving = 0; halving < 100 && Math.abs(far - near) > 1e-13 * Math.abs(far); halving++) {
    const middle = (near + far) / 2;
    if (positionCost(input, middle) < level) near = middle;
    else far = middle;
  }
  return far;
}

/** The reorder point of least cost for a given order quantity, as from a pallet or a price tier. */
export function reorderPointFor(input: ReorderInput, orderQuantity: number): number {
  assert(orderQuantity > 0, 'an order has a quantity');
  const centre = bestPosition(input);
  // G falls before the centre and rises after it, so G(R) - G(R + Q) falls from above 0 to below.
  const gap = (point: number): number =>
    positionCost(input, point) - positionCost(input, point + orderQuantity);
  if (input.leadTimeDemand.isWhole) {
    assert(Number.isInteger(orderQuantity), 'whole units are ordered whole');
    let low = centre - orderQuantity - 1; // Positions (R, R + Q] should hold the cheapest Q.
    let high = centre;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (gap(middle + 1) > 0) low = middle;
      else high = middle;
    }
    return high;
  }
  let low = centre - orderQuantity;
  let high = centre;
  for (let halving = 0; halving < 100 && high - low > 1e-13 * Math.max(1, Math.abs(high)); halving++) {
    const middle = (low + high) / 2;
    if (gap(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
