import {
  formatChange,
  formatExact,
  formatScaled,
  formatSigned,
  scaleOf,
  unitInWords,
} from '../../ui/number-format.ts';
import table from '../../ui/table.module.css';
import type { Finance } from './finance-screen.tsx';

const LABELS = { revenue: 'Revenue', cost: 'Cost of sales', margin: 'Gross margin' } as const;

/** Each fiscal year with its outlook, the budget, the gap, and the year before. */
export function FiscalYears({ finance }: { finance: Finance }) {
  const rows = finance.fiscalYears;
  const scale = scaleOf(rows.flatMap((row) => [row.outlook, row.budget, row.lastYear]));
  const columns = ['Actual so far', 'Outlook', 'Budget', 'Gap', 'Gap', 'Year before', 'Change'];
  const isBad = (row: Finance['fiscalYears'][number]): boolean =>
    row.gapToBudget !== null && (row.measure === 'cost' ? row.gapToBudget > 0 : row.gapToBudget < 0);
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Year</th>
            <th scope="col">{unitInWords(finance.currency, scale)}</th>
            {columns.map((name, index) => (
              <th key={`${name}-${index}`} scope="col" className={table.number}>
                {index === 4 ? 'Gap, %' : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr
              key={`${row.fiscalYear}-${row.measure}`}
              className={row.measure === 'margin' ? table.total : undefined}
            >
              <th scope="row">
                {row.measure === 'revenue' ? (
                  `${row.label}${row.complete ? '' : ', in part'}`
                ) : (
                  <span className="pw-hidden">{row.label}</span>
                )}
              </th>
              <td>{LABELS[row.measure]}</td>
              {[row.actualToDate, row.outlook, row.budget].map((value, index) => (
                <td key={index} className={table.number} title={formatExact(value)}>
                  {formatScaled(value, scale)}
                </td>
              ))}
              <td
                className={`${table.number} ${isBad(row) ? table.bad : ''}`}
                title={formatExact(row.gapToBudget)}
              >
                {formatSigned(row.gapToBudget, scale)}
              </td>
              <td className={`${table.number} ${isBad(row) ? table.bad : ''}`}>
                {formatChange(row.outlook, row.budget)}
              </td>
              <td className={table.number} title={formatExact(row.lastYear)}>
                {formatScaled(row.lastYear, scale)}
              </td>
              <td className={table.number}>{formatChange(row.outlook, row.lastYear)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
