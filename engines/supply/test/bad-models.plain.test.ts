import { describe, expect, test } from 'vitest';
import { buildNetwork, type ComponentRow, type StockPointRow, type SupplyModel } from '@planwright/supply';

const good: StockPointRow = {
  item: 'A',
  location: 'L',
  onHand: 5,
  independentDemand: [1, 2],
  source: { kind: 'make', leadTimeDays: 7 },
};
const modelOf = (stockPoints: StockPointRow[], components: ComponentRow[] = []): SupplyModel => ({
  bucketStartDays: [0, 7, 14],
  stockPoints,
  components,
});
const source = (rest: object) => ({ kind: 'buy', leadTimeDays: 7, ...rest }) as StockPointRow['source'];
const uses = (item: string, component: string, quantityPer = 1) => ({
  item,
  location: 'L',
  component,
  quantityPer,
});

describe('a bad stock point is refused with its row, column and value', () => {
  test.each<[string, Partial<StockPointRow>, string, string]>([
    ['negative lead time', { source: source({ leadTimeDays: -3 }) }, 'NEGATIVE_LEAD_TIME', 'leadTimeDays'],
    ['lead time NaN', { source: source({ leadTimeDays: Number.NaN }) }, 'NOT_A_NUMBER', 'leadTimeDays'],
    ['zero lot multiple', { source: source({ lotMultiple: 0 }) }, 'ZERO_LOT', 'lotMultiple'],
    ['zero lot maximum', { source: source({ lotMaximum: 0 }) }, 'ZERO_LOT', 'lotMaximum'],
    ['negative lot minimum', { source: source({ lotMinimum: -1 }) }, 'NEGATIVE_LOT', 'lotMinimum'],
    [
      'maximum below minimum',
      { source: source({ lotMinimum: 9, lotMaximum: 8 }) },
      'LOTS_CONTRADICT',
      'lotMaximum',
    ],
    [
      'maximum below multiple',
      { source: source({ lotMultiple: 9, lotMaximum: 8 }) },
      'LOTS_CONTRADICT',
      'lotMaximum',
    ],
    ['yield of zero', { source: source({ yieldRatio: 0 }) }, 'YIELD_OUT_OF_RANGE', 'yieldRatio'],
    ['yield above one', { source: source({ yieldRatio: 1.2 }) }, 'YIELD_OUT_OF_RANGE', 'yieldRatio'],
    ['on hand NaN', { onHand: Number.NaN }, 'NOT_A_NUMBER', 'onHand'],
    ['on hand infinite', { onHand: Number.POSITIVE_INFINITY }, 'NOT_A_NUMBER', 'onHand'],
    ['negative safety stock', { safetyStock: -1 }, 'NEGATIVE_SAFETY_STOCK', 'safetyStock'],
    ['demand NaN', { independentDemand: [1, Number.NaN] }, 'NOT_A_NUMBER', 'independentDemand'],
    ['negative demand', { independentDemand: [1, -1] }, 'NEGATIVE_QUANTITY', 'independentDemand'],
    [
      'demand for three of two buckets',
      { independentDemand: [1, 1, 1] },
      'WRONG_BUCKET_COUNT',
      'independentDemand',
    ],
    ['negative receipt', { scheduledReceipts: [-1, 0] }, 'NEGATIVE_QUANTITY', 'scheduledReceipts'],
    [
      'moves from an unknown place',
      { source: source({ kind: 'move', fromLocation: 'hub' }) },
      'UNKNOWN_SOURCE_LOCATION',
      'fromLocation',
    ],
    ['moves from nowhere', { source: source({ kind: 'move' }) }, 'UNKNOWN_SOURCE_LOCATION', 'fromLocation'],
  ])('%s', (_, change, code, column) => {
    const { network, issues } = buildNetwork(modelOf([good, { ...good, item: 'B', ...change }]));
    expect(network).toBeNull();
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatchObject({ severity: 'error', code, column, file: 'stockPoints', row: 2 });
    expect(issues[0].message).toContain('B at L');
    expect(issues[0].advice).not.toBe('');
  });

  test('a duplicate', () => {
    const { network, issues } = buildNetwork(modelOf([good, good]));
    expect(network).toBeNull();
    expect(issues.map((issue) => [issue.code, issue.row])).toEqual([['DUPLICATE_STOCK_POINT', 2]]);
  });
});

test('bad component rows are named, all at once', () => {
  const rows = [
    uses('A', 'C'),
    uses('A', 'C'),
    uses('A', 'Z'),
    uses('Z', 'C'),
    uses('B', 'C', 0),
    uses('B', 'A', Number.NaN),
  ];
  const { network, issues } = buildNetwork(
    modelOf([good, { ...good, item: 'B' }, { ...good, item: 'C' }], rows),
  );
  expect(network).toBeNull();
  expect(issues.map((issue) => [issue.row, issue.code])).toEqual([
    [2, 'DUPLICATE_COMPONENT'],
    [3, 'UNKNOWN_ITEM'],
    [4, 'UNKNOWN_ITEM'],
    [5, 'QUANTITY_NOT_POSITIVE'],
    [6, 'NOT_A_NUMBER'],
  ]);
});

describe('a cycle is named from start to start', () => {
  const points = ['A', 'B', 'C', 'D'].map((item) => ({ ...good, item }));

  test('in a bill of material', () => {
    const { network, issues } = buildNetwork(
      modelOf(points, [uses('A', 'B'), uses('B', 'C'), uses('C', 'B'), uses('C', 'D')]),
    );
    expect(network).toBeNull();
    expect(issues).toHaveLength(1);
    expect(issues[0].code).toBe('SUPPLY_CYCLE');
    expect(issues[0].message).toMatch(/: (B at L → C at L → B at L|C at L → B at L → C at L)\.$/);
  });

  test('of an item in itself', () => {
    expect(buildNetwork(modelOf(points, [uses('A', 'A')])).issues[0].message).toContain('A at L → A at L');
  });

  test('of transfers', () => {
    const { issues } = buildNetwork(
      modelOf([
        { ...good, source: source({ kind: 'move', fromLocation: 'M' }) },
        { ...good, location: 'M', source: source({ kind: 'move', fromLocation: 'L' }) },
      ]),
    );
    expect(issues[0].message).toMatch(/A at [LM] → A at [LM] → A at [LM]/);
  });

  test('a circle of thousands is cut short in the message', () => {
    const many = Array.from({ length: 5000 }, (_, i) => ({ ...good, item: `I${i}` }));
    const circle = many.map((_, i) => uses(`I${i}`, `I${(i + 1) % many.length}`));
    const { message } = buildNetwork(modelOf(many, circle)).issues[0];
    expect(message).toContain('4989 more');
    expect(message.length).toBeLessThan(400);
  });
});

test.each([[[]], [[0]], [[0, 0]], [[7, 0]], [[0, Number.NaN]], [[0, 0.5]]])(
  'buckets %j are refused',
  (bucketStartDays) => {
    const { network, issues } = buildNetwork({ bucketStartDays, stockPoints: [], components: [] });
    expect(network).toBeNull();
    expect(issues.map((issue) => issue.code)).toEqual(['BAD_BUCKETS']);
  },
);

test('what is odd but plannable is a warning and comes with a network', () => {
  const { network, issues } = buildNetwork(
    modelOf(
      [
        { ...good, onHand: -4, source: source({}) },
        { ...good, item: 'B', source: undefined },
      ],
      [uses('A', 'B')],
    ),
  );
  expect(network).not.toBeNull();
  expect(issues.map(({ severity, code }) => [severity, code])).toEqual([
    ['warning', 'NEGATIVE_ON_HAND'],
    ['warning', 'NO_SOURCE'],
    ['warning', 'COMPONENTS_NOT_USED'],
  ]);
  expect(network!.component).toHaveLength(0); // A is bought, so its bill of material asks for nothing.
});

describe('a slip of zeros is an issue, not a crash', () => {
  const codesOf = (points: StockPointRow[], rows: ComponentRow[] = []) => {
    const { network, issues } = buildNetwork(modelOf(points, rows));
    expect(network).toBeNull();
    return issues.map((issue) => [issue.code, issue.row]);
  };

  test('a largest lot that would cut the demand into millions of orders', () => {
    const point = { ...good, independentDemand: [1e6, 1e6], source: source({ lotMaximum: 1e-6 }) };
    expect(codesOf([good, point].map((row, i) => ({ ...row, item: `I${i}` })))).toEqual([
      ['TOO_MANY_ORDERS', 2],
    ]);
  });

  test('quantities that multiply beyond what a number can count', () => {
    const points = ['A', 'B', 'C'].map((item) => ({ ...good, item }));
    expect(codesOf(points, [uses('A', 'B', 1e9), uses('B', 'C', 1e9)])).toEqual([['QUANTITY_TOO_LARGE', 3]]);
    expect(codesOf(points, [uses('A', 'B', 1e300), uses('B', 'C', 1e300)])).toEqual([
      ['QUANTITY_TOO_LARGE', 2],
    ]);
  });

  test('a lot or a stock larger than anything', () => {
    expect(codesOf([{ ...good, source: source({ lotMultiple: 1e300 }) }])).toEqual([
      ['QUANTITY_TOO_LARGE', 1],
    ]);
    expect(codesOf([{ ...good, onHand: 1e300 }])).toEqual([['QUANTITY_TOO_LARGE', 1]]);
    expect(codesOf([{ ...good, source: source({ yieldRatio: 1e-300 }) }])).toEqual([
      ['QUANTITY_TOO_LARGE', 1],
    ]);
  });
});

test('an empty model is a network without stock points', () => {
  expect(buildNetwork(modelOf([])).network!.stockPoints).toEqual([]);
});
