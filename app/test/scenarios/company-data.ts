/** Small companies for tests of freezing. */
import type { CompanyData, ItemRow } from '@planwright/app';

export const EMPTY: CompanyData = {
  history: { item: [], location: [], channel: [], bucket: [], quantity: [], returned: [], amount: [] },
  openOrders: {
    item: [],
    location: [],
    channel: [],
    bucket: [],
    quantity: [],
    amount: [],
    shippedQuantity: [],
  },
  drivers: { events: [], stockOuts: [], launches: [], successions: [], decisions: [] },
  items: [],
  groups: [],
  locations: [],
  itemLocations: [],
  itemSuppliers: [],
  bom: [],
  onHand: [],
  receipts: [],
  resources: [],
  routing: [],
  budget: [],
  stockHistory: [],
  service: [],
  supply: { demandLines: [], receiptLines: [], firmProposals: [], orderChanges: [], plannedStops: [] },
  edits: [],
  unconverted: [],
};

export function item(code: string, more: Partial<ItemRow> = {}): ItemRow {
  return {
    code,
    name: `Item ${code}`,
    groupCode: null,
    kind: 'finished',
    unit: 'EA',
    source: 'buy',
    homeLocation: 'PLANT',
    standardCost: null,
    listPrice: null,
    leadTimeDays: 10,
    lotMinimum: null,
    lotMultiple: null,
    safetyStock: null,
    yieldRatio: 1,
    activeFrom: null,
    activeTo: null,
    planner: null,
    ...more,
  };
}

export function location(
  code: string,
  suppliedFrom: string | null = null,
  transitDays = 0,
  country: string | null = null,
): CompanyData['locations'][number] {
  return { code, name: code, kind: 'warehouse', suppliedFrom, transitDays, country };
}

/** Rows whose later columns say nothing. */
export const ALWAYS = { effectiveFrom: null, effectiveTo: null };
export const NO_LIMITS = {
  lotMaximum: null,
  storageMaximum: null,
  buildAheadDays: null,
  shelfLifeDays: null,
};
export const NO_TERMS = { ...ALWAYS, priority: 1, shareRatio: null, maximumPerWeek: null };
export const NO_OVERTIME = { kind: 'machine', overtimeHoursPerWeek: null, overtimeCostPerHour: null };
