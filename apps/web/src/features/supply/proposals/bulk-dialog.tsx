import { Button, TextInput } from '@mantine/core';
import type { ApiOutput, Proposal } from '@planwright/contracts';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { textOf } from '../../../ui/form-text.ts';
import { countInWords, formatNumber, moneyInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import table from '../../../ui/table.module.css';
import form from '../supply-form.module.css';
import type { BulkAct } from './bulk-acts.ts';
import { KIND_WORDS } from './proposal-words.ts';
import { spendInWords, totalsOf } from './spend-in-words.ts';

const ENDPOINTS = {
  approve: 'approveProposals',
  release: 'releaseProposals',
  reject: 'rejectProposals',
} as const;
type Result = ApiOutput<'approveProposals'>;

/** Says what an act touches, by kind, supplier and money, before it is done; then what was done and what refused. */
export function BulkDialog(props: {
  act: BulkAct;
  rows: readonly Proposal[];
  currency: string;
  onClose: () => void;
  onDone: () => void;
}) {
  const { act, rows, currency, onClose } = props;
  const { slug } = useCompany();
  const write = useWrite(ENDPOINTS[act.name]);
  const [result, setResult] = useState<Result>();
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    const body = { ids: rows.map(({ id }) => id), reason: reason === '' ? null : reason };
    write.mutate({ params: { company: slug }, body }, { onSuccess: setResult });
  };
  const close = (): void => {
    if (result !== undefined) props.onDone();
    onClose();
  };
  return (
    <Dialog label={`${act.verb} ${countInWords(rows.length, 'proposal')}`} onClose={close}>
      {result === undefined ? (
        <form className={form.form} onSubmit={onSubmit}>
          <p>
            It comes to <strong>{spendInWords(totalsOf(rows), currency)}</strong>. {act.follows}
          </p>
          <Touched rows={rows} currency={currency} />
          <TextInput
            label="Why"
            name="reason"
            maxLength={500}
            required={act.name === 'reject'}
            withAsterisk={false}
          />
          <Refused error={write.error} />
          <Button type="submit" loading={write.isPending}>
            {act.verb} {countInWords(rows.length, 'proposal')}
          </Button>
        </form>
      ) : (
        <Outcome act={act} result={result} rows={rows} onClose={close} />
      )}
    </Dialog>
  );
}

/** What the chosen proposals are, by kind and by who sends. */
function Touched({ rows, currency }: { rows: readonly Proposal[]; currency: string }) {
  const groups = groupsOf(rows);
  return (
    <div className={table.scroll} style={{ maxHeight: 240, overflowY: 'auto' }}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Act</th>
            <th scope="col">From</th>
            <th scope="col" className={table.number}>
              Proposals
            </th>
            <th scope="col" className={table.number}>
              Value of the goods
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ kind, from, count, value }) => (
            <tr key={`${kind} ${from}`}>
              <th scope="row">{KIND_WORDS[kind]}</th>
              <td>{from}</td>
              <td className={table.number}>{formatNumber(count)}</td>
              <td className={table.number}>{moneyInWords(value, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Group = { kind: Proposal['kind']; from: string; count: number; value: number };

function groupsOf(rows: readonly Proposal[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { kind, from, value } of rows) {
    const name = from ?? (kind === 'make' ? 'own work' : 'no supplier');
    const key = `${kind} ${name}`;
    const group = groups.get(key) ?? { kind, from: name, count: 0, value: 0 };
    groups.set(key, { ...group, count: group.count + 1, value: group.value + value });
  }
  return [...groups.values()].toSorted((a, b) => b.value - a.value);
}

function Outcome(props: { act: BulkAct; result: Result; rows: readonly Proposal[]; onClose: () => void }) {
  const { result, rows, act } = props;
  const nameOf = (id: string): string => rows.find((row) => row.id === id)?.item ?? id;
  const waiting = result.done.filter(({ approvalsMissing }) => approvalsMissing > 0).length;
  return (
    <div className={form.form} role="status">
      <p>
        <strong>{countInWords(result.done.length, 'proposal')}</strong>{' '}
        {act.name === 'approve' ? 'signed' : act.name === 'release' ? 'released' : 'rejected'}.
        {waiting === 0
          ? ''
          : ` ${countInWords(waiting, 'proposal')} still need${waiting === 1 ? 's' : ''} a second signature.`}
      </p>
      {result.refused.length === 0 ? null : (
        <>
          <p>{countInWords(result.refused.length, 'proposal')} refused, and unchanged:</p>
          <ul className={form.list} style={{ maxHeight: 220, overflowY: 'auto' }}>
            {result.refused.map(({ id, message, advice }) => (
              <li key={id}>
                <span>
                  <strong>{nameOf(id)}</strong>: {message} {advice}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Button onClick={props.onClose}>Done</Button>
    </div>
  );
}
