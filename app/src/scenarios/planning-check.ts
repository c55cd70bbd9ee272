/**
 * The planning model that a run is about to freeze, looked at as a model file is: what the constrained plan could not
 * plan is told before the run, with its cure, and not by a stage that fails.
 *
 * The network of leading sources is checked elsewhere (`supplyInputs`); what only the other sources, the hours and the
 * single orders bring is found here: circles through a second source, lots that contradict a largest lot, quantities
 * beyond counting. What company data may well hold (names that repeat, steps on the same work centre) is no finding.
 */
import { checkPlanningModel } from '@planwright/supply';
import type { Issue } from '@planwright/units';
import type { PlannedResource } from './capacity-inputs.ts';
import type { PlanCalendar } from './plan-calendar.ts';
import type { PlanningInputs } from './planning-inputs.ts';
import { resourceFacts } from './stages/planning-piece.ts';

/** No plan can be made of these. */
const REFUSED: ReadonlySet<string> = new Set([
  'DAYS_OUT_OF_RANGE',
  'LOTS_CONTRADICT',
  'MOVES_TO_ITSELF',
  'NEGATIVE_LEAD_TIME',
  'NEGATIVE_LOT',
  'NEGATIVE_NUMBER',
  'NEGATIVE_QUANTITY',
  'NEGATIVE_SAFETY_STOCK',
  'NOT_A_NUMBER',
  'OUT_OF_RANGE',
  'QUANTITY_TOO_LARGE',
  'SUPPLY_CYCLE',
  'TOO_MANY_ORDERS',
  'UNKNOWN_SOURCE_LOCATION',
  'WRONG_BUCKET_COUNT',
  'YIELD_OUT_OF_RANGE',
  'ZERO_LOT',
]);
/** Planned as they stand, and worth a look. */
const NOTED: ReadonlySet<string> = new Set(['EFFECTIVITY_REVERSED', 'SHARES_OVER_ONE']);

/** Errors refuse the run. Demand of later stages is not in it: it is what the run works out. */
export function planningIssues(
  planning: PlanningInputs,
  resources: readonly PlannedResource[],
  plan: PlanCalendar,
): Issue[] {
  const found = checkPlanningModel({
    ...planning,
    asOfDay: plan.asOf,
    bucketStartDays: plan.calendar.starts.subarray(plan.historyBuckets),
    resources: resources.map(resourceFacts),
    forecasts: [],
  });
  // A row number is one of our own model, which nobody has seen: the message names the thing.
  return found.flatMap((finding): Issue[] => {
    const { row: _, ...issue } = finding;
    if (REFUSED.has(issue.code)) return [issue];
    return NOTED.has(issue.code) ? [{ ...issue, severity: 'warning' }] : [];
  });
}
