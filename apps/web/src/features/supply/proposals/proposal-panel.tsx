import { Button } from '@mantine/core';
import type { Proposal } from '@planwright/contracts';
import { PROPOSAL_KINDS } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatDay, formatMoment } from '../../../ui/date-format.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { formatExact, MISSING, moneyInWords } from '../../../ui/number-format.ts';
import { SidePanel } from '../../../ui/side-panel.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import table from '../../../ui/table.module.css';
import { PanelLoadable } from '../panel-loadable.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { BULK_ACTS, type BulkAct } from './bulk-acts.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { statusOf } from './proposal-list.tsx';
import { KIND_WORDS, RISK_WORDS, STATUS_WORDS } from './proposal-words.ts';
import { useProposals } from './use-proposals.ts';

/** One proposal: why, who signed, what is known of its supplier; approved, released or rejected from here. */
export function ProposalPanel({ scope }: { scope: SupplyScope }) {
  const { proposal } = scope.shown;
  if (proposal === undefined) return null;
  const close = (): void => scope.change({ proposal: undefined });
  return (
    <PanelLoadable waiting="Loading the proposal" resetKey={proposal} onClose={close}>
      <Found id={proposal} scope={scope} onClose={close} />
    </PanelLoadable>
  );
}

function Found({ id, scope, onClose }: { id: string; scope: SupplyScope; onClose: () => void }) {
  const { q, location, from, kind, status } = scope.shown;
  // The same list that the screen shows, so what was clicked is already here.
  const { data } = useProposals({
    status: statusOf(status),
    kind: PROPOSAL_KINDS.find((known) => known === kind),
    q,
    location,
    from,
  });
  const found = data.pages.flatMap(({ items }) => items).find((row) => row.id === id);
  if (found === undefined) {
    return (
      <SidePanel title="This proposal is not on the list" onClose={onClose}>
        <p>It has moved on: look under another state, or read on below.</p>
      </SidePanel>
    );
  }
  return <Detail proposal={found} currency={data.pages[0]?.currency ?? ''} scope={scope} onClose={onClose} />;
}

function Detail(props: { proposal: Proposal; currency: string; scope: SupplyScope; onClose: () => void }) {
  const { proposal, currency } = props;
  const { slug, may, whyNot } = useCompany();
  const [asked, setAsked] = useState<BulkAct | null>(null);
  const { word, tone } = STATUS_WORDS[proposal.status];
  const link = { to: '/c/$company/supply', params: { company: slug } } as const;
  return (
    <SidePanel
      kicker={`${KIND_WORDS[proposal.kind]} · ${proposal.location}`}
      title={`${proposal.item} ${proposal.itemName}`}
      onClose={props.onClose}
    >
      <StatusWord tone={tone}>{word}</StatusWord>
      <p className={form.facts}>{proposal.reason}</p>
      {proposal.blocked === null ? null : (
        <p className={form.facts}>
          <StatusWord tone="watch">Cannot be approved</StatusWord> {proposal.blocked}
        </p>
      )}
      <table className={table.table}>
        <tbody>
          {factsOf(proposal, currency).map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td className={table.number}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={form.acts}>
        {BULK_ACTS.filter(({ from }) => from.includes(proposal.status)).map((act) => (
          <Button
            key={act.name}
            variant={act.name === 'reject' ? 'default' : 'filled'}
            disabled={!may(act.permission)}
            title={may(act.permission) ? undefined : whyNot(act.permission)}
            onClick={() => setAsked(act)}
          >
            {act.verb} …
          </Button>
        ))}
      </div>
      <Signatures proposal={proposal} />
      {proposal.kind === 'buy' && proposal.from !== null ? (
        <Loadable skeleton={<SkeletonRows rows={4} label="Loading the supplier" />}>
          <Risk supplier={proposal.from} currency={currency} />
        </Loadable>
      ) : null}
      <p className={form.links}>
        {proposal.stockPointId === null ? null : (
          <Link {...link} search={{ point: String(proposal.stockPointId) }}>
            Its stock point, and why
          </Link>
        )}
        <Link {...link} search={{ view: 'network', item: proposal.item }}>
          Its network
        </Link>
      </p>
      {asked === null ? null : (
        <BulkDialog
          act={asked}
          rows={[proposal]}
          currency={currency}
          onClose={() => setAsked(null)}
          onDone={props.onClose}
        />
      )}
    </SidePanel>
  );
}

function factsOf(proposal: Proposal, currency: string): readonly (readonly [string, string])[] {
  return [
    ['Quantity', `${formatExact(Math.round(proposal.quantity * 100) / 100)} ${proposal.unit}`],
    ['Value of the goods', moneyInWords(proposal.value, currency)],
    ...(proposal.kind === 'make'
      ? ([['Of that its own work', moneyInWords(proposal.addedValue, currency)]] as const)
      : []),
    ['Start', formatDay(proposal.startOn)],
    ['Due', formatDay(proposal.dueOn)],
    ['From', proposal.from ?? MISSING],
    ...(proposal.order === null
      ? []
      : ([
          ['Open order', proposal.order],
          ['Due now', formatDay(proposal.orderDueOn)],
        ] as const)),
  ];
}

function Signatures({ proposal }: { proposal: Proposal }) {
  const { approvals, approvalsMissing, releasedBy, releasedAt } = proposal;
  return (
    <section aria-label="Who signed">
      <h3 className={form.title}>Who signed</h3>
      <ul className={form.list}>
        {approvals.map(({ by, at }) => (
          <li key={`${by} ${at}`}>
            <span>{by}</span>
            <span className={form.note}>{formatMoment(at)}</span>
          </li>
        ))}
        {releasedAt === null ? null : (
          <li>
            <span>Released by {releasedBy ?? 'the rules'}</span>
            <span className={form.note}>{formatMoment(releasedAt)}</span>
          </li>
        )}
      </ul>
      <p className={form.note}>
        {approvalsMissing > 0
          ? `${approvalsMissing === 1 ? 'One signature' : `${approvalsMissing} signatures`} missing before it may be released.`
          : approvals.length === 0
            ? 'Nobody yet.'
            : ''}
      </p>
    </section>
  );
}

function Risk({ supplier, currency }: { supplier: string; currency: string }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('listSupplierRisks', { params: { company: slug }, query: { limit: 500 } }),
  );
  const risk = data.items.find((row) => row.supplier === supplier || row.supplierName === supplier);
  if (risk === undefined) return null;
  const { word, tone } = RISK_WORDS[risk.level];
  return (
    <section aria-label="What is known of the supplier">
      <h3 className={form.title}>{risk.supplierName}</h3>
      <StatusWord tone={tone}>{word}</StatusWord>
      <p className={form.facts}>
        {risk.sentence} {moneyInWords(risk.openValue, currency)} is on order there.
      </p>
    </section>
  );
}
