/**
 * One chunk of one stage: a pure function of the snapshot, of the blocks that earlier stages filled, and of what they
 * found. It writes its rows of the blocks, and returns what it found with a hash over both.
 */
import { createHash } from 'node:crypto';
import type { PanelTraining } from '@planwright/forecast';
import { canonicalNumbers, type Snapshot } from '../snapshot.ts';
import { type KeyKind, MEASURES, measuresOf, rowIn, type RunBlocks, type StageName } from './run-blocks.ts';
import { capacityStage } from './stage-capacity.ts';
import { consensusStage } from './stage-consensus.ts';
import { constrainedStage } from './stage-constrained.ts';
import { financeStage } from './stage-finance.ts';
import { forecastStage } from './stage-forecast.ts';
import { kpisStage } from './stage-kpis.ts';
import { learnStage } from './stage-learn.ts';
import { keyRange } from './stage-plan.ts';
import { reconcileStage } from './stage-reconcile.ts';
import { supplyStage } from './stage-supply.ts';
import type { EarlierResults, StageResults } from './stage-results.ts';

export type ChunkDone = {
  /** JSON of the stage's result: the form in which it is kept, so that a run that goes on after a crash reads the same. */
  readonly result: string;
  /** SHA-256 over the result and the rows written, in hexadecimal. */
  readonly hash: string;
};

/** What a long chunk may use of the thread it runs on; the result is the same without. */
export type ChunkSupport = Pick<PanelTraining, 'helpers' | 'onProgress'>;

export function computeChunk(
  snapshot: Snapshot,
  blocks: RunBlocks,
  earlier: EarlierResults,
  stage: StageName,
  chunk: number,
  support: ChunkSupport = {},
): ChunkDone {
  const result = JSON.stringify(computed(snapshot, blocks, earlier, stage, chunk, support));
  const hash = createHash('sha256').update(`${stage} ${chunk}\n`).update(result);
  for (const measure of measuresOf(stage)) {
    for (const row of rowsOf(snapshot, stage, chunk, MEASURES[measure].kind)) {
      const { buffer, byteOffset, byteLength } = canonicalNumbers(rowIn(blocks, snapshot.meta, measure, row));
      hash.update(new Uint8Array(buffer, byteOffset, byteLength));
    }
  }
  return { result, hash: hash.digest('hex') };
}

function computed(
  snapshot: Snapshot,
  blocks: RunBlocks,
  earlier: EarlierResults,
  stage: StageName,
  chunk: number,
  support: ChunkSupport,
): StageResults[StageName] {
  switch (stage) {
    case 'actuals':
      return actualsStage(snapshot, blocks, chunk);
    case 'learn':
      return learnStage(snapshot, blocks, support);
    case 'forecast':
      return forecastStage(snapshot, blocks, earlier.learn[0], chunk);
    case 'reconcile':
      return reconcileStage(snapshot, blocks, earlier.forecast);
    case 'consensus':
      return consensusStage(snapshot, blocks, chunk);
    case 'supply':
      return supplyStage(snapshot, blocks, chunk);
    case 'capacity':
      return capacityStage(snapshot, blocks, earlier.supply);
    case 'constrained':
      return constrainedStage(snapshot, blocks, chunk);
    case 'finance':
      return financeStage(snapshot, blocks, earlier.forecast);
    case 'kpis':
      return kpisStage(snapshot, blocks, earlier);
  }
}

/** The frozen history, as rows of the run. */
function actualsStage(snapshot: Snapshot, blocks: RunBlocks, chunk: number): null {
  const { meta, actualQuantity } = snapshot;
  const { from, to } = keyRange(meta, 'actuals', chunk);
  blocks.actual.set(
    actualQuantity.subarray(from * meta.historyBuckets, to * meta.historyBuckets),
    from * meta.historyBuckets,
  );
  return null;
}

/** The rows of its measures of a kind that a chunk writes. */
export function rowsOf(
  snapshot: Snapshot,
  stage: StageName,
  chunk: number,
  kind: KeyKind,
): readonly number[] {
  if (stage === 'supply') return snapshot.supply.chunks[chunk];
  if (stage === 'constrained') {
    const { chunks, networks } = snapshot.planning;
    return chunks[chunk].flatMap((network) => networks[network][kind === 'stock' ? 'points' : 'resources']);
  }
  if (stage === 'capacity') return [...snapshot.capacity.resources.keys()];
  if (stage === 'kpis') return [];
  const { from, to } = keyRange(snapshot.meta, stage, chunk);
  return Array.from({ length: to - from }, (_, offset) => from + offset);
}

/** SHA-256 over the hashes of all chunks, in the order of stages and chunks: whoever made them, and whenever. */
export function outputHash(chunkHashes: readonly string[]): string {
  return createHash('sha256').update(chunkHashes.join('\n')).digest('hex');
}
