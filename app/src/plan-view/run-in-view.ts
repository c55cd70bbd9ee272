import type { Horizon } from '@planwright/contracts';
import { bucketLabel, fiscalLabel, isoFromDay } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { Member } from '../services.ts';
import type { PlanReader, RunHead } from './plan-reader.ts';

/** The run that a request looks at: the one it names, else the published one. */
export async function runInView(
  plan: PlanReader,
  member: Member,
  query: { readonly run?: string | undefined },
): Promise<RunHead> {
  const run = await plan.findRun(member.companyId, query.run);
  if (run !== undefined) return run;
  if (query.run !== undefined) throw new PlanningError('NOT_FOUND', { what: 'finished run', id: query.run });
  throw new PlanningError('NO_PUBLISHED_RUN');
}

/** The buckets of a run as the API shows them. */
export function horizonOf(run: RunHead): Horizon {
  const { calendar } = run;
  return {
    buckets: Array.from({ length: calendar.bucketCount }, (_, index) => ({
      label: bucketLabel(calendar, index),
      fiscalLabel: fiscalLabel(calendar, index),
      startsOn: isoFromDay(calendar.starts[index]),
      endsOn: isoFromDay(calendar.starts[index + 1] - 1),
    })),
    firstPlanBucket: run.historyBuckets,
  };
}

/** The horizon alone, for what has no history. */
export function planHorizonOf(run: RunHead): Horizon {
  const { buckets } = horizonOf(run);
  return { buckets: buckets.slice(run.historyBuckets), firstPlanBucket: 0 };
}

/** NaN, which JSON does not have, becomes null. */
export function wireValues(values: readonly number[]): (number | null)[] {
  return values.map((value) => (Number.isFinite(value) ? value : null));
}

/** Values of the history over history and horizon. */
export function overHistory(run: RunHead, values: readonly number[]): (number | null)[] {
  const history = wireValues(values.slice(0, run.historyBuckets));
  return [...history, ...Array.from({ length: run.horizonBuckets }, () => null)];
}

/** Values of the horizon over history and horizon. */
export function overHorizon(run: RunHead, values: readonly number[]): (number | null)[] {
  return [...Array.from({ length: run.historyBuckets }, () => null), ...wireValues(values)];
}
