/** Where supply does not fit demand: too little, too late, too much, or more work than hours. */
import { isoFromDay } from '@planwright/time';
import type { Snapshot } from '../snapshot.ts';
import type { Finding } from './alerts.ts';
import type { PlanWords } from './plan-words.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import type { ResourceFigures, StockFigures } from './stage-results.ts';

const NOTHING = {
  item: null,
  location: null,
  resource: null,
  bucket: null,
  quantity: null,
  amount: null,
  point: null,
};

export function shortageAlerts(
  snapshot: Snapshot,
  points: readonly StockFigures[],
  words: PlanWords,
): Finding[] {
  return points
    .filter((figures) => figures.firstShortage !== null)
    .map((figures) => {
      const { item, location, source } = snapshot.supply.points[figures.point];
      const bucket = words.bucket(figures.firstShortage ?? 0);
      const quantity = `${words.quantity(figures.shortageQuantity)} ${words.unit(item)}`;
      const cause =
        source === undefined
          ? 'Nothing refills it.'
          : `Its lead time of ${words.quantity(source.leadTimeDays)} days brings no more in time.`;
      return {
        ...NOTHING,
        kind: 'shortage',
        title: `${words.itemName(item)} runs short at ${location}`,
        detail: `${quantity} are not met when they are needed, from ${bucket} on. ${cause}`,
        item,
        location,
        bucket,
        quantity: figures.shortageQuantity,
        amount: figures.unitCost === null ? null : figures.shortageValue,
        point: figures.point,
      };
    });
}

/** An overload of a fifth cannot be worked away by a few extra hours. */
const HEAVY_OVERLOAD_RATIO = 1.2;

export function overloadAlerts(
  snapshot: Snapshot,
  blocks: RunBlocks,
  resources: readonly ResourceFigures[],
  words: PlanWords,
): Finding[] {
  const { meta, capacity } = snapshot;
  return resources
    .filter((figures) => figures.overloadedBuckets > 0)
    .map((figures) => {
      const { code, name, location } = capacity.resources[figures.resource];
      const load = rowIn(blocks, meta, 'loadHours', figures.resource);
      const hours = rowIn(blocks, meta, 'capacityHours', figures.resource);
      const excess = load.map((value, t) => Math.max(0, value - hours[t]));
      const worst = excess.indexOf(Math.max(...excess));
      const percent = hours[worst] > 0 ? ` (${Math.round((100 * load[worst]) / hours[worst])} %)` : '';
      return {
        ...NOTHING,
        severity: (figures.peakRatio ?? Number.POSITIVE_INFINITY) >= HEAVY_OVERLOAD_RATIO ? 'high' : 'medium',
        kind: 'overload',
        title: `${name} is asked for more hours than it has`,
        detail:
          `In ${words.bucket(worst)} the plan asks for ${words.quantity(load[worst])} of ${words.quantity(hours[worst])} hours${percent}; ` +
          `it is overloaded in ${figures.overloadedBuckets} of ${meta.horizonBuckets} periods.`,
        location,
        resource: code,
        bucket: words.bucket(worst),
        quantity: excess[worst],
      };
    });
}

/** Purchase and work orders that should have come before the plan starts. */
export function overdueAlerts(snapshot: Snapshot, words: PlanWords): Finding[] {
  return snapshot.supply.pastDue.map(({ kind, point, quantity, orderCount, oldestDueDay }) => {
    const { item, location } = snapshot.supply.points[point];
    const orders = `${orderCount} ${kind === 'purchase' ? 'purchase' : 'work'} order${orderCount === 1 ? ' is' : 's are'}`;
    const since = oldestDueDay === null ? '' : `, the oldest since ${isoFromDay(oldestDueDay)}`;
    const amount = quantity * words.unitCost(item);
    return {
      ...NOTHING,
      kind: 'past-due-order',
      title: `${words.itemName(item)} is overdue at ${location}`,
      detail: `${orders} late${since}. The plan expects ${words.quantity(quantity)} ${words.unit(item)} in its first period.`,
      item,
      location,
      bucket: words.bucket(0),
      quantity,
      amount: Number.isNaN(amount) ? null : amount,
      point,
    };
  });
}

/** Stock that a year of demand will not use up. Crumbs are left out. */
const EXCESS_SHARE_MIN = 0.1;

export function excessAlerts(
  snapshot: Snapshot,
  points: readonly StockFigures[],
  words: PlanWords,
): Finding[] {
  return points
    .filter((figures) => figures.excessValue > figures.stockValue * EXCESS_SHARE_MIN)
    .map((figures) => {
      const { item, location } = snapshot.supply.points[figures.point];
      return {
        ...NOTHING,
        kind: 'excess',
        title: `${words.itemName(item)}: more at ${location} than a year needs`,
        detail: `${words.quantity(figures.excessQuantity)} ${words.unit(item)} worth ${words.money(figures.excessValue)} are beyond a year of demand and the safety stock.`,
        item,
        location,
        quantity: figures.excessQuantity,
        amount: figures.excessValue,
        point: figures.point,
      };
    });
}
