/**
 * Faults that public ERP planners were reported for, each as the case our plan must get right.
 * The numbers in the names are those of the reports.
 */
import { describe, expect, test } from 'vitest';
import { rowOf, type SeriesBlock } from '@planwright/series';
import {
  buildNetwork,
  checkPlanningModel,
  compileFiniteNetwork,
  type ComponentRow,
  planBlocks,
  planFinite,
  type PlanningModel,
  planningModelFrom,
  planSupply,
  planUnconstrained,
  type StockPointRow,
  type SupplyModel,
} from '@planwright/supply';
import { buildUnitTable, convertQuantity } from '@planwright/units';

const buy = (rest: object = {}) => ({ kind: 'buy', leadTimeDays: 0, ...rest }) as const;
const make = { kind: 'make', leadTimeDays: 0 } as const;
const at = 'L';

const networkOf = (model: SupplyModel) => compileFiniteNetwork(planningModelFrom(model));
const PLANNERS: [string, (model: SupplyModel) => SeriesBlock][] = [
  [
    'the simple model',
    (model) => planSupply(buildNetwork(model).network!, { mode: 'unconstrained' }).plannedReceipts,
  ],
  ['the planning model, unconstrained', (model) => planUnconstrained(networkOf(model)).plannedReceipts],
  [
    'the planning model, constrained',
    (model) => planBlocks(networkOf(model), planFinite(networkOf(model))).plannedReceipts,
  ],
];

describe.each(PLANNERS)('%s', (_, plannedReceipts) => {
  function receiptsOf(
    stockPoints: StockPointRow[],
    components: ComponentRow[] = [],
  ): Record<string, number[]> {
    const block = plannedReceipts({ bucketStartDays: [0, 7, 14, 21], stockPoints, components });
    const round = (quantity: number): number => Math.round(quantity * 1e6) / 1e6;
    return Object.fromEntries(
      stockPoints.map((point, s) => [`${point.item}@${point.location}`, [...rowOf(block, s)].map(round)]),
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
        {
          item: 'C',
          location: at,
          onHand: 0,
          safetyStock: 100,
          independentDemand: [400, 0, 0],
          source: buy(),
        },
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
});

describe('alternates', () => {
  const model = (rest: Partial<PlanningModel>): PlanningModel => ({
    asOfDay: 0,
    bucketStartDays: [0, 7, 14, 21, 28],
    stockPoints: ['P', 'OLD', 'NEW'].map((item) => ({ item, location: at })),
    sources: [
      { source: 'make P', kind: 'make', item: 'P', location: at, leadTimeDays: 0 },
      { source: 'buy OLD', kind: 'buy', item: 'OLD', location: at, leadTimeDays: 0 },
      { source: 'buy NEW', kind: 'buy', item: 'NEW', location: at, leadTimeDays: 0 },
    ],
    components: [
      { source: 'make P', component: 'OLD', quantityPer: 1, effectiveToDay: 13 },
      { source: 'make P', component: 'NEW', quantityPer: 2, effectiveFromDay: 14 },
    ],
    resources: [],
    loads: [],
    demands: [],
    forecasts: [{ item: 'P', location: at, quantity: [10, 10, 10, 10] }],
    receipts: [],
    ...rest,
  });
  const receipts = (rows: PlanningModel, isConstrained: boolean, point: number): number[] => {
    expect(checkPlanningModel(rows)).toEqual([]);
    const network = compileFiniteNetwork(rows);
    const plan = isConstrained ? planBlocks(network, planFinite(network)) : planUnconstrained(network);
    return [...rowOf(plan.plannedReceipts, point)].map((quantity) => Math.round(quantity * 1e6) / 1e6);
  };

  test.each([false, true])(
    'a version of a bill of material holds on its days alone (constrained: %s)',
    (isConstrained) => {
      const rows = model({});
      expect(receipts(rows, isConstrained, 1)).toEqual([10, 10, 0, 0]);
      expect(receipts(rows, isConstrained, 2)).toEqual([0, 0, 20, 20]);
    },
  );

  test.each([false, true])(
    'stock of a substitute is used once, by its own ratio (constrained: %s)',
    (isConstrained) => {
      const group = { source: 'make P', substituteGroup: 'g' };
      const rows = model({
        components: [
          { ...group, component: 'OLD', quantityPer: 1, substitutePriority: 1, effectiveToDay: 6 },
          { ...group, component: 'NEW', quantityPer: 2, substitutePriority: 2 },
        ],
        stockPoints: [
          { item: 'P', location: at },
          { item: 'OLD', location: at, onHand: 4 },
          { item: 'NEW', location: at, onHand: 6 },
        ],
      });
      expect(receipts(rows, isConstrained, 1)).toEqual([6, 0, 0, 0]);
      expect(receipts(rows, isConstrained, 2)).toEqual([0, 14, 20, 20]);
    },
  );

  test.each([false, true])(
    'two orders are never promised the same unit, and forecast counts what they leave (constrained: %s)',
    (isConstrained) => {
      const order = (demand: string, quantity: number) => ({
        demand,
        item: 'P',
        location: at,
        dueDay: 10,
        quantity,
      });
      const rows = model({
        stockPoints: [
          { item: 'P', location: at, onHand: 12 },
          { item: 'OLD', location: at },
          { item: 'NEW', location: at },
        ],
        demands: [order('SO-1', 7), order('SO-2', 7)],
        forecasts: [{ item: 'P', location: at, quantity: [0, 10, 0, 0] }],
      });
      // 14 ordered beat the 10 foreseen; 12 are there.
      expect(receipts(rows, isConstrained, 0)).toEqual([0, 2, 0, 0]);
    },
  );
});
