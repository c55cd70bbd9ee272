/** A chunk of an open plan with the demand it was made for: to be explained, or planned anew with something changed. */
import { compileFiniteNetwork, type PlanView, planView } from '@planwright/supply';
import type { RunHead } from '../plan-view/plan-reader.ts';
import { planningPiece, type PlanningPiece } from '../scenarios/stages/planning-piece.ts';
import type { BookChunk, PlanBook } from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';

/** Planned demand of a key of the snapshot over the horizon. */
export type ConsensusOf = (key: number) => ArrayLike<number>;

/** Planned demand of every demand stream, row-major: plain data that another thread can be sent. */
export type ConsensusTable = {
  readonly names: readonly string[];
  readonly bucketCount: number;
  readonly values: Float64Array;
};

const consensusOfBook = new WeakMap<PlanBook, Promise<ConsensusOf>>();
const viewsOfChunk = new WeakMap<BookChunk, PlanView>();

/** Planned demand of each key of the book's snapshot, read once. */
export function bookConsensus(reads: SupplyPlanReads, book: PlanBook): Promise<ConsensusOf> {
  const known = consensusOfBook.get(book);
  if (known !== undefined) return known;
  const asked = readConsensus(reads, book.run).then((table) => consensusIn(table, book));
  consensusOfBook.set(book, asked);
  asked.catch(() => consensusOfBook.delete(book));
  return asked;
}

const nameOf = (item: string, location: string, channel: string) =>
  `${item}\u0000${location}\u0000${channel}`;

export async function readConsensus(reads: SupplyPlanReads, run: RunHead): Promise<ConsensusTable> {
  const rows = await reads.consensus(run.runId);
  const bucketCount = run.horizonBuckets;
  const values = new Float64Array(rows.length * bucketCount);
  rows.forEach((row, index) => values.set(row.values, index * bucketCount));
  return { names: rows.map((row) => nameOf(row.item, row.location, row.channel)), bucketCount, values };
}

/** Of the keys of a book; a key without a row is planned with nothing. */
export function consensusIn({ names, bucketCount, values }: ConsensusTable, book: PlanBook): ConsensusOf {
  const rowOf = new Map(names.map((name, row) => [name, row]));
  const { keys } = book.blocks;
  const none = new Float64Array(bucketCount);
  return (key) => {
    const row = rowOf.get(nameOf(keys.item[key], keys.location[key], keys.channel[key]));
    return row === undefined ? none : values.subarray(row * bucketCount, (row + 1) * bucketCount);
  };
}

/** The chunk with its forecasts, as the engine explains it. */
export function chunkView(book: PlanBook, chunk: BookChunk, consensusOf: ConsensusOf): PlanView {
  const known = viewsOfChunk.get(chunk);
  if (known !== undefined) return known;
  const networks = book.blocks.planning.chunks[book.chunks.indexOf(chunk)];
  const { model }: PlanningPiece = planningPiece(book.blocks, networks, consensusOf);
  const view = planView(model, compileFiniteNetwork(model, chunk.plan.demands), chunk.plan);
  viewsOfChunk.set(chunk, view);
  return view;
}
