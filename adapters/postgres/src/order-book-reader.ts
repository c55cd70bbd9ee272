/** Orders as they are now, for the streams of a run: what is ordered, and how much of it was known so many days before. */
import type { BookedStream, OrderBookReader, OrderBookState, PlannedStream, RunHead } from '@planwright/app';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';
import { dayArray } from './sql-arrays.ts';

type Db = Kysely<Database>;

export function orderBookReader(db: Db): OrderBookReader {
  return {
    async state(companyId) {
      // Orders come and go with imports alone.
      const { rows } = await sql<OrderBookState>`select
          (select max(ordered_on) from sales_order_line where company_id = ${companyId}) - date '1970-01-01' as "newestOrderDay",
          (select as_of from company where id = ${companyId}) - date '1970-01-01' as "asOfDay",
          (select concat_ws('/', max(stored_number), count(*) filter (where status = 'done')) from import
            where company_id = ${companyId}) as version`.execute(db);
      return rows[0]!;
    },
    planned: (run, horizonCount, historyCount) => planned(db, run, horizonCount, historyCount),
    booked: (run, first, end, daysToEnd) => booked(db, run, first, end, daysToEnd),
  };
}

async function planned(
  db: Db,
  { runId, companyId, historyBuckets }: RunHead,
  horizonCount: number,
  historyCount: number,
): Promise<PlannedStream[]> {
  const series = (name: string, measure: string): RawBuilder<unknown> =>
    sql`left join run_series ${sql.ref(name)} on ${sql.ref(name)}.run_id = k.run_id and ${sql.ref(name)}.key_id = k.key_id
      and ${sql.ref(name)}.measure = ${measure}`;
  const ahead = (name: string): RawBuilder<unknown> =>
    sql`coalesce(${sql.ref(`${name}.values`)}[1:${horizonCount}::int], '{}')`;
  const past = (name: string): RawBuilder<unknown> =>
    sql`coalesce(${sql.ref(`${name}.values`)}[${Math.max(0, historyBuckets - historyCount) + 1}::int:], '{}')`;
  const { rows } = await sql<PlannedStream>`
    select k.key_id as "keyId", k.item, k.item_name as "itemName", k.location, k.channel, k.group_code as "group",
      coalesce(i.unit, 'units') as unit,
      case when k.plan_quantity > 0 then k.plan_revenue / k.plan_quantity else i.list_price::float8 end as price,
      ${ahead('b')} as baseline, ${ahead('l')} as lower80, ${ahead('u')} as upper80,
      ${past('a')} as actual, ${past('s')} as "saidBefore"
    from run_demand_key k ${series('b', 'baseline')} ${series('l', 'lower80')} ${series('u', 'upper80')}
      ${series('a', 'actual')} ${series('s', 'lag1')}
      left join item i on i.company_id = ${companyId} and i.code = k.item
    where k.run_id = ${runId} order by k.key_id`.execute(db);
  return rows;
}

async function booked(
  db: Db,
  { runId, companyId, calendar }: RunHead,
  first: number,
  end: number,
  daysToEnd: readonly number[],
): Promise<BookedStream[]> {
  const starts = dayArray(calendar.starts.slice(first, end + 1));
  // As the freeze of a run places orders: the day a customer wants it, else the day they ordered it.
  const demandDay = sql`coalesce(l.requested_on, l.ordered_on)`;
  const names = daysToEnd.map((_, k) => sql.ref(`known${k}`));
  const knownSums = daysToEnd.map(
    (days, k) =>
      sql`coalesce(sum(quantity) filter (where ordered_on < (${starts})[bucket + 1] - ${days}::int), 0) as ${names[k]}`,
  );
  const knownLists = names.map((name) => sql`array_agg(${name} order by bucket) as ${name}`);
  const { rows } = await sql<BookedRow>`
    select k.key_id as "keyId", array_agg(bucket + ${first}::int - 1 order by bucket) as bucket,
      array_agg(ordered order by bucket) as ordered, ${sql.join(knownLists)}
    from (
      select item, location, channel, bucket, sum(quantity) as ordered, ${sql.join(knownSums)}
      from (
        select l.item, l.location, l.channel, l.quantity, l.ordered_on, width_bucket(${demandDay}, ${starts}) as bucket
        from sales_order_line l where l.company_id = ${companyId}
          and ${demandDay} >= (${starts})[1] and ${demandDay} < (${starts})[${end - first + 1}::int]
      ) line group by 1, 2, 3, 4
    ) cell join run_demand_key k on k.run_id = ${runId} and k.item = cell.item and k.location = cell.location
      and k.channel = cell.channel
    group by k.key_id order by k.key_id`.execute(db);
  return rows.map(({ keyId, bucket, ordered, ...known }) => ({
    keyId,
    bucket,
    ordered,
    known: daysToEnd.map((_, k) => known[`known${k}`]!),
  }));
}

type BookedRow = Omit<BookedStream, 'known'> & { readonly [known: `known${number}`]: number[] };
