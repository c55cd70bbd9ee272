/** Plans a planning model in one of three ways. */
import {
  compileFiniteNetwork,
  peggedPlan,
  planBlocks,
  planCost,
  planFinite,
  type PlanningModel,
  planUnconstrained,
  type PlanView,
  planView,
} from '@planwright/supply';
import { type PlanDraft, planFileOf } from './plan-to-file.ts';

export type Planned = { readonly view: PlanView; readonly file: PlanDraft };

/** Without regard to capacity: what has to be started when. */
export function plannedUnconstrained(model: PlanningModel): Planned {
  const network = compileFiniteNetwork(model);
  const plan = planUnconstrained(network, { needRatio: model.rules?.forecastDueRatio ?? 0.5 });
  const pegged = peggedPlan(network, plan);
  const view = planView(model, network, pegged, plan.orders.pastDueDays);
  const { delivered } = planBlocks(network, pegged);
  return { view, file: planFileOf(view, 'unconstrained', { ...plan, delivered }, planCost(model, pegged)) };
}

/** Within material, lead times and capacity. */
export function plannedConstrained(model: PlanningModel): Planned {
  const network = compileFiniteNetwork(model);
  const plan = planFinite(network);
  const view = planView(model, network, plan);
  return { view, file: planFileOf(view, 'constrained', planBlocks(network, plan), planCost(model, plan)) };
}
