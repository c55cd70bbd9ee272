import type { ApiOutput } from '@planwright/contracts';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatAgo, formatBucket, formatDay, withBuckets } from '../../../ui/date-format.ts';
import { SkeletonRows } from '../../../ui/loadable.tsx';
import { formatNumber, MISSING, moneyInWords } from '../../../ui/number-format.ts';
import { Problem } from '../../../ui/problem.tsx';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import { PanelLoadable } from '../panel-loadable.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { useConstrainedSummary } from '../supply-reads.ts';
import { EffectTable } from '../what-if/effect-table.tsx';
import { subjectOf } from './exception-columns.ts';
import { ExceptionActs } from './exception-acts.tsx';
import { ExceptionComments } from './exception-comments.tsx';
import { ExceptionLinks } from './exception-links.tsx';
import { RULES, STATUS_WORDS } from './exception-words.ts';
import { TakeAction } from './take-action.tsx';

export type ExceptionDetail = ApiOutput<'getException'>;

/** One exception: what it is, what to do about it with its effect, who cares for it, and what was said. */
export function ExceptionPanel({ scope }: { scope: SupplyScope }) {
  const { exception } = scope.shown;
  if (exception === undefined) return null;
  const close = (): void => scope.change({ exception: undefined });
  return (
    <PanelLoadable waiting="Loading the exception" resetKey={exception} onClose={close}>
      <Exception key={exception} exceptionId={exception} scope={scope} onClose={close} />
    </PanelLoadable>
  );
}

function Exception(props: { exceptionId: string; scope: SupplyScope; onClose: () => void }) {
  const { slug } = useCompany();
  const { currency } = useConstrainedSummary();
  const params = { company: slug, exceptionId: props.exceptionId };
  const { data: exception } = useSuspenseQuery(read('getException', { params }));
  const { word, tone } = STATUS_WORDS[exception.status];
  return (
    <SidePanel kicker={RULES[exception.rule]} title={exception.title} onClose={props.onClose}>
      <StatusWord tone={tone}>{word}</StatusWord>
      <p className={form.facts}>{withBuckets(exception.detail)}</p>
      <table className={table.table}>
        <tbody>
          {factsOf(exception, currency).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3 className={form.title}>What to do</h3>
      <Effect exception={exception} />
      <ExceptionActs exception={exception} />
      <ExceptionComments exception={exception} />
      <ExceptionLinks exception={exception} />
    </SidePanel>
  );
}

function factsOf(exception: ExceptionDetail, currency: string): readonly (readonly [string, string])[] {
  return [
    ['About', subjectOf(exception)],
    ['Period', exception.bucket === null ? MISSING : formatBucket(exception.bucket)],
    [
      'Size',
      `${formatNumber(exception.size, exception.size < 10 && !Number.isInteger(exception.size) ? 1 : 0)} ${exception.unit}`,
    ],
    ['Money', moneyInWords(exception.amount, currency)],
    ['First seen', formatAgo(exception.firstSeenAt)],
    ['Act by', formatDay(exception.expiresOn)],
    ['Owner', exception.owner ?? 'nobody'],
    ...(exception.snoozedUntil === null
      ? []
      : ([['Put off until', formatDay(exception.snoozedUntil)]] as const)),
  ];
}

/** The proposed action with what it would bring; planned anew for this, so it may take a moment. */
function Effect({ exception }: { exception: ExceptionDetail }) {
  const { slug } = useCompany();
  const params = { company: slug, exceptionId: exception.id };
  const { data, error } = useQuery(read('simulateException', { params }));
  if (exception.action === null) return <p className={form.facts}>Nothing can be proposed for it.</p>;
  return (
    <>
      <p className={form.facts}>
        <strong>{exception.action.title}</strong>
      </p>
      <div role="status">
        {error !== null ? (
          <Problem error={error} />
        ) : data === undefined ? (
          <SkeletonRows rows={7} label="Trying it out" />
        ) : (
          <>
            {data.note === null ? null : <p className={form.note}>{data.note}</p>}
            {data.effect === null ? null : (
              <>
                <p className={form.facts}>{data.effect.sentence}</p>
                <EffectTable effect={data.effect} />
              </>
            )}
          </>
        )}
      </div>
      <TakeAction exception={exception} />
    </>
  );
}
