/**
 * Works an optimal plan out: network by network of the run, since none reaches another, and adds them up. Heuristic and
 * optimum are priced on the same terms; the bound is the solver's, so the gap is money that no plan could do better than save.
 */
import type { Optimum } from '@planwright/contracts';
import {
  optimalPlan,
  type OptimalPlan,
  optimalProgram,
  planCost,
  type PlanCost,
  type PlanView,
} from '@planwright/supply';
import { bucketLabel } from '@planwright/time';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { planHorizonOf, wireValues } from '../plan-view/run-in-view.ts';
import { bookConsensus, chunkView } from './full-chunk.ts';
import type { OptimumParams, OptimumRows, SolveProgram, StoredOptimum } from './optimum-ports.ts';
import type { OpenBook, PlanBook } from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';

export type OptimumDeps = {
  readonly plan: PlanReader;
  readonly openBook: OpenBook;
  readonly reads: SupplyPlanReads;
  readonly optimums: OptimumRows;
  readonly solve: SolveProgram;
};

const LEASE_SECONDS = 30;
const REPORT_EVERY_MS = 1_000;
const SHADOW_PRICES_MAX = 200;

type Result = NonNullable<Optimum['result']>;

/** Safe to call for any row at any time: one caller works on it, the others return. `stop` gives it back. */
export async function workOutOptimum(deps: OptimumDeps, id: string, stop: AbortSignal): Promise<void> {
  const row = await deps.optimums.claim(id, LEASE_SECONDS);
  if (row === undefined) return;
  const calledOff = new AbortController();
  let progress = 0;
  const beat = setInterval(() => {
    deps.optimums
      .report(id, progress, LEASE_SECONDS)
      .then((isCancelled) => isCancelled && calledOff.abort())
      .catch(() => undefined); // The database is away for a moment; the lease says for how long that may be.
  }, REPORT_EVERY_MS);
  const signal = AbortSignal.any([stop, calledOff.signal]);
  try {
    const result = await solved(deps, row, signal, (ratio) => (progress = ratio));
    if (stop.aborted) await deps.optimums.release(id);
    else if (calledOff.signal.aborted) await deps.optimums.finish(id, { status: 'cancelled' });
    else if (typeof result === 'string')
      await deps.optimums.finish(id, { status: 'failed', failure: result });
    else await deps.optimums.finish(id, { status: 'succeeded', result });
  } finally {
    clearInterval(beat);
  }
}

type Pair = { readonly view: PlanView; readonly heuristic: PlanCost; readonly optimum: OptimalPlan };

/** The result, or why there is none. */
async function solved(
  deps: OptimumDeps,
  row: StoredOptimum,
  signal: AbortSignal,
  onProgress: (ratio: number) => void,
): Promise<Result | string> {
  const run = await deps.plan.findRun(row.companyId, row.runId);
  if (run === undefined) return 'Its run is gone.';
  const book = await deps.openBook(run);
  const consensusOf = await bookConsensus(deps.reads, book);
  const pairs: Pair[] = [];
  for (const chunk of book.chunks) {
    if (signal.aborted) break;
    const pair = await pairOf(
      chunkView(book, chunk, consensusOf),
      row.params,
      book.chunks.length,
      deps.solve,
      signal,
    );
    if (typeof pair === 'string') return pair;
    pairs.push(pair);
    onProgress(pairs.length / book.chunks.length);
  }
  return resultOf(book, run, pairs);
}

async function pairOf(
  view: PlanView,
  params: OptimumParams,
  chunkCount: number,
  solve: SolveProgram,
  signal: AbortSignal,
): Promise<Pair | string> {
  const { model, plan } = view;
  const drafted = optimalProgram(model, {
    // Receipts on any day, so that no plan of days can cost less than the bound.
    timing: 'anyDay',
    setups: 'relaxed',
    integerLots: params.integerLots,
    demands: plan.demands,
  });
  const timeLimitSeconds = Math.max(1, params.secondsMax / chunkCount);
  const solution = await solve(drafted.program, { timeLimitSeconds, signal });
  const optimum = optimalPlan(drafted, solution);
  if (optimum === undefined)
    return solution.status === 'timeLimit'
      ? `No plan was found within ${params.secondsMax} seconds. Give it more time${params.integerLots ? ', or leave whole lots out' : ''}.`
      : `The solver found no plan: ${solution.failure ?? solution.status}.`;
  return { view, heuristic: planCost(model, plan, { demands: plan.demands }), optimum };
}

function resultOf(book: PlanBook, run: RunHead, pairs: readonly Pair[]): Result {
  const heuristic = added(pairs.map((pair) => pair.heuristic));
  const optimum = added(pairs.map((pair) => pair.optimum.cost));
  const bound = pairs.reduce((sum, pair) => sum + pair.optimum.bestBound, 0);
  const gap = Math.max(0, heuristic.total - bound);
  return {
    currency: run.currency,
    horizon: planHorizonOf(run),
    heuristic,
    optimum,
    bound: Number.isFinite(bound) ? bound : optimum.total,
    gap: Number.isFinite(gap) ? gap : Math.max(0, heuristic.total - optimum.total),
    gapRatio: Number.isFinite(gap) && Math.abs(bound) > 0 ? gap / Math.abs(bound) : null,
    isProvenOptimal: pairs.every((pair) => pair.optimum.status === 'optimal'),
    shadowPrices: shadowPrices(book, run, pairs),
    loads: loads(book, run, pairs),
  };
}

function added(costs: readonly PlanCost[]): Result['heuristic'] {
  const byKind = new Map<string, number>();
  for (const cost of costs) {
    for (const [kind, amount] of Object.entries(cost.byKind))
      byKind.set(kind, (byKind.get(kind) ?? 0) + amount);
  }
  return {
    total: costs.reduce((sum, cost) => sum + cost.total, 0),
    parts: [...byKind].filter(([, amount]) => amount !== 0).map(([kind, amount]) => ({ kind, amount })),
  };
}

/** What one more hour saves, the dearest first. */
function shadowPrices(book: PlanBook, run: RunHead, pairs: readonly Pair[]): Result['shadowPrices'] {
  const prices = pairs.flatMap(({ view, optimum }) =>
    optimum.scarce
      .filter((scarce) => scarce.kind === 'capacity')
      .map(({ subject, bucket, savingPerUnit }) => {
        const code = view.model.resources[subject].resource;
        const row = book.blocks.resources.findIndex((resource) => resource.code === code);
        const name = book.blocks.resources[row]?.name ?? code;
        const label = bucketLabel(run.calendar, run.historyBuckets + bucket);
        return {
          resourceId: row < 0 ? null : book.resourceIds[row],
          resource: name,
          bucket: label,
          amountPerHour: savingPerUnit,
          sentence: `One more hour of ${name} in ${label} saves ${run.currency} ${Math.round(savingPerUnit)}.`,
        };
      }),
  );
  return prices.sort((a, b) => b.amountPerHour - a.amountPerHour).slice(0, SHADOW_PRICES_MAX);
}

function loads(book: PlanBook, run: RunHead, pairs: readonly Pair[]): Result['loads'] {
  return pairs.flatMap(({ view, optimum }) => {
    const { resourceStart, loadHours } = view.plan;
    return view.model.resources.map(({ resource }, r) => {
      const [from, to] = [resourceStart[r], resourceStart[r] + run.horizonBuckets];
      const name = book.blocks.resources.find((row) => row.code === resource)?.name ?? resource;
      return {
        resource: name,
        heuristicHours: wireValues([...loadHours.subarray(from, to)]),
        optimumHours: wireValues([...optimum.flows.hours.subarray(from, to)]),
      };
    });
  });
}
