/** What customers asked for, what is still owed to them, what is on its way in, and how well we delivered. */
import type {
  CompanyData,
  CompanySettings,
  DemandHistory,
  OpenOrders,
  ReadWindow,
  ReceiptRow,
  ServiceRow,
} from '@planwright/app';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { rateColumns, type RateTable } from './plan-freeze-rates.ts';
import { dayArray, doubleArray, intArray, textArray } from './sql-arrays.ts';

/** The day a customer wants it; where nobody asked, the day they ordered it. */
const DEMAND_DAY = sql`coalesce(l.requested_on, l.ordered_on)`;

/** Order lines with their bucket and the rate of their currency: 1 in our own, null where there is none. */
function ratedLines(settings: CompanySettings, starts: Int32Array, rates: RateTable): RawBuilder<unknown> {
  const { currency, bucket, rate } = rateColumns(rates);
  const bucketCount = starts.length - 1;
  return sql`(
    select l.*, ${DEMAND_DAY} as demand_day, width_bucket(${DEMAND_DAY}, ${dayArray(starts)}) - 1 as bucket
    from sales_order_line l where l.company_id = ${settings.companyId}
  ) as l left join unnest(${textArray(currency)}, ${intArray(bucket)}, ${doubleArray(rate)})
    as r (currency, bucket, rate)
    on r.currency = l.currency and r.bucket = least(greatest(l.bucket, 0), ${bucketCount - 1})`;
}

function rateOf(settings: CompanySettings): RawBuilder<unknown> {
  return sql`(case when coalesce(l.currency, ${settings.currency}) = ${settings.currency} then 1 else r.rate::numeric end)`;
}

/** Net quantity and amount by key and bucket. Sums are of decimals, so the order of rows cannot show in them. */
export async function readDemandHistory(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
  rates: RateTable,
): Promise<{ history: DemandHistory; unconverted: CompanyData['unconverted'] }> {
  const lines = ratedLines(settings, window.starts, rates);
  const rate = rateOf(settings);
  const { rows } = await sql<{
    item: string;
    location: string;
    channel: string;
    bucket: number[];
    quantity: number[];
    returned: number[];
    amount: number[];
  }>`
    select item, location, channel, array_agg(bucket order by bucket) as bucket,
      array_agg(quantity order by bucket) as quantity, array_agg(returned order by bucket) as returned, array_agg(amount order by bucket) as amount
    from (
      select l.item, l.location, l.channel, l.bucket, sum(l.quantity::numeric)::float8 as quantity,
        coalesce(-sum(l.quantity::numeric) filter (where l.quantity < 0), 0)::float8 as returned,
        coalesce(sum(l.net_amount * ${rate}), 0)::float8 as amount
      from ${lines} group by 1, 2, 3, 4
    ) as cell
    group by 1, 2, 3 order by item collate "C", location collate "C", channel collate "C"`.execute(tx);
  const foreign = await sql<{ currency: string; lineCount: number }>`
    select l.currency, count(*)::int as "lineCount" from ${lines}
    where l.currency <> ${settings.currency} and r.rate is null group by 1 order by 1`.execute(tx);
  const column = <Name extends keyof (typeof rows)[number]>(name: Name) => rows.map((row) => row[name]);
  const history = {
    item: column('item'),
    location: column('location'),
    channel: column('channel'),
    bucket: column('bucket'),
    quantity: column('quantity'),
    returned: column('returned'),
    amount: column('amount'),
  };
  return { history, unconverted: foreign.rows };
}

/** Lines that are not shipped in full, and lines of the plan's own buckets that are. */
export async function readOpenOrders(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
  rates: RateTable,
): Promise<OpenOrders> {
  const planStarts = window.starts.slice(window.historyBuckets);
  const lines = ratedLines(settings, planStarts, rates);
  const open = sql`(case when l.shipped_on is null then greatest(l.quantity - coalesce(l.shipped_quantity, 0), 0) else 0 end)::numeric`;
  const shipped = sql`(case when l.bucket < 0 then 0 when l.shipped_on is null then coalesce(l.shipped_quantity, 0) else l.quantity end)::numeric`;
  const { rows } = await sql<{
    item: string;
    location: string;
    channel: string;
    bucket: number;
    quantity: number;
    amount: number;
    shippedQuantity: number;
  }>`
    select l.item, l.location, l.channel, l.bucket, sum(${open})::float8 as quantity,
      coalesce(sum(l.net_amount * ${rateOf(settings)} * ${open} / l.quantity::numeric), 0)::float8 as amount,
      sum(${shipped})::float8 as "shippedQuantity"
    from ${lines}
    where l.quantity > 0 and (l.shipped_on is null or l.bucket >= 0) and l.bucket < ${planStarts.length - 1}
    group by l.item, l.location, l.channel, l.bucket
    having sum(${open}) > 0 or sum(${shipped}) > 0
    order by l.item collate "C", l.location collate "C", l.channel collate "C", l.bucket`.execute(tx);
  return {
    item: rows.map((row) => row.item),
    location: rows.map((row) => row.location),
    channel: rows.map((row) => row.channel),
    bucket: rows.map((row) => row.bucket),
    quantity: rows.map((row) => row.quantity),
    amount: rows.map((row) => row.amount),
    shippedQuantity: rows.map((row) => row.shippedQuantity),
  };
}

/** Open purchase and work orders. One without a due day is expected at once. */
export async function readReceipts(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
): Promise<ReceiptRow[]> {
  const planStarts = window.starts.slice(window.historyBuckets);
  const asOf = planStarts.subarray(0, 1);
  const due = sql`coalesce(o.due_on, (${dayArray(asOf)})[1])`;
  const { rows } = await sql<ReceiptRow>`
    select kind, item, location, width_bucket(due_on, ${dayArray(planStarts)}) - 1 as bucket,
      sum(quantity::numeric)::float8 as quantity, count(*)::int as "orderCount",
      min(due_on) - date '1970-01-01' as "oldestDueDay"
    from (
      select 'purchase' as kind, o.item, o.location, ${due} as due_on,
        o.quantity - coalesce(o.received_quantity, 0) as quantity
      from purchase_order_line o where o.company_id = ${settings.companyId} and o.status = 'open'
      union all
      select 'work', o.item, o.location, ${due},
        o.quantity - coalesce(o.completed_quantity, 0) - coalesce(o.scrapped_quantity, 0)
      from work_order o where o.company_id = ${settings.companyId} and o.status = 'open'
    ) as under_way
    where quantity > 0
    group by 1, 2, 3, 4
    order by kind, item collate "C", location collate "C" nulls first, bucket`.execute(tx);
  return rows;
}

/**
 * Lines asked for in each bucket of history, and those that left in full on or before that day: the engines' strict
 * rule (see otif.ts of the finance engine) for lines that are all past due.
 */
export async function readService(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
): Promise<ServiceRow[]> {
  const historyStarts = window.starts.slice(0, window.historyBuckets + 1);
  const { rows } = await sql<ServiceRow>`
    select width_bucket(l.requested_on, ${dayArray(historyStarts)}) - 1 as bucket, count(*)::int as "lineCount",
      (count(*) filter (where l.shipped_on <= l.requested_on
        and coalesce(l.shipped_quantity, l.quantity) = l.quantity))::int as "onTimeInFullCount"
    from sales_order_line l
    where l.company_id = ${settings.companyId} and l.quantity > 0
      and l.requested_on >= (${dayArray(historyStarts)})[1]
      and l.requested_on < (${dayArray(historyStarts)})[${historyStarts.length}::int]
    group by 1 order by 1`.execute(tx);
  return rows;
}
