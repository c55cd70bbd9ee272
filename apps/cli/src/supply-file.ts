import { SupplyModelFile, type SupplyPlanFile } from '@planwright/contracts';
import { buildNetwork, plannedOrders, planSupply, type SupplyMode } from '@planwright/supply';
import { dayFromIso, isoFromDay } from '@planwright/time';
import type { Issue } from '@planwright/units';

export type SupplyFileResult = { readonly plan: SupplyPlanFile } | { readonly issues: readonly Issue[] };

/** Plans the supply model of a parsed JSON file. `file` names it in issues. */
export function planSupplyFile(json: unknown, file: string, mode: SupplyMode): SupplyFileResult {
  const parsed = SupplyModelFile.safeParse(json);
  if (!parsed.success) {
    return {
      issues: parsed.error.issues.map((issue) => ({
        severity: 'error',
        code: 'BAD_MODEL',
        file,
        column: issue.path.join('.'),
        message: `${issue.message}.`,
        advice: 'See docs/schemas/supply-model.schema.json for the format.',
      })),
    };
  }
  const { bucketStarts, stockPoints, components } = parsed.data;
  const built = buildNetwork({ bucketStartDays: bucketStarts.map(dayFromIso), stockPoints, components });
  if (built.network === null)
    return {
      issues: built.issues.map((issue) => ({ ...issue, file: `${file} ${issue.file ?? ''}`.trim() })),
    };

  const { network } = built;
  const plan = planSupply(network, { mode });
  const row = (values: Float64Array, index: number) =>
    Array.from(values.subarray(index * network.bucketCount, (index + 1) * network.bucketCount));
  const dayOf = (bucket: number) => isoFromDay(network.bucketStartDays[bucket]);
  return {
    plan: {
      planwrightSupplyPlan: 1,
      mode,
      bucketStarts,
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
