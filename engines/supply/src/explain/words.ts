/** How days and things are called in a sentence for a planner. */
import { dayText } from '@planwright/time';
import { DEMAND_KIND } from '../model/finite-plan.ts';
import { nameOf } from '../model.ts';
import type { PlanView } from './plan-view.ts';

export function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** 'BIKE-1 at PLANT'. */
export function pointText({ model }: PlanView, point: number): string {
  return nameOf(model.stockPoints[point]);
}

/** 'order SO-17', or 'the forecast of bucket 3' by its first day. */
export function demandText({ model, plan }: PlanView, demand: number): string {
  const row = plan.demands.row[demand];
  if (plan.demands.kind[demand] === DEMAND_KIND.order) return `order ${model.demands[row].demand}`;
  const from = dayText(model.bucketStartDays[plan.demands.bucket[demand]]);
  const { customer } = model.forecasts[row];
  return customer === undefined ? `the forecast from ${from}` : `the forecast of ${customer} from ${from}`;
}

/** 'work centre WELD', as its kind says. */
export function resourceText({ model }: PlanView, resource: number): string {
  const { resource: name, kind = 'machine' } = model.resources[resource];
  const words = { machine: 'work centre', labour: 'crew', storage: 'store', supplier: 'supplier' };
  return `${words[kind]} ${name}`;
}

/** 'buying WHEEL from ACME', 'making BIKE', 'moving BIKE from HUB'. */
export function sourceText({ model }: PlanView, source: number): string {
  const { kind, item, supplier, fromLocation } = model.sources[source];
  if (kind === 'make') return `making ${item}`;
  if (kind === 'move') return `moving ${item} from ${fromLocation ?? ''}`;
  return supplier === undefined ? `buying ${item}` : `buying ${item} from ${supplier}`;
}

/** 'a, b and 3 others': the first names and how many more there are. */
export function listText(names: readonly string[], shown = 3): string {
  const head = names.slice(0, names.length > shown + 1 ? shown : names.length);
  const rest = names.length - head.length;
  const parts = rest > 0 ? [...head, `${rest} others`] : head;
  return parts.length < 2
    ? (parts[0] ?? '')
    : `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}
