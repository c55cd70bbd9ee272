import { type CompanyData, decodeSnapshot, freezeSnapshot, planCalendar } from '@planwright/app';
import { dayFromIso } from '@planwright/time';
import { describe, expect, test } from 'vitest';
import { ALWAYS, NO_LIMITS, NO_TERMS, EMPTY, item, location } from './company-data.ts';

const settings = {
  companyId: 1,
  currency: 'EUR',
  calendarKind: 'month' as const,
  fiscalYearStartMonth: 1,
  asOf: dayFromIso('2026-05-01'),
};
const bounds = {
  firstDemandDay: dayFromIso('2026-01-01'),
  lastDemandDay: dayFromIso('2026-04-30'),
  newestOrderDay: dayFromIso('2026-04-30'),
};
const { plan } = planCalendar(settings, bounds, 6);

function frozen(data: Partial<CompanyData>) {
  const inputs = freezeSnapshot(settings, { ...EMPTY, ...data }, plan, []);
  return {
    ...inputs,
    snapshot: decodeSnapshot(inputs.blocks),
    codes: inputs.issues.map((issue) => issue.code),
  };
}

/** One key's cells as [bucket, quantity], in bucket order; each unit is worth 10. */
const history = (code: string, place: string, ...cells: [number, number][]): CompanyData['history'] => ({
  item: [code],
  location: [place],
  channel: ['all'],
  bucket: [cells.map(([bucket]) => bucket)],
  quantity: [cells.map(([, quantity]) => quantity)],
  returned: [cells.map(() => 0)],
  amount: [cells.map(([, quantity]) => quantity * 10)],
});

describe('history', () => {
  test('is unobserved before the first sale and zero in later buckets without orders', () => {
    const { snapshot } = frozen({
      items: [item('A')],
      locations: [location('PLANT')],
      history: history('A', 'PLANT', [1, 5], [3, 7]),
    });
    expect([...snapshot.actualQuantity]).toEqual([Number.NaN, 5, 0, 7]);
    expect([...snapshot.actualAmount]).toEqual([Number.NaN, 50, 0, 70]);
  });

  test('leaves out the buckets of the plan, and keeps the key', () => {
    const { snapshot } = frozen({
      items: [item('A')],
      locations: [location('PLANT')],
      history: history('A', 'PLANT', [4, 5]),
    });
    expect(snapshot.keys.item).toEqual(['A']);
    expect([...snapshot.actualQuantity].every(Number.isNaN)).toBe(true);
  });

  test('starts at once where a key sold before the window', () => {
    const { snapshot } = frozen({
      items: [item('A')],
      locations: [location('PLANT')],
      history: history('A', 'PLANT', [-1, 9], [2, 4]),
    });
    expect([...snapshot.actualQuantity]).toEqual([0, 0, 4, 0]);
  });
});

describe('sources', () => {
  const sites = [location('MARKET', 'DEPOT', 3), location('DEPOT', 'PLANT', 7), location('PLANT')];
  const sourcesOf = (data: Partial<CompanyData>) =>
    Object.fromEntries(
      frozen(data).snapshot.supply.points.map((point) => [`${point.item}@${point.location}`, point.source]),
    );

  test('lead from a market over its depot to the home of the item and on to its components', () => {
    const sources = sourcesOf({
      items: [
        item('A', { source: 'make', lotMinimum: 50, yieldRatio: 0.9 }),
        item('B', { kind: 'raw', unit: 'KG', leadTimeDays: 20 }),
      ],
      locations: sites,
      history: history('A', 'MARKET', [1, 5]),
      bom: [{ parent: 'A', component: 'B', quantityPer: 2, unit: null, scrapRatio: 0.2, ...ALWAYS }],
    });
    expect(sources).toEqual({
      'A@MARKET': { kind: 'move', leadTimeDays: 3, lotMultiple: 1, fromLocation: 'DEPOT' },
      'A@DEPOT': { kind: 'move', leadTimeDays: 7, lotMultiple: 1, fromLocation: 'PLANT' },
      'A@PLANT': { kind: 'make', leadTimeDays: 10, lotMinimum: 50, lotMultiple: 1, yieldRatio: 0.9 },
      'B@PLANT': { kind: 'buy', leadTimeDays: 20 },
    });
  });

  test('what is lost of a component is consumed too', () => {
    const { snapshot } = frozen({
      items: [item('A', { source: 'make' }), item('B')],
      locations: sites,
      history: history('A', 'PLANT', [1, 5]),
      bom: [{ parent: 'A', component: 'B', quantityPer: 2, unit: null, scrapRatio: 0.2, ...ALWAYS }],
    });
    expect(snapshot.supply.components).toEqual([
      { item: 'A', location: 'PLANT', component: 'B', quantityPer: 2.5 },
    ]);
  });

  test('a rule of the item at the location comes first', () => {
    const sources = sourcesOf({
      items: [item('A')],
      locations: sites,
      history: history('A', 'MARKET', [1, 5]),
      itemLocations: [
        {
          item: 'A',
          location: 'MARKET',
          source: 'move',
          sourceLocation: 'PLANT',
          leadTimeDays: 1,
          lotMinimum: null,
          lotMultiple: 12,
          safetyStock: 4,
          ...NO_LIMITS,
        },
      ],
    });
    expect(Object.keys(sources)).toEqual(['A@MARKET', 'A@PLANT']);
    expect(sources['A@MARKET']).toEqual({
      kind: 'move',
      leadTimeDays: 1,
      lotMultiple: 12,
      fromLocation: 'PLANT',
    });
  });

  test('the first supplier says how long and how many; the larger minimum binds', () => {
    const sources = sourcesOf({
      items: [item('A', { lotMinimum: 10 })],
      locations: sites,
      history: history('A', 'PLANT', [1, 5]),
      itemSuppliers: [
        {
          item: 'A',
          supplier: 'S1',
          leadTimeDays: 30,
          price: 2,
          minimumQuantity: 25,
          multipleQuantity: 5,
          ...NO_TERMS,
        },
        {
          item: 'A',
          supplier: 'S2',
          leadTimeDays: 3,
          price: 9,
          minimumQuantity: null,
          multipleQuantity: null,
          ...NO_TERMS,
        },
      ],
    });
    expect(sources['A@PLANT']).toEqual({
      kind: 'buy',
      leadTimeDays: 30,
      lotMinimum: 25,
      lotMultiple: 5,
      supplier: 'S1',
    });
  });

  test('a bill of material in a circle stops the plan and names the circle', () => {
    const { issues } = frozen({
      items: [item('A', { source: 'make' }), item('B', { source: 'make' })],
      locations: sites,
      history: history('A', 'PLANT', [1, 5]),
      bom: [
        { parent: 'A', component: 'B', quantityPer: 1, unit: null, scrapRatio: 0, ...ALWAYS },
        { parent: 'B', component: 'A', quantityPer: 1, unit: null, scrapRatio: 0, ...ALWAYS },
      ],
    });
    const [error] = issues.filter((issue) => issue.severity === 'error');
    expect(error.code).toBe('SUPPLY_CYCLE');
    expect(error.message).toContain('A at PLANT');
  });
});

describe('receipts', () => {
  const receipt = { item: 'A', location: null, orderCount: 2, oldestDueDay: dayFromIso('2026-03-01') };

  test('arrive in their bucket; past-due ones in the first, with a note; work orders as what comes out good', () => {
    const { snapshot } = frozen({
      items: [item('A', { yieldRatio: 0.5 })],
      locations: [location('PLANT')],
      receipts: [
        { ...receipt, kind: 'purchase', bucket: -1, quantity: 10 },
        { ...receipt, kind: 'purchase', bucket: 2, quantity: 20 },
        { ...receipt, kind: 'work', bucket: 2, quantity: 30 },
        { ...receipt, kind: 'purchase', bucket: 6, quantity: 99 },
      ],
    });
    expect(snapshot.supply.points[0].scheduledReceipts).toEqual([10, 0, 35, 0, 0, 0]);
    expect(snapshot.supply.pastDue).toEqual([
      { kind: 'purchase', point: 0, quantity: 10, orderCount: 2, oldestDueDay: dayFromIso('2026-03-01') },
    ]);
  });
});

describe('the hash', () => {
  const data: Partial<CompanyData> = {
    items: [item('A'), item('B')],
    locations: [location('PLANT')],
    history: history('A', 'PLANT', [1, 5], [3, 7]),
  };

  test('is the same for the same data and another for other data', () => {
    expect(frozen(data).hash).toBe(frozen(structuredClone(data)).hash);
    expect(frozen({ ...data, history: history('A', 'PLANT', [1, 5], [3, 8]) }).hash).not.toBe(
      frozen(data).hash,
    );
    expect(frozen({ ...data, items: [item('A', { safetyStock: 1 }), item('B')] }).hash).not.toBe(
      frozen(data).hash,
    );
  });

  test('does not tell -0 from 0', () => {
    const zero = (value: number) =>
      frozen({ ...data, history: history('A', 'PLANT', [1, value], [3, 7]) }).hash;
    expect(zero(-0)).toBe(zero(0));
  });
});

test('groups in a circle hang at the top, with an issue', () => {
  const { snapshot, codes } = frozen({
    items: [item('A', { groupCode: 'G2' })],
    groups: [
      { code: 'G1', name: 'One', parentCode: 'G2' },
      { code: 'G2', name: 'Two', parentCode: 'G1' },
    ],
    locations: [location('PLANT')],
  });
  expect(codes).toContain('GROUP_CIRCLE');
  expect(snapshot.groups.groups.map((group) => [group.code, group.parentCode])).toEqual([
    ['', null],
    ['G1', ''],
    ['G2', ''],
  ]);
});

test('a company budget is kept apart from group budgets', () => {
  const { snapshot } = frozen({
    budget: [
      { itemGroup: '', accountType: 'revenue', bucket: 4, amount: 100 },
      { itemGroup: 'G1', accountType: 'cost of sales', bucket: 0, amount: 7 },
    ],
  });
  expect(snapshot.finance.budget.map(({ group, measure }) => [group, measure])).toEqual([
    ['', 'revenue'],
    ['G1', 'cost'],
  ]);
  expect(snapshot.finance.budget[0].values.slice(0, 6)).toEqual([null, null, null, null, 100, null]);
});

test('many findings of one kind are shown as a few and a count', () => {
  const { issues } = frozen({
    items: Array.from({ length: 50 }, (_, n) => item(`A${n}`, { leadTimeDays: null })),
    locations: [location('PLANT')],
    onHand: Array.from({ length: 50 }, (_, n) => ({ item: `A${n}`, location: 'PLANT', quantity: 1 })),
  });
  const same = issues.filter((issue) => issue.code === 'NO_LEAD_TIME');
  expect(same).toHaveLength(21);
  expect(same[20].message).toBe('30 more of the same kind.');
});

describe('what the constrained plan alone reads', () => {
  const row = (parent: string, component: string, effectiveFrom: number | null = null) => ({
    ...ALWAYS,
    parent,
    component,
    quantityPer: 1,
    unit: null,
    scrapRatio: 0,
    effectiveFrom,
  });
  const works = {
    items: [item('A', { source: 'make' }), item('B', { source: 'make' }), item('C')],
    locations: [location('PLANT')],
    history: history('A', 'PLANT', [1, 5]),
  };

  test('a bill of material that closes a circle from a later day on is refused before the run', () => {
    const bom = [row('A', 'B'), row('B', 'C')];
    expect(frozen({ ...works, bom }).issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    const later = frozen({ ...works, bom: [...bom, row('B', 'A', dayFromIso('2026-07-01'))] });
    const errors = later.issues.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ code }) => code)).toEqual(['SUPPLY_CYCLE']);
    expect(errors[0].message).toContain('B at PLANT');
    expect(errors[0].row).toBeNull();
  });

  test('a second supplier whose largest order is below its smallest is refused, shares beyond one are noted', () => {
    const supplier = { item: 'C', leadTimeDays: 5, price: 1, minimumQuantity: null, multipleQuantity: null };
    const suppliers = (minimumQuantity: number, shareRatio: number) => [
      { ...supplier, ...NO_TERMS, supplier: 'S1', priority: 1, shareRatio: 0.6 },
      { ...supplier, ...NO_TERMS, supplier: 'S2', priority: 2, minimumQuantity, shareRatio },
    ];
    const limits = { ...NO_LIMITS, lotMaximum: 20 };
    const place = { item: 'C', location: 'PLANT', source: null, sourceLocation: null, leadTimeDays: null };
    const rules = { lotMinimum: null, lotMultiple: null, safetyStock: null };
    const issuesOf = (minimum: number, share: number) =>
      frozen({
        ...works,
        bom: [row('A', 'B'), row('B', 'C')],
        itemSuppliers: suppliers(minimum, share),
        itemLocations: [{ ...place, ...rules, ...limits }],
      }).issues.map(({ severity, code }) => `${severity} ${code}`);
    expect(issuesOf(30, 0.4)).toContain('error LOTS_CONTRADICT');
    expect(issuesOf(10, 0.7)).toContain('warning SHARES_OVER_ONE');
    expect(issuesOf(10, 0.4).filter((text) => text.startsWith('error'))).toEqual([]);
  });
});
