/**
 * Several threads that share the work on one tree. This module starts none: the caller does, and each of its threads
 * calls `serveCrew(shared)`, which returns when the caller calls `endCrew`.
 *
 *   const crew = makeCrew(binned, { leafCount: 63 });
 *   new Worker(file, { workerData: crew.shared });   // in it: serveCrew(workerData)
 *   trainTrees(binned, target, { ..., crew });            // as often as wanted
 *   endCrew(crew);
 *
 * The work of a split is cut into pieces of four features. The trainer posts a job and takes pieces like everyone else;
 * who comes late finds none left, so a thread that sleeps never holds the tree up. Each piece's sums and candidates are
 * the same whoever works on it: the model does not depend on the number of threads, not even in its last bit.
 *
 * Claims  one word holds the number of the job and of its next piece. A thread reads it, then the job, then moves the word
 *         on by one only if it still is what it read; then the job it read was not yet over. Job numbers repeat after 2^21.
 * Limits  the trainer waits for pieces under way, so it must run where Atomics.wait may: not on a page's main thread.
 */
import { assert } from '@planwright/units';
import type { BinnedTable } from './binning.ts';
import { jobCellSize, jobFeatureCount, workOnFeatures } from './leaf-job.ts';
import { allocateWorkspace, withCellSize, type Workspace } from './workspace.ts';

/** What a thread needs to serve: send it as it is, by structured clone. */
export type CrewShared = { readonly control: Int32Array; readonly space: Workspace };

export type Crew = {
  readonly shared: CrewShared;
  readonly leafCount: number;
  readonly binned: BinnedTable;
};

const CLAIM = 0;
const FINISHED = 1;
const ENDED = 2;
const CONTROL_SIZE = 16;

const PIECE_FEATURES = 4;
const PIECE_BITS = 10;
const PIECE_MASK = 2 ** PIECE_BITS - 1;
const JOB_MASK = 2 ** (31 - PIECE_BITS) - 1;
// Below this many cell updates a job is done before a sleeping thread has woken.
const UPDATES_WORTH_SHARING = 20_000;
// Looks at the claim this often before it sleeps: the next job mostly comes within some microseconds.
const LOOKS_BEFORE_SLEEP = 2_000;
const PATIENCE_MS = 60_000;

/**
 * A crew for trainings on this table with up to `leafCount` leaves. Takes shared memory for rows and histograms, and
 * copies the bins into it.
 */
export function makeCrew(binned: BinnedTable, { leafCount }: { readonly leafCount: number }): Crew {
  assert(Number.isInteger(leafCount) && leafCount >= 1, 'leafCount is a whole number from 1');
  assert(binned.names.length <= PIECE_FEATURES * PIECE_MASK, 'a crew works on at most 4,092 features');
  const control = new Int32Array(new SharedArrayBuffer(4 * CONTROL_SIZE));
  // No piece is left of the job that there is before the first.
  control[CLAIM] = PIECE_MASK;
  return { shared: { control, space: allocateWorkspace(binned, leafCount, 3, true) }, leafCount, binned };
}

/** Lets every thread return from `serveCrew`. The crew cannot be used again. */
export function endCrew({ shared: { control } }: Crew): void {
  Atomics.store(control, ENDED, 1);
  // A word that no thread waits for: whoever is about to sleep sees it change.
  Atomics.store(control, CLAIM, -1);
  Atomics.notify(control, CLAIM);
}

/** The loop of a helping thread: works on what is posted, sleeps in between, returns after `endCrew`. */
export function serveCrew({ control, space }: CrewShared): void {
  const narrow = withCellSize(space, 2);
  for (let looks = 0; Atomics.load(control, ENDED) === 0; ) {
    const claim = Atomics.load(control, CLAIM);
    if (claim < 0) return;
    if (takePiece(control, claim, jobCellSize(space.job) === 2 ? narrow : space)) {
      looks = 0;
    } else if (++looks > LOOKS_BEFORE_SLEEP) {
      Atomics.wait(control, CLAIM, claim);
      looks = 0;
    }
  }
}

/** Claims and does the next piece; false if there is none, or if another thread was quicker. */
export function takePiece(control: Int32Array, claim: number, space: Workspace): boolean {
  const from = (claim & PIECE_MASK) * PIECE_FEATURES;
  const featureCount = jobFeatureCount(space.job);
  if ((claim & PIECE_MASK) === PIECE_MASK || from >= featureCount) return false;
  if (Atomics.compareExchange(control, CLAIM, claim, claim + 1) !== claim) return false;
  workOnFeatures(space, from, Math.min(featureCount, from + PIECE_FEATURES));
  Atomics.add(control, FINISHED, 1);
  Atomics.notify(control, FINISHED);
  return true;
}

/** Does the job that stands in the workspace, with the crew if there is one and the job is worth it. */
export function runJob(space: Workspace, crew: Crew | undefined, rowsToSum: number): void {
  const featureCount = jobFeatureCount(space.job);
  const isWorthSharing = rowsToSum * featureCount >= UPDATES_WORTH_SHARING && featureCount > PIECE_FEATURES;
  if (crew === undefined || !isWorthSharing) {
    workOnFeatures(space, 0, featureCount);
    return;
  }
  const { control } = crew.shared;
  const pieces = postJob(crew);
  for (;;) {
    const claim = Atomics.load(control, CLAIM);
    if ((claim & PIECE_MASK) >= pieces) break;
    takePiece(control, claim, space);
  }
  awaitPieces(crew, pieces);
}

/** Offers the job that stands in the crew's workspace; returns how many pieces it has. */
export function postJob({ shared: { control, space } }: Crew): number {
  const job = ((Atomics.load(control, CLAIM) >>> PIECE_BITS) + 1) & JOB_MASK;
  Atomics.store(control, FINISHED, 0);
  Atomics.store(control, CLAIM, job << PIECE_BITS);
  Atomics.notify(control, CLAIM);
  return Math.ceil(jobFeatureCount(space.job) / PIECE_FEATURES);
}

/** Waits until all pieces of the job that was posted are finished. */
export function awaitPieces({ shared: { control } }: Crew, pieces: number): void {
  for (;;) {
    const finished = Atomics.load(control, FINISHED);
    if (finished === pieces) break;
    const outcome = Atomics.wait(control, FINISHED, finished, PATIENCE_MS);
    assert(outcome !== 'timed-out', 'a thread of the crew finishes the piece it took within a minute');
  }
  // No piece is left, whatever the next job that is not posted may look like.
  Atomics.store(control, CLAIM, Atomics.load(control, CLAIM) | PIECE_MASK);
}
