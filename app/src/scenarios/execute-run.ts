/** Works through the stages of a run: hands out chunks, commits what comes back, and goes on where someone else stopped. */
import { type RunIssue, sameIssue } from './issue-summary.ts';
import { chunkRows, seriesRows } from './chunk-rows.ts';
import type { ChunkCommit, ClaimedRun, KeyIds, RunEnd, RunSummary, RunWork } from './ports.ts';
import { decodeSnapshot, formatOf, SNAPSHOT_FORMAT, type Snapshot, type SnapshotBlocks } from './snapshot.ts';
import { type ChunkTask, type EarlierJson, type PoolRun, type StagePool, STAGE_NEEDS } from './stage-pool.ts';
import { type ChunkDone, outputHash } from './stages/compute-chunk.ts';
import {
  makeRunBlocks,
  MEASURES,
  measuresOf,
  rowIn,
  type RunBlocks,
  type StageName,
} from './stages/run-blocks.ts';
import { type StagePlan, stagePlans } from './stages/stage-plan.ts';
import type { EarlierResults } from './stages/stage-results.ts';

export type ExecuteRunDeps = {
  readonly work: RunWork;
  readonly pool: StagePool;
  /** Names this process among those that share the database. */
  readonly worker: string;
  readonly engineVersion: string;
  /** Tells open pages that a run moved on. */
  readonly announceRun: (companyId: number, runId: string) => Promise<void>;
  /** Milliseconds since any fixed moment. */
  readonly clock: () => number;
};

/**
 * How the work ended here. `not-taken`: someone else has the run, or it has ended. `lost`: it was taken away.
 * `released`: we were asked to stop, and gave it back.
 */
export type RunOutcome = 'succeeded' | 'failed' | 'cancelled' | 'not-taken' | 'lost' | 'released';

/** A worker that has not been heard of for this long is taken for dead. */
export const LEASE_SECONDS = 30;
const ATTEMPTS_MAX = 5;
const TOO_MANY_ATTEMPTS = `It was begun ${ATTEMPTS_MAX} times and each time its process ended before it did. See the log of the server.`;
const OTHER_ENGINE =
  'Planwright was updated while it was under way, and a plan is not made by two versions. Start it again.';
const OTHER_FORMAT =
  'Its inputs were frozen by an earlier version of Planwright, which kept them in another form. Start a new run.';
const HEARTBEAT_MS = 1_000;
const ANNOUNCE_EVERY_MS = 300;

/**
 * Executes a run to its end. Safe to call for any run at any time and from any number of processes: one of them takes
 * it, the others return. Finished chunks are never computed twice.
 */
export async function executeRun(
  deps: ExecuteRunDeps,
  runId: string,
  stop: AbortSignal,
): Promise<RunOutcome> {
  const { worker, engineVersion } = deps;
  const claimed = await deps.work.claim(runId, { worker, engineVersion, leaseSeconds: LEASE_SECONDS });
  if (claimed === undefined) return 'not-taken';
  const execution = new Execution(deps, claimed, stop);
  try {
    return await execution.run();
  } finally {
    execution.close();
  }
}

type Interruption = 'cancelled' | 'lost' | 'released';

class Interrupted extends Error {
  readonly reason: Interruption;
  constructor(reason: Interruption) {
    super(reason);
    this.reason = reason;
  }
}

/** A chunk could not be computed: the run fails, and says so. Anything else that goes wrong is ours, not the run's. */
class ChunkFailed extends Error {}

class Execution {
  readonly #deps: ExecuteRunDeps;
  readonly #run: ClaimedRun;
  readonly #stop: AbortSignal;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #interruption = Promise.withResolvers<never>();
  #interrupted: Interruption | undefined;
  #announcedAt = Number.NEGATIVE_INFINITY;
  #chunkShare = 0;

  constructor(deps: ExecuteRunDeps, run: ClaimedRun, stop: AbortSignal) {
    this.#deps = deps;
    this.#run = run;
    this.#stop = stop;
    this.#interruption.promise.catch(() => undefined); // Heard by those who race it; else nobody minds.
    this.#heartbeat = setInterval(() => void this.#beat(), HEARTBEAT_MS);
    stop.addEventListener('abort', this.#onStop);
    if (stop.aborted) this.#onStop();
  }

  readonly #onStop = (): void => this.#interrupt('released');

  close(): void {
    clearInterval(this.#heartbeat);
    this.#stop.removeEventListener('abort', this.#onStop);
  }

  async run(): Promise<RunOutcome> {
    const { work, worker } = this.#deps;
    try {
      await this.#announce(true);
      const end = await this.#compute();
      return (await this.#finish(end)) ? 'succeeded' : 'lost';
    } catch (error) {
      if (error instanceof Interrupted) {
        if (error.reason === 'cancelled')
          return (await this.#finish({ status: 'cancelled' })) ? 'cancelled' : 'lost';
        if (error.reason === 'released') await work.release(this.#run.id, worker, { counts: false });
        return error.reason;
      }
      return this.#failed(error);
    }
  }

  /** A chunk that cannot be computed ends the run. Trouble of ours is tried again, though not for ever. */
  async #failed(error: unknown): Promise<RunOutcome> {
    const { work, worker } = this.#deps;
    const { id, attempts } = this.#run;
    const reason = error instanceof Error ? error.message : String(error);
    if (!(error instanceof ChunkFailed) && attempts < ATTEMPTS_MAX) {
      await work.release(id, worker, { counts: true });
      throw error;
    }
    const failure = error instanceof ChunkFailed ? reason : `Its results could not be stored: ${reason}`;
    return (await this.#finish({ status: 'failed', failure })) ? 'failed' : 'lost';
  }

  async #compute(): Promise<RunEnd> {
    if (this.#run.attempts > ATTEMPTS_MAX) throw new ChunkFailed(TOO_MANY_ATTEMPTS);
    if (this.#run.engineVersion !== this.#deps.engineVersion) throw new ChunkFailed(OTHER_ENGINE);
    const { work, pool } = this.#deps;
    const { id, companyId, snapshotHash } = this.#run;
    const shared = sharedBlocks(await work.loadSnapshot(companyId, snapshotHash));
    if (formatOf(shared) !== SNAPSHOT_FORMAT) throw new ChunkFailed(OTHER_FORMAT);
    const snapshot = decodeSnapshot(shared);
    const blocks = makeRunBlocks(snapshot.meta);
    const ids = await work.keyIds(companyId, {
      demand: snapshot.keys,
      stock: {
        item: snapshot.supply.points.map((point) => point.item),
        location: snapshot.supply.points.map((point) => point.location),
      },
      resource: snapshot.capacity.resources.map((resource) => resource.code),
    });
    const done = await this.#finishedBefore(snapshot, blocks, ids);
    const poolRun = pool.open({ snapshot: shared, blocks });
    try {
      for (const plan of stagePlans(snapshot.meta))
        await this.#runStage(plan, snapshot, blocks, ids, done, poolRun);
    } finally {
      await poolRun.close();
    }
    return succeeded(done, stagePlans(snapshot.meta), id);
  }

  /** Brings back what was committed before a crash: the results, and the rows of the blocks that later stages read. */
  async #finishedBefore(snapshot: Snapshot, blocks: RunBlocks, ids: KeyIds): Promise<DoneChunks> {
    const { work } = this.#deps;
    const done = new DoneChunks();
    for (const { stage, chunk, hash, result } of await work.finishedChunks(this.#run.id)) {
      done.add(stage, chunk, { hash, result: result ?? 'null' });
    }
    for (const stage of done.stages()) {
      for (const measure of measuresOf(stage)) {
        const rowOf = new Map([...ids[MEASURES[measure].kind]].map((keyId, row) => [keyId, row]));
        await work.loadSeries(this.#run.id, measure, (keyId, values) => {
          const row = rowOf.get(keyId);
          if (row !== undefined) rowIn(blocks, snapshot.meta, measure, row).set(values);
        });
      }
    }
    return done;
  }

  /** Keeps the pool busy; commits one chunk at a time, in whatever order they come back. */
  async #runStage(
    { stage, chunkCount }: StagePlan,
    snapshot: Snapshot,
    blocks: RunBlocks,
    ids: KeyIds,
    done: DoneChunks,
    pool: PoolRun,
  ): Promise<void> {
    const waiting = Array.from({ length: chunkCount }, (_, chunk) => chunk).filter(
      (chunk) => !done.has(stage, chunk),
    );
    const earlier = done.json(STAGE_NEEDS[stage]);
    let commits: Promise<void> = Promise.resolve();
    const worker = async (): Promise<void> => {
      for (let chunk = waiting.shift(); chunk !== undefined; chunk = waiting.shift()) {
        const startedAt = this.#deps.clock();
        const onProgress = chunkCount === 1 ? (share: number) => void (this.#chunkShare = share) : undefined;
        const computed = await this.#orInterrupted(computeOn(pool, { stage, chunk, earlier }, onProgress));
        const seconds = (this.#deps.clock() - startedAt) / 1000;
        commits = commits.then(() =>
          this.#commit(snapshot, blocks, ids, done, { stage, chunk, seconds, ...computed }),
        );
        await commits;
      }
    };
    await Promise.all(Array.from({ length: Math.min(pool.width, waiting.length) }, worker));
    await this.#announce(true);
  }

  async #commit(
    snapshot: Snapshot,
    blocks: RunBlocks,
    ids: KeyIds,
    done: DoneChunks,
    chunk: Pick<ChunkCommit, 'stage' | 'chunk' | 'seconds'> & ChunkDone,
  ): Promise<void> {
    if (this.#interrupted !== undefined) throw new Interrupted(this.#interrupted);
    const { work, worker } = this.#deps;
    const value = JSON.parse(chunk.result) as Parameters<typeof chunkRows>[4];
    const series = seriesRows(snapshot, blocks, ids, chunk.stage, chunk.chunk);
    const rows = chunkRows(
      snapshot,
      ids,
      chunk.stage,
      chunk.chunk,
      value,
      done.values(STAGE_NEEDS[chunk.stage]),
    );
    const isHeld = await work.commitChunk(this.#run.id, worker, LEASE_SECONDS, { ...chunk, series, rows });
    if (!isHeld) throw new Interrupted('lost');
    done.add(chunk.stage, chunk.chunk, chunk);
    this.#chunkShare = 0;
    await this.#announce(false);
  }

  async #finish(end: RunEnd): Promise<boolean> {
    const isHeld = await this.#deps.work.finish(this.#run.id, this.#deps.worker, end);
    await this.#announce(true);
    return isHeld;
  }

  async #beat(): Promise<void> {
    try {
      const { held, cancelRequested } = await this.#deps.work.renew(
        this.#run.id,
        this.#deps.worker,
        LEASE_SECONDS,
        this.#chunkShare,
      );
      if (this.#chunkShare > 0) await this.#announce(false);
      if (!held) this.#interrupt('lost');
      else if (cancelRequested) this.#interrupt('cancelled');
    } catch {
      // The database is away for a moment; the lease says for how long that may be.
    }
  }

  #interrupt(reason: Interruption): void {
    this.#interrupted ??= reason;
    this.#interruption.reject(new Interrupted(this.#interrupted));
  }

  async #orInterrupted<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined); // Given up when interrupted: its failure then matters to nobody.
    return Promise.race([work, this.#interruption.promise]);
  }

  /** Not more often than a page can show. */
  async #announce(always: boolean): Promise<void> {
    const now = this.#deps.clock();
    if (!always && now - this.#announcedAt < ANNOUNCE_EVERY_MS) return;
    this.#announcedAt = now;
    await this.#deps.announceRun(this.#run.companyId, this.#run.id);
  }
}

async function computeOn(
  pool: PoolRun,
  task: ChunkTask,
  onProgress: ((share: number) => void) | undefined,
): Promise<ChunkDone> {
  try {
    return await pool.compute(task, onProgress);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChunkFailed(`Chunk ${task.chunk + 1} of the stage ${task.stage} failed: ${reason}`);
  }
}

/** The finished chunks of a run by stage. */
class DoneChunks {
  readonly #chunks = new Map<StageName, ChunkDone[]>();

  add(stage: StageName, chunk: number, { hash, result }: ChunkDone): void {
    const chunks = this.#chunks.get(stage) ?? [];
    chunks[chunk] = { hash, result };
    this.#chunks.set(stage, chunks);
  }

  has(stage: StageName, chunk: number): boolean {
    return this.#chunks.get(stage)?.[chunk] !== undefined;
  }

  stages(): StageName[] {
    return [...this.#chunks.keys()];
  }

  hashes(stage: StageName): string[] {
    return (this.#chunks.get(stage) ?? []).map(({ hash }) => hash);
  }

  json(stages: readonly StageName[]): EarlierJson {
    return Object.fromEntries(
      stages.map((stage) => [stage, (this.#chunks.get(stage) ?? []).map(({ result }) => result)]),
    );
  }

  values(stages: readonly StageName[]): EarlierResults {
    return parsedResults(this.json(stages));
  }
}

/** Results of earlier stages from their JSON; stages that were not asked for are empty. */
export function parsedResults(json: EarlierJson): EarlierResults {
  const none = {
    actuals: [],
    learn: [],
    forecast: [],
    reconcile: [],
    consensus: [],
    supply: [],
    capacity: [],
    constrained: [],
    finance: [],
    kpis: [],
  };
  const parsed = Object.entries(json).map(([stage, chunks]) => [
    stage,
    chunks.map((text) => JSON.parse(text) as unknown),
  ]);
  return { ...none, ...(Object.fromEntries(parsed) as Partial<EarlierResults>) };
}

/** Copies the blocks into memory that all threads can read. */
function sharedBlocks(blocks: SnapshotBlocks): SnapshotBlocks {
  return new Map(
    [...blocks].map(([name, bytes]) => {
      const shared = new Uint8Array(new SharedArrayBuffer(bytes.byteLength));
      shared.set(bytes);
      return [name, shared] as const;
    }),
  );
}

function succeeded(done: DoneChunks, plans: readonly StagePlan[], runId: string): RunEnd {
  const { forecast, reconcile, capacity, finance, kpis } = done.values([
    'forecast',
    'reconcile',
    'capacity',
    'finance',
    'kpis',
  ]);
  if (kpis.length !== 1 || finance.length !== 1)
    throw new Error(`Broken invariant: run ${runId} has all its stages`);
  const [{ fillRatio, alertCounts, findingCount }] = kpis;
  const fits = forecast.flatMap(({ keys }) => keys.map(({ fit }) => fit));
  const summary: RunSummary = {
    fillRatio,
    financeNotes: finance[0].notes,
    alertCounts,
    findingCount,
    keptFitCount: fits.filter(({ isKept }) => isKept).length,
  };
  return {
    status: 'succeeded',
    outputHash: outputHash(plans.flatMap(({ stage }) => done.hashes(stage))),
    summary,
    issues: [...forecast, ...reconcile, ...capacity].flatMap((result) => result.issues),
  };
}

/** The issues of the inputs and of the stages, each once: a run done again finds the same. */
export function joinedIssues(before: readonly RunIssue[], found: readonly RunIssue[]): RunIssue[] {
  const joined = [...before];
  for (const issue of found) if (!joined.some((known) => sameIssue(known, issue))) joined.push(issue);
  return joined;
}
