import type { Cycle, CycleStep } from '@planwright/contracts';
import { formatDay } from '../../ui/date-format.ts';
import { StatusWord } from '../../ui/status-word.tsx';
import { stepState } from './step-state.ts';
import css from './step-list.module.css';

/** The steps in order, as rows that open in the side panel. */
export function StepList(props: { cycle: Cycle; selected: number | null; onOpen: (step: number) => void }) {
  const current = props.cycle.steps.find(({ status }) => status !== 'signed')?.number;
  return (
    <ol className={css.list}>
      {props.cycle.steps.map((step) => (
        <li key={step.number}>
          <button
            type="button"
            className={css.step}
            data-current={step.number === current && props.cycle.status === 'open'}
            aria-current={step.number === props.selected ? 'true' : undefined}
            aria-expanded={step.number === props.selected}
            onClick={() => props.onOpen(step.number)}
          >
            <span className={css.number}>{step.number}</span>
            <span className={css.what}>
              <span className={css.name}>{step.name}</span>
              <span className={css.question}>{step.question}</span>
            </span>
            <span className={css.who}>
              <span>{step.ownerName ?? 'No owner'}</span>
              <span className={css.question}>due {formatDay(step.dueOn)}</span>
            </span>
            <span className={css.checks}>{checksInWords(step)}</span>
            <span className={css.state}>
              <StatusWord tone={stepState(step).tone}>{stepState(step).word}</StatusWord>
              {step.signedBy === null ? null : (
                <span className={css.question}>
                  {step.signedBy}, {formatDay(step.signedAt)}
                </span>
              )}
            </span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function checksInWords({ gate }: CycleStep): string {
  const fails = gate.filter(({ status }) => status === 'fails').length;
  const waived = gate.filter(({ status }) => status === 'waived').length;
  if (gate.length === 0) return 'no checks';
  if (fails > 0)
    return `${fails} of ${gate.length} ${gate.length === 1 ? 'check' : 'checks'} ${fails === 1 ? 'fails' : 'fail'}`;
  if (waived > 0) return `${waived} waived`;
  return gate.length === 1 ? 'check holds' : `all ${gate.length} checks hold`;
}
