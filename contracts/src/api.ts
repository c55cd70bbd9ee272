import { companyEndpoints } from './companies.ts';
import { cycleEndpoints } from './cycle.ts';
import { dataEndpoints } from './data.ts';
import { demandEndpoints } from './demand.ts';
import { demandAccuracyEndpoints } from './demand-workbench/demand-accuracy.ts';
import { demandEventEndpoints } from './demand-workbench/demand-events.ts';
import { demandKeyEndpoints } from './demand-workbench/demand-key.ts';
import { demandLineEndpoints } from './demand-workbench/demand-lines.ts';
import { demandLifeCycleEndpoints } from './demand-workbench/demand-life-cycle.ts';
import { demandSensingEndpoints } from './demand-workbench/demand-sensing.ts';
import type { InputOf, OutputOf } from './endpoint.ts';
import { financeEndpoints } from './finance.ts';
import { insightEndpoints } from './insight.ts';
import { memberEndpoints } from './members.ts';
import { scenarioEndpoints } from './scenarios.ts';
import { supplyEndpoints } from './supply.ts';
import { supplyDecisionEndpoints, supplyPolicyEndpoints } from './supply-decisions.ts';
import { supplyExceptionEndpoints } from './supply-exceptions.ts';
import { supplyCapacityEndpoints, supplyOptimumEndpoints } from './supply-optimum.ts';
import { supplyProposalEndpoints } from './supply-proposals.ts';
import { supplyPlanEndpoints, supplyWhyEndpoints } from './supply-plan.ts';
import { supplyRoughCutEndpoints } from './supply-rough-cut.ts';

/** The JSON operations of each capability, which is also what the API document files them under. */
export const CAPABILITY_ENDPOINTS = {
  companies: companyEndpoints,
  access: memberEndpoints,
  data: dataEndpoints,
  scenarios: scenarioEndpoints,
  demand: {
    ...demandEndpoints,
    ...demandKeyEndpoints,
    ...demandAccuracyEndpoints,
    ...demandEventEndpoints,
    ...demandLineEndpoints,
    ...demandLifeCycleEndpoints,
    ...demandSensingEndpoints,
  },
  supply: {
    ...supplyEndpoints,
    ...supplyPlanEndpoints,
    ...supplyWhyEndpoints,
    ...supplyDecisionEndpoints,
    ...supplyProposalEndpoints,
    ...supplyExceptionEndpoints,
    ...supplyPolicyEndpoints,
    ...supplyCapacityEndpoints,
    ...supplyRoughCutEndpoints,
    ...supplyOptimumEndpoints,
  },
  finance: financeEndpoints,
  insight: insightEndpoints,
  cycle: cycleEndpoints,
};

/**
 * Every JSON operation of the API by its name. What cannot be said as JSON in, JSON out (uploads, downloads,
 * event streams, sign-in) stands in `raw-routes.ts`.
 */
export const ENDPOINTS = {
  ...CAPABILITY_ENDPOINTS.companies,
  ...CAPABILITY_ENDPOINTS.access,
  ...CAPABILITY_ENDPOINTS.data,
  ...CAPABILITY_ENDPOINTS.scenarios,
  ...CAPABILITY_ENDPOINTS.demand,
  ...CAPABILITY_ENDPOINTS.supply,
  ...CAPABILITY_ENDPOINTS.finance,
  ...CAPABILITY_ENDPOINTS.insight,
  ...CAPABILITY_ENDPOINTS.cycle,
};

export type EndpointName = keyof typeof ENDPOINTS;
export type ApiInput<N extends EndpointName> = InputOf<(typeof ENDPOINTS)[N]>;
export type ApiOutput<N extends EndpointName> = OutputOf<(typeof ENDPOINTS)[N]>;
