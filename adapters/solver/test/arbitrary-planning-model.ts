import type { LoadFacts, PlanningModel, SourceFacts, StockPointFacts } from '@planwright/supply';
import fc from 'fast-check';

const BUCKET_COUNT = 5;
const BUCKET_DAYS = 30;
const starts = Array.from({ length: BUCKET_COUNT + 1 }, (_, t) => t * BUCKET_DAYS);

const PLANT = 'PLANT';
const MARKET = 'MARKET';

/**
 * Small networks with a bit of everything: a finished item sold at a market, moved there from a plant that makes it out
 * of two components, one made and one bought; two ways to make it, a resource with overtime and one with buckets of its
 * own, lots, yields, scrap, limits of suppliers, dates, safety stock, patience and receipts under way.
 */
export const arbitraryPlanningModel: fc.Arbitrary<PlanningModel> = fc
  .record({
    points: fc.tuple(point(), point(), point(), point()),
    move: way(),
    make: way(),
    outside: fc.option(way()),
    part: way(),
    raw: way(),
    quantityPer: fc.tuple(fc.constantFrom(1, 2), fc.constantFrom(0.5, 3)),
    capacityHours: fc.integer({ min: 20, max: 200 }),
    overtimeMaxHours: fc.constantFrom(0, 30),
    weekHours: fc.integer({ min: 5, max: 60 }),
    offsetDays: fc.constantFrom(0, 0, 4),
    orders: fc.array(
      fc.record({
        dueDay: fc.integer({ min: -5, max: 149 }),
        quantity: fc.integer({ min: 1, max: 60 }),
        priority: fc.constantFrom(1, 10, 20),
        latenessMaxDays: fc.constantFrom(undefined, undefined, 0, 45),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    forecast: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: BUCKET_COUNT, maxLength: BUCKET_COUNT }),
    receipts: fc.array(
      fc.record({ dueDay: fc.integer({ min: 0, max: 149 }), quantity: fc.integer({ min: 1, max: 40 }) }),
      { maxLength: 2 },
    ),
  })
  .map(assembled);

function point() {
  return fc.record({
    onHand: fc.integer({ min: 0, max: 80 }),
    unitCost: fc.constantFrom(1, 5, 20),
    safetyStock: fc.constantFrom(0, 0, 15),
    storageMax: fc.constantFrom(undefined, undefined, 100),
  });
}

function way() {
  const facts = fc.record({
    leadTimeDays: fc.constantFrom(0, 3, 10, 31, 50),
    costPerUnit: fc.constantFrom(0, 1, 4),
    costPerOrder: fc.constantFrom(0, 0, 25),
    yieldRatio: fc.constantFrom(1, 1, 0.8),
    lotMinimum: fc.constantFrom(undefined, undefined, 10),
    lotMultiple: fc.constantFrom(undefined, undefined, 5),
    lotMaximum: fc.constantFrom(undefined, undefined, 40),
    frozenDays: fc.constantFrom(0, 0, 12),
    maximumPerBucket: fc.constantFrom(undefined, undefined, 50),
    effectiveToDay: fc.constantFrom(undefined, undefined, undefined, 100),
  });
  return fc.record({
    facts,
    hoursPerUnit: fc.constantFrom(0.5, 1, 2),
    setupHoursPerOrder: fc.constantFrom(0, 0, 3),
  });
}

type Way = {
  readonly facts: Pick<SourceFacts, 'leadTimeDays'> & Partial<SourceFacts>;
  readonly hoursPerUnit: number;
  readonly setupHoursPerOrder: number;
};

type Drawn = {
  readonly points: readonly [Stock, Stock, Stock, Stock];
  readonly move: Way;
  readonly make: Way;
  readonly outside: Way | null;
  readonly part: Way;
  readonly raw: Way;
  readonly quantityPer: readonly [number, number];
  readonly capacityHours: number;
  readonly overtimeMaxHours: number;
  readonly weekHours: number;
  readonly offsetDays: number;
  readonly orders: readonly Pick<
    PlanningModel['demands'][number],
    'dueDay' | 'quantity' | 'priority' | 'latenessMaxDays'
  >[];
  readonly forecast: readonly number[];
  readonly receipts: readonly { readonly dueDay: number; readonly quantity: number }[];
};
type Stock = Omit<StockPointFacts, 'item' | 'location'>;

function assembled(drawn: Drawn): PlanningModel {
  const source = (
    name: string,
    kind: SourceFacts['kind'],
    place: Place,
    { facts }: Way,
    more: Partial<SourceFacts> = {},
  ): SourceFacts => ({ ...place, ...facts, source: name, kind, ...more });
  const load = (name: string, resource: string, way: Way, more: Partial<LoadFacts> = {}): LoadFacts => ({
    source: name,
    resource,
    hoursPerUnit: way.hoursPerUnit,
    setupHoursPerOrder: way.setupHoursPerOrder,
    ...more,
  });
  const [sold, made, part, raw] = [
    at('BIKE', MARKET),
    at('BIKE', PLANT),
    at('FRAME', PLANT),
    at('TUBE', PLANT),
  ];
  const weeks = Array.from({ length: 24 }, (_, week) => week * 7);
  return {
    asOfDay: 0,
    bucketStartDays: starts,
    stockPoints: [sold, made, part, raw].map((place, row) => ({
      ...place,
      ...drawn.points[row],
      ...(row === 0 && { unitPrice: 60 }),
    })),
    sources: [
      source('move', 'move', sold, drawn.move, { fromLocation: PLANT, yieldRatio: 1 }),
      source('make', 'make', made, drawn.make),
      ...(drawn.outside === null
        ? []
        : [source('outside', 'buy', made, drawn.outside, { costPerUnit: 30, priority: 2 })]),
      source('part', 'make', part, drawn.part),
      source('raw', 'buy', raw, drawn.raw),
    ],
    components: [
      { source: 'make', component: 'FRAME', quantityPer: drawn.quantityPer[0], scrapRatio: 0.1 },
      { source: 'part', component: 'TUBE', quantityPer: drawn.quantityPer[1], quantityPerOrder: 1 },
    ],
    resources: [
      {
        resource: 'ASSEMBLY',
        capacityHours: starts.slice(1).map(() => drawn.capacityHours),
        committedHours: starts.slice(1).map((_, t) => t),
        overtimeMaxHours: drawn.overtimeMaxHours,
        costPerHour: 2,
        overtimeCostPerHour: 3,
      },
      {
        resource: 'WELD',
        bucketStartDays: weeks,
        capacityHours: weeks.slice(1).map(() => drawn.weekHours),
        costPerHour: 1,
      },
    ],
    loads: [
      load('make', 'ASSEMBLY', drawn.make),
      load('part', 'WELD', drawn.part, { offsetDays: drawn.offsetDays }),
    ],
    demands: drawn.orders.map((order, row) => ({ ...sold, ...order, demand: `SO-${row}` })),
    forecasts: [{ ...sold, quantity: drawn.forecast }],
    receipts: drawn.receipts.map((receipt, row) => ({
      ...part,
      ...receipt,
      receipt: `WO-${row}`,
      kind: 'work' as const,
    })),
  };
}

type Place = { readonly item: string; readonly location: string };
const at = (item: string, location: string): Place => ({ item, location });
