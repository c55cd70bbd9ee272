/**
 * Edits tried out on an open plan: only the networks that they reach are planned anew, and there only those are asked
 * again whom the edits reach. What a network was compiled to and how it was planned is kept for the next question, for a planner
 * tries more than one edit; networks that nobody asked for lately are forgotten.
 *
 * Cost  of an edit: rows of the networks it reaches, and asking what it changes. Not of the company's size.
 */
import type { SupplyEdit, WhatIf } from '@planwright/contracts';
import {
  compileFiniteNetwork,
  type FinitePlan,
  type PlannedNetwork,
  type PlanningModel,
  planToReplan,
  recompiledNetwork,
  replanFinite,
} from '@planwright/supply';
import { PlanningError } from '../errors.ts';
import type { PlannedResource } from '../scenarios/capacity-inputs.ts';
import type { PlannedSource } from '../scenarios/planning-sources.ts';
import { hoursByBucket } from '../scenarios/resource-hours.ts';
import { constrainedSeries } from '../scenarios/stages/constrained-series.ts';
import { type DemandService, demandService } from '../scenarios/stages/demand-service.ts';
import { judgeOfEdited, type PlanJudge, planJudge } from '../scenarios/stages/plan-judge.ts';
import { type PlanningPiece, planningPiece, resourceFacts } from '../scenarios/stages/planning-piece.ts';
import { serviceSums } from '../scenarios/stages/service-sums.ts';
import { CONSTRAINED_OPTIONS } from '../scenarios/stages/stage-constrained.ts';
import type { ServiceSums } from '../scenarios/stages/stage-results.ts';
import { editedFacts } from '../scenarios/supply-edits.ts';
import { placeKey } from '../scenarios/supply-sources.ts';
import type { ConsensusOf } from './full-chunk.ts';
import { demandView } from './list-supply-demands.ts';
import { type BookChunk, isInternalDemand, type PlanBook } from './plan-book.ts';
import { rehearsalEdits } from './rehearsal-edits.ts';
import { serviceFigures } from './service-figures.ts';
import { effectSentence } from './what-if-words.ts';

export type TrialDesk = {
  /** @throws PlanningError INVALID_INPUT for an edit of something that is not planned. */
  tryOut(edits: readonly SupplyEdit[]): WhatIf;
  /** Plans the largest network as it stands, so that the first question about it need not wait for that. */
  prepare(): void;
  /** Edits of that network: when they have been tried, the first question is answered nearly as fast as those after it. */
  rehearsal(): readonly SupplyEdit[];
};

const CHANGED_MAX = 100;
/**
 * Rows of demands, orders and pegs that are kept of networks: about 230 bytes each, with the journals of how they came to
 * be. The last network is always kept.
 */
const KEPT_ROWS_MAX = 600_000;

export function trialDesk(book: PlanBook, consensusOf: ConsensusOf): TrialDesk {
  const places = placesOf(book);
  const bases = new Map<number, Base>();
  const largest = largestNetwork(book);
  const baseOf = (network: number): Base => {
    const base = bases.get(network) ?? newBase(book, network, places.chunkOfNetwork[network], consensusOf);
    bases.delete(network); // Back to the young end.
    bases.set(network, base);
    forgetOldest(bases);
    return base;
  };
  return {
    tryOut: (edits) => tryOut(book, places, baseOf, edits),
    prepare() {
      if (largest >= 0) baseOf(largest);
    },
    rehearsal: () => (largest < 0 ? [] : rehearsalEdits(book.blocks, largest)),
  };
}

/** Row of the network of most stock points; -1 without any. */
function largestNetwork({ blocks }: PlanBook): number {
  const sizes = blocks.planning.networks.map(({ points }) => points.length);
  return sizes.indexOf(Math.max(...sizes));
}

/** Where stock points and resources of the snapshot stand. */
type Places = {
  readonly pointOf: ReadonlyMap<string, number>;
  readonly resourceOf: ReadonlyMap<string, number>;
  readonly networkOfPoint: Int32Array;
  readonly networkOfResource: Int32Array;
  readonly chunkOfNetwork: Int32Array;
};

function placesOf({ blocks }: PlanBook): Places {
  const { stockPoints, networks, chunks } = blocks.planning;
  const places = {
    pointOf: new Map(stockPoints.map((row, index) => [placeKey(row.item, row.location), index])),
    resourceOf: new Map(blocks.resources.map((row, index) => [row.code, index])),
    networkOfPoint: new Int32Array(stockPoints.length),
    networkOfResource: new Int32Array(blocks.resources.length),
    chunkOfNetwork: new Int32Array(networks.length),
  };
  networks.forEach(({ points, resources }, network) => {
    for (const point of points) places.networkOfPoint[point] = network;
    for (const resource of resources) places.networkOfResource[resource] = network;
  });
  chunks.forEach((own, chunk) => {
    for (const network of own) places.chunkOfNetwork[network] = chunk;
  });
  return places;
}

/** A network as it stands. */
type Base = PlannedNetwork & {
  readonly piece: PlanningPiece;
  /** Rows by which edits know things: sources name the row of their stock point in the piece. */
  readonly sources: readonly PlannedSource[];
  readonly resources: readonly PlannedResource[];
  readonly chunk: number;
  /** Row of each demand in the plan of the chunk. */
  readonly demandRows: Int32Array;
  readonly judge: PlanJudge;
  readonly service: DemandService;
  readonly sums: ServiceSums;
};

function newBase(book: PlanBook, network: number, chunk: number, consensusOf: ConsensusOf): Base {
  const { blocks } = book;
  const piece = planningPiece(blocks, [network], consensusOf);
  const localPoint = new Map(piece.points.map((point, row) => [point, row]));
  const planned = planToReplan(compileFiniteNetwork(piece.model), CONSTRAINED_OPTIONS);
  const judge = planJudge(piece.model, planned.plan.demands);
  return {
    ...planned,
    piece,
    sources: piece.sources.map((row) => {
      const source = blocks.planning.sources[row];
      return { ...source, point: localPoint.get(source.point) ?? -1 };
    }),
    resources: piece.resources.map((row) => blocks.resources[row]),
    chunk,
    demandRows: demandRowsInChunk(book, chunk, localPoint),
    judge,
    ...judged(book, piece, judge, planned.plan),
  };
}

/** Demands of a piece stand in the same order as in the chunk they are of, for orders net forecasts at a stock point alone. */
function demandRowsInChunk(book: PlanBook, chunk: number, inPiece: ReadonlyMap<number, number>): Int32Array {
  const { plan, piece } = book.chunks[chunk];
  const rows: number[] = [];
  for (let d = 0; d < plan.demands.count; d++) {
    if (inPiece.has(piece.points[plan.demands.stockPoint[d]])) rows.push(d);
  }
  return Int32Array.from(rows);
}

function judged({ blocks }: PlanBook, piece: PlanningPiece, judge: PlanJudge, plan: FinitePlan) {
  const service = demandService(judge, plan);
  const series = constrainedSeries(judge, plan, service);
  const isInternal = (row: number) => blocks.planning.demands[piece.demands[row]].isInternal === true;
  return { service, sums: serviceSums(judge, plan, service, series, isInternal) };
}

function forgetOldest(bases: Map<number, Base>): void {
  const rowsOf = ({ plan }: Base): number => plan.demands.count + plan.orders.count + plan.pegs.count;
  let rows = 0;
  for (const base of bases.values()) rows += rowsOf(base);
  for (const [network, base] of bases) {
    if (rows <= KEPT_ROWS_MAX || bases.size === 1) return;
    rows -= rowsOf(base);
    bases.delete(network);
  }
}

type Trial = {
  readonly base: Base;
  readonly service: DemandService;
  readonly sums: ServiceSums;
};

function tryOut(
  book: PlanBook,
  places: Places,
  baseOf: (network: number) => Base,
  edits: readonly SupplyEdit[],
): WhatIf {
  const byNetwork = Map.groupBy(edits, (edit) => networkOf(places, edit));
  const trials = [...byNetwork].map(([network, own]) => trialOf(book, baseOf(network), own));
  const figures = {
    before: serviceFigures(trials.map(({ base }) => base.sums)),
    after: serviceFigures(trials.map(({ sums }) => sums)),
  };
  const changed = trials.flatMap((trial) => changedDemands(book, trial));
  changed.sort((a, b) => Math.abs(b.valueChange) - Math.abs(a.valueChange) || a.number - b.number);
  const { currency } = book.run;
  return {
    currency,
    ...figures,
    stockPointCount: trials.reduce((sum, { base }) => sum + base.piece.points.length, 0),
    demandCount: trials.reduce((sum, { base }) => sum + base.plan.demands.count, 0),
    changed: changed.slice(0, CHANGED_MAX).map((demand) => changedView(book, demand)),
    sentence: effectSentence(figures, changed.length, currency),
  };
}

/** The network that an edit reaches. */
function networkOf(places: Places, edit: SupplyEdit): number {
  const row =
    'resource' in edit
      ? places.resourceOf.get(edit.resource)
      : places.pointOf.get(placeKey(edit.item, edit.location));
  if (row === undefined)
    throw notPlanned('resource' in edit ? edit.resource : `${edit.item} at ${edit.location}`);
  return 'resource' in edit ? places.networkOfResource[row] : places.networkOfPoint[row];
}

function notPlanned(subjects: string): PlanningError {
  return new PlanningError('INVALID_INPUT', { problem: `The plan has nothing to edit at ${subjects}.` });
}

/** A network with edits in it, planned anew. */
function trialOf(book: PlanBook, base: Base, edits: readonly SupplyEdit[]): Trial {
  const { meta } = book.blocks;
  const { stockPoints } = base.piece.model;
  const { facts, issues } = editedFacts(
    { stockPoints, sources: base.sources, resources: base.resources },
    edits,
  );
  if (issues.length > 0) throw notPlanned(issues.map((issue) => issue.value).join(', '));
  const starts = meta.starts.slice(meta.historyBuckets);
  const resources = facts.resources.map((row, r) =>
    row === base.resources[r]
      ? base.piece.model.resources[r]
      : resourceFacts({ ...row, ...hoursByBucket(row.hours, starts) }),
  );
  const model: PlanningModel = {
    ...base.piece.model,
    stockPoints: facts.stockPoints,
    sources: facts.sources,
    resources,
  };
  const network = recompiledNetwork(model, base.network);
  const plan = replanFinite(network, base, changedPoints(base, facts, resources), CONSTRAINED_OPTIONS);
  return { base, ...judged(book, base.piece, judgeOfEdited(model, base.judge), plan) };
}

/** Stock points of which something is edited: they themselves, their sources, or the hours of what these load. */
function changedPoints(
  { piece, sources, network }: Base,
  facts: Pick<PlanningModel, 'stockPoints' | 'sources'>,
  resources: PlanningModel['resources'],
): Set<number> {
  const changed = new Set<number>();
  facts.stockPoints.forEach((row, point) => {
    if (row !== piece.model.stockPoints[point]) changed.add(point);
  });
  const { loadStart, point } = network.sources;
  const { optionStart, resource } = network.loads;
  facts.sources.forEach((row, source) => {
    const own = resource.subarray(optionStart[loadStart[source]], optionStart[loadStart[source + 1]]);
    const isLoadChanged = own.some((r) => resources[r] !== piece.model.resources[r]);
    if (row !== sources[source] || isLoadChanged) changed.add(point[source]);
  });
  return changed;
}

type ChangedDemand = {
  readonly chunk: BookChunk;
  /** Row of the demand in the plan of the chunk. */
  readonly d: number;
  readonly number: number;
  readonly onTimeBefore: number;
  readonly onTimeAfter: number;
  readonly valueChange: number;
};

function changedDemands(book: PlanBook, { base, service: fresh }: Trial): ChangedDemand[] {
  const { demandRows, service: old } = base;
  const chunk = book.chunks[base.chunk];
  const changed: ChangedDemand[] = [];
  for (let row = 0; row < demandRows.length; row++) {
    const d = demandRows[row];
    const onTimeBefore = old.onTime[row];
    const onTimeAfter = fresh.onTime[row];
    if (Math.abs(onTimeAfter - onTimeBefore) < 1e-6 || isInternalDemand(book, chunk, d)) continue;
    const point = chunk.piece.points[chunk.plan.demands.stockPoint[d]];
    const valueChange =
      (onTimeAfter - onTimeBefore) * (book.blocks.planning.stockPoints[point].unitCost ?? 0);
    const number = chunk.demandOffset + d + 1;
    changed.push({ chunk, d, number, onTimeBefore, onTimeAfter, valueChange });
  }
  return changed;
}

function changedView(book: PlanBook, demand: ChangedDemand): WhatIf['changed'][number] {
  const { number, onTimeBefore, onTimeAfter, valueChange } = demand;
  const { kind, order, item, itemName, location, dueOn, quantity } = demandView(book, demand.chunk, demand.d);
  const named = { number, kind, order, item, itemName, location, dueOn, quantity };
  return { ...named, onTimeBefore, onTimeAfter, valueChange };
}
