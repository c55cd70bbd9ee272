import type { DemandKeyDetail } from '@planwright/contracts';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatPercent } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import { AccuracyList } from '../accuracy-list.tsx';

/** Which periods are judged: the comparison of methods judges others, and names them too. */
function windowOf({ saidBefore, horizon }: DemandKeyDetail): string {
  const first = saidBefore.findIndex((value) => value !== null);
  if (first < 0) return 'The history is too short to forecast any of it again.';
  const from = formatBucket(horizon.buckets[first]?.label ?? '');
  const to = formatBucket(horizon.buckets[horizon.firstPlanBucket - 1]?.label ?? '');
  return `Judged: ${from} to ${to}, forecast again as of then by the method in use, with what events were to do.`;
}

/** How far off the forecasts of the stream were, by how long before they were made. */
export function AccuracyByLag({ detail }: { detail: DemandKeyDetail }) {
  if (detail.key.accuracy.wapeRatio === null) {
    return (
      <Section title="How good it was" id="accuracy">
        <p>Nothing was sold in the periods that are judged, so there is nothing to be off by.</p>
      </Section>
    );
  }
  return (
    <Section title="How good it was" note={windowOf(detail)} id="accuracy">
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
