/** The constrained plan of whole networks: orders by day within material, lead times and hours, and what that leaves unserved. */
import { compileFiniteNetwork, type FiniteOptions, type FinitePlan, planFinite } from '@planwright/supply';
import type { Snapshot } from '../snapshot.ts';
import { constrainedSeries, type ConstrainedSeries } from './constrained-series.ts';
import { demandService } from './demand-service.ts';
import { planBytes } from './plan-bytes.ts';
import { planJudge } from './plan-judge.ts';
import { planningBlocks, type PlanningPiece, planningPiece } from './planning-piece.ts';
import { rowIn, type RunBlocks } from './run-blocks.ts';
import { serviceSums } from './service-sums.ts';
import type { ConstrainedResult } from './stage-results.ts';

export function constrainedStage(snapshot: Snapshot, blocks: RunBlocks, chunk: number): ConstrainedResult {
  const { meta, planning } = snapshot;
  const piece = planningPiece(planningBlocks(snapshot), planning.chunks[chunk], (key) =>
    rowIn(blocks, meta, 'consensus', key),
  );
  const plan = planFinite(compileFiniteNetwork(piece.model), CONSTRAINED_OPTIONS);
  const judge = planJudge(piece.model, plan.demands);
  const service = demandService(judge, plan);
  const series = constrainedSeries(judge, plan, service);
  writeBlocks(snapshot, blocks, piece, plan, series);
  const isInternal = (row: number) => planning.demands[piece.demands[row]].isInternal === true;
  return {
    sums: serviceSums(judge, plan, service, series, isInternal),
    plan: Buffer.from(planBytes(plan)).toString('base64'),
  };
}

/** How runs plan: what a planner sees is at most one order of a source and week, where it can be. */
export const CONSTRAINED_OPTIONS: FiniteOptions = { joinsWeeks: true };

function writeBlocks(
  { meta, capacity }: Snapshot,
  blocks: RunBlocks,
  piece: PlanningPiece,
  plan: FinitePlan,
  series: ConstrainedSeries,
): void {
  const { horizonBuckets } = meta;
  piece.points.forEach((point, p) => {
    const row = (values: Float64Array) => values.subarray(p * horizonBuckets, (p + 1) * horizonBuckets);
    rowIn(blocks, meta, 'constrainedReceipts', point).set(row(series.plannedReceipts));
    rowIn(blocks, meta, 'constrainedDependent', point).set(row(series.dependentDemand));
    rowIn(blocks, meta, 'constrainedOnHand', point).set(row(series.onHand));
    rowIn(blocks, meta, 'constrainedShortage', point).set(row(series.shortage));
  });
  piece.resources.forEach((resource, r) => {
    const first = plan.resourceStart[r];
    const hours = plan.loadHours.subarray(first, first + horizonBuckets);
    rowIn(blocks, meta, 'constrainedHours', resource).set(hours);
    const { hasCapacity, overtimeHours } = capacity.resources[resource];
    const overtime = rowIn(blocks, meta, 'overtimeHours', resource);
    if (hasCapacity) overtime.set(overtimeHours);
    else overtime.fill(Number.NaN);
  });
}
