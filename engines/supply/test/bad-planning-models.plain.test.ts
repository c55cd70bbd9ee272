import { describe, expect, test } from 'vitest';
import { checkPlanningModel, type PlanningModel, usablePlanningModel } from '@planwright/supply';

const at = 'L';
const good: PlanningModel = {
  asOfDay: 2,
  bucketStartDays: [0, 7, 14],
  stockPoints: [
    { item: 'BIKE', location: at, onHand: 3 },
    { item: 'WHEEL', location: at },
    { item: 'BIKE', location: 'SHOP' },
  ],
  sources: [
    { source: 'make BIKE', kind: 'make', item: 'BIKE', location: at, leadTimeDays: 2 },
    { source: 'buy WHEEL', kind: 'buy', item: 'WHEEL', location: at, leadTimeDays: 5 },
    { source: 'ship BIKE', kind: 'move', item: 'BIKE', location: 'SHOP', fromLocation: at, leadTimeDays: 1 },
  ],
  components: [{ source: 'make BIKE', component: 'WHEEL', quantityPer: 2 }],
  resources: [{ resource: 'WELD', capacityHours: [40, 40] }],
  loads: [{ source: 'make BIKE', resource: 'WELD', hoursPerUnit: 0.5 }],
  demands: [{ demand: 'SO-1', item: 'BIKE', location: 'SHOP', dueDay: 9, quantity: 4 }],
  forecasts: [{ item: 'BIKE', location: 'SHOP', quantity: [5, 5] }],
  receipts: [{ receipt: 'PO-1', kind: 'purchase', item: 'WHEEL', location: at, dueDay: 4, quantity: 10 }],
};

type Table =
  | 'stockPoints'
  | 'sources'
  | 'components'
  | 'resources'
  | 'loads'
  | 'demands'
  | 'forecasts'
  | 'receipts';

/** The good model with one more row in a table, like its first one but for some fields. */
function withRow(table: Table, fields: object): PlanningModel {
  const rows: readonly object[] = good[table];
  return { ...good, [table]: [...rows, { ...rows[0], ...fields }] };
}

test('a sound model has no findings and is planned as it is', () => {
  expect(checkPlanningModel(good)).toEqual([]);
  expect(usablePlanningModel(good, { onBadRows: 'refuse' }).model).toBe(good);
});

const point = { item: 'NEW' };
const source = { source: 'buy NEW', kind: 'buy' };
const component = { component: 'BIKE' };
const resource = { resource: 'PAINT' };
const demand = { demand: 'SO-2' };
const forecast = { item: 'WHEEL', location: at };
const receipt = { receipt: 'PO-2' };

describe('a bad row is an error with its table, row and column', () => {
  test.each<[Table, string, string, object]>([
    ['stockPoints', 'DUPLICATE_STOCK_POINT', 'item', {}],
    ['stockPoints', 'MISSING_NAME', 'item', { item: '' }],
    ['stockPoints', 'NOT_A_NUMBER', 'onHand', { ...point, onHand: Number.NaN }],
    ['stockPoints', 'QUANTITY_TOO_LARGE', 'onHand', { ...point, onHand: 2e15 }],
    ['stockPoints', 'NEGATIVE_SAFETY_STOCK', 'safetyStock', { ...point, safetyStock: -1 }],
    ['stockPoints', 'WRONG_BUCKET_COUNT', 'safetyStock', { ...point, safetyStock: [1, 2, 3] }],
    ['stockPoints', 'DAYS_OUT_OF_RANGE', 'shelfLifeDays', { ...point, shelfLifeDays: -1 }],
    ['stockPoints', 'DAYS_OUT_OF_RANGE', 'safetyStockCoverDays', { ...point, safetyStockCoverDays: 1e9 }],
    ['stockPoints', 'NEGATIVE_NUMBER', 'unitCost', { ...point, unitCost: -0.01 }],
    ['stockPoints', 'NEGATIVE_NUMBER', 'storageMax', { ...point, storageMax: -5 }],
    ['sources', 'DUPLICATE_NAME', 'source', {}],
    ['sources', 'UNKNOWN_ITEM', 'item', { ...source, item: 'NOPE' }],
    ['sources', 'UNKNOWN_WORD', 'kind', { ...source, kind: 'beg' }],
    ['sources', 'NEGATIVE_LEAD_TIME', 'leadTimeDays', { ...source, leadTimeDays: -1 }],
    ['sources', 'NOT_A_NUMBER', 'leadTimeDays', { ...source, leadTimeDays: Number.NaN }],
    ['sources', 'DAYS_OUT_OF_RANGE', 'leadTimeDays', { ...source, leadTimeDays: 1e7 }],
    ['sources', 'ZERO_LOT', 'lotMultiple', { ...source, lotMultiple: 0 }],
    ['sources', 'ZERO_LOT', 'lotMaximum', { ...source, lotMaximum: 0 }],
    ['sources', 'NEGATIVE_LOT', 'lotMinimum', { ...source, lotMinimum: -3 }],
    ['sources', 'LOTS_CONTRADICT', 'lotMaximum', { ...source, lotMinimum: 9, lotMaximum: 8 }],
    ['sources', 'YIELD_OUT_OF_RANGE', 'yieldRatio', { ...source, yieldRatio: 0 }],
    ['sources', 'NEGATIVE_NUMBER', 'costPerUnit', { ...source, costPerUnit: -1 }],
    ['sources', 'OUT_OF_RANGE', 'shareRatio', { ...source, shareRatio: 1.2 }],
    ['sources', 'OUT_OF_RANGE', 'priority', { ...source, priority: 1.5 }],
    ['sources', 'DATE_NOT_WHOLE', 'effectiveFromDay', { ...source, effectiveFromDay: 3.5 }],
    [
      'sources',
      'EFFECTIVITY_REVERSED',
      'effectiveFromDay',
      { ...source, effectiveFromDay: 9, effectiveToDay: 8 },
    ],
    ['sources', 'NEGATIVE_QUANTITY', 'maximumPerBucket', { ...source, maximumPerBucket: [1, -1] }],
    ['sources', 'DAYS_OUT_OF_RANGE', 'frozenDays', { ...source, frozenDays: -1 }],
    [
      'sources',
      'UNKNOWN_SOURCE_LOCATION',
      'fromLocation',
      { source: 'ship', kind: 'move', fromLocation: 'NOPE' },
    ],
    ['sources', 'UNKNOWN_SOURCE_LOCATION', 'fromLocation', { source: 'ship', kind: 'move' }],
    ['sources', 'MOVES_TO_ITSELF', 'fromLocation', { source: 'ship', kind: 'move', fromLocation: at }],
    ['components', 'DUPLICATE_COMPONENT', 'component', {}],
    ['components', 'UNKNOWN_SOURCE', 'source', { source: 'make NOPE' }],
    ['components', 'UNKNOWN_ITEM', 'component', { component: 'NOPE' }],
    ['components', 'SUPPLY_CYCLE', 'component', component],
    ['components', 'NOT_A_NUMBER', 'quantityPer', { ...component, quantityPer: Number.NaN }],
    ['components', 'QUANTITY_NOT_POSITIVE', 'quantityPer', { ...component, quantityPer: 0 }],
    ['components', 'OUT_OF_RANGE', 'scrapRatio', { ...component, scrapRatio: 1 }],
    [
      'components',
      'EFFECTIVITY_REVERSED',
      'effectiveFromDay',
      { ...component, effectiveFromDay: 3, effectiveToDay: 1 },
    ],
    ['resources', 'DUPLICATE_NAME', 'resource', {}],
    ['resources', 'NOT_A_NUMBER', 'capacityHours', { ...resource, capacityHours: [40, Number.NaN] }],
    ['resources', 'NEGATIVE_QUANTITY', 'capacityHours', { ...resource, capacityHours: [-1, 40] }],
    ['resources', 'WRONG_BUCKET_COUNT', 'capacityHours', { ...resource, capacityHours: [40] }],
    ['resources', 'BAD_BUCKETS', 'bucketStartDays', { ...resource, bucketStartDays: [7, 0] }],
    ['resources', 'NEGATIVE_NUMBER', 'overtimeMaxHours', { ...resource, overtimeMaxHours: -1 }],
    ['loads', 'UNKNOWN_RESOURCE', 'resource', { resource: 'NOPE' }],
    ['loads', 'UNKNOWN_SOURCE', 'source', { source: 'NOPE' }],
    ['loads', 'NEGATIVE_NUMBER', 'hoursPerUnit', { hoursPerUnit: -1 }],
    ['loads', 'DATE_NOT_WHOLE', 'offsetDays', { offsetDays: 0.5 }],
    ['demands', 'DUPLICATE_NAME', 'demand', {}],
    ['demands', 'MISSING_NAME', 'demand', { demand: '' }],
    ['demands', 'UNKNOWN_ITEM', 'item', { ...demand, item: 'NOPE' }],
    ['demands', 'DATE_NOT_WHOLE', 'dueDay', { ...demand, dueDay: 9.5 }],
    ['demands', 'NEGATIVE_NUMBER', 'quantity', { ...demand, quantity: -4 }],
    ['demands', 'QUANTITY_TOO_LARGE', 'quantity', { ...demand, quantity: 1e16 }],
    ['demands', 'UNKNOWN_WORD', 'status', { ...demand, status: 'maybe' }],
    ['demands', 'UNKNOWN_WORD', 'policy', { ...demand, policy: 'whenever' }],
    ['demands', 'DAYS_OUT_OF_RANGE', 'latenessMaxDays', { ...demand, latenessMaxDays: -2 }],
    ['forecasts', 'DUPLICATE_FORECAST', 'item', {}],
    ['forecasts', 'UNKNOWN_ITEM', 'item', { item: 'NOPE' }],
    ['forecasts', 'NOT_A_NUMBER', 'quantity', { ...forecast, quantity: [1, Number.NaN] }],
    ['forecasts', 'WRONG_BUCKET_COUNT', 'quantity', { ...forecast, quantity: [1] }],
    ['forecasts', 'QUANTITY_TOO_LARGE', 'quantity', { ...forecast, quantity: [1, 1e16] }],
    ['receipts', 'DUPLICATE_NAME', 'receipt', {}],
    ['receipts', 'UNKNOWN_ITEM', 'item', { ...receipt, item: 'NOPE' }],
    ['receipts', 'NEGATIVE_NUMBER', 'quantity', { ...receipt, quantity: -1 }],
    ['receipts', 'DATE_NOT_WHOLE', 'dueDay', { ...receipt, dueDay: 4.5 }],
  ])('%s: %s in %s', (table, code, column, fields) => {
    const model = withRow(table, fields);
    const row = model[table].length;
    const errors = checkPlanningModel(model).filter((issue) => issue.severity === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({ code, column, file: table, row });
    expect(errors[0].advice).not.toBe('');
    expect(usablePlanningModel(model, { onBadRows: 'refuse' }).model).toBeNull();
    const { model: rest } = usablePlanningModel(model, { onBadRows: 'skip' });
    expect(rest![table].length).toBeLessThan(row);
    expect(checkPlanningModel(rest!).filter((issue) => issue.severity === 'error')).toEqual([]);
  });
});

test.each([
  [{ asOfDay: 7 }, 'BAD_AS_OF_DAY'],
  [{ asOfDay: 2.5 }, 'BAD_AS_OF_DAY'],
  [{ bucketStartDays: [0, 0, 7] }, 'BAD_BUCKETS'],
  [{ rules: { consumeBackwardBuckets: -1 } }, 'OUT_OF_RANGE'],
  [{ rules: { forecastDueRatio: 2 } }, 'OUT_OF_RANGE'],
])('without sound dates and rules nothing can be planned: %j', (change, code) => {
  const model = { ...good, ...change };
  expect(checkPlanningModel(model).map((issue) => issue.code)).toContain(code);
  expect(usablePlanningModel(model, { onBadRows: 'skip' }).model).toBeNull();
});

describe('circles of supply', () => {
  test('of transfers: the row that closes the circle is named and left out', () => {
    const back = {
      source: 'back',
      kind: 'move',
      item: 'BIKE',
      location: at,
      fromLocation: 'SHOP',
      leadTimeDays: 1,
    } as const;
    const model = { ...good, sources: [...good.sources, back] };
    const issues = checkPlanningModel(model);
    expect(issues.map(({ code, file }) => [code, file])).toEqual([['SUPPLY_CYCLE', 'sources']]);
    expect(issues[0].message).toMatch(/BIKE at (L|SHOP) → BIKE at (L|SHOP) → BIKE at (L|SHOP)/);
    const { model: rest } = usablePlanningModel(model, { onBadRows: 'skip' });
    expect(rest!.sources).toHaveLength(3);
    expect(checkPlanningModel(rest!).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test('of an item in itself', () => {
    const model = withRow('components', { component: 'BIKE' });
    expect(checkPlanningModel(model)[0].message).toContain('BIKE at L → BIKE at L');
  });
});

test('shares of sources in force on one day sum to at most 1', () => {
  const half = { kind: 'buy', item: 'WHEEL', location: at, leadTimeDays: 1, shareRatio: 0.6 } as const;
  const sourcesOf = (second: object): PlanningModel => ({
    ...good,
    sources: [
      ...good.sources,
      { ...half, source: 'A', effectiveToDay: 9 },
      { ...half, source: 'B', ...second },
    ],
  });
  expect(checkPlanningModel(sourcesOf({})).map(({ code, row }) => [code, row])).toEqual([
    ['SHARES_OVER_ONE', 5],
  ]);
  expect(checkPlanningModel(sourcesOf({ effectiveFromDay: 10 }))).toEqual([]);
});

describe('what rests on a bad row goes with it, by name', () => {
  test('a bad stock point takes its sources, users and demand along', () => {
    const stockPoints = good.stockPoints.map((row) =>
      row.item === 'WHEEL' ? { ...row, onHand: Number.NaN } : row,
    );
    const { model, issues } = usablePlanningModel({ ...good, stockPoints }, { onBadRows: 'skip' });
    expect(model!.sources.map((row) => row.source)).toEqual(['ship BIKE']);
    expect([model!.components, model!.loads, model!.receipts]).toEqual([[], [], []]);
    expect(model!.demands).toEqual(good.demands);
    const told = issues
      .filter((issue) => issue.code === 'RESTS_ON_BAD_ROW')
      .map(({ file, row }) => [file, row]);
    expect(told).toEqual([
      ['receipts', 1],
      ['components', 1],
      ['sources', 2],
      ['sources', 1],
    ]);
  });

  test('a bad resource takes the sources that need it, unless an alternate stands in', () => {
    const resources = [{ resource: 'WELD', capacityHours: [Number.NaN, 40] }, { resource: 'WELD-2' }];
    expect(usablePlanningModel({ ...good, resources }, { onBadRows: 'skip' }).model!.sources).toHaveLength(2);
    const loads = ['WELD', 'WELD-2'].map((name) => ({
      ...good.loads[0],
      resource: name,
      alternateGroup: 'welding',
    }));
    const { model } = usablePlanningModel({ ...good, resources, loads }, { onBadRows: 'skip' });
    expect(model!.sources).toHaveLength(3);
    expect(model!.loads.map((row) => row.resource)).toEqual(['WELD-2']);
  });
});

test('quantities that multiply beyond what a number can count are named where they do', () => {
  const huge = { ...good, components: [{ ...good.components[0], quantityPer: 1e15 }] };
  expect(checkPlanningModel(huge).map(({ code, row }) => [code, row])).toEqual([['QUANTITY_TOO_LARGE', 2]]);
  const tiny = withRow('sources', { source: 'tiny', kind: 'buy', lotMaximum: 1e-6 });
  expect(checkPlanningModel(tiny).map(({ code, row }) => [code, row])).toEqual([['TOO_MANY_ORDERS', 4]]);
});

test('a column of mistakes is told a thousand times and then counted', () => {
  const demands = Array.from({ length: 5000 }, (_, index) => ({
    ...good.demands[0],
    demand: `SO-${index}`,
    quantity: -1,
  }));
  const issues = checkPlanningModel({ ...good, demands });
  expect(issues).toHaveLength(1001);
  expect(issues[1000].message).toBe('4000 more rows of demands have the same problem.');
  expect(usablePlanningModel({ ...good, demands }, { onBadRows: 'skip' }).model!.demands).toEqual([]);
});

test('what is odd but can be planned is a warning', () => {
  const model: PlanningModel = {
    ...good,
    stockPoints: [...good.stockPoints, { item: 'ODD', location: at, onHand: -2, storageMax: -0 }],
    demands: [{ ...good.demands[0], dueDay: 14 }],
    receipts: [{ ...good.receipts[0], dueDay: 1 }],
  };
  const { model: usable, issues } = usablePlanningModel(model, { onBadRows: 'refuse' });
  expect(usable).toBe(model);
  expect(issues.map(({ severity, code }) => `${severity} ${code}`)).toEqual([
    'warning NEGATIVE_ON_HAND',
    'warning NO_SOURCE',
    'warning DUE_AFTER_HORIZON',
    'warning RECEIPT_OVERDUE',
  ]);
});
