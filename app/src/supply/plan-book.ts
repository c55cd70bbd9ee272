/**
 * The constrained plan of a finished run, opened: its columns with the rows they stand for, ready to be listed, explained
 * and tried out. What a run wrote never changes, so a book is right for ever; the last few are kept open.
 *
 * Demands and orders are numbered through the chunks, from 1.
 */
import { DEMAND_KIND, type FinitePlan } from '@planwright/supply';
import { PlanningError } from '../errors.ts';
import type { RunHead } from '../plan-view/plan-reader.ts';
import { decodeSnapshot, type JsonBlocks, type SnapshotBlocks } from '../scenarios/snapshot.ts';
import { type DemandService, demandService } from '../scenarios/stages/demand-service.ts';
import { planFromBytes } from '../scenarios/stages/plan-bytes.ts';
import { planJudge } from '../scenarios/stages/plan-judge.ts';
import {
  type PlanningBlocks,
  planningBlocks,
  type PlanningPiece,
  planningPiece,
} from '../scenarios/stages/planning-piece.ts';
import type { ServiceSums } from '../scenarios/stages/stage-results.ts';
import { itemWords, type ItemWords } from './item-words.ts';
import type { StoredPlanChunk, SupplyPlanReads } from './ports.ts';

export type BookChunk = {
  /** Without forecasts: their demands are in the plan. */
  readonly piece: PlanningPiece;
  readonly plan: FinitePlan;
  readonly service: DemandService;
  /** Numbers of the first demand and order, less 1. */
  readonly demandOffset: number;
  readonly orderOffset: number;
};

export type PlanBook = {
  readonly run: RunHead;
  readonly blocks: PlanningBlocks;
  readonly supply: JsonBlocks['supply'];
  readonly items: ItemWords;
  /** Names of suppliers by code. */
  readonly supplierNames: ReadonlyMap<string, string>;
  /** Ids of stock points and resources by their rows in the snapshot; 0 where a run wrote none. */
  readonly pointIds: Int32Array;
  readonly resourceIds: Int32Array;
  readonly rowOfPointId: ReadonlyMap<number, number>;
  readonly rowOfResourceId: ReadonlyMap<number, number>;
  readonly chunks: readonly BookChunk[];
  readonly sums: readonly ServiceSums[];
};

export type OpenBook = (run: RunHead) => Promise<PlanBook>;

const BOOKS_MAX = 3;
const BLOCK_NAMES = ['meta', 'keys', 'openOrders', 'items', 'supply', 'capacity', 'planning'];

/** Opens books and keeps the last few. */
export function bookKeeper(reads: SupplyPlanReads): OpenBook {
  const books = new Map<string, Promise<PlanBook>>();
  return (run) => {
    const known = books.get(run.runId);
    const book = known ?? readBookParts(reads, run).then(bookOf);
    books.delete(run.runId); // Back to the young end.
    books.set(run.runId, book);
    book.catch(() => books.delete(run.runId)); // A failure is no answer.
    if (books.size > BOOKS_MAX) books.delete(books.keys().next().value!);
    return book;
  };
}

/** What a book is made of, as it is stored: plain data that another thread can be sent. */
export type BookParts = {
  readonly run: RunHead;
  readonly snapshot: SnapshotBlocks;
  readonly stored: readonly StoredPlanChunk[];
  readonly stockIds: Awaited<ReturnType<SupplyPlanReads['stockIds']>>;
  readonly resourceIds: Awaited<ReturnType<SupplyPlanReads['resourceIds']>>;
  readonly supplierNames: ReadonlyMap<string, string>;
};

export async function readBookParts(reads: SupplyPlanReads, run: RunHead): Promise<BookParts> {
  const [snapshot, stored, stockIds, resourceIds, supplierNames] = await Promise.all([
    reads.snapshotBlocks(run, BLOCK_NAMES),
    reads.planChunks(run.runId),
    reads.stockIds(run.runId),
    reads.resourceIds(run.runId),
    reads.supplierNames(run.companyId),
  ]);
  return { run, snapshot, stored, stockIds, resourceIds, supplierNames };
}

/** @throws PlanningError NO_CONSTRAINED_PLAN for a run of a version that made none. */
export function bookOf(parts: BookParts): PlanBook {
  const { run, snapshot: bytes, stored, stockIds, resourceIds, supplierNames } = parts;
  const snapshot = snapshotOf(bytes);
  if (snapshot === undefined || stored.length !== snapshot.planning.chunks.length)
    throw new PlanningError('NO_CONSTRAINED_PLAN', { runId: run.runId });
  const blocks = planningBlocks(snapshot);
  const { stockPoints } = snapshot.planning;
  const idOfPoint = new Map(stockIds.map(({ id, item, location }) => [`${item}\u0000${location}`, id]));
  const idOfResource = new Map(resourceIds.map(({ id, code }) => [code, id]));
  const pointIds = Int32Array.from(
    stockPoints,
    ({ item, location }) => idOfPoint.get(`${item}\u0000${location}`) ?? 0,
  );
  const ofResources = Int32Array.from(blocks.resources, ({ code }) => idOfResource.get(code) ?? 0);
  return {
    run,
    blocks,
    supply: snapshot.supply,
    items: itemWords(snapshot.items),
    supplierNames,
    pointIds,
    resourceIds: ofResources,
    rowOfPointId: rowsById(pointIds),
    rowOfResourceId: rowsById(ofResources),
    chunks: chunksOf(
      blocks,
      stored.map(({ payload }) => planFromBytes(payload)),
    ),
    sums: stored.map(({ sums }) => sums),
  };
}

function snapshotOf(bytes: SnapshotBlocks): JsonBlocks | undefined {
  if (!bytes.has('planning')) return undefined;
  return decodeSnapshot(bytes, []);
}

function rowsById(ids: Int32Array): Map<number, number> {
  return new Map([...ids].map((id, row) => [id, row]));
}

function chunksOf(blocks: PlanningBlocks, plans: readonly FinitePlan[]): BookChunk[] {
  let [demandOffset, orderOffset] = [0, 0];
  return plans.map((plan, chunk) => {
    const piece = planningPiece(blocks, blocks.planning.chunks[chunk], undefined);
    const service = demandService(planJudge(piece.model, plan.demands), plan);
    const opened = { piece, plan, service, demandOffset, orderOffset };
    demandOffset += plan.demands.count;
    orderOffset += plan.orders.count;
    return opened;
  });
}

/** A row of a chunk by its number; undefined where the plan has none of it. */
export function demandByNumber(
  book: PlanBook,
  number: number,
): { chunk: BookChunk; row: number } | undefined {
  const chunk = book.chunks.findLast(({ demandOffset }) => number > demandOffset);
  if (chunk === undefined || number > chunk.demandOffset + chunk.plan.demands.count) return undefined;
  return { chunk, row: number - chunk.demandOffset - 1 };
}

export function orderByNumber(book: PlanBook, number: number): { chunk: BookChunk; row: number } | undefined {
  const chunk = book.chunks.findLast(({ orderOffset }) => number > orderOffset);
  if (chunk === undefined || number > chunk.orderOffset + chunk.plan.orders.count) return undefined;
  return { chunk, row: number - chunk.orderOffset - 1 };
}

/** The chunk that holds a stock point or a resource of the snapshot, with its row there. */
export function chunkOfPoint(book: PlanBook, point: number): { chunk: BookChunk; row: number } | undefined {
  for (const chunk of book.chunks) {
    const row = chunk.piece.points.indexOf(point);
    if (row >= 0) return { chunk, row };
  }
  return undefined;
}

/** Whether a demand is what a released order takes: nobody's service. */
export function isInternalDemand(book: PlanBook, { piece, plan }: BookChunk, demand: number): boolean {
  if (plan.demands.kind[demand] !== DEMAND_KIND.order) return false;
  return book.blocks.planning.demands[piece.demands[plan.demands.row[demand]]].isInternal === true;
}
