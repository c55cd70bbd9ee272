/** Exchange rates into the company's currency, at the grain of the plan. */
import type { CompanySettings } from '@planwright/app';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { dayArray } from './sql-arrays.ts';

/** By currency: the mean rate of each bucket, gaps filled with the rate before, leading ones with the first. */
export type RateTable = ReadonlyMap<string, readonly number[]>;

/** Rates quoted the other way round count too, by their inverse. */
export async function ratesByBucket(
  tx: Tx,
  settings: CompanySettings,
  starts: Int32Array,
): Promise<RateTable> {
  const bucketCount = starts.length - 1;
  const { rows } = await sql<{ currency: string; bucket: number; rate: number }>`
    select currency, greatest(bucket, 0) as bucket, avg(rate order by "on")::float8 as rate from (
      select from_currency as currency, "on", rate::numeric as rate,
        width_bucket("on", ${dayArray(starts)}) - 1 as bucket
      from fx_rate where company_id = ${settings.companyId} and to_currency = ${settings.currency}
      union all
      select to_currency, "on", 1 / nullif(rate, 0)::numeric, width_bucket("on", ${dayArray(starts)}) - 1
      from fx_rate where company_id = ${settings.companyId} and from_currency = ${settings.currency}
    ) as quoted
    where bucket < ${bucketCount} and rate is not null and currency <> ${settings.currency}
    group by 1, 2 order by 1, 2`.execute(tx);
  const table = new Map<string, number[]>();
  for (const [currency, quoted] of Map.groupBy(rows, (row) => row.currency)) {
    const filled = new Array<number>(bucketCount).fill(quoted[0].rate);
    for (const { bucket, rate } of quoted) filled.fill(rate, bucket);
    table.set(currency, filled);
  }
  return table;
}

/** The rates of one bucket: the last of history values what is bought and stocked today. */
export function latestRates(rates: RateTable, historyBuckets: number): ReadonlyMap<string, number> {
  return new Map([...rates].map(([currency, values]) => [currency, values[Math.max(0, historyBuckets - 1)]]));
}

/** The table as columns for `unnest`. */
export function rateColumns(rates: RateTable): { currency: string[]; bucket: number[]; rate: number[] } {
  const columns = { currency: [] as string[], bucket: [] as number[], rate: [] as number[] };
  for (const [currency, values] of rates) {
    values.forEach((rate, bucket) => {
      columns.currency.push(currency);
      columns.bucket.push(bucket);
      columns.rate.push(rate);
    });
  }
  return columns;
}
