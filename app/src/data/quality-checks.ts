import type { TargetName } from '@planwright/contracts';

export type QualityCheck = {
  readonly severity: 'error' | 'warning';
  readonly target: TargetName;
  /** What was found, with how many rows it concerns. */
  readonly message: (count: number) => string;
  readonly advice: string;
};

const plural = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`;

/**
 * Checks of the stored data as a whole. What an import checks row by row (types, references, ranges) is not
 * repeated here: these are sound rows that do not fit together.
 */
export const QUALITY_CHECKS = {
  'order-before-launch': {
    severity: 'warning',
    target: 'sales_order_line',
    message: (n) =>
      `${plural(n, 'order line is', 'order lines are')} dated before the item's first day of sale.`,
    advice: 'Correct the first day of the item, or check whether the orders belong to its predecessor.',
  },
  'line-without-amount': {
    severity: 'warning',
    target: 'sales_order_line',
    message: (n) => `${plural(n, 'order line has', 'order lines have')} a quantity but no net amount.`,
    advice: 'Map the net amount. Revenue of these lines counts as zero in history.',
  },
  'demand-without-source': {
    severity: 'error',
    target: 'item',
    message: (n) =>
      `${plural(n, 'item is', 'items are')} sold, but nothing says how to get ${n === 1 ? 'it' : 'them'}: no supplier, no bill of material, no routing.`,
    advice: 'Import who supplies the item or what it is made of; until then its supply cannot be planned.',
  },
  'stock-of-inactive-item': {
    severity: 'warning',
    target: 'on_hand',
    message: (n) =>
      `${plural(n, 'stock position is', 'stock positions are')} of items whose last day of sale has passed.`,
    advice: 'Sell the stock off, write it down, or extend the last day of the item.',
  },
  'history-gap': {
    severity: 'warning',
    target: 'sales_order_line',
    message: (n) =>
      `${plural(n, 'month', 'months')} between the first and the last order ${n === 1 ? 'has' : 'have'} no order lines at all.`,
    advice:
      'Check whether a file of those months is missing. The forecast reads them as months without demand.',
  },
  'duplicate-account': {
    severity: 'warning',
    target: 'account',
    message: (n) =>
      `${plural(n, 'name of a customer appears', 'names of customers appear')} more than once at the same place.`,
    advice: 'Merge the accounts in the source, or make their names differ.',
  },
  'quantity-outlier': {
    severity: 'warning',
    target: 'sales_order_line',
    message: (n) =>
      `${plural(n, 'order line has', 'order lines have')} a quantity far from what is usual for the item (robust z-score above 8).`,
    advice: 'Check for a slip in unit or decimals. True one-off orders belong into the demand events.',
  },
  'assembly-that-is-bought': {
    severity: 'warning',
    target: 'bom_row',
    message: (n) =>
      `${plural(n, 'item has', 'items have')} a bill of material but ${n === 1 ? 'is' : 'are'} marked as bought.`,
    advice: 'Set the source of the item to make, or remove the bill of material.',
  },
  'made-without-routing': {
    severity: 'warning',
    target: 'routing_step',
    message: (n) => `${plural(n, 'item is', 'items are')} made, but ${n === 1 ? 'has' : 'have'} no routing.`,
    advice: 'Import its routing; until then making it takes no capacity in the plan.',
  },
  'negative-stock': {
    severity: 'error',
    target: 'on_hand',
    message: (n) => `${plural(n, 'stock position is', 'stock positions are')} below zero.`,
    advice:
      'Correct the count in the source. The plan starts from what is there, and will order the difference.',
  },
  'sold-without-cost': {
    severity: 'error',
    target: 'item',
    message: (n) =>
      `${plural(n, 'item was', 'items were')} sold in the last two years but ${n === 1 ? 'has' : 'have'} no cost: no standard cost and no supplier's price.`,
    advice: 'Import the standard cost; until then the margin of these items is their revenue.',
  },
  'sold-without-price': {
    severity: 'warning',
    target: 'item',
    message: (n) =>
      `${plural(n, 'item was', 'items were')} sold in the last two years, but ${n === 1 ? 'has' : 'have'} neither a list price nor an amount on any order line.`,
    advice: 'Import a list price or the net amounts of the order lines.',
  },
  'component-without-source': {
    severity: 'warning',
    target: 'item',
    message: (n) =>
      `${plural(n, 'component is', 'components are')} needed by a bill of material, but nothing says how to get ${n === 1 ? 'it' : 'them'}.`,
    advice: 'Import the suppliers of the component, or its own bill of material.',
  },
  'overdue-order': {
    severity: 'warning',
    target: 'purchase_order_line',
    message: (n) =>
      `${plural(n, 'open purchase order line is', 'open purchase order lines are')} more than a year past the date promised.`,
    advice: 'Close what will not come: the plan counts open orders as supply.',
  },
} as const satisfies Record<string, QualityCheck>;

export type QualityCode = keyof typeof QUALITY_CHECKS;
