import type { Cycle } from '@planwright/contracts';
import { Link } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { formatShortDay } from '../../ui/date-format.ts';
import { Section } from '../../ui/screen.tsx';
import { StatusWord } from '../../ui/status-word.tsx';
import { stepState } from '../cycle/step-state.ts';
import css from './cycle-rail.module.css';

/** The six steps of the cycle in a row, the one in hand marked. */
export function CycleRail({ cycle }: { cycle: Cycle | null }) {
  const { slug } = useCompany();
  if (cycle === null) return <NoCycle />;
  const signed = cycle.steps.filter(({ status }) => status === 'signed').length;
  const current = cycle.steps.find(({ status }) => status !== 'signed');
  const note =
    cycle.status === 'approved'
      ? `Approved by ${cycle.approvedBy ?? 'somebody'}: this plan is of record.`
      : `${signed} of ${cycle.steps.length} steps signed`;
  return (
    <Section title={`Cycle ${cycle.name}`} note={note} id="cycle">
      <ol className={css.rail}>
        {cycle.steps.map((step) => (
          <li
            key={step.number}
            className={css.step}
            data-current={step.number === current?.number}
            data-signed={step.status === 'signed'}
          >
            <Link
              to="/c/$company/cycle"
              params={{ company: slug }}
              search={{ cycle: cycle.id, step: String(step.number) }}
              className={css.link}
              aria-current={step.number === current?.number ? 'step' : undefined}
            >
              <span className={css.name}>
                <span className={css.number}>{step.number}</span> {step.name}
              </span>
              <StatusWord tone={stepState(step).tone}>{stepState(step).word}</StatusWord>
              <span className={css.who}>
                {step.status === 'signed' ? (step.signedBy ?? '') : (step.ownerName ?? 'No owner')}
                {' · '}
                {step.status === 'signed' && step.signedAt !== null
                  ? formatShortDay(step.signedAt)
                  : `due ${formatShortDay(step.dueOn)}`}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function NoCycle() {
  const { slug, may, whyNot } = useCompany();
  return (
    <Section
      title="Cycle"
      note="Here will be the six steps of the month, who owns each and when it is due."
      id="cycle"
    >
      <p>
        No cycle is open.{' '}
        {may('cycle.manage') ? (
          <Link to="/c/$company/cycle" params={{ company: slug }}>
            Open a cycle
          </Link>
        ) : (
          whyNot('cycle.manage')
        )}
      </p>
    </Section>
  );
}
