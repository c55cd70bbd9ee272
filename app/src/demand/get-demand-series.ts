import type { DemandSeries } from '@planwright/contracts';
import { bucketsPerYear } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { DemandKeyRow, DemandSelection, PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { horizonOf, overHistory, overHorizon, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { keyAccuracy, nodeAccuracy } from './demand-accuracy.ts';
import { spoken } from '../plan-view/spoken.ts';
import { selectionOf } from './selection.ts';
import { spanTotals } from './span-totals.ts';

/** Actuals, forecast, bands and consensus of a selection, with why the forecast is what it is. */
export function getDemandSeries(deps: { plan: PlanReader }): Service<'getDemandSeries'> {
  return async (member, { query }): Promise<DemandSeries> => {
    const run = await runInView(deps.plan, member, query);
    const selection = selectionOf(query);
    const totals = await deps.plan.demandTotals(run.runId, selection);
    if (totals.keyCount === 0) {
      throw new PlanningError('NOT_FOUND', { what: 'demand stream for', id: describe(selection) });
    }
    const [sums, methods, title, unit, single] = await Promise.all([
      deps.plan.demandSums(run, selection),
      deps.plan.demandMethods(run.runId, selection),
      titleOf(deps.plan, run, selection),
      selection.item === undefined ? undefined : deps.plan.unitOf(run.runId, selection.item),
      totals.keyCount === 1 ? onlyKey(deps.plan, run, selection) : undefined,
    ]);
    return {
      title,
      unit: unit ?? 'units',
      currency: run.currency,
      keyCount: totals.keyCount,
      horizon: horizonOf(run),
      actual: overHistory(run, sums.actual),
      baseline: overHorizon(run, sums.baseline),
      consensus: overHorizon(run, sums.consensus),
      lower80: overHorizon(run, sums.lower80),
      upper80: overHorizon(run, sums.upper80),
      lower95: overHorizon(run, sums.lower95),
      upper95: overHorizon(run, sums.upper95),
      lastYear: lastYear(run, sums.actual, sums.consensus),
      revenue: wireValues(sums.revenue),
      totals: spanTotals(run, sums),
      bandNote: bandNote(totals.keyCount, selection),
      methods: [...methods],
      explanation: spoken(single?.explanation ?? severalStreams(totals.keyCount, methods)),
      accuracy: single === undefined ? nodeAccuracy(totals) : keyAccuracy(single),
    };
  };
}

/** What was ordered a year before each bucket: the actual, and ahead of that the plan itself. */
function lastYear(run: RunHead, actual: readonly number[], consensus: readonly number[]): (number | null)[] {
  const year = bucketsPerYear(run.calendar.spec);
  const whole = wireValues([...actual.slice(0, run.historyBuckets), ...consensus]);
  return whole.map((_, index) => (index < year ? null : whole[index - year]!));
}

/** How wide the bands are and why: streams and whole groups have their own, any other selection a sum. */
function bandNote(keyCount: number, { item, location, channel }: DemandSelection): string {
  if (keyCount === 1) return 'The bands should hold the actual in 80 and 95 of 100 cases.';
  if (item === undefined && location === undefined && channel === undefined)
    return 'The group has a forecast and bands of its own, which its streams were made to agree with.';
  return 'The bands take the errors of the streams below as independent of each other; where they move together the true bands are wider.';
}

async function onlyKey(
  plan: PlanReader,
  run: RunHead,
  selection: DemandSelection,
): Promise<DemandKeyRow | undefined> {
  const { rows } = await plan.demandKeys(run.runId, selection, 'value', { after: undefined, limit: 1 });
  return rows[0];
}

async function titleOf(plan: PlanReader, run: RunHead, selection: DemandSelection): Promise<string> {
  const { item, location, channel, group } = selection;
  const [row] =
    item === undefined
      ? []
      : (await plan.demandKeys(run.runId, selection, 'item', { after: undefined, limit: 1 })).rows;
  const name = row?.itemName ?? (await plan.groupNode(run.runId, group))?.name ?? group;
  return [name, location, channel].filter((part) => part !== undefined && part !== '').join(' · ');
}

const counted = new Intl.NumberFormat('en-US');

function severalStreams(keyCount: number, methods: readonly { method: string; keyCount: number }[]): string {
  const [first] = methods;
  if (first === undefined) return '';
  return `The sum of ${counted.format(keyCount)} demand streams, each with its own forecast; ${counted.format(first.keyCount)} of them use ${first.method}.`;
}

function describe(selection: DemandSelection): string {
  const { group, item, location, channel } = selection;
  return [item ?? (group === '' ? 'the company' : group), location, channel]
    .filter((part) => part !== undefined)
    .join(' · ');
}
