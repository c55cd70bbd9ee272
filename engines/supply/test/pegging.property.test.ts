import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  explainDemand,
  explainOrder,
  explainShortage,
  type FinitePlan,
  orderUse,
  peggedPlan,
  planFinite,
  type PlanningModel,
  planUnconstrained,
  type PlanView,
  planView,
  SUPPLY_KIND,
  USE_KIND,
} from '@planwright/supply';
import { arbitraryPlanningModel } from './arbitrary-planning-model.ts';

function unconstrainedView(model: PlanningModel): PlanView {
  const network = compileFiniteNetwork(model);
  const plan = planUnconstrained(network);
  return planView(model, network, peggedPlan(network, plan), plan.orders.pastDueDays);
}
function constrainedView(model: PlanningModel): PlanView {
  const network = compileFiniteNetwork(model);
  return planView(model, network, planFinite(network));
}
const views = fc.tuple(arbitraryPlanningModel(), fc.boolean()).map(([model, isConstrained]) => ({
  model,
  view: isConstrained ? constrainedView(model) : unconstrainedView(model),
}));

/** Sum of a column of pegs by the key of a row. */
function pegged({ pegs }: FinitePlan, keyOf: (row: number) => string): Map<string, number> {
  const sums = new Map<string, number>();
  for (let row = 0; row < pegs.count; row++) {
    sums.set(keyOf(row), (sums.get(keyOf(row)) ?? 0) + pegs.quantity[row]);
  }
  return sums;
}

const SLACK = 1e-6;

describe('pegs of unconstrained and constrained plans', () => {
  test('no unit of a supply serves twice', () => {
    fc.assert(
      fc.property(views, ({ model, view: { plan, network } }) => {
        const { pegs, orders } = plan;
        const ofSupply = pegged(plan, (row) => `${pegs.supplyKind[row]}/${pegs.supply[row]}`);
        for (const [key, quantity] of ofSupply) {
          const [kind, index] = key.split('/').map(Number);
          const there =
            kind === SUPPLY_KIND.onHand
              ? Math.max(0, network.points.onHand[index])
              : kind === SUPPLY_KIND.receipt
                ? model.receipts[index].quantity
                : orders.quantity[index] * network.sources.yieldRatio[orders.source[index]];
          expect(quantity).toBeLessThanOrEqual(there + SLACK);
        }
      }),
    );
  });

  test('what is pegged to a demand is what is delivered of it', () => {
    fc.assert(
      fc.property(views, ({ view: { plan } }) => {
        const { pegs, deliveries, demands } = plan;
        const delivered = new Float64Array(demands.count);
        for (let row = 0; row < deliveries.count; row++)
          delivered[deliveries.demand[row]] += deliveries.quantity[row];
        const ofUse = pegged(plan, (row) => `${pegs.useKind[row]}/${pegs.use[row]}`);
        for (let demand = 0; demand < demands.count; demand++) {
          expect(ofUse.get(`${USE_KIND.demand}/${demand}`) ?? 0).toBeCloseTo(delivered[demand], 5);
          expect(delivered[demand]).toBeLessThanOrEqual(demands.quantity[demand] + SLACK);
        }
      }),
    );
  });

  test('a demand rests on as many units as it is delivered, and each cause holds up no more than it asks', () => {
    fc.assert(
      fc.property(views, ({ view }) => {
        const { plan, deliveriesOf } = view;
        for (let demand = 0; demand < plan.demands.count; demand++) {
          const why = explainDemand(view, demand);
          const rows = deliveriesOf.rows.subarray(deliveriesOf.start[demand], deliveriesOf.start[demand + 1]);
          const delivered = rows.reduce((sum, row) => sum + plan.deliveries.quantity[row], 0);
          const isSupply = (id: number): boolean => why.nodes[id].type !== 'constraint';
          const fromSupplies = why.edges.filter(({ from, to }) => from === 0 && isSupply(to));
          expect(fromSupplies.reduce((sum, edge) => sum + edge.quantity, 0)).toBeCloseTo(delivered, 5);
          for (const node of why.nodes) expect(node.quantity).toBeGreaterThan(0);
          expect(why.sentence).toMatch(/^\d.* (come|do not come) .*\.$/);
          const cost = why.cost.backlog + why.cost.margin + why.cost.lostSales;
          expect(Number.isFinite(cost) && cost >= 0).toBe(true);
        }
      }),
    );
  });

  test('the uses of an order sum to its good units', () => {
    fc.assert(
      fc.property(views, ({ view }) => {
        for (let order = 0; order < view.plan.orders.count; order++) {
          const use = orderUse(view, order);
          expect(use.needed + use.safetyStock + use.surplus).toBeCloseTo(use.good, 5);
          expect(use.good + use.lost).toBeCloseTo(view.plan.orders.quantity[order], 9);
          const why = explainOrder(view, order);
          const direct = why.edges.filter(({ to }) => to === 0).reduce((sum, edge) => sum + edge.quantity, 0);
          expect(direct).toBeCloseTo(use.needed + use.safetyStock, 5);
        }
      }),
    );
  });

  test('what a stock point owes is what its projected on hand lies below 0', () => {
    fc.assert(
      fc.property(arbitraryPlanningModel(), (model) => {
        const view = unconstrainedView(model);
        const { network } = view;
        const plan = planUnconstrained(network);
        const t = network.bucketCount - 1;
        for (let point = 0; point < network.points.count; point++) {
          const owed = explainShortage(view, point, t).nodes[0].quantity;
          const below = plan.shortage.values[point * network.bucketCount + t];
          // Stock owed from before the plan has no demand in it to name.
          const before = Math.max(0, -network.points.onHand[point]);
          expect(owed).toBeLessThanOrEqual(below + SLACK);
          expect(owed).toBeGreaterThanOrEqual(below - before - SLACK);
        }
      }),
    );
  });
});
