import { companyEndpoints } from './companies.ts';
import { cycleEndpoints } from './cycle.ts';
import { dataEndpoints } from './data.ts';
import { demandEndpoints } from './demand.ts';
import { demandAccuracyEndpoints } from './demand-workbench/demand-accuracy.ts';
import { demandEventEndpoints } from './demand-workbench/demand-events.ts';
import { demandKeyEndpoints } from './demand-workbench/demand-key.ts';
import { demandLifeCycleEndpoints } from './demand-workbench/demand-life-cycle.ts';
import { demandSensingEndpoints } from './demand-workbench/demand-sensing.ts';
import type { InputOf, OutputOf } from './endpoint.ts';
import { financeEndpoints } from './finance.ts';
import { insightEndpoints } from './insight.ts';
import { memberEndpoints } from './members.ts';
import { scenarioEndpoints } from './scenarios.ts';
import { supplyEndpoints } from './supply.ts';

/**
 * Every JSON operation of the API by its name. What cannot be said as JSON in, JSON out (uploads, downloads,
 * event streams, sign-in) stands in `raw-routes.ts`.
 */
export const ENDPOINTS = {
  ...companyEndpoints,
  ...memberEndpoints,
  ...dataEndpoints,
  ...scenarioEndpoints,
  ...demandEndpoints,
  ...demandKeyEndpoints,
  ...demandAccuracyEndpoints,
  ...demandEventEndpoints,
  ...demandLifeCycleEndpoints,
  ...demandSensingEndpoints,
  ...supplyEndpoints,
  ...financeEndpoints,
  ...insightEndpoints,
  ...cycleEndpoints,
};

export type EndpointName = keyof typeof ENDPOINTS;
export type ApiInput<N extends EndpointName> = InputOf<(typeof ENDPOINTS)[N]>;
export type ApiOutput<N extends EndpointName> = OutputOf<(typeof ENDPOINTS)[N]>;
