/** What plan runs need of the outside: a store of runs, a queue of jobs, and someone to tell. */
import type { RUN_STATUSES } from '@planwright/contracts';
import type { AuditTrail } from '../access/audit.ts';
import type { RunIssue } from './issue-summary.ts';
import type { SnapshotBlocks, SnapshotMeta } from './snapshot.ts';
import type { CompanyDataReader } from './company-data.ts';
import type { KeyKind, Measure, StageName } from './stages/run-blocks.ts';
import type { StagePlan } from './stages/stage-plan.ts';
import type { StageResults } from './stages/stage-results.ts';

export type RunStatus = (typeof RUN_STATUSES)[number];

export type NewRun = {
  readonly id: string;
  readonly companyId: number;
  readonly scenarioId: string;
  readonly status: 'queued' | 'rejected';
  readonly snapshotHash: string;
  readonly seed: number;
  readonly engineVersion: string;
  readonly meta: SnapshotMeta;
  readonly stages: readonly StagePlan[];
  readonly issues: readonly RunIssue[];
  readonly createdBy: string;
  readonly publishOnSuccess: boolean;
  readonly replayOf: string | null;
};

/** Finished chunks of one stage. */
export type StageProgress = {
  readonly stage: StageName;
  readonly chunksDone: number;
  /** When its last finished chunk was committed. */
  readonly finishedAt: Date;
};

export type RunRecord = {
  readonly id: string;
  readonly companyId: number;
  readonly scenarioId: string;
  readonly status: RunStatus;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly createdBy: string;
  readonly seed: number;
  readonly engineVersion: string;
  readonly snapshotHash: string;
  readonly outputHash: string | null;
  /** 'YYYY-MM-DD'. */
  readonly asOf: string;
  readonly historyBuckets: number;
  readonly horizonBuckets: number;
  readonly keyCount: number;
  readonly stages: readonly StagePlan[];
  readonly progress: readonly StageProgress[];
  /** How far the chunk under way is, 0 to 1; 0 where that is not known. */
  readonly chunkShare: number;
  readonly published: boolean;
  readonly publishOnSuccess: boolean;
  readonly issues: readonly RunIssue[];
  readonly failure: string | null;
  /** Streams whose method is that of the published plan; null until the run succeeded, or where an older version ran it. */
  readonly keptFitCount: number | null;
};

/** Port: the register of runs, inside a transaction. */
export type RunRegister = {
  /** The scenario that every company has; made on first use. */
  baseScenario(companyId: number): Promise<string>;
  findActive(scenarioId: string): Promise<string | undefined>;
  /** False where another run of the scenario waits or works: of many that try at once, one is inserted. */
  insert(run: NewRun): Promise<boolean>;
  find(companyId: number, runId: string): Promise<RunRecord | undefined>;
  /** Newest first, starting behind `after` (createdAt in microseconds since 1970 as text, id). One more than `limit`. */
  list(
    companyId: number,
    after: { readonly createdAt: string; readonly id: string } | undefined,
    limit: number,
  ): Promise<{ rows: readonly (RunRecord & { readonly cursorAt: string })[]; total: number }>;
  /** Ends a run that waits, or asks one that works to stop. False where it has ended. */
  requestCancel(runId: string): Promise<boolean>;
  /** Points the run's scenario to it, if it succeeded and is not the one pointed to. False otherwise. */
  publish(runId: string): Promise<boolean>;
};

export type SnapshotStore = {
  /** Stores the blocks unless a snapshot of that hash is there. */
  save(companyId: number, hash: string, meta: SnapshotMeta, blocks: SnapshotBlocks): Promise<void>;
  readMeta(companyId: number, hash: string): Promise<SnapshotMeta | undefined>;
};

/** Port: hands work to the queue in the transaction of the row it is about. */
export type JobSender = { enqueue(name: string, data: { readonly id: string }): Promise<void> };

export type ScenarioTx = {
  readonly runs: RunRegister;
  readonly snapshots: SnapshotStore;
  readonly jobs: JobSender;
  readonly audit: AuditTrail;
  /** Tells the open pages, once the transaction commits. */
  announceRun(companyId: number, runId: string): Promise<void>;
};

export type ScenarioTransact = <T>(work: (tx: ScenarioTx) => Promise<T>) => Promise<T>;

/** Port: reads company data inside one unchanging view. */
export type ReadConsistently = <T>(work: (reader: CompanyDataReader) => Promise<T>) => Promise<T>;

export type Claim = {
  readonly worker: string;
  readonly leaseSeconds: number;
  readonly engineVersion: string;
};

/** A run that an executor has taken on. */
export type ClaimedRun = {
  readonly id: string;
  readonly companyId: number;
  readonly snapshotHash: string;
  readonly seed: number;
  readonly createdBy: string;
  readonly publishOnSuccess: boolean;
  /** The claimant's, unless chunks of another version are there. */
  readonly engineVersion: string;
  /** How often it has been taken on, this time included. */
  readonly attempts: number;
};

export type FinishedChunk = {
  readonly stage: StageName;
  readonly chunk: number;
  readonly hash: string;
  readonly result: string | null;
};

/** Ids of the snapshot's keys, stock points and resources, in its order. They stay the same from run to run. */
export type KeyIds = Readonly<Record<KeyKind, Int32Array>>;

/** Rows of one measure: entry r of `rows` is the row of `keyIds`' kind that `values` holds at r x width. */
export type SeriesRows = {
  readonly measure: Measure;
  readonly keyIds: readonly number[];
  readonly width: number;
  /** One view per row. */
  readonly values: readonly Float64Array[];
};

/** All that a chunk leaves behind; committed together or not at all. */
export type ChunkCommit = {
  readonly stage: StageName;
  readonly chunk: number;
  readonly seconds: number;
  readonly hash: string;
  readonly result: string;
  readonly series: readonly SeriesRows[];
  readonly rows: PlanRows;
};

/** Rows of the lists that a stage writes, ready for their tables. */
export type PlanRows = {
  readonly demandKeys?: readonly DemandKeyRow[];
  readonly stockPoints?: readonly StockPointRow[];
  readonly resources?: readonly ResourceRow[];
  readonly orders?: readonly PlannedOrderRow[];
  readonly groups?: StageResults['finance']['groups'];
  readonly groupSeries?: StageResults['finance']['groupSeries'];
  readonly finance?: StageResults['finance']['finance'];
  readonly alerts?: readonly AlertRow[];
  readonly kpis?: StageResults['kpis']['kpis'];
  readonly accuracy?: readonly AccuracyRow[];
  readonly eventEffects?: readonly EventEffectRow[];
  readonly findings?: readonly FindingRow[];
  readonly supplyPlans?: readonly SupplyPlanRow[];
};

/** The constrained plan of a chunk. */
export type SupplyPlanRow = {
  readonly chunk: number;
  readonly sums: StageResults['constrained']['sums'];
  /** Base64. */
  readonly plan: string;
};

/** Sums of the back-test of one key at one lag. */
export type AccuracyRow = StageResults['forecast']['keys'][number]['lags'][number] & {
  readonly keyId: number;
};

export type EventEffectRow = Omit<StageResults['kpis']['eventEffects'][number], 'startsOn' | 'endsOn'> & {
  readonly number: number;
  readonly startsOn: string;
  readonly endsOn: string;
};

export type FindingRow = Omit<StageResults['kpis']['findings'][number], 'key'> & {
  readonly number: number;
  readonly keyId: number;
};

export type DemandKeyRow = StageResults['finance']['keys'][number] &
  StageResults['forecast']['keys'][number] & {
    readonly keyId: number;
    readonly item: string;
    readonly itemName: string;
    readonly location: string;
    readonly channel: string;
    readonly groupCode: string;
    readonly planner: string;
  };

export type StockPointRow = Omit<StageResults['supply']['points'][number], 'point'> & {
  readonly keyId: number;
  readonly item: string;
  readonly itemName: string;
  readonly itemKind: string;
  readonly location: string;
  readonly unit: string;
  readonly onHand: number;
  readonly safetyStock: number;
  readonly leadTimeDays: number;
};

export type ResourceRow = Omit<StageResults['capacity']['resources'][number], 'resource'> & {
  readonly keyId: number;
  readonly code: string;
  readonly name: string;
  readonly location: string | null;
};

export type PlannedOrderRow = Omit<
  StageResults['supply']['orders'][number],
  'point' | 'releaseDay' | 'dueDay'
> & {
  readonly item: string;
  readonly itemName: string;
  readonly location: string;
  readonly unit: string;
  readonly releaseOn: string;
  readonly dueOn: string;
};

export type AlertRow = Omit<StageResults['kpis']['alerts'][number], 'point'> & {
  readonly number: number;
  readonly stockPointId: number | null;
};

/** Figures of a whole run that no list holds. */
export type RunSummary = {
  /** Share of independent demand over the horizon that is met in its bucket. */
  readonly fillRatio: number | null;
  readonly financeNotes: readonly string[];
  /** All alerts found, of which the list holds the worst. */
  readonly alertCounts: StageResults['kpis']['alertCounts'];
  /** All findings, of which the list holds the most expensive. */
  readonly findingCount: number;
  /** Streams whose method is that of the published plan. */
  readonly keptFitCount: number;
};

export type RunEnd =
  | {
      readonly status: 'succeeded';
      readonly outputHash: string;
      readonly summary: RunSummary;
      readonly issues: readonly RunIssue[];
    }
  | { readonly status: 'failed'; readonly failure: string }
  | { readonly status: 'cancelled' };

/** Port: the work on a run. Every write but `claim` does nothing where `worker` does not hold the run any more. */
export type RunWork = {
  /** Takes a run that waits, or whose worker has not been heard of in time; undefined where someone else has it. */
  claim(runId: string, claim: Claim): Promise<ClaimedRun | undefined>;
  /** Shows a sign of life, and how far the chunk under way is (0 to 1). `held` is false where the run was taken away or has ended. */
  renew(
    runId: string,
    worker: string,
    leaseSeconds: number,
    chunkShare: number,
  ): Promise<{ held: boolean; cancelRequested: boolean }>;
  loadSnapshot(companyId: number, hash: string): Promise<SnapshotBlocks>;
  /** Ids of the keys of a snapshot, made where they are new. */
  keyIds(companyId: number, keys: PlanKeys): Promise<KeyIds>;
  finishedChunks(runId: string): Promise<readonly FinishedChunk[]>;
  /** Calls `use` with each stored row of the measure. */
  loadSeries(
    runId: string,
    measure: Measure,
    use: (keyId: number, values: readonly number[]) => void,
  ): Promise<void>;
  /** False where the run is not held any more: then nothing was written. */
  commitChunk(runId: string, worker: string, leaseSeconds: number, commit: ChunkCommit): Promise<boolean>;
  /** Ends the run; publishes it in the same transaction where that was asked for. False where it is not held. */
  finish(runId: string, worker: string, end: RunEnd): Promise<boolean>;
  /** Gives the run back to the queue. `counts`: as an attempt that failed. */
  release(runId: string, worker: string, how: { readonly counts: boolean }): Promise<void>;
  /** Takes the runs of all other workers back to the queue: for a database that nobody else can have open. */
  releaseOthers(worker: string): Promise<void>;
  /** Sends jobs for runs that wait or whose worker is gone. Returns their ids. */
  requeueAbandoned(): Promise<readonly string[]>;
};

export type PlanKeys = {
  readonly demand: {
    readonly item: readonly string[];
    readonly location: readonly string[];
    readonly channel: readonly string[];
  };
  readonly stock: { readonly item: readonly string[]; readonly location: readonly string[] };
  readonly resource: readonly string[];
};
