/** Single orders as the constrained plan sees them: what customers asked for, and what is under way. */
import type { ComponentRow, DemandFacts, ReceiptFacts } from '@planwright/supply';
import type { CompanyData } from './company-data.ts';
import { firmNeedsOf } from './firm-proposals.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import type { PlannedDemand, PlannedReceipt } from './planning-inputs.ts';
import { receiptPlace, type SupplyRules } from './supply-inputs.ts';
import { placeKey } from './supply-sources.ts';

export type OrderContext = {
  readonly data: CompanyData;
  readonly plan: PlanCalendar;
  readonly rules: SupplyRules;
  readonly pointOf: (item: string, location: string) => number | undefined;
  /** Bills of material in force. */
  readonly components: readonly ComponentRow[];
};

// What a released order takes is taken before anything is promised anew.
const INTERNAL_PRIORITY = 1;

/** Open order lines, then what approved and released proposals take from stock points. Lines of unknown items are left out. */
export function plannedDemands(context: OrderContext): PlannedDemand[] {
  const { data, pointOf } = context;
  const orders = data.supply.demandLines.flatMap((row): PlannedDemand[] => {
    const point = pointOf(row.item, row.location);
    if (point === undefined) return [];
    return [
      {
        demand: `${row.order}/${row.line}`,
        item: row.item,
        location: row.location,
        dueDay: row.dueDay,
        quantity: row.quantity,
        ...optional({ priority: row.priority, policy: row.shipPolicy, latenessMaxDays: row.latenessMaxDays }),
        // An order nets the forecast of its channel.
        customer: row.channel,
        point,
        account: row.account,
      },
    ];
  });
  return [...orders, ...internalDemands(context)];
}

/** Leaves out what nobody said. */
function optional(values: {
  priority: number | null;
  policy: DemandFacts['policy'] | null;
  latenessMaxDays: number | null;
}): Partial<Pick<DemandFacts, 'priority' | 'policy' | 'latenessMaxDays'>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function internalDemands({ data, plan, pointOf, components }: OrderContext): PlannedDemand[] {
  const componentsOf = Map.groupBy(components, (row) => placeKey(row.item, row.location));
  return data.supply.firmProposals.flatMap((row) => {
    const needs = firmNeedsOf(row, componentsOf.get(placeKey(row.item, row.location)) ?? []);
    return needs.flatMap(({ item, location, quantity }): PlannedDemand[] => {
      const point = pointOf(item, location);
      if (point === undefined) return [];
      return [
        {
          demand: `${row.number}/${item}`,
          item,
          location,
          dueDay: Math.max(plan.asOf, row.startDay),
          quantity,
          priority: INTERNAL_PRIORITY,
          // Released orders foresee nothing that a forecast does: they net none.
          customer: row.number,
          point,
          account: null,
          isInternal: true,
        },
      ];
    });
  });
}

/** Open orders of suppliers and the works, as released moves and cancellations leave them, then firm proposals. */
export function plannedReceipts({ data, plan, rules, pointOf }: OrderContext): PlannedReceipt[] {
  const changes = new Map(data.supply.orderChanges.map((row) => [row.receipt, row]));
  const orders = data.supply.receiptLines.flatMap((row): PlannedReceipt[] => {
    const location = receiptPlace(rules, row);
    const point = pointOf(row.item, location);
    const item = rules.items.get(row.item);
    const receipt = row.line === '' ? row.order : `${row.order}/${row.line}`;
    const change = changes.get(receipt);
    if (point === undefined || item === undefined || change?.kind === 'cancel') return [];
    const promisedDay = change?.dueDay ?? row.dueDay;
    return [
      {
        receipt,
        kind: row.kind,
        item: row.item,
        location,
        dueDay: Math.max(plan.asOf, promisedDay ?? plan.asOf),
        // A work order counts what is started; what arrives is what comes out good.
        quantity: row.kind === 'work' ? row.quantity * item.yieldRatio : row.quantity,
        status: 'confirmed',
        ...(row.supplier === null ? {} : { supplier: row.supplier }),
        point,
        promisedDay,
      },
    ];
  });
  const firm = data.supply.firmProposals.flatMap((row): PlannedReceipt[] => {
    const point = pointOf(row.item, row.location);
    if (point === undefined) return [];
    const kinds = { make: 'work', buy: 'purchase', move: 'transfer' } as const;
    const facts: ReceiptFacts = {
      receipt: row.number,
      kind: kinds[row.kind],
      item: row.item,
      location: row.location,
      dueDay: Math.max(plan.asOf, row.dueDay),
      quantity: row.goodQuantity,
      status: 'released',
      ...(row.kind === 'buy' && row.from !== null ? { supplier: row.from } : {}),
    };
    return [{ ...facts, point, promisedDay: row.dueDay }];
  });
  return [...orders, ...firm];
}
