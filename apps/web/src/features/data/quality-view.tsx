import { targetOf } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatNumber } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import table from '../../ui/table.module.css';
import type { DataScope } from './data-address.ts';

/** What the checks of the stored data found, the worst first, each with what to do. */
export function QualityView({ scope }: { scope: DataScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getQuality', { params: { company: slug } }));
  const findings = data.findings.toSorted(
    (a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning') || b.count - a.count,
  );
  return (
    <Section title="Quality of the stored data" note={`Checked ${formatMoment(data.checkedAt)}`} id="quality">
      {findings.length === 0 ? (
        <EmptyState
          title="The checks found nothing wrong."
          why="Orphans, gaps, duplicates and outliers would stand here."
        />
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">How bad</th>
                <th scope="col" className={table.number}>
                  Rows
                </th>
                <th scope="col">Table</th>
                <th scope="col">What is wrong</th>
                <th scope="col">What to do</th>
                <th scope="col">For example</th>
              </tr>
            </thead>
            <tbody>
              {findings.map((finding) => (
                <tr key={`${finding.code}-${finding.target}`}>
                  <td>
                    <StatusWord tone={finding.severity === 'error' ? 'bad' : 'watch'}>
                      {finding.severity === 'error' ? 'Error' : 'Warning'}
                    </StatusWord>
                  </td>
                  <td className={table.number}>{formatNumber(finding.count)}</td>
                  <td>
                    <button
                      type="button"
                      className={table.link}
                      onClick={() => scope.change({ view: 'rows', target: finding.target })}
                    >
                      {targetOf(finding.target).label}
                    </button>
                  </td>
                  <td>{finding.message}</td>
                  <td>{finding.advice}</td>
                  <td className={table.quiet}>{finding.examples.slice(0, 3).join(', ')}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}
