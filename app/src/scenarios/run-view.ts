/** A run as the API shows it. */
import type { Run } from '@planwright/contracts';
import type { RunRecord } from './ports.ts';
import type { StageName } from './stages/run-blocks.ts';

/** How long the stages take next to each other, as measured; for a bar that moves evenly. */
const STAGE_WEIGHTS: Record<StageName, number> = {
  actuals: 3,
  learn: 4,
  forecast: 80,
  reconcile: 4,
  consensus: 2,
  supply: 8,
  capacity: 1,
  constrained: 10,
  finance: 4,
  kpis: 2,
};

export function runView(record: RunRecord, now: Date): Run {
  const stages = stageViews(record);
  const weightSum = stages.reduce((sum, { stage }) => sum + STAGE_WEIGHTS[stage], 0);
  const done = stages.reduce((sum, { stage, status, chunksDone, chunkCount }) => {
    const underWay = status === 'running' ? record.chunkShare : 0;
    return sum + STAGE_WEIGHTS[stage] * (chunkCount === 0 ? 1 : (chunksDone + underWay) / chunkCount);
  }, 0);
  const progressRatio = record.status === 'succeeded' ? 1 : weightSum === 0 ? 0 : done / weightSum;
  return {
    id: record.id,
    status: record.status,
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
    createdBy: record.createdBy,
    seed: record.seed,
    engineVersion: record.engineVersion,
    snapshotHash: record.snapshotHash,
    outputHash: record.outputHash,
    asOf: record.asOf,
    historyBuckets: record.historyBuckets,
    horizonBuckets: record.horizonBuckets,
    keyCount: record.keyCount,
    stages,
    progressRatio,
    secondsLeft: secondsLeft(record, progressRatio, now),
    published: record.published,
    issues: [...record.issues],
    failure: record.failure,
    keptFitCount: record.keptFitCount,
  };
}

/** A stage takes from the end of the one before to the end of its last chunk. */
function stageViews(record: RunRecord): Run['stages'] {
  const progressOf = new Map(record.progress.map((entry) => [entry.stage, entry]));
  const isWorking = record.status === 'running';
  let since = record.startedAt;
  let isReached = isWorking;
  return record.stages.map(({ stage, chunkCount }) => {
    const entry = progressOf.get(stage);
    const chunksDone = entry?.chunksDone ?? 0;
    const isDone = chunksDone >= chunkCount;
    const status = isDone ? 'done' : isReached ? 'running' : 'waiting';
    const seconds =
      entry === undefined || since === null
        ? null
        : Math.max(0, (entry.finishedAt.getTime() - since.getTime()) / 1000);
    since = entry?.finishedAt ?? since;
    isReached &&= isDone;
    return { stage, status, chunksDone, chunkCount, seconds };
  });
}

// Before this much is done the estimate would jump about.
const PROGRESS_TO_ESTIMATE_FROM = 0.05;

function secondsLeft(record: RunRecord, progressRatio: number, now: Date): number | null {
  if (record.status !== 'running' || record.startedAt === null) return null;
  if (progressRatio < PROGRESS_TO_ESTIMATE_FROM) return null;
  const secondsSoFar = (now.getTime() - record.startedAt.getTime()) / 1000;
  return Math.max(0, Math.round((secondsSoFar * (1 - progressRatio)) / progressRatio));
}
