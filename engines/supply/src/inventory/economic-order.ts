/**
 * Economic order quantities: how much to order at once where demand is steady. Any unit of time will do, the same in
 * `demandRate` and `holdingCost`; money is in one currency.
 *
 *   orderCost    money an order, whatever its quantity, > 0
 *   holdingCost  money to hold a unit for one unit of time, > 0
 *   demandRate   units per unit of time, > 0
 *
 * `cost` is that of ordering, holding and owing per unit of time, without the price of the goods.
 *
 * Source   Harris (1913), "How many parts to make at once", Factory 10(2), 135-136; Taft (1918), "The most economical
 *          production lot", The Iron Age 101, 1410-1412; Snyder and Shen (2019), Fundamentals of Supply Chain Theory, 2nd ed.,
 *          sections 3.2 to 3.5.
 */
import { assert } from '@planwright/units';

export type SteadyDemand = {
  readonly orderCost: number;
  readonly holdingCost: number;
  readonly demandRate: number;
};

export type EconomicOrder = { readonly quantity: number; readonly cost: number };

/** The economic order quantity: everything is delivered at once and nobody waits. */
export function economicOrder(input: SteadyDemand): EconomicOrder {
  checkSteady(input);
  const quantity = Math.sqrt((2 * input.orderCost * input.demandRate) / input.holdingCost);
  return { quantity, cost: economicOrderCost(input, quantity) };
}

/** Cost per unit of time of ordering any `quantity` > 0 under the same assumptions. */
export function economicOrderCost(input: SteadyDemand, quantity: number): number {
  assert(quantity > 0, 'an order has a quantity');
  return (input.orderCost * input.demandRate) / quantity + (input.holdingCost * quantity) / 2;
}

/** The economic production quantity: the lot comes in at `productionRate` > `demandRate` while it is sold. */
export function economicProduction(input: SteadyDemand & { readonly productionRate: number }): EconomicOrder {
  checkSteady(input);
  const { demandRate, productionRate } = input;
  assert(productionRate > demandRate, 'production keeps up with demand');
  // Stock only ever piles up to this share of the lot.
  const heldRatio = 1 - demandRate / productionRate;
  return economicOrder({ ...input, holdingCost: input.holdingCost * heldRatio });
}

/** The economic order quantity where customers wait, at `backorderCost` > 0 per unit owed and unit of time. */
export function economicOrderWithBackorders(input: SteadyDemand & { readonly backorderCost: number }): {
  readonly quantity: number;
  readonly cost: number;
  /** Largest quantity owed, just before the order arrives. */
  readonly backorderMost: number;
  /** Share of demand, and of time, in which customers wait. */
  readonly backorderRatio: number;
} {
  checkSteady(input);
  const { holdingCost, backorderCost } = input;
  assert(backorderCost > 0, 'owing costs something');
  const heldRatio = backorderCost / (holdingCost + backorderCost);
  const { quantity, cost } = economicOrder({ ...input, holdingCost: holdingCost * heldRatio });
  return { quantity, cost, backorderMost: quantity * (1 - heldRatio), backorderRatio: 1 - heldRatio };
}

function checkSteady({ orderCost, holdingCost, demandRate }: SteadyDemand): void {
  for (const value of [orderCost, holdingCost, demandRate]) {
    assert(value > 0 && Number.isFinite(value), 'order cost, holding cost and demand are above 0');
  }
}
