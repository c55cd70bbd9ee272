import type { DemandSeries } from '@planwright/contracts';
import { formatScaled, MISSING, scaleOf, unitInWords } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import table from '../../ui/table.module.css';

/** Quarters and years of the plan, with what they should come to in 80 and 95 of 100 cases. */
export function SpanTotals({ series }: { series: DemandSeries }) {
  const { totals, unit } = series;
  if (totals.length === 0) return null;
  const scale = scaleOf(totals.map(({ consensus }) => consensus));
  const shown = (value: number): string => formatScaled(value, scale);
  const { buckets, firstPlanBucket } = series.horizon;
  const planStartsOn = buckets[firstPlanBucket]?.startsOn ?? '';
  return (
    <Section
      title="By quarter and year"
      note={`${unitInWords(unit, scale)}. What is history counts as it was; the ranges are of the sum, in which errors of neighbouring periods hang together.`}
      id="totals"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Fiscal</th>
              {['So far', 'Baseline', 'Consensus', '80 % range', '95 % range'].map((title) => (
                <th key={title} scope="col" className={table.number}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {totals.map((total) => (
              <tr key={total.label}>
                <th scope="row">{total.isWhole ? total.label : `${total.label}, in part`}</th>
                <td className={table.number}>
                  {total.startsOn < planStartsOn ? shown(total.actual) : MISSING}
                </td>
                <td className={table.number}>{shown(total.baseline)}</td>
                <td className={table.number}>{shown(total.consensus)}</td>
                <td className={table.number}>{`${shown(total.lower80)} to ${shown(total.upper80)}`}</td>
                <td className={table.number}>{`${shown(total.lower95)} to ${shown(total.upper95)}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
