import { Button, Textarea, TextInput } from '@mantine/core';
import type { Cycle, CycleStep } from '@planwright/contracts';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { read, useWrite } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatMoment } from '../../ui/date-format.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { formatNumber, MISSING, moneyInWords } from '../../ui/number-format.ts';
import { CycleRefused } from './cycle-refused.tsx';
import css from './step-panel.module.css';
import { textOf } from '../../ui/form-text.ts';

const WORD = 'approve';

/** Why the plan cannot be approved now by this person, or null. */
function obstacleOf(cycle: Cycle, step: CycleStep, whyNot: string | null): string | null {
  if (whyNot !== null) return whyNot;
  if (cycle.runId === null)
    return 'There is no published plan to approve. Run the plan and publish it first.';
  const before = cycle.steps.filter(({ number, status }) => number < step.number && status !== 'signed');
  return before.length === 0 ? null : `First to be signed: ${before.map(({ name }) => name).join(', ')}.`;
}

/** The executive approval: never one click away. */
export function ApprovePart({ cycle, step }: { cycle: Cycle; step: CycleStep }) {
  const { may, whyNot } = useCompany();
  const [asking, setAsking] = useState(false);
  const obstacle = obstacleOf(cycle, step, may('cycle.approve') ? null : whyNot('cycle.approve'));
  return (
    <div className={css.part}>
      <h3 className={css.title}>Approve the plan</h3>
      <p>Approval freezes the plan as the plan of record of {cycle.name} and shows it to everyone.</p>
      <Button onClick={() => setAsking(true)} disabled={obstacle !== null} aria-describedby="why-approve">
        Approve plan …
      </Button>
      {obstacle === null ? null : (
        <p className={css.why} id="why-approve">
          {obstacle}
        </p>
      )}
      {asking && cycle.runId !== null ? (
        <Dialog label={`Approve the plan of ${cycle.name}`} onClose={() => setAsking(false)}>
          <ApproveForm cycle={cycle} runId={cycle.runId} step={step} onDone={() => setAsking(false)} />
        </Dialog>
      ) : null}
    </div>
  );
}

function ApproveForm(props: { cycle: Cycle; runId: string; step: CycleStep; onDone: () => void }) {
  const { cycle, runId, step } = props;
  const { slug } = useCompany();
  const approve = useWrite('approveCycle');
  const [typed, setTyped] = useState('');
  const failing = step.gate.filter(({ status }) => status === 'fails');
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const note = textOf(new FormData(event.currentTarget), 'note') || undefined;
    approve.mutate(
      { params: { company: slug, cycleId: cycle.id }, body: { version: cycle.version, runId, note } },
      { onSuccess: props.onDone },
    );
  };
  return (
    <form className={css.dialog} onSubmit={onSubmit}>
      <Frozen runId={runId} />
      {failing.map((check) => (
        <p key={check.code} className={css.why}>
          Does not hold: {check.label}. {check.detail}
        </p>
      ))}
      <Textarea label="Note (optional)" name="note" maxLength={2000} rows={2} />
      <TextInput
        label={`Type “${WORD}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      <CycleRefused error={approve.error} />
      <div className={css.acts}>
        <Button variant="default" onClick={props.onDone}>
          Not yet
        </Button>
        <Button type="submit" disabled={typed.trim().toLowerCase() !== WORD} loading={approve.isPending}>
          Approve plan
        </Button>
      </div>
    </form>
  );
}

/** What will be frozen: the run, what it comes to, and the fingerprints that prove it does not move. */
function Frozen({ runId }: { runId: string }) {
  const { slug, may } = useCompany();
  const { data: run } = useQuery(read('getRun', { params: { company: slug, runId } }));
  const { data: finance } = useQuery({
    ...read('getFinance', { params: { company: slug }, query: { run: runId } }),
    enabled: may('finance.read'),
  });
  const ahead = (measure: 'revenue' | 'margin'): number | null =>
    finance?.lines
      .find((line) => line.measure === measure)
      ?.plan.reduce((sum: number | null, value) => (value === null ? sum : (sum ?? 0) + value), null) ?? null;
  const rows = [
    ['Plan run', run === undefined ? '…' : `by ${run.createdBy}, ${formatMoment(run.finishedAt)}`],
    ['Demand streams', run === undefined ? '…' : formatNumber(run.keyCount)],
    ['Revenue of the plan', finance === undefined ? '…' : moneyInWords(ahead('revenue'), finance.currency)],
    ['Margin of the plan', finance === undefined ? '…' : moneyInWords(ahead('margin'), finance.currency)],
    ['Inputs', run?.snapshotHash.slice(0, 12) ?? '…'],
    ['Outputs', run?.outputHash?.slice(0, 12) ?? MISSING],
  ];
  return (
    <table className={css.frozen}>
      <caption className="pw-hidden">What will be frozen</caption>
      <tbody>
        {rows.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
