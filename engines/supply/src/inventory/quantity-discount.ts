/**
 * Economic order quantities where the supplier gives discounts: the price depends on the quantity of one order.
 *
 *   all units     the whole order is paid at the price of its tier
 *   incremental   only the units beyond a threshold are paid at that tier's price
 *
 * Cost     O(tiers). Holding a unit for one unit of time costs `holdingRatio` of what was paid for it.
 * Source   Hadley and Whitin (1963), Analysis of Inventory Systems, section 2-11 and 2-12; Snyder and Shen (2019),
 *          Fundamentals of Supply Chain Theory, 2nd ed., section 3.4.
 */
import { assert } from '@planwright/units';
import { economicOrder, economicOrderCost } from './economic-order.ts';

export type PriceTier = {
  /** The first tier starts at 0, the others rise. */
  readonly fromQuantity: number;
  /** Money a unit, > 0. */
  readonly unitPrice: number;
};

export type DiscountInput = {
  readonly orderCost: number;
  /** Share of the price that holding a unit for one unit of time costs, > 0. */
  readonly holdingRatio: number;
  readonly demandRate: number;
  readonly tiers: readonly PriceTier[];
};

/** `cost` is per unit of time and includes the goods; `tier` is the index of the tier the order is in. */
export type DiscountedOrder = { readonly quantity: number; readonly tier: number; readonly cost: number };

/** The cheapest quantity where a tier's price is for every unit of the order. Prices fall from tier to tier. */
export function allUnitsDiscountOrder(input: DiscountInput): DiscountedOrder {
  checkTiers(input);
  const { orderCost, holdingRatio, demandRate, tiers } = input;
  return best(
    tiers.map(({ fromQuantity, unitPrice }, tier) => {
      const steady = { orderCost, demandRate, holdingCost: holdingRatio * unitPrice };
      const until = tiers[tier + 1]?.fromQuantity ?? Infinity;
      const wanted = economicOrder(steady).quantity;
      // Beyond the tier the next one holds, and is cheaper for the same quantity.
      const quantity = Math.min(Math.max(wanted, fromQuantity), until);
      return { quantity, tier, cost: demandRate * unitPrice + economicOrderCost(steady, quantity) };
    }),
  );
}

/** The cheapest quantity where a tier's price is only for the units beyond its threshold. Prices fall from tier to tier. */
export function incrementalDiscountOrder(input: DiscountInput): DiscountedOrder {
  checkTiers(input);
  const { orderCost, holdingRatio, demandRate, tiers } = input;
  let overpaid = 0; // What an order of this tier pays for its first units beyond this tier's price.
  const orders: DiscountedOrder[] = [];
  tiers.forEach(({ fromQuantity, unitPrice }, tier) => {
    if (tier > 0) overpaid += fromQuantity * (tiers[tier - 1].unitPrice - unitPrice);
    const steady = { orderCost: orderCost + overpaid, demandRate, holdingCost: holdingRatio * unitPrice };
    const { quantity, cost } = economicOrder(steady);
    const until = tiers[tier + 1]?.fromQuantity ?? Infinity;
    // The optimum is never at a threshold: the tier that holds the best quantity holds it inside.
    if (quantity < fromQuantity || quantity > until) return;
    orders.push({ quantity, tier, cost: demandRate * unitPrice + cost + (holdingRatio * overpaid) / 2 });
  });
  return best(orders);
}

function best(orders: readonly DiscountedOrder[]): DiscountedOrder {
  assert(orders.length > 0, 'some tier holds its own best quantity');
  return orders.reduce((least, order) => (order.cost < least.cost ? order : least));
}

function checkTiers({ tiers, holdingRatio }: DiscountInput): void {
  assert(tiers.length > 0 && tiers[0].fromQuantity === 0, 'the first tier starts at 0');
  assert(holdingRatio > 0, 'holding costs something');
  tiers.forEach(({ fromQuantity, unitPrice }, tier) => {
    assert(unitPrice > 0, 'a price is above 0');
    if (tier === 0) return;
    assert(fromQuantity > tiers[tier - 1].fromQuantity, 'tiers start at rising quantities');
    assert(unitPrice <= tiers[tier - 1].unitPrice, 'prices do not rise with the quantity');
  });
}
