import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatNumber, formatPercent } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import type { SupplyScope } from '../supply-address.ts';
import { RISK_WORDS } from './proposal-words.ts';

const ROWS_SHOWN = 12;

/** Suppliers, the riskiest first; each narrows the proposals to its own. */
export function SupplierRisks({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('listSupplierRisks', { params: { company: slug }, query: { limit: ROWS_SHOWN } }),
  );
  if (data.items.length === 0) return null;
  return (
    <Section
      title="Whom we depend on"
      note={`${data.total > ROWS_SHOWN ? `The riskiest ${ROWS_SHOWN} of ${data.total} suppliers` : 'Suppliers'}, by lateness, share of what is spent and items that only they sell.`}
      id="suppliers"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Supplier</th>
              <th scope="col">Risk</th>
              <th scope="col" className={table.number}>
                Lines late
              </th>
              <th scope="col" className={table.number}>
                Days late, 9 of 10
              </th>
              <th scope="col" className={table.number}>
                Of spend
              </th>
              <th scope="col" className={table.number}>
                Only source of
              </th>
              <th scope="col">In words</th>
            </tr>
          </thead>
          <tbody>
            {data.items.map((risk) => (
              <tr key={risk.supplier}>
                <th scope="row">
                  <button
                    type="button"
                    className={table.link}
                    onClick={() => scope.change({ from: risk.supplier })}
                  >
                    {risk.supplierName}
                  </button>
                </th>
                <td>
                  <StatusWord tone={RISK_WORDS[risk.level].tone}>{RISK_WORDS[risk.level].word}</StatusWord>
                </td>
                <td className={table.number}>{formatPercent(risk.lateRatio, 0)}</td>
                <td className={table.number}>
                  {risk.lateDays90 !== null && risk.lateDays90 < 0
                    ? `${formatNumber(-risk.lateDays90)} early`
                    : formatNumber(risk.lateDays90)}
                </td>
                <td className={table.number}>{formatPercent(risk.spendRatio, 0)}</td>
                <td className={table.number}>{formatNumber(risk.singleSourceCount)}</td>
                <td>{risk.sentence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
