import type { ForecastTier } from '@planwright/forecast';
import { audit } from '../access/audit.ts';
import { PlanningError } from '../errors.ts';
import type { Member, Service } from '../services.ts';
import { type FrozenInputs, freezeSnapshot } from './freeze-snapshot.ts';
import { planCalendar } from './plan-calendar.ts';
import type { ReadConsistently, ScenarioTransact } from './ports.ts';
import { runView } from './run-view.ts';
import { stagePlans } from './stages/stage-plan.ts';

export type StartRunDeps = {
  readonly transact: ScenarioTransact;
  readonly readConsistently: ReadConsistently;
  /** What computes the plan: another version may give other numbers for the same inputs. */
  readonly engineVersion: string;
  readonly newId: () => string;
  readonly clock: () => number;
};

/**
 * Freezes the inputs and queues one run over them.
 *
 * The inputs are read in one unchanging view of the data and worked up outside any transaction, so nobody waits for
 * it. Then the snapshot, the run and its job are stored in one transaction: a queued run always has a job and a job
 * always has its run. Inputs with errors give a `rejected` run that carries the issues, since the planner must see why.
 *
 * @throws PlanningError NO_DATA without a sales order line, RUN_ALREADY_ACTIVE while a run of the plan is under way.
 */
export function startRun(deps: StartRunDeps): Service<'startRun'> {
  return async (member, { body }) => {
    await refuseWhileActive(deps, member);
    const frozen = await freezeCompany(deps, member.companyId, body.horizonBuckets, body);
    return queueRun(deps, member, frozen, {
      seed: body.seed,
      publishOnSuccess: body.publish,
      replayOf: null,
    });
  };
}

/** Freezing takes a second; a planner who clicks twice should not wait for it to be refused. */
async function refuseWhileActive(deps: StartRunDeps, member: Member): Promise<void> {
  await deps.transact(async (tx) => {
    const runId = await tx.runs.findActive(await tx.runs.baseScenario(member.companyId));
    if (runId !== undefined) throw new PlanningError('RUN_ALREADY_ACTIVE', { runId });
  });
}

/** The frozen inputs of a company as its data are now. */
export async function freezeCompany(
  deps: Pick<StartRunDeps, 'readConsistently'>,
  companyId: number,
  horizonBuckets: number | undefined,
  forecasts: { readonly tier?: ForecastTier; readonly refit?: 'all' | 'broken' } = {},
): Promise<FrozenInputs> {
  const read = await deps.readConsistently(async (reader) => {
    const settings = await reader.settings(companyId);
    const bounds = await reader.demandBounds(companyId);
    if (bounds === undefined) throw new PlanningError('NO_DATA');
    const { plan, issues } = planCalendar(settings, bounds, horizonBuckets);
    const { historyBuckets } = plan;
    const { starts } = plan.calendar;
    const keepsFits = forecasts.refit === 'broken';
    const data = await reader.read(settings, { starts, historyBuckets, keepsFits });
    return { settings, data, plan, issues };
  });
  return freezeSnapshot(read.settings, read.data, read.plan, read.issues, forecasts.tier);
}

type RunOptions = {
  readonly seed: number;
  readonly publishOnSuccess: boolean;
  readonly replayOf: string | null;
};

/** Stores what a run needs and hands it to the queue. Of several at once, one gets through. */
export async function queueRun(
  deps: Pick<StartRunDeps, 'transact' | 'engineVersion' | 'newId' | 'clock'>,
  member: Member,
  inputs: Pick<FrozenInputs, 'hash' | 'meta' | 'issues'> & Partial<Pick<FrozenInputs, 'blocks'>>,
  options: RunOptions,
): ReturnType<Service<'startRun'>> {
  const id = deps.newId();
  return deps.transact(async (tx) => {
    const scenarioId = await tx.runs.baseScenario(member.companyId);
    const { hash, meta, issues, blocks } = inputs;
    if (blocks !== undefined) await tx.snapshots.save(member.companyId, hash, meta, blocks);
    const status = issues.some((issue) => issue.severity === 'error') ? 'rejected' : 'queued';
    const isInserted = await tx.runs.insert({
      id,
      companyId: member.companyId,
      scenarioId,
      status,
      snapshotHash: hash,
      seed: options.seed,
      engineVersion: deps.engineVersion,
      meta,
      stages: stagePlans(meta),
      issues,
      createdBy: member.name,
      publishOnSuccess: options.publishOnSuccess,
      replayOf: options.replayOf,
    });
    if (!isInserted) {
      const runId = (await tx.runs.findActive(scenarioId)) ?? 'just ended';
      throw new PlanningError('RUN_ALREADY_ACTIVE', { runId });
    }
    if (status === 'queued') await tx.jobs.enqueue('execute-run', { id });
    await audit(tx, member, {
      action: options.replayOf === null ? 'run.start' : 'run.replay',
      objectType: 'run',
      objectId: id,
      after: { status, seed: options.seed, snapshotHash: hash, replayOf: options.replayOf },
    });
    await tx.announceRun(member.companyId, id);
    const record = await tx.runs.find(member.companyId, id);
    if (record === undefined) throw new Error('Broken invariant: a run that was stored is found');
    return runView(record, new Date(deps.clock()));
  });
}
