import { useMemo } from 'react';
import { formatBucket } from '../../ui/date-format.ts';
import { TimeChart } from '../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../ui/chart/time-series.ts';
import { countInWords, moneyInWords, scaleOf, unitInWords } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { type SupplySummary, useSupplySummary } from './supply-screen.tsx';
import css from './supply-pictures.module.css';

/** What runs short, and what the stock comes to, side by side over the horizon. */
export function SupplyPictures() {
  const summary = useSupplySummary();
  const shortage = useMemo(() => shortagePicture(summary), [summary]);
  const stock = useMemo(() => stockPicture(summary), [summary]);
  const { currency } = summary;
  const worst = indexOfLargest(summary.shortageValueByBucket);
  const worstBucket = worst === -1 ? undefined : formatBucket(summary.horizon.buckets[worst]?.label ?? '');
  return (
    <Section
      title="Over the horizon"
      note={`${countInWords(summary.plannedOrderCount, 'proposed order')} worth ${moneyInWords(summary.plannedOrderValue, currency)}; ${countInWords(summary.pastDueOrderCount, 'should', 'should')} have been released already.`}
      id="horizon"
    >
      <div className={css.pictures}>
        <TimeChart
          finding={worstBucket === undefined ? 'Nothing runs short' : `Shortage is worst in ${worstBucket}`}
          measure={`Demand not met in its period, at cost, ${unitInWords(currency, shortage.scale)}`}
          picture={shortage}
          height={220}
          fileName="shortage-by-period"
        />
        <TimeChart
          finding={stockFinding(summary)}
          measure={`Value of projected on hand at period end, ${unitInWords(currency, stock.scale)}`}
          picture={stock}
          height={220}
          fileName="projected-stock-value"
        />
      </div>
    </Section>
  );
}

function indexOfLargest(values: readonly (number | null)[]): number {
  let at = -1;
  let largest = 0;
  values.forEach((value, index) => {
    if (value === null || value <= largest) return;
    largest = value;
    at = index;
  });
  return at;
}

function stockFinding({ projectedStockValue, currency }: SupplySummary): string {
  const known = projectedStockValue.filter((value) => value !== null);
  const [first] = known;
  const last = known.at(-1);
  if (first === undefined || last === undefined) return 'The stock has no value yet';
  const way = last > first * 1.01 ? 'grows' : last < first * 0.99 ? 'falls' : 'stays';
  return `Stock ${way} ${way === 'stays' ? 'at' : 'to'} ${moneyInWords(last, currency)}`;
}

function shortagePicture(summary: SupplySummary): TimePicture {
  return {
    ...commonOf(summary),
    series: [{ name: 'Shortage', mark: 'shortage', values: summary.shortageValueByBucket }],
    scale: scaleOf(summary.shortageValueByBucket),
  };
}

function stockPicture(summary: SupplySummary): TimePicture {
  return {
    ...commonOf(summary),
    series: [{ name: 'Stock', mark: 'stock', values: summary.projectedStockValue }],
    scale: scaleOf(summary.projectedStockValue),
  };
}

function commonOf({ horizon, currency }: SupplySummary) {
  const allAhead = horizon.firstPlanBucket === 0;
  return {
    buckets: horizon.buckets,
    firstPlanBucket: allAhead ? null : horizon.firstPlanBucket,
    bands: [],
    unit: currency,
    fromZero: true,
  };
}
