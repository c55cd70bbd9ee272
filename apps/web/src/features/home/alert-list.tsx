import type { Alert } from '@planwright/contracts';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useCompany } from '../../app/session.ts';
import { moneyInWords } from '../../ui/number-format.ts';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import css from './alert-list.module.css';

const SEVERITY = {
  high: { tone: 'bad', word: 'Urgent' },
  medium: { tone: 'watch', word: 'Watch' },
  low: { tone: 'neutral', word: 'Note' },
} as const;

/** What the plan found, most serious first; each leads to the thing itself. */
export function AlertList(props: {
  first: readonly Alert[];
  counts: { high: number; medium: number; low: number };
  currency: string;
}) {
  const { high, medium, low } = props.counts;
  const total = high + medium + low;
  return (
    <Section
      title="What needs attention"
      note={`${high} urgent, ${medium} to watch, ${low} to note`}
      id="alerts"
    >
      {total === 0 ? <p className={css.none}>The plan found nothing that needs attention.</p> : null}
      <div className={css.scroll} tabIndex={0} role="region" aria-labelledby="alerts">
        <ul>
          {props.first.map((alert) => (
            <li key={alert.number} className={css.alert}>
              <AlertLink alert={alert}>
                <span className={css.head}>
                  <StatusWord tone={SEVERITY[alert.severity].tone}>
                    {SEVERITY[alert.severity].word}
                  </StatusWord>
                  {alert.amount === null ? null : (
                    <span className={css.amount}>{moneyInWords(alert.amount, props.currency)}</span>
                  )}
                </span>
                <span className={css.title}>{alert.title}</span>
                <span className={css.detail}>{alert.detail}</span>
              </AlertLink>
            </li>
          ))}
        </ul>
      </div>
      {props.first.length < total ? (
        <p className={css.none}>
          The {props.first.length} most serious of {total}.
        </p>
      ) : null}
    </Section>
  );
}

function AlertLink({ alert, children }: { alert: Alert; children: ReactNode }) {
  const { slug } = useCompany();
  const params = { company: slug };
  const supply = { to: '/c/$company/supply', params, className: css.link } as const;
  if (alert.stockPointId !== null) {
    return (
      <Link {...supply} search={{ point: String(alert.stockPointId) }}>
        {children}
      </Link>
    );
  }
  if (alert.kind === 'overload') {
    return (
      <Link {...supply} search={{ view: 'load', resource: alert.resource ?? undefined }}>
        {children}
      </Link>
    );
  }
  if (alert.kind === 'past-due-order') {
    return (
      <Link {...supply} search={{ view: 'orders', late: 'true', item: alert.item ?? undefined }}>
        {children}
      </Link>
    );
  }
  if (alert.kind === 'budget-gap') {
    return (
      <Link to="/c/$company/finance" params={params} className={css.link}>
        {children}
      </Link>
    );
  }
  if (alert.kind === 'bias' || alert.kind === 'backlog') {
    const search = { item: alert.item ?? undefined, location: alert.location ?? undefined };
    return (
      <Link to="/c/$company/demand" params={params} search={search} className={css.link}>
        {children}
      </Link>
    );
  }
  return (
    <Link {...supply} search={{ q: alert.item ?? undefined, location: alert.location ?? undefined }}>
      {children}
    </Link>
  );
}
