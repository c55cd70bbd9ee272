import type { Cycle, CycleStep } from '@planwright/contracts';
import { formatDay, formatMoment } from '../../ui/date-format.ts';
import { SidePanel } from '../../ui/side-panel.tsx';
import { StatusWord, type Tone } from '../../ui/status-word.tsx';
import { ApprovePart } from './approve-part.tsx';
import { ReopenPart } from './reopen-part.tsx';
import { SignPart } from './sign-part.tsx';
import css from './step-panel.module.css';
import { StepOwner } from './step-owner.tsx';
import { stepState } from './step-state.ts';

const CHECK: Record<CycleStep['gate'][number]['status'], { word: string; tone: Tone }> = {
  holds: { word: 'Holds', tone: 'good' },
  fails: { word: 'Fails', tone: 'bad' },
  waived: { word: 'Waived', tone: 'watch' },
};

/** One step: its question, its checks, and what may be done about it. */
export function StepPanel({ cycle, step, onClose }: { cycle: Cycle; step: CycleStep; onClose: () => void }) {
  const isLast = step.number === cycle.steps.at(-1)?.number;
  return (
    <SidePanel
      kicker={`Step ${step.number} of ${cycle.steps.length} · ${cycle.name}`}
      title={step.name}
      onClose={onClose}
    >
      <p className={css.question}>{step.question}</p>
      <p className={css.state}>
        <StatusWord tone={stepState(step).tone}>{stepState(step).word}</StatusWord>
        <span>
          {step.status === 'signed'
            ? `by ${step.signedBy ?? 'somebody'}, ${formatMoment(step.signedAt)}`
            : `due ${formatDay(step.dueOn)}`}
        </span>
      </p>
      {step.note === null ? null : <blockquote className={css.note}>{step.note}</blockquote>}
      <Checks gate={step.gate} />
      {cycle.status === 'open' && step.status !== 'signed' && !isLast ? (
        <SignPart cycle={cycle} step={step} />
      ) : null}
      {cycle.status === 'open' && isLast ? <ApprovePart cycle={cycle} step={step} /> : null}
      {cycle.status === 'open' && step.status === 'signed' ? <ReopenPart cycle={cycle} step={step} /> : null}
      {cycle.status === 'open' ? <StepOwner cycle={cycle} step={step} /> : null}
    </SidePanel>
  );
}

function Checks({ gate }: { gate: CycleStep['gate'] }) {
  return (
    <section className={css.part} aria-label="Checks">
      <h3 className={css.title}>What must hold</h3>
      {gate.length === 0 ? <p>This step has no checks.</p> : null}
      <ul>
        {gate.map((check) => (
          <li key={check.code} className={css.check}>
            <span className={css.checkHead}>
              <strong>{check.label}</strong>
              <StatusWord tone={CHECK[check.status].tone}>{CHECK[check.status].word}</StatusWord>
            </span>
            <span className={css.detail}>{check.detail}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
