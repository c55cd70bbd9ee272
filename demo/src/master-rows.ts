/** Rows of the master data: items and sites, people and customers, suppliers, bills and routings. */
import { DIVISIONS, CHANNELS, FAMILIES, PRODUCT_LINES, SPARE_LINES } from './catalogue.ts';
import { CITIES } from './cities.ts';
import type { Company } from './company.ts';
import { plannerOf } from './demand-rows.ts';
import type { SoldItem } from './items.ts';
import { PART_GROUPS } from './parts.ts';
import { isoFromDay } from '@planwright/time';
import { dayText, dollarText, listSource, type RowSource } from './row-batches.ts';
import { REGIONS } from './sales-force.ts';
import { SITES, transitDays } from './sites.ts';
import { machineFailures, plannedStops } from './stops.ts';
import { ratingOf } from './suppliers.ts';

const CURRENCY = 'USD';

export function groupRows(): RowSource {
  const groups = [
    ...[...DIVISIONS, ...PART_GROUPS].map(([code, name]) => ({ code, name, parent: null })),
    ...FAMILIES.map(([code, name, parent]) => ({ code, name, parent })),
    ...[...PRODUCT_LINES, ...SPARE_LINES].map(({ code, name, family }) => ({ code, name, parent: family })),
  ];
  return listSource('item_group', groups, {
    code: (group) => group.code,
    name: (group) => group.name,
    parentCode: (group) => group.parent,
  });
}

export function locationRows(): RowSource {
  return listSource('location', SITES, {
    code: (site) => site.code,
    name: (site) => site.name,
    kind: (site) => site.kind,
    country: () => 'US',
    latitude: (site) => site.latitude,
    longitude: (site) => site.longitude,
    suppliedFrom: (site) => (site.suppliedFrom === null ? null : SITES[site.suppliedFrom].code),
    transitDays: (site, row) => (site.suppliedFrom === null ? 0 : transitDays(site.suppliedFrom, row)),
  });
}

export function itemRows(company: Company): RowSource {
  const { items, nodes, sold, listPrices } = company;
  return listSource('item', items, {
    code: (item) => item.code,
    name: (item) => item.sold?.name ?? item.part?.name ?? item.code,
    groupCode: (item) => item.sold?.group ?? item.part?.group ?? null,
    kind: (item) => item.sold?.kind ?? item.part?.kind ?? null,
    unit: (item) => item.part?.unit ?? 'EA',
    source: (item) => item.source,
    homeLocation: (item) => SITES[item.home].code,
    standardCost: (item) => dollarText(item.cost),
    listPrice: (_, row) => (row < sold.length ? dollarText(listPrices[row]) : null),
    currency: () => CURRENCY,
    leadTimeDays: (item) => item.leadTimeDays,
    lotMinimum: (item) => item.lotMinimum,
    lotMultiple: (item) => item.lotMultiple,
    safetyStock: (_, row) => nodes[row].safetyStock,
    yieldRatio: (item) => item.yieldRatio,
    activeFrom: (item) => dayText(item.sold?.activeFrom ?? null),
    activeTo: (item) => dayText(item.sold?.activeTo ?? null),
    successorCode: (item) => item.sold?.successor ?? null,
    planner: (item) => (item.sold === null ? null : plannerOf(divisionOf(item.sold))),
  });
}

function divisionOf(item: SoldItem): string | undefined {
  const family = item.line?.family ?? SPARE_LINES.find((line) => line.code === item.group)?.family;
  return FAMILIES.find(([code]) => code === family)?.[2];
}

type SiteRule = {
  readonly item: string;
  readonly site: number;
  readonly from: number;
  readonly lotMultiple: number | null;
  readonly safetyStock: number | null;
};

/** Warehouses draw sold items on their home sites, and a plant draws parts that the other plant makes. */
function siteRules(company: Company): SiteRule[] {
  const { items, nodes, design } = company;
  const rules = nodes.slice(items.length).map((node): SiteRule => {
    const { lotMultiple, safetyStock, site } = node;
    return { item: items[node.item].code, site, from: items[node.item].home, lotMultiple, safetyStock };
  });
  const homeOf = new Map(items.map((item) => [item.code, item.home]));
  const seen = new Set<string>();
  for (const { parent, component } of design.bill) {
    const site = homeOf.get(parent) ?? 0;
    const from = homeOf.get(component) ?? 0;
    if (site === from || seen.has(`${component} ${site}`)) continue;
    seen.add(`${component} ${site}`);
    rules.push({ item: component, site, from, lotMultiple: null, safetyStock: null });
  }
  return rules;
}

export function itemLocationRows(company: Company): RowSource {
  return listSource('item_location', siteRules(company), {
    item: (rule) => rule.item,
    location: (rule) => SITES[rule.site].code,
    source: () => 'move',
    sourceLocation: (rule) => SITES[rule.from].code,
    leadTimeDays: (rule) => transitDays(rule.from, rule.site),
    lotMinimum: (rule) => rule.lotMultiple,
    lotMultiple: (rule) => rule.lotMultiple,
    safetyStock: (rule) => rule.safetyStock,
  });
}

export function territoryRows({ force }: Company): RowSource {
  return listSource('territory', force.territories, {
    code: (territory) => territory.code,
    name: (territory) => territory.name,
    region: (territory) => REGIONS[territory.region],
    country: () => 'US',
  });
}

export function employeeRows({ force }: Company): RowSource {
  return listSource('employee', force.employees, {
    code: (person) => person.code,
    name: (person) => person.name,
    title: (person) => person.title,
    department: (person) => person.department,
    managerCode: (person) => person.manager,
    hiredOn: (person) => dayText(person.hiredOn),
    leftOn: (person) => dayText(person.leftOn),
    isSeller: (person) => person.isSeller,
  });
}

const SALES_PER_HEAD_CENTS = 21_000_000;

export function accountRows({ accounts, force }: Company): RowSource {
  const { territories, territoryOfAccount, assignments, employees } = force;
  const sellerOf = territories.map((_, index) => {
    const holder = assignments.find((row) => row.territory === index && row.endsOn === null);
    return holder === undefined ? null : employees[holder.seller].code;
  });
  return listSource('account', accounts, {
    code: (account) => account.code,
    name: (account) => account.name,
    segment: (account) => account.segment,
    channel: (account) => CHANNELS[account.channel],
    territory: (_, row) => territories[territoryOfAccount[row]].code,
    seller: (_, row) => sellerOf[territoryOfAccount[row]],
    country: () => 'US',
    region: (account) => CITIES[account.city].state,
    city: (account) => CITIES[account.city].name,
    postalCode: (account) => account.postalCode,
    latitude: (account) => account.latitude,
    longitude: (account) => account.longitude,
    annualRevenue: (account) => dollarText((account.employees * SALES_PER_HEAD_CENTS) / 100),
    employees: (account) => account.employees,
  });
}

export function supplierRows({ suppliers }: Company): RowSource {
  return listSource('supplier', suppliers, {
    code: (supplier) => supplier.code,
    name: (supplier) => supplier.name,
    country: (supplier) => supplier.country,
    rating: ratingOf,
    preferred: (supplier) => supplier.preferred,
    active: (supplier) => supplier.active,
    latitude: (supplier) => supplier.latitude,
    longitude: (supplier) => supplier.longitude,
  });
}

export function itemSupplierRows({ items, suppliers }: Company): RowSource {
  const rows = items.flatMap((item) =>
    item.sources.map((source, place) => ({ ...source, item: item.code, place })),
  );
  return listSource('item_supplier', rows, {
    item: (row) => row.item,
    supplier: (row) => suppliers[row.supplier].code,
    leadTimeDays: (row) => row.leadTimeDays,
    price: (row) => dollarText(row.price),
    currency: (row) => suppliers[row.supplier].currency,
    minimumQuantity: (row) => row.minimumQuantity,
    multipleQuantity: (row) => row.multipleQuantity,
    priority: (row) => row.place + 1,
  });
}

export function billRows({ design }: Company): RowSource {
  return listSource('bom_row', design.bill, {
    parent: (row) => row.parent,
    component: (row) => row.component,
    quantityPer: (row) => row.quantityPer,
    scrapRatio: (row) => row.scrapRatio,
  });
}

const OVERTIME_PREMIUM = 1.5;

export function resourceRows({ resources }: Company): RowSource {
  return listSource('resource', resources, {
    code: (resource) => resource.code,
    name: (resource) => resource.name,
    location: (resource) => SITES[resource.site].code,
    kind: (resource) => resource.kind,
    hoursPerWeek: (resource) => resource.hoursPerWeek,
    efficiencyRatio: (resource) => resource.efficiencyRatio,
    costPerHour: (resource) => dollarText(resource.costPerHour),
    overtimeCostPerHour: (resource) => dollarText(resource.costPerHour * OVERTIME_PREMIUM),
    currency: () => CURRENCY,
  });
}

export function routingRows({ design }: Company): RowSource {
  return listSource('routing_step', design.routing, {
    item: (step) => step.item,
    sequence: (step) => step.sequence,
    resource: (step) => step.resource,
    setupHours: (step) => step.setupHours,
    hoursPerUnit: (step) => step.hoursPerUnit,
  });
}

export function stopRows({ timeline }: Company): RowSource {
  return listSource('planned_stop', plannedStops(timeline), {
    resource: (row) => row.resource,
    startsOn: (row) => isoFromDay(row.startsOn),
    endsOn: (row) => isoFromDay(row.endsOn),
    note: (row) => row.note,
  });
}

export function failureRows({ timeline, seed }: Company): RowSource {
  return listSource('machine_failure', machineFailures(timeline, seed), {
    resource: (row) => row.resource,
    failedOn: (row) => isoFromDay(row.failedOn),
    number: () => 1,
    repairHours: (row) => row.repairHours,
    cause: (row) => row.cause,
  });
}
