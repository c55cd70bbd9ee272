import { Button } from '@mantine/core';
import { type Proposal, PROPOSAL_KINDS, PROPOSAL_STATUSES } from '@planwright/contracts';
import { useCallback, useMemo, useState } from 'react';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { countInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { BulkDialog } from './bulk-dialog.tsx';
import { BULK_ACTS, type BulkAct } from './bulk-acts.ts';
import { CHOSEN_COLUMN } from '../chosen-column.ts';
import { proposalColumns } from './proposal-columns.ts';
import { ProposalFilters } from './proposal-filters.tsx';
import css from './proposal-list.module.css';
import { ProposalExport } from './proposal-export.tsx';
import { spendInWords, totalsOf } from './spend-in-words.ts';
import { useProposals } from './use-proposals.ts';

const ALL = 'all';

/** The status that a list shows: what waits to be signed, where the address does not say. */
export const statusOf = (given: string | undefined): Proposal['status'] | undefined =>
  given === ALL ? undefined : (PROPOSAL_STATUSES.find((status) => status === given) ?? 'proposed');

/** Proposals to choose from, and what can be done to all that are chosen at once. */
export function ProposalList({ scope }: { scope: SupplyScope }) {
  const { q, location, from, kind, proposal, status } = scope.shown;
  const list = useProposals({
    status: statusOf(status),
    kind: PROPOSAL_KINDS.find((known) => known === kind),
    q,
    location,
    from,
  });
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const currency = list.data.pages[0]?.currency ?? '';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const columns = useMemo(() => proposalColumns(rows, currency, chosen), [rows, currency, chosen]);
  const isSelected = useCallback(
    (row: Proposal) => row.id === proposal || chosen.has(row.id),
    [proposal, chosen],
  );
  const chosenRows = rows.filter(({ id }) => chosen.has(id));
  const toggle = ({ id }: Proposal): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Section
      title="Proposals by start date"
      note="Choose rows in the first column, or open one to see why it is proposed."
      id="proposals"
      tools={<ProposalExport status={statusOf(status)} />}
    >
      <ProposalFilters scope={scope} counts={list.data.pages[0]?.counts ?? []} currency={currency} />
      <BulkBar
        rows={chosenRows}
        currency={currency}
        shown={rows.length}
        onChooseAll={() => setChosen(new Set(rows.map(({ id }) => id)))}
        onChooseNone={() => setChosen(new Set())}
      />
      <DataGrid
        label="Proposals"
        noun={['proposal', 'proposals']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="proposals"
        isSelected={isSelected}
        onOpen={(row, columnId) =>
          columnId === CHOSEN_COLUMN ? toggle(row) : scope.change({ proposal: row.id })
        }
        total={list.data.pages[0]?.total}
        onMore={() => (list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined)}
        loadingMore={list.isFetchingNextPage}
      />
    </Section>
  );
}

function BulkBar(props: {
  rows: readonly Proposal[];
  currency: string;
  shown: number;
  onChooseAll: () => void;
  onChooseNone: () => void;
}) {
  const { rows, currency, shown } = props;
  const { may, whyNot } = useCompany();
  // What the dialog names and sends are the rows chosen when it opened: the list changes under it once they are signed.
  const [asked, setAsked] = useState<{ act: BulkAct; rows: readonly Proposal[] } | null>(null);
  return (
    <div className={css.bulk} role="group" aria-label="What to do with the chosen proposals">
      <Button size="xs" variant="default" onClick={props.onChooseAll} disabled={shown === 0}>
        Choose all shown
      </Button>
      <Button size="xs" variant="subtle" onClick={props.onChooseNone} disabled={rows.length === 0}>
        None
      </Button>
      <span className={css.chosen} role="status">
        {rows.length === 0
          ? 'None chosen'
          : `${countInWords(rows.length, 'proposal')} chosen: ${spendInWords(totalsOf(rows), currency)}`}
      </span>
      {BULK_ACTS.map((act) => {
        const allowed = may(act.permission);
        const fitting = rows.filter(({ status }) => act.from.includes(status));
        const fits = fitting.length > 0;
        return (
          <Button
            key={act.name}
            size="xs"
            variant={act.name === 'approve' ? 'filled' : 'default'}
            disabled={!allowed || !fits}
            title={allowed ? (fits ? undefined : act.none) : whyNot(act.permission)}
            onClick={() => setAsked({ act, rows: fitting })}
          >
            {act.verb} …
          </Button>
        );
      })}
      {asked === null ? null : (
        <BulkDialog
          {...asked}
          currency={currency}
          onClose={() => setAsked(null)}
          onDone={props.onChooseNone}
        />
      )}
    </div>
  );
}
