import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  type PlanningModel,
  planFinite,
  planFiniteSubnetworks,
  planToReplan,
  recompiledNetwork,
  replanFinite,
} from '../src/index.ts';
import { apart, drawnTogetherModel, planningModel, type ModelTraits } from './finite-arbitrary.ts';

/** One network of 21 stock points on two resources, in which no stock ages, so that journals are kept. */
const connected = (traits: ModelTraits = {}): fc.Arbitrary<PlanningModel> =>
  planningModel(traits).map((model) =>
    apart(
      {
        ...model,
        stockPoints: model.stockPoints.map((row) => ({
          ...row,
          shelfLifeDays: undefined,
          buildAheadMaxDays: undefined,
        })),
      },
      3,
      true,
    ),
  );

type Edit = { readonly kind: string; readonly row: number; readonly number: number };

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(
    'lot',
    'lead',
    'source',
    'hours',
    'overtime',
    'stock',
    'safety',
    'cover',
    'maximum',
    'storage',
  ),
  row: fc.nat({ max: 30 }),
  number: fc.constantFrom(0, 1, 3, 8, 25, 60),
});

/** The model with an edit in it, and the stock points that it changes. */
function edited(
  model: PlanningModel,
  { kind, row, number }: Edit,
): { after: PlanningModel; changed: number[] } {
  const at = <Row>(rows: readonly Row[]) => row % rows.length;
  const withRow = <Row>(rows: readonly Row[], change: Partial<Row>): Row[] =>
    rows.map((one, index) => (index === at(rows) ? { ...one, ...change } : one));
  const pointOf = ({ item, location }: { item: string; location: string }) =>
    model.stockPoints.findIndex((point) => point.item === item && point.location === location);
  const { sources, resources, stockPoints } = model;
  const resource = resources[at(resources)];
  const capacityHours = Array.from(resource.capacityHours as number[], (hours, t) =>
    t % 3 === row % 3 ? number : hours,
  );
  const loading = new Set(
    model.loads.filter((load) => load.resource === resource.resource).map(({ source }) => source),
  );
  const loadingPoints = sources.filter(({ source }) => loading.has(source)).map(pointOf);
  const sourceEdits: Record<string, Partial<PlanningModel['sources'][number]>> = {
    lot: { lotMinimum: number, lotMultiple: undefined, lotMaximum: undefined },
    lead: { leadTimeDays: number },
    source: { priority: number, shareRatio: undefined },
    maximum: { maximumPerBucket: number },
  };
  const pointEdits: Record<string, Partial<PlanningModel['stockPoints'][number]>> = {
    stock: { onHand: number - 5 },
    safety: { safetyStock: number },
    cover: { safetyStockCoverDays: number },
    storage: { storageMax: 60 + number },
  };
  const resourceEdits: Record<string, Partial<PlanningModel['resources'][number]>> = {
    hours: { capacityHours },
    overtime: { overtimeMaxHours: number },
  };
  if (kind in sourceEdits) {
    const after = { ...model, sources: withRow(sources, sourceEdits[kind]) };
    return { after, changed: [pointOf(sources[at(sources)])] };
  }
  if (kind in pointEdits) {
    return {
      after: { ...model, stockPoints: withRow(stockPoints, pointEdits[kind]) },
      changed: [at(stockPoints)],
    };
  }
  return { after: { ...model, resources: withRow(resources, resourceEdits[kind]) }, changed: loadingPoints };
}

function expectSameAsFullRun(before: PlanningModel, edits: readonly Edit[], joinsWeeks: boolean): void {
  const network = compileFiniteNetwork(before);
  const options = { joinsWeeks };
  const planned = planToReplan(network, options);
  expect(planned.plan).toEqual(planFinite(network, options));
  expect(planned.journals?.size).toBe(network.subnetworks.count);
  let after = before;
  const changed: number[] = [];
  for (const one of edits) {
    const step = edited(after, one);
    after = step.after;
    changed.push(...step.changed);
  }
  const next = recompiledNetwork(after, network);
  const full = planFinite(next, options);
  expect(replanFinite(next, planned, changed, options)).toEqual(full);
  // The journals are as they were: another edit can be tried on them.
  expect(replanFinite(next, planned, changed, options)).toEqual(full);
}

const edits = fc.array(edit, { minLength: 1, maxLength: 2 });

test('by the journals of the plan before, an edit in a network of shared resources gives the plan of a full run', () => {
  fc.assert(
    fc.property(connected(), edits, fc.boolean(), (model, some, joinsWeeks) => {
      expectSameAsFullRun(model, some, joinsWeeks);
    }),
    { numRuns: 300 },
  );
});

test('so it does where overtime competes with waiting, plans with it and without', () => {
  fc.assert(
    fc.property(connected(), edits, fc.constantFrom(0, 2), (model, some, overtimeCostPerHour) => {
      const resources = model.resources.map((row) => ({ ...row, overtimeMaxHours: 15, overtimeCostPerHour }));
      const stockPoints = model.stockPoints.map((row) => ({ ...row, unitCost: 10 }));
      expectSameAsFullRun({ ...model, resources, stockPoints }, some, true);
    }),
    { numRuns: 200 },
  );
});

test('so it does in plain networks, where most is had from stock and hours alone', () => {
  fc.assert(
    fc.property(connected({ isPlain: true }), edits, (model, some) => {
      expectSameAsFullRun(model, some, true);
    }),
    { numRuns: 200 },
  );
});

test('so it does where orders of one week share parts and hours, and are moved, placed, netted or kept', () => {
  fc.assert(
    fc.property(drawnTogetherModel(), edits, fc.boolean(), (model, some, joinsWeeks) => {
      expectSameAsFullRun(model, some, joinsWeeks);
    }),
    { numRuns: 400 },
  );
});

test('so it does where demands are served strictly by priority and day', () => {
  fc.assert(
    fc.property(drawnTogetherModel(), edit, (before, one) => {
      const options = { sequence: 'strict' as const };
      const network = compileFiniteNetwork(before);
      const { after, changed } = edited(before, one);
      const next = recompiledNetwork(after, network);
      const again = replanFinite(next, planToReplan(network, options), changed, options);
      expect(again).toEqual(planFinite(next, options));
    }),
    { numRuns: 60 },
  );
});

test('a demand that comes or goes gives the plan of a full run, too', () => {
  fc.assert(
    fc.property(connected(), fc.nat({ max: 40 }), (before, row) => {
      const network = compileFiniteNetwork(before);
      const gone = row % before.demands.length;
      const after = { ...before, demands: before.demands.filter((_, index) => index !== gone) };
      const next = compileFiniteNetwork(after);
      const { item } = before.demands[gone];
      const changed = before.stockPoints.findIndex((point) => point.item === item);
      expect(replanFinite(next, planToReplan(network), [changed])).toEqual(planFinite(next));
    }),
    { numRuns: 60 },
  );
});

test('nobody is asked whom no edit reaches: with nothing marked as edited, other lots change no promise', () => {
  fc.assert(
    fc.property(connected(), (before) => {
      const network = compileFiniteNetwork(before);
      const { plan, journals } = planToReplan(network);
      const sources = before.sources.map((row) => ({
        ...row,
        lotMinimum: 37,
        lotMultiple: 37,
        lotMaximum: undefined,
      }));
      const [points, counters] = [network.points.count, network.resources.capacity.length];
      const edited = {
        rules: new Uint8Array(points),
        traits: new Uint8Array(points),
        stock: new Uint8Array(points),
        targets: new Uint8Array(points),
        counters: new Uint8Array(counters + network.sources.maximum.length + network.sources.count),
      };
      const memory = { before: journals ?? new Map(), edited };
      const other = recompiledNetwork({ ...before, sources }, network);
      const again = planFiniteSubnetworks(other, 0, other.subnetworks.count, {}, memory);
      expect(again.deliveries).toEqual(plan.deliveries);
      expect(again.delays).toEqual(plan.delays);
    }),
    { numRuns: 40 },
  );
});
