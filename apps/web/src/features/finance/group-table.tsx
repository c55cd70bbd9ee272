import {
  formatChange,
  formatExact,
  formatPercent,
  formatScaled,
  scaleOf,
  unitInWords,
} from '../../ui/number-format.ts';
import table from '../../ui/table.module.css';
import css from './group-table.module.css';
import type { Finance } from './finance-screen.tsx';

type Group = Finance['groups'][number];

function totalOf(groups: readonly Group[]): Group {
  const sum = (value: (group: Group) => number): number => groups.reduce((so, group) => so + value(group), 0);
  const budgets = groups.flatMap(({ budgetRevenue }) => (budgetRevenue === null ? [] : [budgetRevenue]));
  return {
    group: '',
    name: 'Together',
    planRevenue: sum((group) => group.planRevenue),
    planCost: sum((group) => group.planCost),
    planMargin: sum((group) => group.planMargin),
    lastYearRevenue: sum((group) => group.lastYearRevenue),
    budgetRevenue:
      budgets.length === groups.length && groups.length > 0
        ? budgets.reduce((so, budget) => so + budget, 0)
        : null,
  };
}

/** The groups below the one shown; a name opens the group. */
export function GroupTable({ finance, onGroup }: { finance: Finance; onGroup: (code: string) => void }) {
  const { groups, currency } = finance;
  if (groups.length === 0) return <p className={table.quiet}>There are no groups below this one.</p>;
  const scale = scaleOf(groups.flatMap((group) => [group.planRevenue, group.lastYearRevenue]));
  const columns = ['Revenue', 'Cost', 'Margin', 'Margin, %', 'Last year', 'Change', 'Budget', 'Gap'];
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{unitInWords(currency, scale)}</th>
            {columns.map((name) => (
              <th key={name} scope="col" className={table.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...groups, totalOf(groups)].map((group) => (
            <tr
              key={group.group}
              className={group.group === '' ? table.total : undefined}
              title={
                group.group === ''
                  ? 'Computed from the exact figures, so rounded parts may not add up to it'
                  : undefined
              }
            >
              <th scope="row">
                {group.group === '' ? (
                  group.name
                ) : (
                  <button type="button" className={css.name} onClick={() => onGroup(group.group)}>
                    {group.name}
                  </button>
                )}
              </th>
              {[group.planRevenue, group.planCost, group.planMargin].map((value, index) => (
                <td key={index} className={table.number} title={formatExact(value)}>
                  {formatScaled(value, scale)}
                </td>
              ))}
              <td className={table.number}>
                {formatPercent(group.planRevenue === 0 ? null : group.planMargin / group.planRevenue)}
              </td>
              <td className={table.number} title={formatExact(group.lastYearRevenue)}>
                {formatScaled(group.lastYearRevenue, scale)}
              </td>
              <td className={table.number}>{formatChange(group.planRevenue, group.lastYearRevenue)}</td>
              <td className={table.number} title={formatExact(group.budgetRevenue)}>
                {formatScaled(group.budgetRevenue, scale)}
              </td>
              <td
                className={`${table.number} ${group.budgetRevenue !== null && group.planRevenue < group.budgetRevenue ? table.bad : ''}`}
              >
                {formatChange(group.planRevenue, group.budgetRevenue)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
