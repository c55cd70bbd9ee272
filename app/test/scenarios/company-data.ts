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
): CompanyData['locations'][number] {
  return { code, name: code, kind: 'warehouse', suppliedFrom, transitDays };
}
