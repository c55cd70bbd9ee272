import type { Cycle } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { moneyInWords } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import css from './plan-of-record.module.css';

/** The frozen plan of an approved cycle, with what proves that nothing moved since. */
export function PlanOfRecordPart({ cycle }: { cycle: Cycle }) {
  const { slug } = useCompany();
  const { data: record } = useSuspenseQuery(
    read('getPlanOfRecord', { params: { company: slug, cycleId: cycle.id } }),
  );
  const hash = (text: string) => (
    <code className={css.hash} title={text}>
      {text.slice(0, 12)}
    </code>
  );
  return (
    <Section title="Plan of record" note={record.note ?? undefined} id="record">
      <dl className={css.facts}>
        <div>
          <dt>State</dt>
          <dd>
            <StatusWord tone="good">Approved and frozen</StatusWord>
          </dd>
        </div>
        <div>
          <dt>Revenue</dt>
          <dd className={css.figure}>{moneyInWords(record.revenue, record.currency)}</dd>
        </div>
        <div>
          <dt>Margin</dt>
          <dd className={css.figure}>{moneyInWords(record.margin, record.currency)}</dd>
        </div>
        <div>
          <dt>Approved</dt>
          <dd>
            {record.approvedBy}, {formatMoment(record.approvedAt)}
          </dd>
        </div>
        <div>
          <dt>Inputs</dt>
          <dd>{hash(record.snapshotHash)}</dd>
        </div>
        <div>
          <dt>Outputs</dt>
          <dd>{hash(record.outputHash)}</dd>
        </div>
      </dl>
    </Section>
  );
}
