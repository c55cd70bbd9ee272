import fc from 'fast-check';
import {
  checkPlanningModel,
  type ComponentFacts,
  type DemandFacts,
  type ForecastFacts,
  type LoadFacts,
  type PlanningModel,
  type ReceiptFacts,
  type SourceFacts,
  type StockPointFacts,
} from '@planwright/supply';

const FIRST_DAY = 700;
const BUCKETS = 6;
const BUCKET_DAYS = 7;
const END_DAY = FIRST_DAY + BUCKETS * BUCKET_DAYS;
const PLANT = 'plant';
const SHOP = 'shop';

const day = (from = FIRST_DAY, to = END_DAY): fc.Arbitrary<number> => fc.integer({ min: from, max: to });
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 1 });
const quantities = (max: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 0, max }), { minLength: BUCKETS, maxLength: BUCKETS });

/**
 * Small random planning models: finished items FG made at a plant from components C, which are made from materials M or
 * bought, and shipped on to a shop. With several sources, substitutes, effectivity, shares, resources with alternates,
 * orders with policies, forecasts and receipts. Whole numbers, and yields that are powers of two. All are sound.
 */
export function arbitraryPlanningModel(): fc.Arbitrary<PlanningModel> {
  return fc
    .record({
      points: fc.array(arbitraryPoint, { minLength: 8, maxLength: 8 }),
      sources: fc.array(arbitrarySource, { minLength: 12, maxLength: 12 }),
      usages: fc.array(arbitraryUsage, { minLength: 10, maxLength: 10 }),
      demands: fc.array(arbitraryDemand, { maxLength: 8 }),
      forecasts: fc.array(quantities(12), { minLength: 2, maxLength: 2 }),
      receipts: fc.array(arbitraryReceipt, { maxLength: 4 }),
      capacity: fc.array(quantities(40), { minLength: 2, maxLength: 2 }),
      hours: fc.array(fc.constantFrom(0.5, 1, 2), { minLength: 3, maxLength: 3 }),
      window: fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2 })),
    })
    .map(assembled)
    .filter((model) => checkPlanningModel(model).every(({ severity }) => severity !== 'error'));
}

const arbitraryPoint: fc.Arbitrary<Partial<StockPointFacts>> = fc.record({
  onHand: fc.integer({ min: -5, max: 40 }),
  safetyStock: fc.oneof(fc.constantFrom(0, 0, 6), quantities(8)),
  safetyStockCoverDays: fc.constantFrom(undefined, undefined, 5, 14),
  unitCost: fc.constantFrom(1, 4),
});

const arbitrarySource = fc.record({
  leadTimeDays: fc.constantFrom(0, 2, 7, 16),
  lots: fc.constantFrom(
    {},
    {},
    { lotMultiple: 4 },
    { lotMinimum: 6, lotMultiple: 2, lotMaximum: 12 },
    { lotMaximum: 5 },
  ),
  yieldRatio: fc.constantFrom(1, 1, 0.5),
  priority: fc.constantFrom(1, 2),
  shareRatio: fc.constantFrom(undefined, undefined, 0.25, 0.5),
  costPerUnit: fc.constantFrom(0, 1, 3),
  costPerOrder: fc.constantFrom(0, 5),
  frozenDays: fc.constantFrom(undefined, undefined, 3),
  effectiveFromDay: maybe(day(FIRST_DAY - 5, END_DAY - 10)),
  effectiveToDay: maybe(day(END_DAY - 9, END_DAY + 5)),
  isEffective: fc.boolean(),
  isThere: fc.constantFrom(true, true, false),
});

const arbitraryUsage = fc.record({
  quantityPer: fc.constantFrom(0, 1, 2),
  quantityPerOrder: fc.constantFrom(undefined, undefined, 3),
  scrapRatio: fc.constantFrom(undefined, undefined, 0.5),
  effectiveToDay: maybe(day(FIRST_DAY + 10)),
  isSubstitute: fc.boolean(),
});

const arbitraryDemand = fc.record({
  item: fc.constantFrom('FG0', 'FG1', 'C0'),
  isAtShop: fc.boolean(),
  dueDay: day(FIRST_DAY - 6, END_DAY + 4),
  quantity: fc.integer({ min: 1, max: 25 }),
  priority: fc.constantFrom(undefined, 1, 2),
  policy: fc.constantFrom(undefined, 'partial' as const, 'complete' as const, 'onTimeOrNever' as const),
  latenessMaxDays: fc.constantFrom(undefined, undefined, 5),
});

const arbitraryReceipt = fc.record({
  item: fc.constantFrom('FG0', 'C0', 'C1', 'M0'),
  dueDay: day(FIRST_DAY - 4, END_DAY + 4),
  quantity: fc.integer({ min: 1, max: 20 }),
});

type Drawn = {
  readonly points: Partial<StockPointFacts>[];
  readonly sources: (typeof arbitrarySource extends fc.Arbitrary<infer Value> ? Value : never)[];
  readonly usages: (typeof arbitraryUsage extends fc.Arbitrary<infer Value> ? Value : never)[];
  readonly demands: (typeof arbitraryDemand extends fc.Arbitrary<infer Value> ? Value : never)[];
  readonly forecasts: number[][];
  readonly receipts: (typeof arbitraryReceipt extends fc.Arbitrary<infer Value> ? Value : never)[];
  readonly capacity: number[][];
  readonly hours: number[];
  readonly window: [number, number];
};

// Two sources of each, the second there by chance.
const SOURCES: readonly Pick<SourceFacts, 'kind' | 'item' | 'location' | 'fromLocation'>[] = [
  { kind: 'make', item: 'FG0', location: PLANT },
  { kind: 'make', item: 'FG0', location: PLANT },
  { kind: 'make', item: 'FG1', location: PLANT },
  { kind: 'buy', item: 'FG1', location: PLANT },
  { kind: 'make', item: 'C0', location: PLANT },
  { kind: 'buy', item: 'C0', location: PLANT },
  { kind: 'buy', item: 'C1', location: PLANT },
  { kind: 'buy', item: 'C1', location: PLANT },
  { kind: 'buy', item: 'M0', location: PLANT },
  { kind: 'buy', item: 'M1', location: PLANT },
  { kind: 'move', item: 'FG0', location: SHOP, fromLocation: PLANT },
  { kind: 'move', item: 'FG1', location: SHOP, fromLocation: PLANT },
];
const POINTS = ['FG0', 'FG1', 'C0', 'C1', 'M0', 'M1'];

function assembled(drawn: Drawn): PlanningModel {
  const { points, capacity, window } = drawn;
  const sources = SOURCES.flatMap((facts, row) => sourceOf(facts, drawn.sources[row], row));
  const names = new Set(sources.map((row) => row.source));
  return {
    asOfDay: FIRST_DAY,
    bucketStartDays: Array.from({ length: BUCKETS + 1 }, (_, t) => FIRST_DAY + t * BUCKET_DAYS),
    stockPoints: [
      ...POINTS.map((item, row) => ({ ...points[row], item, location: PLANT })),
      ...['FG0', 'FG1'].map((item, row) => ({ ...points[6 + row], item, location: SHOP })),
    ],
    sources,
    components: componentsOf(drawn).filter((row) => names.has(row.source)),
    resources: [
      { resource: 'R0', capacityHours: capacity[0], overtimeMaxHours: 4, overtimeCostPerHour: 1 },
      { resource: 'R1', capacityHours: capacity[1] },
    ],
    loads: loadsOf(drawn).filter((row) => names.has(row.source)),
    demands: drawn.demands.map(({ isAtShop, ...rest }, row): DemandFacts => {
      const location = isAtShop && rest.item !== 'C0' ? SHOP : PLANT;
      return { ...rest, demand: `SO-${row}`, location };
    }),
    forecasts: drawn.forecasts.map(
      (quantity, row): ForecastFacts => ({ item: `FG${row}`, location: SHOP, quantity }),
    ),
    receipts: drawn.receipts.map(
      (rest, row): ReceiptFacts => ({
        ...rest,
        receipt: `PO-${row}`,
        kind: 'purchase',
        location: PLANT,
      }),
    ),
    rules: { consumeBackwardBuckets: window[0], consumeForwardBuckets: window[1] },
  };
}

function sourceOf(
  facts: (typeof SOURCES)[number],
  { lots, isEffective, isThere, effectiveFromDay, effectiveToDay, ...rest }: Drawn['sources'][number],
  row: number,
): SourceFacts[] {
  const isSecond = row % 2 === 1 && facts.kind !== 'move';
  if (isSecond && !isThere) return [];
  const effectivity = isEffective ? { effectiveFromDay, effectiveToDay } : {};
  return [{ ...facts, ...lots, ...rest, ...effectivity, source: `${facts.kind} ${facts.item} ${row}` }];
}

function componentsOf({ usages }: Drawn): ComponentFacts[] {
  const rows: [string, string][] = [
    ['make FG0 0', 'C0'],
    ['make FG0 0', 'C1'],
    ['make FG0 1', 'C1'],
    ['make FG0 1', 'M0'],
    ['make FG1 2', 'C0'],
    ['make FG1 2', 'M1'],
    ['make C0 4', 'M0'],
    ['make C0 4', 'M1'],
  ];
  return rows.flatMap(([source, component], row): ComponentFacts[] => {
    const { isSubstitute, quantityPer, ...rest } = usages[row];
    if (quantityPer === 0 && !isSubstitute) return [];
    const group = isSubstitute ? { substituteGroup: 'either', substitutePriority: 1 + (row % 2) } : {};
    return [{ ...rest, ...group, source, component, quantityPer: Math.max(1, quantityPer) }];
  });
}

function loadsOf({ hours }: Drawn): LoadFacts[] {
  const alternates = { alternateGroup: 'line' };
  return [
    { source: 'make FG0 0', resource: 'R0', hoursPerUnit: hours[0], setupHoursPerOrder: 1 },
    { source: 'make FG1 2', resource: 'R0', hoursPerUnit: hours[1], ...alternates, alternatePriority: 1 },
    { source: 'make FG1 2', resource: 'R1', hoursPerUnit: hours[1], ...alternates, alternatePriority: 2 },
    { source: 'make C0 4', resource: 'R1', hoursPerUnit: hours[2], offsetDays: 1 },
  ];
}
