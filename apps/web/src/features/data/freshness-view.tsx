import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatAgo, formatDay } from '../../ui/date-format.ts';
import { formatNumber } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import table from '../../ui/table.module.css';
import type { DataScope } from './data-address.ts';

/** Every table of the company: how many rows, from when to when, and how new. */
export function FreshnessView({ scope }: { scope: DataScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getFreshness', { params: { company: slug } }));
  return (
    <Section title="What is there" note="A name opens the rows." id="freshness">
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Table</th>
              <th scope="col" className={table.number}>
                Rows
              </th>
              <th scope="col">From</th>
              <th scope="col">To</th>
              <th scope="col">Last import</th>
            </tr>
          </thead>
          <tbody>
            {data.targets.map((target) => (
              <tr key={target.target}>
                <th scope="row">
                  <Link
                    to="/c/$company/data"
                    params={{ company: slug }}
                    search={{ view: 'rows', target: target.target }}
                  >
                    {target.label}
                  </Link>
                </th>
                <td className={table.number}>
                  {target.rowCount === 0 ? (
                    <span className={table.quiet}>none</span>
                  ) : (
                    formatNumber(target.rowCount)
                  )}
                </td>
                <td>{formatDay(target.firstDay)}</td>
                <td>{formatDay(target.lastDay)}</td>
                <td>
                  {target.lastImportId === null ? (
                    <span className={table.quiet}>
                      {target.rowCount === 0 ? 'never' : 'not by an import'}
                    </span>
                  ) : (
                    <button
                      type="button"
                      className={table.link}
                      onClick={() => scope.change({ import: target.lastImportId ?? undefined })}
                    >
                      {formatAgo(target.lastImportAt)}
                    </button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
