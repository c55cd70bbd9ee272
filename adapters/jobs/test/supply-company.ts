/** A small works for tests of supply: what it makes takes more hours than it has, and what it buys comes from two suppliers. */
import type { TargetBatch, TargetName } from '@planwright/contracts';
import type { Db } from '@planwright/postgres';
import { storeBatch, storeCompany } from '../../postgres/test/demo-database.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

function batch(target: TargetName, rows: readonly Row[]): TargetBatch {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columns = Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
  return { target, rowCount: rows.length, columns };
}

const MONTHS = Array.from({ length: 24 }, (_, index) => {
  const [year, month] = [2024 + Math.floor((index + 4) / 12), ((index + 4) % 12) + 1];
  return `${year}-${String(month).padStart(2, '0')}-10`;
});

/**
 * Bikes: 100 a month for two years, an hour each on the only saw, which has 14 hours a week (about 61 a month). Frames: one
 * a bike, from a slow supplier that is asked first or a fast one. One order is late, one is due in May 2026, when the plan
 * starts. A purchase of frames should have come in April.
 */
export async function storeWorks(db: Db): Promise<number> {
  const companyId = await storeCompany(db, { slug: 'works', asOf: '2026-05-01' });
  const orders: Row[] = MONTHS.map((day, index) => ({
    order: `H${index}`,
    line: '1',
    item: 'BIKE',
    location: 'PLANT',
    channel: 'all',
    orderedOn: day,
    requestedOn: day,
    shippedOn: day,
    quantity: 100,
    shippedQuantity: 100,
    netAmount: 10_000,
  }));
  const open = { line: '1', item: 'BIKE', location: 'PLANT', channel: 'all', netAmount: 3_000 };
  orders.push(
    {
      ...open,
      order: 'LATE',
      orderedOn: '2026-04-01',
      requestedOn: '2026-04-20',
      quantity: 30,
      account: 'SHOP',
    },
    { ...open, order: 'MAY', orderedOn: '2026-04-05', requestedOn: '2026-05-20', quantity: 60, priority: 1 },
  );
  const batches = [
    batch('location', [{ code: 'PLANT', name: 'Plant', kind: 'plant', transitDays: 0 }]),
    batch('account', [{ code: 'SHOP', name: 'Shop', priority: 2 }]),
    batch('supplier', [
      { code: 'SLOW', name: 'Slow steel', preferred: true, active: true },
      { code: 'FAST', name: 'Fast steel', preferred: false, active: true },
    ]),
    batch('item', [
      {
        code: 'BIKE',
        name: 'Bike',
        source: 'make',
        homeLocation: 'PLANT',
        standardCost: 60,
        listPrice: 100,
        leadTimeDays: 2,
        safetyStock: 10,
      },
      {
        code: 'FRAME',
        name: 'Frame',
        kind: 'component',
        source: 'buy',
        homeLocation: 'PLANT',
        standardCost: 20,
      },
    ]),
    batch('item_supplier', [
      { item: 'FRAME', supplier: 'SLOW', leadTimeDays: 30, price: 18, minimumQuantity: 50, priority: 1 },
      { item: 'FRAME', supplier: 'FAST', leadTimeDays: 5, price: 25, priority: 2 },
    ]),
    batch('bom_row', [{ parent: 'BIKE', component: 'FRAME', quantityPer: 1, scrapRatio: 0 }]),
    batch('resource', [
      {
        code: 'SAW',
        name: 'Saw',
        location: 'PLANT',
        hoursPerWeek: 14,
        costPerHour: 40,
        overtimeCostPerHour: 0.1,
      },
    ]),
    batch('routing_step', [{ item: 'BIKE', sequence: 10, resource: 'SAW', setupHours: 0, hoursPerUnit: 1 }]),
    batch('on_hand', [
      { item: 'FRAME', location: 'PLANT', quantity: 500 },
      { item: 'BIKE', location: 'PLANT', quantity: 20 },
    ]),
    batch('sales_order_line', orders),
    batch('purchase_order_line', [
      ...Array.from({ length: 6 }, (_, index) => ({
        order: `P${index}`,
        line: '1',
        supplier: 'SLOW',
        item: 'FRAME',
        orderedOn: `2026-0${1 + (index % 3)}-01`,
        dueOn: `2026-0${2 + (index % 3)}-01`,
        receivedOn: `2026-0${2 + (index % 3)}-1${index}`,
        quantity: 50,
        receivedQuantity: 50,
        price: 18,
        status: 'closed',
      })),
      {
        order: 'OPEN',
        line: '1',
        supplier: 'SLOW',
        item: 'FRAME',
        orderedOn: '2026-03-01',
        dueOn: '2026-04-10',
        quantity: 50,
        price: 18,
        status: 'open',
      },
    ]),
  ];
  for (const rows of batches) await storeBatch(db, companyId, rows);
  return companyId;
}
