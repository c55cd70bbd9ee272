/** Budget and past stock, summed to the grain of the plan. */
import type { BudgetRow, CompanySettings, ReadWindow, StockHistoryRow } from '@planwright/app';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { rateColumns, type RateTable } from './plan-freeze-rates.ts';
import { dayArray, doubleArray, intArray, textArray } from './sql-arrays.ts';

/** Budgeted revenue and cost of sales. A currency without a rate is taken as the company's own. */
export async function readBudget(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
  rates: RateTable,
): Promise<BudgetRow[]> {
  const { currency, bucket, rate } = rateColumns(rates);
  const { rows } = await sql<BudgetRow>`
    select b.item_group as "itemGroup", b.account_type as "accountType", b.bucket,
      sum(b.amount * coalesce(r.rate, 1)::numeric)::float8 as amount
    from (
      select item_group, account_type, amount, currency, width_bucket(posted_on, ${dayArray(window.starts)}) - 1 as bucket
      from ledger_line
      where company_id = ${settings.companyId} and scenario = 'budget' and account_type in ('revenue', 'cost of sales')
    ) as b
    left join unnest(${textArray(currency)}, ${intArray(bucket)}, ${doubleArray(rate)}) as r (currency, bucket, rate)
      on r.currency = b.currency and r.bucket = b.bucket
    where b.bucket between 0 and ${window.starts.length - 2}
    group by b.item_group, b.account_type, b.bucket
    order by b.account_type, b.item_group collate "C", b.bucket`.execute(tx);
  return rows;
}

/** The last balance of each item and location in each bucket of history, added up over locations. */
export async function readStockHistory(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
): Promise<StockHistoryRow[]> {
  const historyStarts = window.starts.slice(0, window.historyBuckets + 1);
  const { rows } = await sql<StockHistoryRow>`
    select item, bucket, sum(quantity::numeric)::float8 as quantity,
      sum(quantity::numeric * unit_cost)::float8 as value
    from (
      select distinct on (item, location, bucket) item, location, bucket, quantity, unit_cost
      from (
        select item, location, "on", quantity, unit_cost, width_bucket("on", ${dayArray(historyStarts)}) - 1 as bucket
        from stock_balance where company_id = ${settings.companyId}
      ) as balance
      where bucket between 0 and ${window.historyBuckets - 1}
      order by item, location, bucket, "on" desc
    ) as last_balance
    group by item, bucket order by item collate "C", bucket`.execute(tx);
  return rows;
}
