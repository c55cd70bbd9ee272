import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeBlock, rowOf, type SeriesBlock } from '@planwright/series';
import {
  buildNetwork,
  type SupplyMode,
  type SupplyModel,
  type SupplyNetwork,
  type SupplyPlan,
  planSupply,
} from '@planwright/supply';
import { arbitraryModel, SEED } from './arbitrary-model.ts';

const options = { seed: SEED, numRuns: 400 };
const mode = fc.constantFrom<SupplyMode>('unconstrained', 'leadTimeFeasible');

function planned(model: SupplyModel, chosen: SupplyMode): { network: SupplyNetwork; plan: SupplyPlan } {
  const network = buildNetwork(model).network!;
  return { network, plan: planSupply(network, { mode: chosen }) };
}

const total = (block: SeriesBlock): number => block.values.reduce((sum, value) => sum + value, 0);

test('conservation: what was there, plus what came, less what went, is what is there', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { network, plan } = planned(model, chosen);
      network.stockPoints.forEach((_, s) => {
        let onHand = network.onHand[s];
        for (let t = 0; t < network.bucketCount; t++) {
          const at = s * network.bucketCount + t;
          onHand +=
            plan.scheduledReceipts.values[at] + plan.plannedReceipts.values[at] - plan.grossDemand.values[at];
          expect(plan.projectedOnHand.values[at]).toBe(onHand);
          expect(plan.shortage.values[at]).toBe(Math.max(0, -onHand));
        }
      });
    }),
    options,
  );
});

test('no double count: orders, releases, receipts and dependent demand are one and the same quantity', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { network, plan } = planned(model, chosen);
      const { orders } = plan;
      const shape = [network.stockPoints.length, network.bucketCount] as const;
      const released = makeBlock(...shape);
      const received = makeBlock(...shape);
      for (let i = 0; i < orders.count; i++) {
        const s = orders.stockPoint[i];
        rowOf(released, s)[orders.releaseBucket[i]] += orders.quantity[i];
        rowOf(received, s)[orders.dueBucket[i]] += orders.quantity[i] * network.yieldRatio[s];
      }
      expect(plan.plannedReleases).toEqual(released);
      expect(plan.plannedReceipts).toEqual(received);

      const dependent = makeBlock(...shape);
      network.stockPoints.forEach((_, s) => {
        for (let row = network.componentStart[s]; row < network.componentStart[s + 1]; row++) {
          const into = rowOf(dependent, network.component[row]);
          rowOf(released, s).forEach((quantity, t) => (into[t] += quantity * network.quantityPer[row]));
        }
      });
      expect(plan.dependentDemand).toEqual(dependent);
      const gross = plan.independentDemand.values.map((value, at) => value + dependent.values[at]);
      expect(plan.grossDemand.values).toEqual(gross);
    }),
    options,
  );
});

test('every order obeys its minimum, multiple and maximum', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { plan } = planned(model, chosen);
      const obeys = plan.orders.quantity.every((quantity, i) => {
        const source = model.stockPoints[plan.orders.stockPoint[i]].source!;
        const { lotMinimum = 0, lotMultiple = quantity, lotMaximum = Infinity } = source;
        return quantity >= lotMinimum && quantity <= lotMaximum && quantity % lotMultiple === 0;
      });
      expect(obeys).toBe(true);
    }),
    options,
  );
});

test('every order keeps its lead time, or is flagged past due; a feasible plan has no receipt before its lead time', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { network, plan } = planned(model, chosen);
      const { orders } = plan;
      const starts = network.bucketStartDays;
      let holds = true; // One expect a plan: a plan may have thousands of orders.
      for (let i = 0; i < orders.count; i++) {
        const leadTimeDays = network.leadTimeDays[orders.stockPoint[i]];
        const releaseDay = starts[orders.dueBucket[i]] - leadTimeDays;
        const bucket = orders.releaseBucket[i];
        const inTime = releaseDay >= starts[bucket] && releaseDay < starts[bucket + 1];
        const isPastDue = bucket === 0 && releaseDay < starts[0];
        const isAllowed = chosen === 'leadTimeFeasible' ? inTime : inTime || isPastDue;
        const pastDueDays = Math.max(0, starts[0] - (starts[orders.needBucket[i]] - leadTimeDays));
        const isTold = orders.pastDueDays[i] === pastDueDays && orders.needBucket[i] <= orders.dueBucket[i];
        holds &&= isAllowed && isTold;
      }
      expect(holds).toBe(true);
    }),
    options,
  );
});

test('service: an unconstrained plan is never below safety stock; a feasible one only until its lead time has passed', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { network, plan } = planned(model, chosen);
      const starts = network.bucketStartDays;
      plan.projectedOnHand.values.forEach((onHand, at) => {
        const s = Math.floor(at / network.bucketCount);
        const isReachable = starts[at % network.bucketCount] - network.leadTimeDays[s] >= starts[0];
        const isServed = onHand >= network.safetyStock[s];
        expect(isServed || (chosen === 'leadTimeFeasible' && !isReachable)).toBe(true);
      });
    }),
    options,
  );
});

test('thrift: nothing is ordered that could be left out, so safety stock is bought once and surplus is used', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { network, plan } = planned(model, chosen);
      plan.plannedReceipts.values.forEach((received, at) => {
        const s = Math.floor(at / network.bucketCount);
        expect(received === 0 || plan.projectedOnHand.values[at] - received < network.safetyStock[s]).toBe(
          true,
        );
      });
      // Lot for lot without losses ends exactly at safety stock after each receipt.
      model.stockPoints.forEach(({ source, safetyStock }, s) => {
        const isLotForLot = source!.lotMinimum === undefined && source!.lotMultiple === undefined;
        rowOf(plan.plannedReceipts, s).forEach((received, t) => {
          const exact = rowOf(plan.projectedOnHand, s)[t] === (safetyStock ?? 0);
          expect(received === 0 || !isLotForLot || exact).toBe(true);
        });
      });
    }),
    options,
  );
});

test('same input, same plan; also through JSON, and whatever the order of the rows', () => {
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const { plan } = planned(model, chosen);
      expect(planned(JSON.parse(JSON.stringify(model)) as SupplyModel, chosen).plan).toEqual(plan);
      const mirrored = planned(
        { ...model, stockPoints: model.stockPoints.toReversed(), components: model.components.toReversed() },
        chosen,
      ).plan;
      model.stockPoints.forEach((_, s) => {
        const other = model.stockPoints.length - 1 - s;
        expect(rowOf(mirrored.projectedOnHand, other)).toEqual(rowOf(plan.projectedOnHand, s));
        expect(rowOf(mirrored.plannedReleases, other)).toEqual(rowOf(plan.plannedReleases, s));
      });
    }),
    options,
  );
});

// Tenths are not exact in binary: sums of them leave crumbs that must neither be bought nor reported as short.
test('counting in tenths instead of units changes no order and no shortage', () => {
  const tenth = (value: number | undefined): number | undefined =>
    value === undefined ? undefined : value / 10;
  const tenths = (values: ArrayLike<number> | undefined): number[] =>
    Array.from(values ?? [], (value) => value / 10);
  fc.assert(
    fc.property(arbitraryModel(), mode, (model, chosen) => {
      const stockPoints = model.stockPoints.map((row) => ({
        ...row,
        onHand: row.onHand / 10,
        safetyStock: tenth(row.safetyStock),
        independentDemand: tenths(row.independentDemand),
        scheduledReceipts: tenths(row.scheduledReceipts),
        source: {
          ...row.source!,
          lotMinimum: tenth(row.source!.lotMinimum),
          lotMultiple: tenth(row.source!.lotMultiple),
          lotMaximum: tenth(row.source!.lotMaximum),
        },
      }));
      const whole = planned(model, chosen).plan;
      const fine = planned({ ...model, stockPoints }, chosen).plan;
      for (const column of [
        'count',
        'stockPoint',
        'releaseBucket',
        'dueBucket',
        'needBucket',
        'pastDueDays',
      ] as const) {
        expect(fine.orders[column]).toEqual(whole.orders[column]);
      }
      fine.shortage.values.forEach((short, at) => {
        expect(short === 0).toBe(whole.shortage.values[at] === 0);
        expect(short).toBeCloseTo(whole.shortage.values[at] / 10, 6);
      });
    }),
    options,
  );
});

// A minimum lot can make the whole network nervous (a later, fuller order instead of an early small one), so the law
// holds for all lots at the stock point itself, and through the levels for lots that are multiples.
const extra = fc.record({
  point: fc.nat(),
  quantity: fc.integer({ min: 0, max: 60 }),
  bucket: fc.option(fc.nat()),
});
type Extra = { point: number; quantity: number; bucket: number | null };

function withMore(
  model: SupplyModel,
  { point, quantity, bucket }: Extra,
): { richer: SupplyModel; changed: number } {
  const changed = point % model.stockPoints.length;
  const stockPoints = model.stockPoints.map((row, s) => {
    if (s !== changed) return row;
    if (bucket === null) return { ...row, onHand: row.onHand + quantity };
    const scheduledReceipts = Array.from(row.scheduledReceipts!);
    scheduledReceipts[bucket % scheduledReceipts.length] += quantity;
    return { ...row, scheduledReceipts };
  });
  return { richer: { ...model, stockPoints }, changed };
}

test('more supply never worsens the shortage of a stock point, whatever its lots', () => {
  fc.assert(
    fc.property(arbitraryModel('any'), extra, (model, more) => {
      const { richer, changed } = withMore(model, more);
      const before = rowOf(planned(model, 'leadTimeFeasible').plan.shortage, changed);
      const after = rowOf(planned(richer, 'leadTimeFeasible').plan.shortage, changed);
      after.forEach((short, t) => expect(short).toBeLessThanOrEqual(before[t]));
    }),
    options,
  );
});

test('more supply anywhere never worsens any shortage in the network, and never asks for more orders', () => {
  fc.assert(
    fc.property(arbitraryModel('multiples'), extra, (model, more) => {
      const before = planned(model, 'leadTimeFeasible').plan;
      const after = planned(withMore(model, more).richer, 'leadTimeFeasible').plan;
      after.shortage.values.forEach((short, at) =>
        expect(short).toBeLessThanOrEqual(before.shortage.values[at]),
      );
      expect(total(after.plannedReleases)).toBeLessThanOrEqual(total(before.plannedReleases));
    }),
    options,
  );
});

test('no mode invents or loses demand: both see the same independent demand and serve all that time allows', () => {
  fc.assert(
    fc.property(arbitraryModel(), (model) => {
      const free = planned(model, 'unconstrained').plan;
      const feasible = planned(model, 'leadTimeFeasible').plan;
      expect(feasible.independentDemand).toEqual(free.independentDemand);
      expect(total(free.shortage)).toBe(0);
    }),
    options,
  );
});
