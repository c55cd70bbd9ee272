import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  type FinitePlan,
  mergedFinitePlans,
  peggedPlan,
  type PlanningModel,
  planFinite,
  planFiniteSubnetworks,
  planUnconstrained,
  recompiledNetwork,
  replanFinite,
} from '../src/index.ts';
import { apart, planningModel } from './finite-arbitrary.ts';
import { expectLaws } from './finite-laws.ts';

test('a plan keeps every law, whatever lots, dates, alternates, limits and policies it meets', () => {
  fc.assert(
    fc.property(planningModel(), (model) => {
      const network = compileFiniteNetwork(model);
      expectLaws(model, planFinite(network));
      expectLaws(model, planFinite(network, { sequence: 'strict' }));
      expectLaws(model, planFinite(network, { buildAheadMaxDays: 7 }));
      expectLaws(model, planFinite(network, { joinsWeeks: true }));
    }),
    { numRuns: 100 },
  );
});

test('a plan of plain networks keeps every law, where most is drawn together anew', () => {
  fc.assert(
    fc.property(planningModel({ isPlain: true }), (model) => {
      const network = compileFiniteNetwork(model);
      expectLaws(model, planFinite(network));
      expectLaws(model, planFinite(network, { joinsWeeks: true }));
    }),
    { numRuns: 100 },
  );
});

test('the plan is the same to the byte, however its sub-networks are cut into runs', () => {
  fc.assert(
    fc.property(planningModel(), fc.integer({ min: 1, max: 5 }), (model, size) => {
      const network = compileFiniteNetwork(apart(model, 3));
      const whole = planFinite(network);
      const pieces: FinitePlan[] = [];
      for (let from = 0; from < network.subnetworks.count; from += size) {
        pieces.push(planFiniteSubnetworks(network, from, Math.min(network.subnetworks.count, from + size)));
      }
      expect(mergedFinitePlans(network, pieces)).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});

test('planning again what a change reaches gives the plan of a full run', () => {
  fc.assert(
    fc.property(
      planningModel(),
      fc.integer({ min: 0, max: 80 }),
      fc.boolean(),
      (model, onHand, isUnlinked) => {
        const before = apart(model, 3);
        const changed = before.stockPoints.findIndex(({ item }) => item === 'F2#1');
        const after = {
          ...before,
          stockPoints: before.stockPoints.map((row, point) => (point === changed ? { ...row, onHand } : row)),
          demands: before.demands.filter(({ item }, row) => item !== 'F2#1' || row % 2 === 0),
          components: before.components.filter(({ source }) => !isUnlinked || source !== 'make F2#1'),
        };
        const network = compileFiniteNetwork(before);
        const next = compileFiniteNetwork(after);
        const again = replanFinite(next, { network, plan: planFinite(network) }, [changed]);
        expect(again).toEqual(planFinite(next));
      },
    ),
    { numRuns: 60 },
  );
});

test('so it does for what planners try out: lots, lead times, the order of sources, hours; by weeks as runs plan', () => {
  const edit = fc.constantFrom<'lot' | 'lead' | 'source' | 'hours'>('lot', 'lead', 'source', 'hours');
  fc.assert(
    fc.property(planningModel(), edit, fc.constantFrom(0, 3, 40), (model, kind, number) => {
      const before = apart(model, 3);
      const isEdited = ({ item }: { item: string }) => item === 'F2#1';
      const after: PlanningModel = {
        ...before,
        sources: before.sources.map((row) => {
          if (!isEdited(row) || kind === 'hours') return row;
          if (kind === 'lead') return { ...row, leadTimeDays: number };
          return kind === 'lot' ? { ...row, lotMinimum: number } : { ...row, priority: number };
        }),
        resources: before.resources.map((row) =>
          kind === 'hours' && row.resource === 'M1#1' ? { ...row, overtimeMaxHours: number } : row,
        ),
      };
      const network = compileFiniteNetwork(before);
      const next = recompiledNetwork(after, network);
      expect(next).toEqual(compileFiniteNetwork(after));
      const changed = before.stockPoints.findIndex(isEdited);
      const options = { joinsWeeks: true };
      const again = replanFinite(next, { network, plan: planFinite(network, options) }, [changed], options);
      expect(again).toEqual(planFinite(next, options));
    }),
    { numRuns: 80 },
  );
});

test('without capacity to look at no less is served by the end of its period than within it', () => {
  fc.assert(
    fc.property(planningModel(), (limited) => {
      // A source that comes or goes is used on some days of a period; the unconstrained plan looks at one of them.
      const always = { effectiveFromDay: undefined, effectiveToDay: undefined };
      const sources = limited.sources.map((row) => ({ ...row, ...always }));
      const model = { ...limited, sources };
      const network = compileFiniteNetwork(model);
      const free = peggedPlan(network, planUnconstrained(network));
      const limit = planFinite(network);
      expect(servedInPeriod(model, free)).toBeGreaterThan(servedInPeriod(model, limit) - 1e-3);
    }),
    { numRuns: 200 },
  );
});

/** Quantity delivered by the end of the period that it is due in. */
function servedInPeriod({ bucketStartDays, asOfDay }: PlanningModel, plan: FinitePlan): number {
  const { deliveries, demands } = plan;
  let total = 0;
  for (let row = 0; row < deliveries.count; row++) {
    const due = Math.max(asOfDay, demands.dueDay[deliveries.demand[row]]);
    const end = Array.from(bucketStartDays).find((day) => day > due) ?? due + 1;
    if (deliveries.day[row] < end) total += deliveries.quantity[row];
  }
  return total;
}

function onTimeByPriority(model: PlanningModel): Map<number, number> {
  const { deliveries, demands } = planFinite(compileFiniteNetwork(model));
  const onTime = new Map<number, number>();
  for (let row = 0; row < deliveries.count; row++) {
    const demand = deliveries.demand[row];
    if (deliveries.day[row] !== Math.max(model.asOfDay, demands.dueDay[demand])) continue;
    const priority = demands.priority[demand];
    onTime.set(priority, (onTime.get(priority) ?? 0) + deliveries.quantity[row]);
  }
  return onTime;
}

const onTimeQuantity = (model: PlanningModel): number =>
  [...onTimeByPriority(model).values()].reduce((sum, quantity) => sum + quantity, 0);

// With components that come later, who starts when decides who can be served; then no greedy method can promise this.
test('more stock or hours never serve less on time, where one priority competes for hours alone', () => {
  fc.assert(
    fc.property(
      planningModel({ isPlain: true }),
      fc.nat({ max: 6 }),
      fc.integer({ min: 1, max: 50 }),
      fc.nat({ max: 9 }),
      (withParts, point, extra, bucket) => {
        const model = { ...withParts, components: [] };
        const before = onTimeQuantity(model);
        const stockPoints = model.stockPoints.map((row, i) =>
          i === point ? { ...row, onHand: (row.onHand ?? 0) + extra } : row,
        );
        expect(onTimeQuantity({ ...model, stockPoints })).toBeGreaterThan(before - 1e-3);
        const resources = model.resources.map((row) => ({
          ...row,
          capacityHours: Array.from(row.capacityHours ?? [], (hours, t) =>
            t === bucket ? hours + extra : hours,
          ),
        }));
        expect(onTimeQuantity({ ...model, resources })).toBeGreaterThan(before - 1e-3);
      },
    ),
    { numRuns: 300 },
  );
});

test('allowing overtime never serves less on time, with one priority or several', () => {
  const models = fc.oneof(planningModel({ isPlain: true }), planningModel());
  fc.assert(
    fc.property(models, fc.constantFrom(0, 5, 40), fc.constantFrom(0, 2), (model, overtime, cost) => {
      const allowing = (overtimeMaxHours: number) => ({
        ...model,
        stockPoints: model.stockPoints.map((row) => ({ ...row, unitCost: 10 })),
        resources: model.resources.map((row) => ({
          ...row,
          overtimeMaxHours,
          overtimeCostPerHour: cost,
        })),
      });
      expect(onTimeQuantity(allowing(overtime))).toBeGreaterThan(onTimeQuantity(allowing(0)) - 1e-3);
      const [without, permitted] = [onTimeByPriority(allowing(0)), onTimeByPriority(allowing(overtime))];
      const first = [1, 2, 3].find((p) => Math.abs((permitted.get(p) ?? 0) - (without.get(p) ?? 0)) > 1e-3);
      // The first priority that overtime changes has more by it.
      expect(first === undefined || (permitted.get(first) ?? 0) > (without.get(first) ?? 0)).toBe(true);
      expectLaws(allowing(overtime), planFinite(compileFiniteNetwork(allowing(overtime))));
    }),
    { numRuns: 200 },
  );
});

const orderCounts = ({ orders }: FinitePlan, step: (startDay: number) => number): number[] => {
  const counts = new Map<string, number>();
  for (let row = 0; row < orders.count; row++) {
    const name = `${orders.source[row]} ${step(orders.startDay[row])}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts.values()];
};

test('of one source one order starts a day; joined by weeks there are no more, and the same is delivered', () => {
  fc.assert(
    fc.property(planningModel({ isPlain: true }), fc.boolean(), (plain, isLimited) => {
      const model = isLimited
        ? plain
        : { ...plain, resources: plain.resources.map((row) => ({ ...row, capacityHours: undefined })) };
      const network = compileFiniteNetwork(model);
      const [byDay, byWeek] = [planFinite(network), planFinite(network, { joinsWeeks: true })];
      expect(Math.max(0, ...orderCounts(byDay, (day) => day))).toBeLessThanOrEqual(1);
      expect(byWeek.orders.count).toBeLessThanOrEqual(byDay.orders.count);
      expect(byWeek.deliveries).toEqual(byDay.deliveries);
      const total = ({ orders }: FinitePlan) => orders.quantity.reduce((sum, quantity) => sum + quantity, 0);
      expect(total(byWeek)).toBeCloseTo(total(byDay), 3);
    }),
    { numRuns: 200 },
  );
});
