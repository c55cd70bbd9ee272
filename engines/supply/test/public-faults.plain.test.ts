/**
 * Faults that public ERP planners were reported for, each as the case our plan must get right.
 * The numbers in the names are those of the reports.
 */
import { expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import { buildNetwork, type ComponentRow, type StockPointRow, planSupply } from '@planwright/supply';
import { buildUnitTable, convertQuantity } from '@planwright/units';

const buy = (rest: object = {}) => ({ kind: 'buy', leadTimeDays: 0, ...rest }) as const;
const make = { kind: 'make', leadTimeDays: 0 } as const;
const at = 'L';

function receiptsOf(stockPoints: StockPointRow[], components: ComponentRow[] = []): Record<string, number[]> {
  const bucketStartDays = [0, 7, 14, 21];
  const { network } = buildNetwork({ bucketStartDays, stockPoints, components });
  const plan = planSupply(network!, { mode: 'unconstrained' });
  return Object.fromEntries(
    stockPoints.map((point, s) => [`${point.item}@${point.location}`, [...rowOf(plan.plannedReceipts, s)]]),
  );
}

test('the same stock is not promised to two plans (erpnext 56589, 37785)', () => {
  const receipts = receiptsOf(
    [
      { item: 'P', location: at, onHand: 0, independentDemand: [100, 0, 0], source: make },
      { item: 'Q', location: at, onHand: 0, independentDemand: [100, 0, 0], source: make },
      { item: 'C', location: at, onHand: 100, source: buy() },
    ],
    [
      { item: 'P', location: at, component: 'C', quantityPer: 1 },
      { item: 'Q', location: at, component: 'C', quantityPer: 1 },
    ],
  );
  expect(receipts['C@L']).toEqual([100, 0, 0]); // 200 needed, 100 there: not 0, not 200.
});

test('safety stock is added once, not once per demand row (erpnext 58806: 1450 instead of 1350)', () => {
  const receipts = receiptsOf(
    [
      { item: 'P', location: at, onHand: 0, independentDemand: [400, 0, 0], source: make },
      { item: 'Q', location: at, onHand: 0, independentDemand: [450, 0, 0], source: make },
      { item: 'C', location: at, onHand: 0, safetyStock: 100, independentDemand: [400, 0, 0], source: buy() },
    ],
    [
      { item: 'P', location: at, component: 'C', quantityPer: 1 },
      { item: 'Q', location: at, component: 'C', quantityPer: 1 },
    ],
  );
  expect(receipts['C@L']).toEqual([1350, 0, 0]);
});

test('the surplus of one row is seen by the next (erpnext 57399: 100 + 100 instead of 100 + 0)', () => {
  const demand = [50, 50, 0];
  const receipts = receiptsOf([
    { item: 'X', location: at, onHand: 0, independentDemand: demand, source: buy({ lotMinimum: 100 }) },
  ]);
  expect(receipts['X@L']).toEqual([100, 0, 0]);
});

test('the stock of a kit is counted once, and its parts only for the kits still to build (OCA 1362, 1247: 6 instead of 3)', () => {
  const receipts = receiptsOf(
    [
      { item: 'kit', location: at, onHand: 3, independentDemand: [6, 0, 0], source: make },
      { item: 'part', location: at, onHand: 0, source: buy() },
    ],
    [{ item: 'kit', location: at, component: 'part', quantityPer: 1 }],
  );
  expect(receipts).toEqual({ 'kit@L': [3, 0, 0], 'part@L': [3, 0, 0] });
});

test('a transfer takes from the other location what it brings here, once (erpnext 26533, 58812)', () => {
  const receipts = receiptsOf([
    {
      item: 'X',
      location: 'shop',
      onHand: 2,
      independentDemand: [0, 10, 0],
      source: { kind: 'move', fromLocation: 'hub', leadTimeDays: 7 },
    },
    { item: 'X', location: 'hub', onHand: 5, independentDemand: [0, 4, 0], source: buy() },
  ]);
  expect(receipts['X@shop']).toEqual([0, 8, 0]);
  expect(receipts['X@hub']).toEqual([3, 4, 0]); // 8 leave in bucket 0 against 5, then 4 more are asked.
});

test('packs are converted before planning, and each item by its own (erpnext 56333)', () => {
  const { table } = buildUnitTable([
    { from: 'BOX', to: 'EA', factor: 12, item: 'X' },
    { from: 'BOX', to: 'EA', factor: 6, item: 'Y' },
  ]);
  const inEach = (item: string): number =>
    convertQuantity(table, { value: 5, unit: 'BOX' }, 'EA', item).value;
  const receipts = receiptsOf([
    { item: 'X', location: at, onHand: 12, independentDemand: [inEach('X'), 0, 0], source: buy() },
    { item: 'Y', location: at, onHand: 12, independentDemand: [inEach('Y'), 0, 0], source: buy() },
  ]);
  expect(receipts).toEqual({ 'X@L': [48, 0, 0], 'Y@L': [18, 0, 0] });
});
