import { CLEANSING_REASONS, type CleansingDecision, type DemandKeyDetail } from '@planwright/contracts';
import { dayFromIso } from '@planwright/time';
import { keyShown } from '../demand/list-demand-keys.ts';
import { PlanningError } from '../errors.ts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { horizonOf, overHistory, overHorizon, runInView, wireValues } from '../plan-view/run-in-view.ts';
import { spoken } from '../plan-view/spoken.ts';
import type { Service } from '../services.ts';
import { accuracyRow } from './accuracy-ratios.ts';
import { streamOf } from './cleansing-decisions.ts';
import { findingOf } from './list-demand-findings.ts';
import type { DriverReader } from './ports.ts';

/** Findings of one stream that are shown at most. */
const FINDINGS_MAX = 100;

/** One demand stream taken apart. */
export function getDemandKey(deps: { plan: PlanReader; drivers: DriverReader }): Service<'getDemandKey'> {
  return async (member, { params, query }): Promise<DemandKeyDetail> => {
    const run = await runInView(deps.plan, member, query);
    const key = await deps.plan.demandKey(run.runId, params.keyId);
    if (key === undefined)
      throw new PlanningError('NOT_FOUND', { what: 'demand stream', id: String(params.keyId) });
    const { item, location, channel } = key;
    const selection = { group: '', item, location, channel };
    const [series, unit, moneyError, byLag, findings, decisions, changedAt] = await Promise.all([
      deps.plan.series(run.runId, key.keyId),
      deps.plan.unitOf(run.runId, item),
      deps.plan.moneyError(run.runId),
      deps.plan.accuracyBy(run.runId, selection, 'lag', 1),
      deps.plan.findings(
        run.runId,
        { group: '', keyId: key.keyId },
        { after: undefined, limit: FINDINGS_MAX },
      ),
      deps.drivers.decisions(member.companyId, streamOf(key)),
      deps.drivers.lastDriverChange(member.companyId),
    ]);
    const history = (measure: string) => overHistory(run, series.get(measure) ?? []);
    const horizon = (measure: string) => overHorizon(run, series.get(measure) ?? []);
    return {
      key: keyShown(key, moneyError),
      unit: unit ?? 'units',
      currency: run.currency,
      horizon: horizonOf(run),
      actual: history('actual'),
      cleansed: history('cleansed'),
      reasons: reasonsOf(run, series.get('reason') ?? [], decisions),
      saidBefore: history('lag1'),
      baseline: horizon('baseline'),
      parts: partsOf(run, series),
      lower80: horizon('lower80'),
      upper80: horizon('upper80'),
      lower95: horizon('lower95'),
      upper95: horizon('upper95'),
      uplift: wireValues(series.get('uplift') ?? []),
      findings: findings.rows.slice(0, FINDINGS_MAX).map((row) => findingOf(run, row)),
      decisions: [...decisions],
      changedSinceRun: changedAt !== null && changedAt > run.createdAt,
      sentences: sentencesOf(spoken(key.explanation)),
      accuracyByLag: byLag.map((sums) => {
        const { wapeRatio, biasRatio } = accuracyRow(sums);
        return { lag: Number(sums.code), wapeRatio, biasRatio };
      }),
    };
  };
}

/** What the baseline is made of, what agreeing with the groups changed included. */
function partsOf(run: RunHead, series: ReadonlyMap<string, readonly number[]>): DemandKeyDetail['parts'] {
  const ahead = (measure: string): readonly number[] | undefined =>
    series.get(measure)?.slice(run.historyBuckets);
  const [calendar, price] = [ahead('calendar'), ahead('price')];
  const named = [
    ['level', series.get('level')],
    ['trend', series.get('trend')],
    ['season', series.get('season')],
    ['events', ahead('uplift')?.map((sum, t) => withoutDust(sum, calendar?.[t] ?? 0, price?.[t] ?? 0))],
    ['working days and feasts', calendar],
    ['price', price],
    ['agreement with groups', series.get('reconciled')],
  ] as const;
  return named.flatMap(([name, values]) =>
    values === undefined || values.every((value) => value === 0)
      ? []
      : [{ name, values: overHorizon(run, values) }],
  );
}

/** As the run found them; where it followed a planner it had none of its own. */
function reasonsOf(
  run: RunHead,
  codes: readonly number[],
  decisions: readonly CleansingDecision[],
): DemandKeyDetail['reasons'] {
  const { starts } = run.calendar;
  const followed = decisions.filter(({ decidedAt }) => decidedAt <= run.createdAt);
  const decided = new Set(followed.map(({ bucketOn }) => starts.indexOf(dayFromIso(bucketOn))));
  return codes.map((code, bucket) => (decided.has(bucket) ? 'decided' : (CLEANSING_REASONS[code] ?? 'none')));
}

/** What is left of a sum without two of its parts; what rounding leaves is nothing. */
function withoutDust(sum: number, one: number, other: number): number {
  const rest = sum - one - other;
  return Math.abs(rest) <= 1e-9 * (Math.abs(sum) + Math.abs(one) + Math.abs(other)) ? 0 : rest;
}

/** A run writes its explanation as sentences in one text. */
const sentencesOf = (text: string): string[] =>
  text.match(/[^.]+(?:\.\d+[^.]*)*\.(?=\s|$)/g)?.map((part) => part.trim()) ?? [text];
