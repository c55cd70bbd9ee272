import { useMemo } from 'react';
import { formatBucket } from '../../../ui/date-format.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture, TimeSeries } from '../../../ui/chart/time-series.ts';
import { moneyInWords, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import {
  type ConstrainedSummary,
  type SupplySummary,
  useConstrainedSummary,
  useSupplySummary,
} from '../supply-reads.ts';
import { PlanSwitch } from './plan-switch.tsx';
import { PLANS, type PlanName, planOf } from './plan-choice.ts';
import type { SupplyScope } from '../supply-address.ts';
import css from './supply-pictures.module.css';

/** What runs short, and what the stock comes to, side by side over the horizon, of the plan in view. */
export function SupplyPictures({ scope }: { scope: SupplyScope }) {
  const plan = planOf(scope.shown);
  const unconstrained = useSupplySummary();
  const constrained = useConstrainedSummary();
  const failing = useMemo(
    () => failingPicture(plan, unconstrained, constrained),
    [plan, unconstrained, constrained],
  );
  const stock = useMemo(
    () =>
      pictureOf(unconstrained, [
        {
          name: 'Stock',
          mark: 'stock',
          values: plan === 'constrained' ? constrained.stockValueByBucket : unconstrained.projectedStockValue,
        },
      ]),
    [plan, unconstrained, constrained],
  );
  const { currency } = unconstrained;
  const worst = indexOfLargest(sums(failing.series));
  const label = PLANS.find(({ value }) => value === plan)?.about ?? '';
  return (
    <Section
      title="Over the horizon"
      note={label}
      id="horizon"
      tools={<PlanSwitch label="Which plan" scope={scope} />}
    >
      <div className={css.pictures}>
        <TimeChart
          finding={
            worst === -1
              ? 'Nothing comes late or short'
              : `Failing demand is worst in ${formatBucket(unconstrained.horizon.buckets[worst]?.label ?? '')}`
          }
          measure={
            plan === 'constrained'
              ? `Demand that comes late or not at all, by the period it is due, at cost, ${unitInWords(currency, failing.scale)}`
              : `Demand not met in its period, at cost, ${unitInWords(currency, failing.scale)}`
          }
          picture={failing}
          height={180}
          fileName="failing-demand-by-period"
        />
        <TimeChart
          finding={stockFinding(stock.series[0]?.values ?? [], currency)}
          measure={`Value of projected on hand at period end, ${unitInWords(currency, stock.scale)}`}
          picture={stock}
          height={180}
          fileName="projected-stock-value"
        />
      </div>
    </Section>
  );
}

function failingPicture(
  plan: PlanName,
  summary: SupplySummary,
  constrained: ConstrainedSummary,
): TimePicture {
  const series: TimeSeries[] =
    plan === 'constrained'
      ? [
          { name: 'Late', mark: 'late', values: constrained.lateValueByBucket },
          { name: 'Short', mark: 'shortage', values: constrained.shortValueByBucket },
        ]
      : [{ name: 'Shortage', mark: 'shortage', values: summary.shortageValueByBucket }];
  return pictureOf(summary, series);
}

function pictureOf({ horizon, currency }: SupplySummary, series: TimeSeries[]): TimePicture {
  return {
    buckets: horizon.buckets,
    firstPlanBucket: horizon.firstPlanBucket === 0 ? null : horizon.firstPlanBucket,
    bands: [],
    unit: currency,
    fromZero: true,
    series,
    scale: scaleOf(series.flatMap(({ values }) => values)),
  };
}

function sums(series: readonly TimeSeries[]): number[] {
  const [first] = series;
  return (first?.values ?? []).map((_, bucket) =>
    series.reduce((sum, { values }) => sum + (values[bucket] ?? 0), 0),
  );
}

function indexOfLargest(values: readonly number[]): number {
  const largest = Math.max(0, ...values);
  return largest === 0 ? -1 : values.indexOf(largest);
}

function stockFinding(values: readonly (number | null)[], currency: string): string {
  const known = values.filter((value): value is number => value !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return 'The stock has no value yet';
  const way = last > first * 1.01 ? 'grows' : last < first * 0.99 ? 'falls' : 'stays';
  return `Stock ${way} ${way === 'stays' ? 'at' : 'to'} ${moneyInWords(last, currency)}`;
}
