import type { Cycle } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatDay, formatMonth } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loadable, SkeletonRows } from '../../ui/loadable.tsx';
import { Screen, Section } from '../../ui/screen.tsx';
import { CycleHistory } from './cycle-history.tsx';
import { NextCycle } from './next-cycle.tsx';
import { PlanOfRecordPart } from './plan-of-record.tsx';
import { StepList } from './step-list.tsx';
import { StepPanel } from './step-panel.tsx';

const QUESTION = 'Who decides what, by when?';

/** The month's cycle: six steps with their checks, signatures, and the approval that freezes the plan. */
export function CycleScreen() {
  const { slug, may, whyNot } = useCompany();
  const address = useSearch({ from: '/c/$company/cycle' });
  const navigate = useNavigate({ from: '/c/$company/cycle' });
  const { data } = useSuspenseQuery(read('listCycles', { params: { company: slug }, query: { limit: 20 } }));
  const cycles = data.items;
  const cycle =
    cycles.find(({ id }) => id === address.cycle) ??
    cycles.find(({ status }) => status === 'open') ??
    cycles[0];
  const openStep = (step: number | null): void =>
    void navigate({ search: (before) => ({ ...before, step: step === null ? undefined : String(step) }) });

  if (cycle === undefined) {
    return (
      <Screen name="Cycle" question={QUESTION} answer={<p>No cycle has been opened yet.</p>}>
        <EmptyState
          title="Here will be the six steps from the product review to the executive approval."
          why={may('cycle.manage') ? 'Open the cycle of a month to begin.' : whyNot('cycle.manage')}
          action={<NextCycle cycles={cycles} />}
        />
      </Screen>
    );
  }
  const step = cycle.steps.find(({ number }) => String(number) === address.step);
  return (
    <Screen
      name="Cycle"
      question={QUESTION}
      answer={<Answer cycle={cycle} />}
      tools={cycles.some(({ status }) => status === 'open') ? undefined : <NextCycle cycles={cycles} />}
      panel={
        step === undefined ? undefined : (
          <StepPanel key={step.number} cycle={cycle} step={step} onClose={() => openStep(null)} />
        )
      }
    >
      {cycle.status === 'open' ? null : (
        <Loadable skeleton={<SkeletonRows rows={4} label="Loading the plan of record" />}>
          <PlanOfRecordPart cycle={cycle} />
        </Loadable>
      )}
      <Section
        title={`The six steps of ${cycle.name}`}
        note="Open a step to see its checks, sign it off, or change its owner."
        id="steps"
      >
        <StepList cycle={cycle} selected={step?.number ?? null} onOpen={openStep} />
      </Section>
      <Section title="Cycles" id="cycles">
        <CycleHistory cycles={cycles} shown={cycle.id} />
      </Section>
    </Screen>
  );
}

function Answer({ cycle }: { cycle: Cycle }) {
  if (cycle.status === 'approved') {
    return (
      <p>
        <strong>{cycle.approvedBy}</strong> approved the plan of {cycle.name} on {formatDay(cycle.approvedAt)}
        . It is frozen and of record.
      </p>
    );
  }
  if (cycle.status === 'closed') return <p>The cycle of {formatMonth(cycle.periodStart)} is closed.</p>;
  const signed = cycle.steps.filter(({ status }) => status === 'signed').length;
  const next = cycle.steps.find(({ status }) => status !== 'signed');
  if (next === undefined) {
    return (
      <p>
        All <strong>{cycle.steps.length} steps</strong> are signed; the plan waits for its approval.
      </p>
    );
  }
  const failing = next.gate.filter(({ status }) => status === 'fails').length;
  return (
    <p>
      <strong>
        {signed} of {cycle.steps.length}
      </strong>{' '}
      steps are signed. Next is the {next.name.toLowerCase()}, with {next.ownerName ?? 'nobody yet'}, due{' '}
      {formatDay(next.dueOn)}
      {next.overdue ? ' and late' : ''}
      {failing === 0 ? (
        '.'
      ) : (
        <>
          , where <strong>{failing === 1 ? 'one check fails' : `${failing} checks fail`}</strong>.
        </>
      )}
    </p>
  );
}
