import type { SupplyException } from '@planwright/contracts';
import { useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { readOn } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Choices } from '../../../ui/choices.tsx';
import { FilterBar } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { countInWords, moneyInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { choiceOf, type SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import form from '../supply-form.module.css';
import { exceptionColumns } from './exception-columns.ts';
import { ExceptionPanel } from './exception-panel.tsx';
import { RULES, type RuleName } from './exception-words.ts';
import { RuleTiles } from './rule-tiles.tsx';

const PAGE_ROWS = 200;
const STATUSES = [
  { value: 'open', label: 'Open' },
  { value: 'snoozed', label: 'Put off' },
  { value: 'accepted', label: 'Accepted' },
  { value: 'closed', label: 'Gone' },
] as const;

/** The inbox: what went wrong between plan and day, the dearest first, with what can be done about each. */
export function ExceptionsView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="exceptions"
      missing="what goes wrong with supply day by day, what each costs, and what can be done about it"
      answer={<Answer />}
      panel={<ExceptionPanel scope={scope} />}
    >
      <Inbox scope={scope} />
    </SupplyFrame>
  );
}

function Answer() {
  const { data } = useExceptions({});
  const page = data.pages[0];
  if (page === undefined || page.total === 0) {
    return (
      <p>
        <strong>Nothing.</strong> No exception is open.
      </p>
    );
  }
  const [worst] = page.items;
  return (
    <p>
      <strong>{countInWords(page.total, 'exception')}</strong> {page.total === 1 ? 'is' : 'are'} open.
      {worst === undefined
        ? ''
        : ` The dearest${worst.amount === null ? '' : `, ${moneyInWords(worst.amount, page.currency)}`}: ${worst.title}.`}
    </p>
  );
}

type Narrowed = {
  readonly status?: (typeof STATUSES)[number]['value'];
  readonly rule?: RuleName;
  readonly item?: string;
  readonly location?: string;
};

function useExceptions({ status = 'open', ...narrowed }: Narrowed) {
  const { slug } = useCompany();
  const query = { status, ...narrowed, limit: PAGE_ROWS };
  return useSuspenseInfiniteQuery(readOn('listExceptions', { params: { company: slug }, query }));
}

function Inbox({ scope }: { scope: SupplyScope }) {
  const { item, location, exception } = scope.shown;
  const status = choiceOf(STATUSES, scope.shown.status);
  const rule = Object.keys(RULES).find((name): name is RuleName => name === scope.shown.rule);
  const list = useExceptions({ status, rule, item, location });
  const rows = useMemo(() => list.data.pages.flatMap(({ items }) => items), [list.data]);
  const currency = list.data.pages[0]?.currency ?? '';
  const columns = useMemo(() => exceptionColumns(rows, currency), [rows, currency]);
  const isSelected = useCallback((row: SupplyException) => row.id === exception, [exception]);
  const chips = [
    { name: 'Item', value: item, onRemove: () => scope.change({ item: undefined }) },
    { name: 'Location', value: location, onRemove: () => scope.change({ location: undefined }) },
  ];
  return (
    <>
      <Section title="By rule" note="Choose a rule to see what it found." id="rules">
        <RuleTiles
          counts={list.data.pages[0]?.counts ?? []}
          currency={currency}
          chosen={rule}
          onChoose={(chosen) => scope.change({ rule: chosen, exception: undefined })}
        />
      </Section>
      <Section
        title="Inbox"
        note="The dearest first. Open one to see what to do, and what that would bring."
        id="inbox"
      >
        <div className={form.bar}>
          <FilterBar
            chips={chips.flatMap((chip) =>
              chip.value === undefined ? [] : [{ ...chip, value: chip.value }],
            )}
          >
            <Choices
              label="State"
              options={STATUSES}
              value={status}
              onChange={(value) =>
                scope.change({ status: value === 'open' ? undefined : value, exception: undefined })
              }
            />
          </FilterBar>
        </div>
        <DataGrid
          label="Exceptions"
          noun={['exception', 'exceptions']}
          rows={rows}
          columns={columns}
          rowsShown={18}
          fileName="exceptions"
          isSelected={isSelected}
          onOpen={(row) => scope.change({ exception: row.id })}
          total={list.data.pages[0]?.total}
          onMore={() =>
            list.hasNextPage && !list.isFetchingNextPage ? void list.fetchNextPage() : undefined
          }
          loadingMore={list.isFetchingNextPage}
        />
      </Section>
    </>
  );
}
