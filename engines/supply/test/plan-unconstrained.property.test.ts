import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rowOf } from '@planwright/series';
import {
  buildNetwork,
  compileFiniteNetwork,
  planningModelFrom,
  planSupply,
  planUnconstrained,
  type SupplyMode,
} from '@planwright/supply';
import { arbitraryModel } from './arbitrary-model.ts';
import { arbitraryPlanningModel } from './arbitrary-planning-model.ts';

const BLOCKS = [
  'dependentDemand',
  'plannedReceipts',
  'plannedReleases',
  'projectedOnHand',
  'shortage',
] as const;

const arbitraryMode = fc.constantFrom<SupplyMode>('unconstrained', 'leadTimeFeasible');

test('with one source a stock point it is the plan of the simple model, to the last unit', () => {
  fc.assert(
    fc.property(arbitraryModel(), arbitraryMode, fc.constantFrom(0, 0.5), (model, mode, needRatio) => {
      const simple = planSupply(buildNetwork(model).network!, { mode, needRatio });
      const plan = planUnconstrained(compileFiniteNetwork(planningModelFrom(model)), { mode, needRatio });
      for (const block of BLOCKS) expect([...plan[block].values]).toEqual([...simple[block].values]);
      expect(plan.orders.count).toBe(simple.orders.count);
      expect(plan.orders.quantity.toSorted()).toEqual(simple.orders.quantity.toSorted());
    }),
  );
});

describe('with several sources, substitutes, effectivity, scrap and cover', () => {
  test('stock in is stock out, in every bucket of every stock point', () => {
    fc.assert(
      fc.property(arbitraryPlanningModel(), arbitraryMode, (model, mode) => {
        const network = compileFiniteNetwork(model);
        const plan = planUnconstrained(network, { mode });
        for (let point = 0; point < network.points.count; point++) {
          let onHand = network.points.onHand[point];
          for (let t = 0; t < network.bucketCount; t++) {
            const at = (block: 'independentDemand' | (typeof BLOCKS)[number] | 'scheduledReceipts'): number =>
              rowOf(plan[block], point)[t];
            onHand +=
              at('scheduledReceipts') +
              at('plannedReceipts') -
              at('independentDemand') -
              at('dependentDemand');
            expect(at('projectedOnHand')).toBeCloseTo(onHand, 6);
            onHand = at('projectedOnHand');
          }
        }
      }),
    );
  });

  test('the orders are what the blocks say, in their buckets, by their lots, never before they may start', () => {
    fc.assert(
      fc.property(arbitraryPlanningModel(), arbitraryMode, (model, mode) => {
        const network = compileFiniteNetwork(model);
        const plan = planUnconstrained(network, { mode });
        const { orders } = plan;
        const received = new Float64Array(plan.plannedReceipts.values.length);
        for (let order = 0; order < orders.count; order++) {
          const source = model.sources[orders.source[order]];
          const { lotMultiple = 0, lotMaximum = Infinity, lotMinimum = 0, yieldRatio = 1 } = source;
          const quantity = orders.quantity[order];
          expect(quantity).toBeLessThanOrEqual(lotMaximum);
          expect(quantity).toBeGreaterThanOrEqual(Math.min(lotMinimum, lotMaximum));
          expect(lotMultiple > 0 ? quantity % lotMultiple : 0).toBe(0);
          const earliest = model.asOfDay + (source.frozenDays ?? 0);
          expect(orders.startDay[order]).toBeGreaterThanOrEqual(earliest);
          expect(orders.startDay[order]).toBeGreaterThanOrEqual(source.effectiveFromDay ?? earliest);
          expect(orders.startDay[order]).toBeLessThanOrEqual(source.effectiveToDay ?? Infinity);
          const took = orders.endDay[order] - orders.startDay[order] + orders.pastDueDays[order];
          expect(took).toBe(Math.ceil(source.leadTimeDays));
          const pastDueMost = mode === 'leadTimeFeasible' ? 0 : Infinity;
          expect(orders.pastDueDays[order]).toBeLessThanOrEqual(pastDueMost);
          const point = network.sources.point[orders.source[order]];
          received[point * network.bucketCount + orders.dueBucket[order]] += quantity * yieldRatio;
        }
        received.forEach((quantity, cell) =>
          expect(plan.plannedReceipts.values[cell]).toBeCloseTo(quantity, 6),
        );
      }),
    );
  });

  test('where a source is always in force, projected on hand keeps the safety stock and nothing is ordered above it', () => {
    fc.assert(
      fc.property(arbitraryPlanningModel(), (model) => {
        const network = compileFiniteNetwork(model);
        const plan = planUnconstrained(network);
        const isSteady = (point: number): boolean =>
          model.sources.some(
            (source, row) =>
              network.sources.point[row] === point &&
              source.effectiveFromDay === undefined &&
              source.effectiveToDay === undefined &&
              (network.points.hasShares[point] === 0 || (source.shareRatio ?? 0) > 0),
          );
        for (let point = 0; point < network.points.count; point++) {
          for (let t = 0; t < network.bucketCount; t++) {
            const level = rowOf(plan.safetyStock, point)[t];
            const onHand = rowOf(plan.projectedOnHand, point)[t];
            const received = rowOf(plan.plannedReceipts, point)[t];
            expect(isSteady(point) ? onHand : level).toBeGreaterThanOrEqual(level - 1e-6);
            expect(received > 0 ? onHand - received : -Infinity).toBeLessThan(level); // There was a need.
          }
        }
      }),
    );
  });

  test('the same model gives the same plan', () => {
    fc.assert(
      fc.property(arbitraryPlanningModel(), (model) => {
        const plan = (): unknown => planUnconstrained(compileFiniteNetwork(model));
        expect(plan()).toEqual(plan());
      }),
    );
  });
});
