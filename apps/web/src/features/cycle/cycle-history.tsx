import type { Cycle } from '@planwright/contracts';
import { Link } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { StatusWord, type Tone } from '../../ui/status-word.tsx';
import table from '../../ui/table.module.css';

const STATUS: Record<Cycle['status'], { word: string; tone: Tone }> = {
  open: { word: 'Open', tone: 'active' },
  approved: { word: 'Approved', tone: 'good' },
  closed: { word: 'Closed', tone: 'neutral' },
};

/** All cycles, the newest first. */
export function CycleHistory({ cycles, shown }: { cycles: readonly Cycle[]; shown: string }) {
  const { slug } = useCompany();
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Cycle</th>
            <th scope="col">State</th>
            <th scope="col" className={table.number}>
              Signed
            </th>
            <th scope="col">Approved by</th>
            <th scope="col">Approved</th>
          </tr>
        </thead>
        <tbody>
          {cycles.map((cycle) => (
            <tr key={cycle.id}>
              <th scope="row">
                <Link to="/c/$company/cycle" params={{ company: slug }} search={{ cycle: cycle.id }}>
                  {cycle.name}
                </Link>
                {cycle.id === shown ? <span className={table.quiet}> · shown</span> : null}
              </th>
              <td>
                <StatusWord tone={STATUS[cycle.status].tone}>{STATUS[cycle.status].word}</StatusWord>
              </td>
              <td className={table.number}>
                {cycle.steps.filter(({ status }) => status === 'signed').length} of {cycle.steps.length}
              </td>
              <td>{cycle.approvedBy ?? '–'}</td>
              <td>{formatMoment(cycle.approvedAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
