import type { DemandKeyDetail } from '@planwright/contracts';
import { formatPercent } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import { AccuracyList } from '../accuracy-list.tsx';

/** How far off the forecasts of the stream were, by how long before they were made. */
export function AccuracyByLag({ detail }: { detail: DemandKeyDetail }) {
  return (
    <Section
      title="How good it was"
      note="From the back-test: forecasts made again as of then."
      id="accuracy"
    >
      {detail.accuracyByLag.length === 0 ? null : (
        <div className={table.scroll}>
          <table className={table.table} style={{ maxWidth: 520, marginBottom: 16 }}>
            <thead>
              <tr>
                <th scope="col">Periods before</th>
                <th scope="col" className={table.number}>
                  Off by
                </th>
                <th scope="col" className={table.number}>
                  Bias
                </th>
              </tr>
            </thead>
            <tbody>
              {detail.accuracyByLag.map(({ lag, wapeRatio, biasRatio }) => (
                <tr key={lag}>
                  <th scope="row">{lag}</th>
                  <td className={table.number}>{formatPercent(wapeRatio)}</td>
                  <td className={table.number}>{formatPercent(biasRatio)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <AccuracyList accuracy={detail.key.accuracy} />
    </Section>
  );
}
