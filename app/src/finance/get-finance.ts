import { bucketsPerYear } from '@planwright/time';
import { PlanningError } from '../errors.ts';
import type { FinanceSeries, GroupNode, PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { horizonOf, runInView, wireValues } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { fiscalYearSpans, sumOf } from './fiscal-years.ts';

const MEASURES = ['revenue', 'cost', 'margin', 'inventory'] as const;
const FLOWS = ['revenue', 'cost', 'margin'] as const;
const LABELS = {
  revenue: 'Revenue',
  cost: 'Cost of sales',
  margin: 'Gross margin',
  inventory: 'Inventory value',
};

/** Values of a measure and kind; empty where the run has none. */
type Lookup = (measure: FinanceSeries['measure'], kind: FinanceSeries['kind']) => readonly number[];

/** Plan, budget and last year by bucket and fiscal year, and the groups below. */
export function getFinance(deps: { plan: PlanReader }): Service<'getFinance'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const code = query.group ?? '';
    if ((await deps.plan.groupNode(run.runId, code)) === undefined) {
      throw new PlanningError('NOT_FOUND', { what: 'item group', id: code });
    }
    const children = await deps.plan.childGroups(run.runId, { group: code });
    const [own, below] = await Promise.all([
      deps.plan.finance(run.runId, [code]),
      deps.plan.finance(
        run.runId,
        children.map((child) => child.code),
        FLOWS,
      ),
    ]);
    const lookup = lookupIn(own, code);
    return {
      currency: run.currency,
      horizon: horizonOf(run),
      lines: MEASURES.map((measure) => ({
        measure,
        label: LABELS[measure],
        actual: padded(run, lookup(measure, 'actual')),
        plan: padded(run, lookup(measure, 'plan')),
        budget: padded(run, lookup(measure, 'budget')),
        lastYear: padded(run, lookup(measure, 'lastYear')),
      })),
      fiscalYears: fiscalYearRows(run, lookup),
      groups: children.map((child) => groupRow(run, child, lookupIn(below, child.code))),
      notes: notesOf(run),
    };
  };
}

function lookupIn(series: readonly FinanceSeries[], group: string): Lookup {
  const values = new Map(
    series.filter((row) => row.group === group).map((row) => [`${row.measure} ${row.kind}`, row.values]),
  );
  return (measure, kind) => values.get(`${measure} ${kind}`) ?? [];
}

function padded(run: RunHead, values: readonly number[]): (number | null)[] {
  return values.length > 0
    ? wireValues(values)
    : Array.from({ length: run.calendar.bucketCount }, () => null);
}

function fiscalYearRows(run: RunHead, lookup: Lookup) {
  return fiscalYearSpans(run).flatMap(({ fiscalYear, first, end, complete }) =>
    FLOWS.map((measure) => {
      const actualToDate = sumOf(lookup(measure, 'actual'), first, end);
      const ahead = sumOf(lookup(measure, 'plan'), first, end);
      const outlook = actualToDate === null && ahead === null ? null : (actualToDate ?? 0) + (ahead ?? 0);
      const budget = sumOf(lookup(measure, 'budget'), first, end);
      return {
        fiscalYear,
        label: `FY${String(fiscalYear % 100).padStart(2, '0')}`,
        measure,
        outlook,
        actualToDate,
        budget,
        lastYear: sumOf(lookup(measure, 'lastYear'), first, end),
        gapToBudget: outlook === null || budget === null ? null : outlook - budget,
        complete,
      };
    }),
  );
}

/** The next year of the plan beside the last year of history. */
function groupRow(run: RunHead, group: GroupNode, lookup: Lookup) {
  const year = bucketsPerYear(run.calendar.spec);
  const { historyBuckets } = run;
  const ahead = (measure: 'revenue' | 'cost' | 'margin') =>
    sumOf(lookup(measure, 'plan'), historyBuckets, historyBuckets + year) ?? 0;
  return {
    group: group.code,
    name: group.name,
    planRevenue: ahead('revenue'),
    planCost: ahead('cost'),
    planMargin: ahead('margin'),
    lastYearRevenue:
      sumOf(lookup('revenue', 'actual'), Math.max(0, historyBuckets - year), historyBuckets) ?? 0,
    budgetRevenue: sumOf(lookup('revenue', 'budget'), historyBuckets, historyBuckets + year),
  };
}

function notesOf(run: RunHead): string[] {
  const notes = run.summary.financeNotes;
  return Array.isArray(notes) ? notes.filter((note) => typeof note === 'string') : [];
}
