/**
 * Lot rules: how large an order may be. All quantities are as released, before yield.
 *
 * A rule acts through three numbers that agree with each other: minimum and maximum are multiples of the step.
 * A requirement beyond the maximum becomes several orders, all of the maximum but the last.
 */

/** The lot rules of a source as they are written down; see `SourceFacts`. */
export type LotFields = {
  readonly lotMinimum?: number;
  readonly lotMultiple?: number;
  readonly lotMaximum?: number;
};

export type LotRule = {
  readonly minimum: number;
  /** 0 = any quantity. */
  readonly multiple: number;
  /** Infinity = no limit. */
  readonly maximum: number;
};

// (0.1 + 0.2) / 0.1 is 3.0000000000000004: without slack, ceil() would buy a fourth lot.
const LOT_SLACK = 1e-9;

/**
 * Sums of decimals leave crumbs in proportion to the largest number that went in; below this ratio of it there is
 * no need and no shortage. A thousand additions err by at most 1e-13.
 */
export const CRUMB_RATIO = 1e-11;

/** The rule of a source: the minimum rounded up and the maximum rounded down to whole multiples. */
export function effectiveLot(source: LotFields | undefined): LotRule {
  const multiple = source?.lotMultiple ?? 0;
  const maximum = source?.lotMaximum ?? Number.POSITIVE_INFINITY;
  const limited = multiple > 0 && Number.isFinite(maximum);
  return {
    minimum: upToMultiple(source?.lotMinimum ?? 0, multiple),
    multiple,
    maximum: limited ? Math.floor(maximum / multiple + LOT_SLACK) * multiple : maximum,
  };
}

/** The least total quantity of whole lots that holds `required` (> 0). */
export function lotQuantity(required: number, rule: LotRule): number {
  const fullOrders = Number.isFinite(rule.maximum) ? Math.floor(required / rule.maximum + LOT_SLACK) : 0;
  const full = fullOrders * (fullOrders === 0 ? 0 : rule.maximum);
  const rest = required - full;
  if (fullOrders > 0 && rest <= rule.maximum * LOT_SLACK) return full;
  return full + Math.max(upToMultiple(rest, rule.multiple), rule.minimum);
}

/** How many orders a total from `lotQuantity` is. */
export function orderCount(total: number, rule: LotRule): number {
  return Number.isFinite(rule.maximum) ? Math.max(1, Math.ceil(total / rule.maximum - LOT_SLACK)) : 1;
}

/** The quantity of order `index` of that many: the maximum for all but the last, which takes what is left. */
export function orderQuantity(total: number, rule: LotRule, index: number, count: number): number {
  return index < count - 1 ? rule.maximum : total - (count > 1 ? (count - 1) * rule.maximum : 0);
}

function upToMultiple(quantity: number, multiple: number): number {
  return multiple > 0 ? Math.ceil(quantity / multiple - LOT_SLACK) * multiple : quantity;
}
