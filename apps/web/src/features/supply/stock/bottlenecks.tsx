import type { Bottleneck } from '@planwright/contracts';
import { countInWords, formatExact, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import table from '../../../ui/table.module.css';
import { CAUSES } from '../delay-causes.ts';
import { resourceAddress, type SupplyScope } from '../supply-address.ts';
import { useConstrainedSummary } from '../supply-reads.ts';

const ROWS_SHOWN = 10;

/** What holds demand up, the dearest first; each leads to where something can be done about it. */
export function Bottlenecks({ scope }: { scope: SupplyScope }) {
  const { bottlenecks, currency } = useConstrainedSummary();
  if (bottlenecks.length === 0) return null;
  const open = (bottleneck: Bottleneck): void => {
    if (bottleneck.resourceId !== null)
      scope.change({ view: 'load', resource: resourceAddress(bottleneck.resourceId), point: undefined });
    else scope.change({ view: 'late', cause: bottleneck.cause, point: undefined });
  };
  return (
    <Section
      title="What holds demand up"
      note={`${countInWords(bottlenecks.length, 'constraint')} at cost of the demand behind each, the dearest first.`}
      id="bottlenecks"
    >
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Constraint</th>
              <th scope="col">Kind</th>
              <th scope="col" className={table.number}>
                Demands
              </th>
              <th scope="col" className={table.number}>
                Quantity
              </th>
              <th scope="col" className={table.number}>
                Value
              </th>
            </tr>
          </thead>
          <tbody>
            {bottlenecks.slice(0, ROWS_SHOWN).map((bottleneck) => (
              <tr key={`${bottleneck.cause} ${bottleneck.subject}`}>
                <th scope="row">
                  <button type="button" className={table.link} onClick={() => open(bottleneck)}>
                    {bottleneck.subject}
                  </button>
                </th>
                <td>{CAUSES[bottleneck.cause]}</td>
                <td className={table.number}>{formatExact(bottleneck.demandCount)}</td>
                <td className={table.number}>{formatExact(Math.round(bottleneck.quantity))}</td>
                <td className={table.number}>{moneyInWords(bottleneck.value, currency)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
