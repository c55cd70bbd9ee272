import type { SegmentCell } from '@planwright/contracts';
import { selectionOf } from '../demand/selection.ts';
import type { PlanReader } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { percent, ratioOf } from './accuracy-ratios.ts';

const VALUE_CLASSES = ['A', 'B', 'C'] as const;
const FORECAST_CLASSES = ['X', 'Y', 'Z'] as const;

const POLICIES: Readonly<Record<string, string>> = {
  AX: 'Valuable and well forecast: let it run, look at it in the review.',
  AY: 'Valuable and fairly forecast: review each month, ask sales what they know.',
  AZ: 'Valuable and hard to forecast: spend your time here; agree stock or lead time with customers.',
  BX: 'Let it run; look at exceptions only.',
  BY: 'Look at exceptions; review once a quarter.',
  BZ: 'Look for causes: promotions, large customers, data; else buffer with stock.',
  CX: 'Let it run without review.',
  CY: 'Let it run; check stock rules once a year.',
  CZ: 'Do not forecast by hand: make to order, or keep a little stock.',
};

/** Value against forecastability: nine cells that say what to automate and what to look at. */
export function getDemandSegments(deps: { plan: PlanReader }): Service<'getDemandSegments'> {
  return async (member, { query }) => {
    const run = await runInView(deps.plan, member, query);
    const rows = await deps.plan.segments(run.runId, selectionOf(query));
    const cells = VALUE_CLASSES.flatMap((valueClass) =>
      FORECAST_CLASSES.map((forecastClass): SegmentCell => {
        const row = rows.find(
          (candidate) => candidate.valueClass === valueClass && candidate.forecastClass === forecastClass,
        );
        return {
          valueClass,
          forecastClass,
          keyCount: row?.keyCount ?? 0,
          planRevenue: row?.planRevenue ?? 0,
          wapeRatio: row === undefined ? null : ratioOf(row.absoluteError, row.actual),
          moneyError: row?.moneyError ?? 0,
          policy: POLICIES[valueClass + forecastClass],
        };
      }),
    );
    return { currency: run.currency, cells, sentence: sentenceOf(cells) };
  };
}

const counted = new Intl.NumberFormat('en-US');

function sentenceOf(cells: readonly SegmentCell[]): string {
  const count = cells.reduce((sum, cell) => sum + cell.keyCount, 0);
  const error = cells.reduce((sum, cell) => sum + cell.moneyError, 0);
  if (count === 0 || error <= 0) return 'There is nothing to sort: no stream of this selection was judged.';
  const worst = cells.reduce((most, cell) => (cell.moneyError > most.moneyError ? cell : most));
  return `${counted.format(worst.keyCount)} of ${counted.format(count)} streams, class ${worst.valueClass}${worst.forecastClass}, make ${percent(worst.moneyError / error)} of the error in money.`;
}
