/** Ids of what is planned: given out once, the same in every run. */
import type { KeyIds, PlanKeys } from '@planwright/app';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { textArray } from './sql-arrays.ts';

type Columns = {
  readonly item: readonly string[];
  readonly location: readonly string[];
  readonly channel: readonly string[];
  readonly resource: readonly string[];
};

/** Ids in the order of the keys. New keys get theirs now. */
export async function planKeyIds(tx: Tx, companyId: number, keys: PlanKeys): Promise<KeyIds> {
  const blank = (like: readonly string[]): string[] => like.map(() => '');
  const { demand, stock, resource } = keys;
  return {
    demand: await idsOf(tx, companyId, 'demand', { ...demand, resource: blank(demand.item) }),
    stock: await idsOf(tx, companyId, 'stock', {
      ...stock,
      channel: blank(stock.item),
      resource: blank(stock.item),
    }),
    resource: await idsOf(tx, companyId, 'resource', {
      item: blank(resource),
      location: blank(resource),
      channel: blank(resource),
      resource,
    }),
  };
}

async function idsOf(
  tx: Tx,
  companyId: number,
  kind: 'demand' | 'stock' | 'resource',
  { item, location, channel, resource }: Columns,
): Promise<Int32Array> {
  const wanted: RawBuilder<unknown> = sql`unnest(${textArray(item)}, ${textArray(location)}, ${textArray(channel)}, ${textArray(resource)})`;
  await sql`insert into plan_key (company_id, kind, item, location, channel, resource)
    select ${companyId}::int, ${kind}, w.item, w.location, w.channel, w.resource
    from ${wanted} as w (item, location, channel, resource)
    where not exists (select from plan_key k where k.company_id = ${companyId} and k.kind = ${kind}
      and (k.item, k.location, k.channel, k.resource) = (w.item, w.location, w.channel, w.resource))
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ id: number }>`select k.id
    from ${wanted} with ordinality as w (item, location, channel, resource, position)
    join plan_key k on k.company_id = ${companyId} and k.kind = ${kind}
      and (k.item, k.location, k.channel, k.resource) = (w.item, w.location, w.channel, w.resource)
    order by w.position`.execute(tx);
  return Int32Array.from(rows, (row) => row.id);
}
