import fc from 'fast-check';
import type {
  ComponentFacts,
  DemandFacts,
  LoadFacts,
  PlanningModel,
  ResourceFacts,
  SourceFacts,
  StockPointFacts,
} from '../src/index.ts';

const location = 'L';
const BUCKET_DAYS = 7;

export type ModelTraits = {
  /** Only what keeps one answer to "who can be on time": any quantity an order, one way to make, one priority. */
  readonly isPlain?: boolean;
};

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });

const onHand = ({ isPlain }: ModelTraits) => fc.integer({ min: isPlain ? 0 : -12, max: 60 });

const point = (item: string, traits: ModelTraits): fc.Arbitrary<StockPointFacts> =>
  traits.isPlain
    ? fc.record({
        item: fc.constant(item),
        location: fc.constant(location),
        onHand: onHand(traits),
      })
    : fc.record({
        item: fc.constant(item),
        location: fc.constant(location),
        onHand: onHand(traits),
        unitCost: fc.constantFrom(1, 5, 20),
        safetyStock: maybe(fc.constantFrom(5, 20)),
        storageMax: maybe(fc.constantFrom(80, 150)),
        shelfLifeDays: maybe(fc.constantFrom(10, 40)),
        buildAheadMaxDays: maybe(fc.constantFrom(0, 14)),
      });

const source = (
  name: string,
  item: string,
  kind: 'make' | 'buy',
  { isPlain }: ModelTraits,
): fc.Arbitrary<SourceFacts> => {
  const fixed = {
    source: fc.constant(name),
    kind: fc.constant(kind),
    item: fc.constant(item),
    location: fc.constant(location),
    leadTimeDays: fc.integer({ min: 0, max: 12 }),
  };
  if (isPlain) return fc.record(fixed);
  const lots = fc.constantFrom(
    {},
    { lotMinimum: 10 },
    { lotMultiple: 4 },
    { lotMinimum: 12, lotMultiple: 6, lotMaximum: 24 },
    { lotMaximum: 15 },
  );
  const rest = fc.record({
    ...fixed,
    yieldRatio: maybe(fc.constantFrom(0.9, 0.5)),
    priority: fc.constantFrom(1, 2),
    shareRatio: maybe(fc.constantFrom(0.3, 0.7)),
    effectiveFromDay: maybe(fc.integer({ min: 1000, max: 1020 })),
    effectiveToDay: maybe(fc.integer({ min: 1030, max: 1050 })),
    maximumPerBucket: maybe(fc.constantFrom(20, 50)),
    frozenDays: maybe(fc.constantFrom(3, 9)),
  });
  return fc.tuple(rest, lots).map(([row, lot]) => ({ ...row, ...lot }));
};

const component = (of: string, item: string, { isPlain }: ModelTraits): fc.Arbitrary<ComponentFacts> =>
  fc.record({
    source: fc.constant(of),
    component: fc.constant(item),
    quantityPer: isPlain ? fc.constant(1) : fc.constantFrom(1, 2, 0.5),
    quantityPerOrder: isPlain ? fc.constant(0) : fc.constantFrom(0, 0, 3),
    scrapRatio: isPlain ? fc.constant(0) : fc.constantFrom(0, 0, 0.2),
  });

const load = (of: string, resource: string, { isPlain }: ModelTraits): fc.Arbitrary<LoadFacts> =>
  fc.record({
    source: fc.constant(of),
    resource: fc.constant(resource),
    hoursPerUnit: isPlain ? fc.constant(1) : fc.constantFrom(0.5, 1, 2),
    setupHoursPerOrder: isPlain ? fc.constant(0) : fc.constantFrom(0, 2),
    offsetDays: isPlain ? fc.constant(0) : fc.constantFrom(0, 0, 5),
  });

const BUCKETS = 10;

const resource = (name: string, { isPlain }: ModelTraits): fc.Arbitrary<ResourceFacts> =>
  fc.record({
    resource: fc.constant(name),
    capacityHours: fc.array(fc.constantFrom(0, 10, 30, 60), { minLength: BUCKETS, maxLength: BUCKETS }),
    overtimeMaxHours: isPlain ? fc.constant(0) : fc.constantFrom(0, 0, 15),
    overtimeCostPerHour: fc.constantFrom(0, 1),
  });

const demand = (
  index: number,
  items: readonly string[],
  { isPlain }: ModelTraits,
): fc.Arbitrary<DemandFacts> =>
  fc.record({
    demand: fc.constant(`D${index}`),
    item: fc.constantFrom(...items),
    location: fc.constant(location),
    dueDay: fc.integer({ min: 995, max: 1065 }),
    quantity: fc.integer({ min: 1, max: 60 }),
    priority: isPlain ? fc.constant(1) : fc.integer({ min: 1, max: 3 }),
    policy: isPlain
      ? fc.constant('partial' as const)
      : fc.constantFrom('partial', 'partial', 'complete', 'onTimeOrNever'),
    latenessMaxDays: isPlain ? fc.constant(undefined) : maybe(fc.constantFrom(0, 10)),
  });

const FINISHED = ['F1', 'F2', 'F3'];
const PARTS = ['C1', 'C2'];
const RAW = ['R1', 'R2'];

/** Three finished items of two parts each (one with a substitute) of raw materials, two resources, up to 15 orders. */
export const planningModel = (traits: ModelTraits = {}): fc.Arbitrary<PlanningModel> => {
  const second = traits.isPlain
    ? []
    : [source('make F1 again', 'F1', 'make', traits), source('buy C1', 'C1', 'buy', traits)];
  const substitutes: ComponentFacts[] = traits.isPlain
    ? []
    : [
        { source: 'make F3', component: 'C1', quantityPer: 1, substituteGroup: 'g', substitutePriority: 1 },
        { source: 'make F3', component: 'C2', quantityPer: 2, substituteGroup: 'g', substitutePriority: 2 },
      ];
  const alternates: LoadFacts[] = traits.isPlain
    ? []
    : [
        { source: 'make F3', resource: 'M1', hoursPerUnit: 1, alternateGroup: 'a', alternatePriority: 1 },
        { source: 'make F3', resource: 'M2', hoursPerUnit: 1, alternateGroup: 'a', alternatePriority: 2 },
      ];
  return fc
    .record({
      stockPoints: fc.tuple(...[...FINISHED, ...PARTS, ...RAW].map((item) => point(item, traits))),
      sources: fc.tuple(
        ...FINISHED.map((item) => source(`make ${item}`, item, 'make', traits)),
        ...PARTS.map((item) => source(`make ${item}`, item, 'make', traits)),
        ...RAW.map((item) => source(`buy ${item}`, item, 'buy', traits)),
        ...second,
      ),
      components: fc.tuple(
        component('make F1', 'C1', traits),
        component('make F2', 'C1', traits),
        component('make F2', 'C2', traits),
        component('make C1', 'R1', traits),
        component('make C2', 'R2', traits),
      ),
      loads: fc.tuple(load('make F1', 'M1', traits), load('make F2', 'M1', traits)),
      partLoad: traits.isPlain
        ? fc.constant([])
        : fc.oneof(fc.constant([]), fc.tuple(load('make C2', 'M2', traits))),
      resources: fc.tuple(resource('M1', traits), resource('M2', traits)),
      demands: fc
        .integer({ min: 1, max: 15 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => demand(i, FINISHED, traits)))),
      receipts: fc.array(
        fc.record({
          receipt: fc.constant('PO'),
          kind: fc.constant('purchase' as const),
          item: fc.constantFrom('R1', 'C2'),
          location: fc.constant(location),
          dueDay: fc.integer({ min: 998, max: 1040 }),
          quantity: fc.integer({ min: 1, max: 40 }),
        }),
        { maxLength: traits.isPlain ? 0 : 2 },
      ),
    })
    .map(({ partLoad, ...rows }) => ({
      asOfDay: 1000,
      bucketStartDays: Array.from({ length: BUCKETS + 1 }, (_, t) => 1000 + t * BUCKET_DAYS),
      ...rows,
      components: [...rows.components, ...substitutes],
      loads: [...rows.loads, ...alternates, ...partLoad],
      forecasts: [],
    }));
};

/**
 * One network whose orders are drawn together in every way: six finished items of four parts, which are made on two
 * resources or had from a supplier that gives little, of raw materials that can be had in any quantity.
 */
export const drawnTogetherModel = (): fc.Arbitrary<PlanningModel> => {
  const [finished, parts, raw] = [
    ['F1', 'F2', 'F3', 'F4', 'F5', 'F6'],
    ['P1', 'P2', 'P3', 'P4'],
    ['R1', 'R2'],
  ];
  const stockPoint = (item: string): fc.Arbitrary<StockPointFacts> =>
    fc.record({
      item: fc.constant(item),
      location: fc.constant(location),
      onHand: fc.constantFrom(0, 0, 7, 25),
      unitCost: fc.constantFrom(1, 5, 20),
    });
  const sourceOf = (item: string, kind: 'make' | 'buy', lots: number[], maximumPerBucket?: number) =>
    fc.record({
      source: fc.constant(`${kind} ${item}`),
      kind: fc.constant(kind),
      item: fc.constant(item),
      location: fc.constant(location),
      leadTimeDays: fc.integer({ min: 0, max: 3 }),
      lotMinimum: maybe(fc.constantFrom(...lots)),
      lotMultiple: maybe(fc.constantFrom(1, ...lots)),
      maximumPerBucket: fc.constant(maximumPerBucket),
    });
  const loadOf = (item: string, name: string): fc.Arbitrary<LoadFacts> => load(`make ${item}`, name, {});
  const loadsOf = (item: string): fc.Arbitrary<LoadFacts[]> =>
    fc.subarray(['M1', 'M2']).chain((names) => fc.tuple(...names.map((name) => loadOf(item, name))));
  const made = [...finished, ...parts.slice(1)];
  return fc
    .record({
      stockPoints: fc.tuple(...[...finished, ...parts, ...raw].map(stockPoint)),
      sources: fc.tuple(
        ...finished.map((item) => sourceOf(item, 'make', [3])),
        ...parts.slice(1).map((item) => sourceOf(item, 'make', [8, 25])),
        ...raw.map((item) => sourceOf(item, 'buy', [20])),
        sourceOf('P1', 'buy', [8, 25], 40),
      ),
      ofFinished: fc.tuple(
        ...finished.map((item) =>
          fc
            .subarray(parts, { minLength: 1, maxLength: 2 })
            .map((own) => own.map((part) => ({ source: `make ${item}`, component: part, quantityPer: 1 }))),
        ),
      ),
      ofParts: fc.tuple(
        ...parts
          .slice(1)
          .map((item) =>
            fc
              .constantFrom(...raw)
              .map((component) => ({ source: `make ${item}`, component, quantityPer: 1 })),
          ),
      ),
      loads: fc.tuple(...made.map(loadsOf)),
      resources: fc.tuple(
        ...['M1', 'M2'].map((name) =>
          fc.record({
            resource: fc.constant(name),
            capacityHours: fc.array(fc.constantFrom(20, 40, 80), { minLength: BUCKETS, maxLength: BUCKETS }),
          }),
        ),
      ),
      demands: fc.integer({ min: 20, max: 60 }).chain((count) =>
        fc.tuple(
          ...Array.from({ length: count }, (_, index) =>
            fc.record({
              demand: fc.constant(`D${index}`),
              item: fc.constantFrom(...finished),
              location: fc.constant(location),
              dueDay: fc.integer({ min: 1003, max: 1068 }),
              quantity: fc.integer({ min: 1, max: 9 }),
              priority: fc.integer({ min: 1, max: 2 }),
            }),
          ),
        ),
      ),
    })
    .map(({ ofFinished, ofParts, loads, ...rows }) => ({
      asOfDay: 1000,
      bucketStartDays: Array.from({ length: BUCKETS + 1 }, (_, t) => 1000 + t * BUCKET_DAYS),
      ...rows,
      components: [...ofFinished.flat(), ...ofParts],
      loads: loads.flat(),
      forecasts: [],
      receipts: [],
    }));
};

/** A model several times, with its own items and sources each time; all take the same resources, or each its own. */
export function apart(model: PlanningModel, copies: number, sharesResources = false): PlanningModel {
  const each = Array.from({ length: copies }, (_, copy) => copy);
  const named = (name: string, copy: number) => `${name}#${copy}`;
  const rows = <Row extends object>(list: readonly Row[], keys: readonly (keyof Row)[]): Row[] =>
    each.flatMap((copy) =>
      list.map((row) => ({
        ...row,
        ...Object.fromEntries(keys.map((key) => [key, named(String(row[key]), copy)])),
      })),
    );
  return {
    ...model,
    stockPoints: rows(model.stockPoints, ['item']),
    sources: rows(model.sources, ['source', 'item']),
    components: rows(model.components, ['source', 'component']),
    loads: rows(model.loads, sharesResources ? ['source'] : ['source', 'resource']),
    resources: sharesResources ? model.resources : rows(model.resources, ['resource']),
    demands: rows(model.demands, ['demand', 'item']),
    receipts: rows(model.receipts, ['receipt', 'item']),
  };
}
