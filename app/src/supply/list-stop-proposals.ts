/**
 * When to stop a machine before it stops itself, from its failures and from what the constrained plan asks of it.
 *
 * Times are hours of running: rated hours a day. A planned stop is taken to last half of a mean repair, since its work and
 * its parts are prepared; an hour lost beyond the free ones costs an hour of overtime, where one is known, else the hour's cost.
 */
import type { StopProposal } from '@planwright/contracts';
import {
  failureHistory,
  stopProposal,
  weibullFit,
  type WeibullFit,
  weibullSurvival,
} from '@planwright/supply';
import { bucketLabel, dayFromIso, isoFromDay } from '@planwright/time';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { MachineFailureRow, PolicyReads } from './ports.ts';

const RISK_DAYS = 30;
const PLANNED_SHARE_OF_REPAIR = 0.5;

type Deps = { readonly plan: PlanReader; readonly openBook: OpenBook; readonly policy: PolicyReads };

/** The machine at greatest risk first. Machines that never failed are left out. */
export function listStopProposals(deps: Deps): Service<'listStopProposals'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const book = await deps.openBook(run);
    const failures = Map.groupBy(
      await deps.policy.machineFailures(member.companyId, run.asOf),
      (row) => row.resource,
    );
    const loads = new Map((await deps.plan.resources(run.runId)).map((row) => [row.code, row]));
    const proposals = await Promise.all(
      [...failures].map(async ([code, rows]) => {
        const load = loads.get(code);
        const hours =
          load === undefined
            ? undefined
            : (await deps.plan.series(run.runId, load.resourceId)).get('constrainedHours');
        return machineView(book, run, code, rows, hours);
      }),
    );
    return {
      currency: run.currency,
      proposals: proposals
        .filter((row) => row !== undefined)
        .sort(
          (a, b) =>
            (b.failureRiskRatio ?? 0) - (a.failureRiskRatio ?? 0) || (a.resource < b.resource ? -1 : 1),
        ),
    };
  };
}

function machineView(
  book: PlanBook,
  run: RunHead,
  code: string,
  failures: readonly MachineFailureRow[],
  planned: readonly number[] | undefined,
): StopProposal | undefined {
  const resource = book.blocks.resources.find((row) => row.code === code);
  const perDay = resource?.hours.ratedHoursPerDay ?? 0;
  if (resource === undefined || planned === undefined || !(perDay > 0)) return undefined;
  const first = run.calendar.starts[0];
  const asOf = book.blocks.meta.asOf;
  const stops = failures
    .filter((row) => dayFromIso(row.failedOn) >= first)
    .map((row) => ({
      kind: 'failure' as const,
      startHour: (dayFromIso(row.failedOn) - first) * perDay,
      downHours: row.repairHours,
    }));
  const history = failureHistory((asOf - first) * perDay, stops);
  const fit = weibullFit(history.spellHours, history.endedByFailure);
  const repair = history.mttrHours;
  const base = {
    resource: code,
    resourceName: resource.name,
    failureCount: history.failureCount,
    meanHoursBetweenFailures: finite(history.mtbfHours),
    meanHoursToRepair: finite(repair),
    availabilityRatio: finite(history.inherentAvailabilityRatio),
  };
  if (fit === null || !Number.isFinite(repair))
    return {
      ...base,
      ...NOTHING_PROPOSED,
      sentence: `${resource.name} has failed too seldom to say when it will again.`,
    };
  const hourCost = resource.costPerHour ?? 0;
  const stopHours = repair * PLANNED_SHARE_OF_REPAIR;
  const found = stopProposal({
    life: fit,
    ageHours: history.ageHours,
    runHours: planned.map((hours) => Math.max(0, hours)),
    freeHours: planned.map((hours, t) => Math.max(0, resource.capacityHours[t] - hours)),
    lostHourCost: planned.map(() => resource.overtimeCostPerHour ?? hourCost),
    plannedStop: { cost: stopHours * hourCost, downHours: stopHours },
    failure: { cost: repair * hourCost, downHours: repair },
  });
  const risk = failureRisk(fit, history.ageHours, history.ageHours + perDay * RISK_DAYS);
  const bucket = found.bucket;
  const on = bucket === null ? null : run.calendar.starts[run.historyBuckets + bucket];
  return {
    ...base,
    shape: fit.shape,
    failureRiskRatio: risk,
    proposedOn: on === null ? null : isoFromDay(on),
    proposedBucket: bucket === null ? null : bucketLabel(run.calendar, run.historyBuckets + bucket),
    stopHours: bucket === null ? null : stopHours,
    costOfWaiting: bucket === null ? null : found.saving,
    sentence: sentenceOf(
      resource.name,
      fit.shape,
      risk,
      bucket === null ? null : bucketLabel(run.calendar, run.historyBuckets + bucket),
      found,
    ),
  };
}

/** Chance that it fails by the one age, as it has reached the other. */
function failureRisk({ plausible }: WeibullFit, ageHours: number, aheadHours: number): number {
  const survival = plausible.reduce(
    (sum, life) =>
      sum + (life.probability * weibullSurvival(life, aheadHours)) / weibullSurvival(life, ageHours),
    0,
  );
  return 1 - Math.min(1, survival);
}

const NOTHING_PROPOSED = {
  shape: null,
  failureRiskRatio: null,
  proposedOn: null,
  proposedBucket: null,
  stopHours: null,
  costOfWaiting: null,
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function sentenceOf(
  name: string,
  shape: number,
  risk: number,
  bucket: string | null,
  found: { readonly confidenceRatio: number; readonly saving: number },
): string {
  const percent = (ratio: number) => `${Math.round(ratio * 100)} %`;
  const wear = shape > 1 ? 'It wears out' : 'It fails by chance';
  const start = `${wear}: ${name} fails within ${RISK_DAYS} days with a chance of ${percent(risk)}.`;
  if (bucket === null) return `${start} A planned stop would cost more than it saves.`;
  return `${start} Stop it at the start of ${bucket}: that saves ${Math.round(found.saving)} against waiting, with ${percent(found.confidenceRatio)} confidence.`;
}
