import type { DemandKey, SegmentCell } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { usePagedList } from '../../../app/paged-list.ts';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { FilterBar, type FilterChip } from '../../../ui/filter-bar.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { Section } from '../../../ui/screen.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { DemandFrame, OfThePlan } from '../demand-frame.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';
import { SegmentMatrix } from './segment-matrix.tsx';
import { worklistColumns } from './worklist-columns.ts';

const PAGE_ROWS = 200;
const QUESTION = 'Where is an hour best spent?';

/** Streams by what better forecasts of them would save, and the classes they fall into. */
export function WorklistView({ scope }: { scope: DemandScope }) {
  return (
    <OfThePlan
      scope={scope}
      question={QUESTION}
      missing="the streams of demand by what better forecasts of them would save"
    >
      <Worklist scope={scope} />
    </OfThePlan>
  );
}

function Worklist({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const params = { company: slug };
  const query = scopeQuery(scope.shown);
  const { data: segments } = useSuspenseQuery(read('getDemandSegments', { params, query }));
  const judged = segments.cells.some(({ keyCount }) => keyCount > 0);
  return (
    <DemandFrame
      scope={scope}
      question={QUESTION}
      answer={<p>{inReadersWords(segments.sentence)}</p>}
      narrows
    >
      {judged ? (
        <>
          <Section
            title="Value against how well it can be forecast"
            note="The stronger its colour, the more of the error in money a cell holds. Choose one to see its streams."
            id="segments"
          >
            <SegmentMatrix
              cells={segments.cells}
              currency={segments.currency}
              chosen={chosenOf(scope)}
              onChoose={(segment) =>
                scope.change({ value: segment?.valueClass, forecast: segment?.forecastClass })
              }
            />
          </Section>
          <Streams scope={scope} segments={segments} />
        </>
      ) : (
        <EmptyState
          title="Here would be the streams by what better forecasts of them would save."
          why="The plan in view was made without these figures, or nothing of the selection has a history to be judged by. A new run of the plan measures them."
        />
      )}
    </DemandFrame>
  );
}

const asClass = <const C extends string>(classes: readonly C[], given: string | undefined): C | undefined =>
  classes.find((known) => known === given);

const chosenOf = ({ shown }: DemandScope) => ({
  valueClass: asClass(['A', 'B', 'C'], shown.value),
  forecastClass: asClass(['X', 'Y', 'Z'], shown.forecast),
});

type Segments = { readonly currency: string; readonly cells: readonly SegmentCell[] };

function Streams({ scope, segments }: { scope: DemandScope; segments: Segments }) {
  const { slug } = useCompany();
  const { valueClass, forecastClass } = chosenOf(scope);
  const { planner } = scope.shown;
  const query = {
    ...scopeQuery(scope.shown),
    sort: 'worth' as const,
    limit: PAGE_ROWS,
    valueClass,
    forecastClass,
    planner,
  };
  const { rows, more } = usePagedList('listDemandKeys', { params: { company: slug }, query });
  const columns = useMemo(
    () => worklistColumns(rows, segments.currency, runningShares(rows)),
    [rows, segments.currency],
  );
  const open = useCallback(
    (row: DemandKey) => scope.change({ view: 'stream', stream: String(row.keyId) }),
    [scope],
  );
  const cell = segments.cells.find(
    (known) => known.valueClass === valueClass && known.forecastClass === forecastClass,
  );
  return (
    <Section
      title="Demand streams, the most expensive errors first"
      note={cell?.policy ?? 'Error is what forecasts were off by over the judged periods, at list price.'}
      id="streams"
    >
      <StreamFilters scope={scope} />
      <DataGrid
        label="Demand streams by what their errors cost"
        noun={['demand stream', 'demand streams']}
        rows={rows}
        columns={columns}
        rowsShown={16}
        fileName="where-to-work"
        onOpen={open}
        {...more}
      />
    </Section>
  );
}

function StreamFilters({ scope }: { scope: DemandScope }) {
  const { valueClass, forecastClass } = chosenOf(scope);
  const { planner } = scope.shown;
  const chips: FilterChip[] = [];
  if (valueClass !== undefined)
    chips.push({ name: 'Value', value: valueClass, onRemove: () => scope.change({ value: undefined }) });
  if (forecastClass !== undefined)
    chips.push({
      name: 'Forecast',
      value: forecastClass,
      onRemove: () => scope.change({ forecast: undefined }),
    });
  if (planner !== undefined)
    chips.push({ name: 'Planner', value: planner, onRemove: () => scope.change({ planner: undefined }) });
  return chips.length === 0 ? null : (
    <div style={{ marginBottom: 8 }}>
      <FilterBar chips={chips} />
    </div>
  );
}

/** Share of all error in money that the rows down to each one make together. */
function runningShares(rows: readonly DemandKey[]): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  let sum = 0;
  for (const row of rows) {
    sum += row.moneyErrorShare;
    shares.set(row.keyId, sum);
  }
  return shares;
}
