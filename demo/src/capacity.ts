/** Hours of the work centres, set so that the busiest month of the coming year loads each as its row says. */
import type { RoutingStep } from './parts.ts';
import { WORK_CENTRES, type WorkCentre } from './resources.ts';
import type { PlannedItem } from './stock-nodes.ts';
import type { Timeline } from './timeline.ts';

export type Resource = WorkCentre & { readonly hoursPerWeek: number };

/** Hours that the expected demand of a month asks of each work centre, by code and month. */
function loads(
  items: readonly PlannedItem[],
  steps: readonly RoutingStep[],
  monthCount: number,
): Map<string, Float64Array> {
  const byCode = new Map(items.map((item) => [item.code, item]));
  const hours = new Map(WORK_CENTRES.map((centre) => [centre.code, new Float64Array(monthCount)]));
  for (const step of steps) {
    const item = byCode.get(step.item);
    const load = hours.get(step.resource);
    if (item === undefined || load === undefined) continue;
    for (let month = 0; month < monthCount; month++) {
      const units = item.expected[month] / item.yieldRatio;
      load[month] += units * step.hoursPerUnit + (units / item.lotMinimum) * step.setupHours;
    }
  }
  return hours;
}

/** Work centres with the hours of a normal week, rounded as shifts are. */
export function sizedResources(
  items: readonly PlannedItem[],
  steps: readonly RoutingStep[],
  timeline: Timeline,
): Resource[] {
  const { monthStarts, historyMonths } = timeline;
  const hours = loads(items, steps, monthStarts.length - 1);
  return WORK_CENTRES.map((centre) => {
    const load = hours.get(centre.code) ?? new Float64Array(0);
    let peak = 0;
    for (let month = historyMonths; month < historyMonths + 12; month++) {
      const weeks = (monthStarts[month + 1] - monthStarts[month]) / 7;
      peak = Math.max(peak, load[month] / weeks);
    }
    const wanted = peak / centre.efficiencyRatio / centre.peakRatio;
    const step = wanted > 400 ? 8 : wanted > 60 ? 4 : 0.5;
    return { ...centre, hoursPerWeek: Math.max(step, Math.round(wanted / step) * step) };
  });
}
