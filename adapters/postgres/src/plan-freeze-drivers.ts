/** What planners know of demand beside its history. Sorted by source key. */
import type { CompanySettings, DriverRows } from '@planwright/app';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './open-database.ts';

export async function readDrivers(tx: Tx, { companyId }: CompanySettings): Promise<DriverRows> {
  const all = async <Row>(query: RawBuilder<Row>): Promise<readonly Row[]> => (await query.execute(tx)).rows;
  return {
    events: await all(sql<DriverRows['events'][number]>`
      select code, name, kind, item_group as "itemGroup", item, location, channel,
        starts_on - date '1970-01-01' as "startsOn", ends_on - date '1970-01-01' as "endsOn",
        uplift_ratio as "upliftRatio", strength, price_change_ratio as "priceChangeRatio"
      from demand_event where company_id = ${companyId} order by code collate "C"`),
    stockOuts: await all(sql<DriverRows['stockOuts'][number]>`
      select item, location, starts_on - date '1970-01-01' as "startsOn", ends_on - date '1970-01-01' as "endsOn"
      from stock_out where company_id = ${companyId} order by item collate "C", location collate "C", starts_on`),
    launches: await all(sql<DriverRows['launches'][number]>`
      select item, location, channel, starts_on - date '1970-01-01' as "startsOn", like_items as "likeItems",
        level_quantity as "levelQuantity"
      from launch where company_id = ${companyId}
      order by item collate "C", location collate "C", channel collate "C"`),
    successions: await all(sql<DriverRows['successions'][number]>`
      select predecessor, successor, switch_on - date '1970-01-01' as "switchOn",
        conversion_ratio as "conversionRatio", ramp_days as "rampDays", kept_ratio as "keptRatio"
      from succession where company_id = ${companyId} order by predecessor collate "C", successor collate "C"`),
    decisions: await all(sql<DriverRows['decisions'][number]>`
      select item, location, channel, bucket_on - date '1970-01-01' as "bucketOn", decision, quantity
      from cleansing_decision where company_id = ${companyId}
      order by item collate "C", location collate "C", channel collate "C", bucket_on`),
  };
}
