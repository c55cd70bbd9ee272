/** Master data of a run: what there is to plan, where, how it is made and bought. Sorted by source key. */
import type {
  CompanyData,
  CompanySettings,
  ItemRow,
  ItemSupplierRow,
  ReadWindow,
  ResourceInput,
} from '@planwright/app';
import { sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { dayArray } from './sql-arrays.ts';

type MasterData = Pick<
  CompanyData,
  | 'items'
  | 'groups'
  | 'locations'
  | 'itemLocations'
  | 'itemSuppliers'
  | 'bom'
  | 'onHand'
  | 'resources'
  | 'routing'
>;

type Priced<Row> = Row & { readonly currency: string | null };

export async function readMasterData(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
  rates: ReadonlyMap<string, number>,
): Promise<MasterData> {
  /** In the company's currency; null where that cannot be known. */
  const converted = (amount: number | null, currency: string | null): number | null => {
    if (amount === null || currency === null || currency === settings.currency) return amount;
    const rate = rates.get(currency);
    return rate === undefined ? null : amount * rate;
  };
  const items = (await readItems(tx, settings)).map(({ currency, ...row }) => ({
    ...row,
    standardCost: converted(row.standardCost, currency),
    listPrice: converted(row.listPrice, currency),
  }));
  const itemSuppliers = (await readItemSuppliers(tx, settings)).map(({ currency, ...row }) => ({
    ...row,
    price: converted(row.price, currency),
  }));
  const resources = (await readResources(tx, settings)).map(({ currency, ...row }) => ({
    ...row,
    costPerHour: converted(row.costPerHour, currency),
    overtimeCostPerHour: converted(row.overtimeCostPerHour, currency),
  }));
  return {
    items,
    itemSuppliers,
    resources,
    ...(await readPlaces(tx, settings)),
    ...(await readMaking(tx, settings, window)),
  };
}

async function readItems(tx: Tx, settings: CompanySettings): Promise<Priced<ItemRow>[]> {
  const { rows } = await sql<Priced<ItemRow>>`
    select code, name, group_code as "groupCode", kind, unit, source, home_location as "homeLocation",
      standard_cost::float8 as "standardCost", list_price::float8 as "listPrice", currency,
      lead_time_days as "leadTimeDays", lot_minimum as "lotMinimum", lot_multiple as "lotMultiple",
      safety_stock as "safetyStock", yield_ratio as "yieldRatio",
      active_from - date '1970-01-01' as "activeFrom", active_to - date '1970-01-01' as "activeTo", planner
    from item where company_id = ${settings.companyId} order by code collate "C"`.execute(tx);
  return rows;
}

/** Only whom one may order from; whom to ask first stands first. */
async function readItemSuppliers(tx: Tx, settings: CompanySettings): Promise<Priced<ItemSupplierRow>[]> {
  const { rows } = await sql<Priced<ItemSupplierRow>>`
    select i.item, i.supplier, i.lead_time_days as "leadTimeDays", i.price::float8 as price, i.currency,
      i.minimum_quantity as "minimumQuantity", i.multiple_quantity as "multipleQuantity", i.priority,
      i.share_ratio as "shareRatio", i.maximum_per_week as "maximumPerWeek",
      i.effective_from - date '1970-01-01' as "effectiveFrom", i.effective_to - date '1970-01-01' as "effectiveTo"
    from item_supplier i join supplier s on s.company_id = i.company_id and s.code = i.supplier
    where i.company_id = ${settings.companyId} and s.active
    order by i.item collate "C", i.priority, s.preferred desc, i.lead_time_days nulls last, i.price nulls last,
      i.supplier collate "C"`.execute(tx);
  return rows;
}

async function readResources(tx: Tx, settings: CompanySettings): Promise<Priced<ResourceInput>[]> {
  const { rows } = await sql<Priced<ResourceInput>>`
    select code, name, location, hours_per_week as "hoursPerWeek", efficiency_ratio as "efficiencyRatio",
      cost_per_hour::float8 as "costPerHour", currency, kind, overtime_hours_per_week as "overtimeHoursPerWeek",
      overtime_cost_per_hour::float8 as "overtimeCostPerHour"
    from resource where company_id = ${settings.companyId} and kind <> 'storage' order by code collate "C"`.execute(
    tx,
  );
  return rows;
}

async function readPlaces(
  tx: Tx,
  settings: CompanySettings,
): Promise<Pick<MasterData, 'groups' | 'locations' | 'itemLocations' | 'onHand'>> {
  const { companyId } = settings;
  const groups = await sql<CompanyData['groups'][number]>`
    select code, name, parent_code as "parentCode" from item_group
    where company_id = ${companyId} order by code collate "C"`.execute(tx);
  const locations = await sql<CompanyData['locations'][number]>`
    select code, name, kind, supplied_from as "suppliedFrom", transit_days as "transitDays", country from location
    where company_id = ${companyId} order by code collate "C"`.execute(tx);
  const itemLocations = await sql<CompanyData['itemLocations'][number]>`
    select item, location, source, source_location as "sourceLocation", lead_time_days as "leadTimeDays",
      lot_minimum as "lotMinimum", lot_multiple as "lotMultiple", safety_stock as "safetyStock",
      lot_maximum as "lotMaximum", storage_maximum as "storageMaximum", build_ahead_days as "buildAheadDays",
      shelf_life_days as "shelfLifeDays"
    from item_location where company_id = ${companyId}
    order by item collate "C", location collate "C"`.execute(tx);
  const onHand = await sql<CompanyData['onHand'][number]>`
    select item, location, quantity from on_hand where company_id = ${companyId}
    order by item collate "C", location collate "C"`.execute(tx);
  return {
    groups: groups.rows,
    locations: locations.rows,
    itemLocations: itemLocations.rows,
    onHand: onHand.rows,
  };
}

async function readMaking(
  tx: Tx,
  settings: CompanySettings,
  window: ReadWindow,
): Promise<Pick<MasterData, 'bom' | 'routing'>> {
  const { companyId } = settings;
  const asOf = sql`(${dayArray(window.starts.subarray(window.historyBuckets, window.historyBuckets + 1))})[1]`;
  const bom = await sql<CompanyData['bom'][number]>`
    select parent, component, quantity_per as "quantityPer", unit, scrap_ratio as "scrapRatio",
      effective_from - date '1970-01-01' as "effectiveFrom", effective_to - date '1970-01-01' as "effectiveTo" from bom_row
    where company_id = ${companyId} and coalesce(effective_to >= ${asOf}, true)
    order by parent collate "C", component collate "C"`.execute(tx);
  const routing = await sql<CompanyData['routing'][number]>`
    select item, resource, setup_hours as "setupHours", hours_per_unit as "hoursPerUnit",
      alternate_resource as "alternateResource" from routing_step
    where company_id = ${companyId} order by item collate "C", sequence`.execute(tx);
  return { bom: bom.rows, routing: routing.rows };
}
