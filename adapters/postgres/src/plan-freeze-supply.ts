/** Single orders, stops and decisions of supply, as a run freezes them. */
import type {
  CompanySettings,
  DemandLineRow,
  FirmProposalRow,
  OrderChangeRow,
  PlannedStopRow,
  ReadWindow,
  ReceiptLineRow,
  SupplyRows,
} from '@planwright/app';
import type { SupplyEdit } from '@planwright/contracts';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { dayArray } from './sql-arrays.ts';

const DAY_ZERO = sql`date '1970-01-01'`;

export async function readSupplyRows(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
): Promise<SupplyRows> {
  return {
    demandLines: await readDemandLines(tx, settings, window),
    receiptLines: await readReceiptLines(tx, settings),
    firmProposals: await readFirmProposals(tx, settings),
    orderChanges: await readOrderChanges(tx, settings),
    plannedStops: await readPlannedStops(tx, settings, window),
  };
}

/** Lines that are not shipped in full and due before the horizon ends. */
async function readDemandLines(
  tx: Tx,
  { companyId }: CompanySettings,
  { starts }: ReadWindow,
): Promise<DemandLineRow[]> {
  const end = sql`(${dayArray(starts.subarray(starts.length - 1))})[1]`;
  const { rows } = await sql<DemandLineRow>`
    select l."order", l.line, l.item, l.location, l.channel, l.account,
      coalesce(l.requested_on, l.ordered_on) - ${DAY_ZERO} as "dueDay",
      l.quantity - coalesce(l.shipped_quantity, 0) as quantity, coalesce(l.priority, a.priority) as priority,
      l.ship_policy as "shipPolicy", l.lateness_max_days as "latenessMaxDays"
    from sales_order_line l left join account a on a.company_id = l.company_id and a.code = l.account
    where l.company_id = ${companyId} and l.shipped_on is null and l.quantity > coalesce(l.shipped_quantity, 0)
      and coalesce(l.requested_on, l.ordered_on) < ${end}
    order by "dueDay", l."order" collate "C", l.line collate "C"`.execute(tx);
  return rows;
}

async function readReceiptLines(tx: Tx, { companyId }: CompanySettings): Promise<ReceiptLineRow[]> {
  const { rows } = await sql<ReceiptLineRow>`
    select kind, "order", line, item, location, supplier, due_on - ${DAY_ZERO} as "dueDay", quantity
    from (
      select 'purchase' as kind, o."order", o.line, o.item, o.location, o.supplier, o.due_on,
        o.quantity - coalesce(o.received_quantity, 0) as quantity
      from purchase_order_line o where o.company_id = ${companyId} and o.status = 'open'
      union all
      select 'work', o.code, '', o.item, o.location, null, o.due_on,
        o.quantity - coalesce(o.completed_quantity, 0) - coalesce(o.scrapped_quantity, 0)
      from work_order o where o.company_id = ${companyId} and o.status = 'open'
    ) as under_way
    where quantity > 0
    order by kind, "order" collate "C", line collate "C"`.execute(tx);
  return rows;
}

/** Counted until an order of the company names it, whatever became of that order. */
async function readFirmProposals(tx: Tx, { companyId }: CompanySettings): Promise<FirmProposalRow[]> {
  const { rows } = await sql<FirmProposalRow>`
    select 'PW-' || p.number as number, p.kind, p.item, p.location, p.from_code as "from",
      p.start_on - ${DAY_ZERO} as "startDay", p.due_on - ${DAY_ZERO} as "dueDay", p.quantity,
      p.good_quantity as "goodQuantity"
    from supply_proposal p
    where p.company_id = ${companyId} and p.status in ('approved', 'released') and p.kind in ('make', 'buy', 'move')
      and not exists (select from purchase_order_line o where o.company_id = p.company_id and o.proposal = 'PW-' || p.number)
      and not exists (select from work_order o where o.company_id = p.company_id and o.proposal = 'PW-' || p.number)
    order by p.number`.execute(tx);
  return rows;
}

/** Moves and cancellations that were released, the newest of each order, while the order still says otherwise. */
async function readOrderChanges(tx: Tx, { companyId }: CompanySettings): Promise<OrderChangeRow[]> {
  const { rows } = await sql<OrderChangeRow>`
    select distinct on (p.order_ref collate "C") p.kind, p.order_ref as receipt, p.due_on - ${DAY_ZERO} as "dueDay"
    from supply_proposal p
    where p.company_id = ${companyId} and p.status = 'released' and p.kind in ('expedite', 'cancel', 'reschedule')
      and p.order_ref is not null
    order by p.order_ref collate "C", p.number desc`.execute(tx);
  return rows;
}

async function readPlannedStops(
  tx: Tx,
  { companyId }: CompanySettings,
  { starts, historyBuckets }: ReadWindow,
): Promise<PlannedStopRow[]> {
  const asOf = sql`(${dayArray(starts.subarray(historyBuckets, historyBuckets + 1))})[1]`;
  const { rows } = await sql<PlannedStopRow>`
    select resource, starts_on - ${DAY_ZERO} as "startsDay", ends_on - ${DAY_ZERO} as "endsDay" from planned_stop
    where company_id = ${companyId} and ends_on >= ${asOf}
    order by resource collate "C", starts_on`.execute(tx);
  return rows;
}

/** Decisions that stand, in the order in which they were taken. */
export async function readEdits(tx: Tx, { companyId }: CompanySettings): Promise<SupplyEdit[]> {
  const { rows } = await sql<{ edit: SupplyEdit }>`select edit from supply_decision
    where company_id = ${companyId} and undone_at is null order by number`.execute(tx);
  return rows.map(({ edit }) => edit);
}
