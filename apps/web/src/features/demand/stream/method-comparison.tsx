import type { DemandKeyDetail, MethodResult } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import {
  countInWords,
  formatNumber,
  formatPercent,
  scaleOf,
  unitInWords,
} from '../../../ui/number-format.ts';
import table from '../../../ui/table.module.css';
import { inReadersWords } from '../../../ui/sentence.ts';
import { bucketsAYear } from '../demand-year.ts';

/** Years of history beside the forecasts. */
const YEARS_SHOWN = 2;

/** The methods from the most accurate down, and the forecast of the one that is looked at beside ours. */
export function MethodComparison({ detail }: { detail: DemandKeyDetail }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('compareDemandMethods', { params: { company: slug, keyId: detail.key.keyId } }),
  );
  const [looked, setLooked] = useState<string | null>(null);
  const shown = data.methods.find(({ method }) => method === looked) ?? data.methods[0];
  if (data.methods.length === 0 || shown === undefined) return <p>{inReadersWords(data.sentence)}</p>;
  return (
    <>
      <p>
        {inReadersWords(data.sentence)} Each was asked from {countInWords(data.origins, 'past period')} on the
        history as it counts, events left in; {countInWords(data.judgedBuckets, 'period')} judged.
      </p>
      <div className={table.scroll}>
        <table className={table.table} style={{ margin: '8px 0 16px' }}>
          <thead>
            <tr>
              <th scope="col">Method</th>
              <th scope="col" className={table.number}>
                Off by
              </th>
              <th scope="col" className={table.number}>
                Next period
              </th>
              <th scope="col" className={table.number}>
                Bias
              </th>
              <th scope="col" className={table.number}>
                MASE
              </th>
              <th scope="col" className={table.number}>
                In 80 %
              </th>
              <th scope="col" className={table.number}>
                In 95 %
              </th>
            </tr>
          </thead>
          <tbody>
            {data.methods.map((method) => (
              <Row
                key={method.method}
                method={method}
                isShown={method === shown}
                onLook={() => setLooked(method.method)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <MethodPicture detail={detail} method={shown} />
    </>
  );
}

function Row(props: { method: MethodResult; isShown: boolean; onLook: () => void }) {
  const { method, isShown, onLook } = props;
  const { accuracy } = method;
  return (
    <tr className={isShown ? table.chosen : undefined}>
      <th scope="row">
        <button
          type="button"
          className={table.link}
          aria-pressed={isShown}
          onClick={onLook}
          title={method.description}
        >
          {method.label}
        </button>
        {method.chosen ? ' (in the plan)' : ''}
      </th>
      <td className={table.number}>{formatPercent(accuracy.wapeRatio)}</td>
      <td className={table.number}>{formatPercent(method.wapeByLag[0])}</td>
      <td className={table.number}>{formatPercent(accuracy.biasRatio)}</td>
      <td className={table.number}>{formatNumber(accuracy.maseRatio, 2)}</td>
      <td className={table.number}>{formatPercent(accuracy.coverage80Ratio, 0)}</td>
      <td className={table.number}>{formatPercent(accuracy.coverage95Ratio, 0)}</td>
    </tr>
  );
}

function MethodPicture({ detail, method }: { detail: DemandKeyDetail; method: MethodResult }) {
  const picture = useMemo((): TimePicture => {
    const from = Math.max(
      0,
      detail.horizon.firstPlanBucket - YEARS_SHOWN * bucketsAYear(detail.horizon.buckets),
    );
    return {
      buckets: detail.horizon.buckets.slice(from),
      firstPlanBucket: detail.horizon.firstPlanBucket - from,
      series: [
        { name: 'Counted as', mark: 'actual', values: detail.cleansed.slice(from) },
        { name: 'Baseline', mark: 'baseline', values: detail.baseline.slice(from) },
        { name: method.label, mark: 'consensus', values: method.mean.slice(from) },
      ],
      bands: [{ percent: 80, lower: method.lower80.slice(from), upper: method.upper80.slice(from) }],
      unit: detail.unit,
      scale: scaleOf([...detail.cleansed, ...method.mean, ...method.upper80]),
      compareTo: 'Baseline',
      fromZero: true,
    };
  }, [detail, method]);
  return (
    <TimeChart
      finding={method.label}
      measure={`${method.description} Quantity a period, ${unitInWords(detail.unit, picture.scale)}, beside the baseline of the plan.`}
      picture={picture}
      height={220}
      fileName={`method-${method.method}`}
    />
  );
}
