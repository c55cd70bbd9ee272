import { Button } from '@mantine/core';
import { type PolicyProposal, TRIED_EDITS_MAX } from '@planwright/contracts';
import { useCallback, useMemo, useState } from 'react';
import { useCompany } from '../../../app/session.ts';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { countInWords, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import form from '../supply-form.module.css';
import { useDrafts } from '../what-if/drafts.tsx';
import { AcceptDialog, editOf } from './accept-dialog.tsx';
import { CHOSEN_COLUMN } from '../chosen-column.ts';
import { policyColumns } from './policy-columns.ts';

/** What each stock point should keep against what it keeps; chosen ones are tried out, or accepted at once. */
export function PolicyList(props: { rows: readonly PolicyProposal[]; currency: string; scope: SupplyScope }) {
  const { rows, currency, scope } = props;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const columns = useMemo(() => policyColumns(rows, currency, chosen), [rows, currency, chosen]);
  const isSelected = useCallback((row: PolicyProposal) => chosen.has(row.stockPointId), [chosen]);
  const toggle = ({ stockPointId }: PolicyProposal): void => {
    const next = new Set(chosen);
    if (!next.delete(stockPointId)) next.add(stockPointId);
    setChosen(next);
  };
  const { value, steadiness } = scope.shown;
  const chips = [
    { name: 'Value', value, onRemove: () => scope.change({ value: undefined }) },
    { name: 'Steadiness', value: steadiness, onRemove: () => scope.change({ steadiness: undefined }) },
  ];
  return (
    <Section
      title="What each stock point should keep"
      note="The largest change in money first. Choose rows in the first column, then try them out or accept them."
      id="policies"
    >
      <FilterBar
        chips={chips.flatMap((chip) => (chip.value === undefined ? [] : [{ ...chip, value: chip.value }]))}
      />
      <Acts
        rows={rows.filter(({ stockPointId }) => chosen.has(stockPointId))}
        currency={currency}
        onChooseAll={() => setChosen(new Set(rows.map(({ stockPointId }) => stockPointId)))}
        onChooseNone={() => setChosen(new Set())}
      />
      <DataGrid
        label="Policies of stock points"
        noun={['stock point', 'stock points']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="policies"
        isSelected={isSelected}
        onOpen={(row, columnId) =>
          columnId === CHOSEN_COLUMN
            ? toggle(row)
            : scope.change({
                view: undefined,
                point: String(row.stockPointId),
                value: undefined,
                steadiness: undefined,
              })
        }
      />
    </Section>
  );
}

function Acts(props: {
  rows: readonly PolicyProposal[];
  currency: string;
  onChooseAll: () => void;
  onChooseNone: () => void;
}) {
  const { rows, currency } = props;
  const { may, whyNot } = useCompany();
  const { put } = useDrafts();
  const [accepting, setAccepting] = useState(false);
  const allowed = may('supply.change');
  const change = rows.reduce((sum, { valueChange }) => sum + valueChange, 0);
  return (
    <div className={form.bar} role="group" aria-label="What to do with the chosen stock points">
      <Button size="xs" variant="default" onClick={props.onChooseAll}>
        Choose all shown
      </Button>
      <Button size="xs" variant="subtle" onClick={props.onChooseNone} disabled={rows.length === 0}>
        None
      </Button>
      <span className={form.note} role="status" style={{ flex: 1 }}>
        {rows.length === 0
          ? 'None chosen'
          : `${countInWords(rows.length, 'stock point')} chosen, ${change >= 0 ? 'binds' : 'frees'} ${moneyInWords(Math.abs(change), currency)}`}
      </span>
      <Button
        size="xs"
        variant="default"
        disabled={rows.length === 0 || rows.length > TRIED_EDITS_MAX}
        title={
          rows.length > TRIED_EDITS_MAX ? `Up to ${TRIED_EDITS_MAX} can be tried out at once.` : undefined
        }
        onClick={() => put(...rows.map(editOf))}
      >
        Try out
      </Button>
      <Button
        size="xs"
        disabled={!allowed || rows.length === 0}
        title={allowed ? undefined : whyNot('supply.change')}
        onClick={() => setAccepting(true)}
      >
        Accept …
      </Button>
      {accepting ? (
        <AcceptDialog
          rows={rows}
          currency={currency}
          onClose={() => setAccepting(false)}
          onDone={props.onChooseNone}
        />
      ) : null}
    </div>
  );
}
