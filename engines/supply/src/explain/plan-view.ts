/** A plan with the lists that explaining it walks along; make one and ask it many times. */
import type { FiniteNetwork } from '../finite/network.ts';
import { type FinitePlan, SUPPLY_KIND, USE_KIND } from '../model/finite-plan.ts';
import type { PlanningModel } from '../model/planning-model.ts';
import { type RowLists, rowLists } from './row-lists.ts';

export type PlanView = {
  readonly model: PlanningModel;
  readonly network: FiniteNetwork;
  readonly plan: FinitePlan;
  /** By order: days by which it should have started before it may; null where the plan holds lead times. */
  readonly pastDueDays: Int32Array | null;
  /** Rows of pegs by the demand or order they serve, and by the receipt or order that serves. */
  readonly pegsOfDemand: RowLists;
  readonly pegsOfConsumer: RowLists;
  readonly pegsOfOrder: RowLists;
  readonly pegsOfReceipt: RowLists;
  readonly deliveriesOf: RowLists;
  readonly delaysOf: RowLists;
  readonly demandsOfPoint: RowLists;
};

/** The model, the network compiled from it, and a plan of that network. O(rows of the plan). */
export function planView(
  model: PlanningModel,
  network: FiniteNetwork,
  plan: FinitePlan,
  pastDueDays: Int32Array | null = null,
): PlanView {
  const { pegs, demands, orders, deliveries, delays } = plan;
  const byUse = (kind: number, count: number): RowLists =>
    rowLists(pegs.count, count, (row) => (pegs.useKind[row] === kind ? pegs.use[row] : -1));
  const bySupply = (kind: number, count: number): RowLists =>
    rowLists(pegs.count, count, (row) => (pegs.supplyKind[row] === kind ? pegs.supply[row] : -1));
  return {
    model,
    network,
    plan,
    pastDueDays,
    pegsOfDemand: byUse(USE_KIND.demand, demands.count),
    pegsOfConsumer: byUse(USE_KIND.order, orders.count),
    pegsOfOrder: bySupply(SUPPLY_KIND.order, orders.count),
    pegsOfReceipt: bySupply(SUPPLY_KIND.receipt, model.receipts.length),
    deliveriesOf: rowLists(deliveries.count, demands.count, (row) => deliveries.demand[row]),
    delaysOf: rowLists(delays.count, demands.count, (row) => delays.demand[row]),
    demandsOfPoint: rowLists(demands.count, network.points.count, (row) => demands.stockPoint[row]),
  };
}
