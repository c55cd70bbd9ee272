import { SupplyModelFile, type SupplyPlanFile } from '@planwright/contracts';
import {
  buildNetwork,
  type OnBadRows,
  plannedOrders,
  type PlanningModel,
  planningModelFrom,
  planSupply,
  type SupplyMode,
  type SupplyModel,
  usablePlanningModel,
} from '@planwright/supply';
import { dayFromIso, isoFromDay } from '@planwright/time';
import type { Issue } from '@planwright/units';
import { isPlanningModelFile, readPlanningModel } from './supply/read-planning-model.ts';

export type SupplyFileResult = { readonly plan: SupplyPlanFile } | { readonly issues: readonly Issue[] };

/** Plans the supply model of a parsed JSON file of version 1. `file` names it in issues. */
export function planSupplyFile(json: unknown, file: string, mode: SupplyMode): SupplyFileResult {
  const read = readSupplyModel(json, file);
  if ('issues' in read) return read;
  const built = buildNetwork(read.model);
  if (built.network === null) return { issues: placedIn(file, built.issues) };

  const { network } = built;
  const plan = planSupply(network, { mode });
  const row = (values: Float64Array, index: number) =>
    Array.from(values.subarray(index * network.bucketCount, (index + 1) * network.bucketCount));
  const dayOf = (bucket: number) => isoFromDay(network.bucketStartDays[bucket]);
  return {
    plan: {
      planwrightSupplyPlan: 1,
      mode,
      bucketStarts: Array.from(read.model.bucketStartDays, isoFromDay),
      stockPoints: network.stockPoints.map(({ item, location }, index) => ({
        item,
        location,
        independentDemand: row(plan.independentDemand.values, index),
        dependentDemand: row(plan.dependentDemand.values, index),
        scheduledReceipts: row(plan.scheduledReceipts.values, index),
        plannedReceipts: row(plan.plannedReceipts.values, index),
        plannedReleases: row(plan.plannedReleases.values, index),
        projectedOnHand: row(plan.projectedOnHand.values, index),
        shortage: row(plan.shortage.values, index),
      })),
      orders: plannedOrders(network, plan).map((order) => ({
        kind: order.kind,
        item: order.item,
        location: order.location,
        from: order.supplier ?? order.fromLocation ?? null,
        releaseOn: dayOf(order.releaseBucket),
        dueOn: dayOf(order.dueBucket),
        quantity: order.quantity,
        pastDueBuckets: order.pastDueBuckets,
        reason: order.reason,
      })),
    },
  };
}

/** A parsed file of either version as a planning model; null where it is refused. */
export function planningModelOfFile(
  json: unknown,
  file: string,
  onBadRows: OnBadRows,
): { model: PlanningModel | null; issues: readonly Issue[] } {
  if (isPlanningModelFile(json)) return readPlanningModel(json, file, onBadRows);
  const read = readSupplyModel(json, file);
  if ('issues' in read) return { model: null, issues: read.issues };
  const { model, issues } = usablePlanningModel(planningModelFrom(read.model), { onBadRows });
  return { model, issues: placedIn(file, issues) };
}

function readSupplyModel(json: unknown, file: string): { model: SupplyModel } | { issues: readonly Issue[] } {
  const parsed = SupplyModelFile.safeParse(json);
  if (parsed.success) {
    const { bucketStarts, stockPoints, components } = parsed.data;
    return { model: { bucketStartDays: bucketStarts.map(dayFromIso), stockPoints, components } };
  }
  return {
    issues: parsed.error.issues.map((issue) => ({
      severity: 'error',
      code: 'BAD_MODEL',
      file,
      column: issue.path.join('.'),
      message: `${issue.message}.`,
      advice: 'See docs/schemas/supply-model-1.schema.json for the format.',
    })),
  };
}

function placedIn(file: string, issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, file: `${file} ${issue.file ?? ''}`.trim() }));
}
