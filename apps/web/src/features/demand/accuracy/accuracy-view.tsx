import type { ApiOutput } from '@planwright/contracts';
import { ACCURACY_SIDES, type AccuracyRow } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { TimeChart } from '../../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../../ui/chart/time-series.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { Choices } from '../../../ui/choices.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { formatPercent, scaleOf, unitInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { DemandFrame, OfThePlan } from '../demand-frame.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';
import { accuracyColumns, TOTAL_ROW } from './accuracy-columns.ts';

type Side = (typeof ACCURACY_SIDES)[number];
type Accuracy = ApiOutput<'getDemandAccuracy'>;

const QUESTION = 'How good were our forecasts?';
const SIDES: readonly { readonly value: Side; readonly label: string }[] = [
  { value: 'group', label: 'Group' },
  { value: 'lag', label: 'Periods before' },
  { value: 'planner', label: 'Planner' },
  { value: 'value', label: 'Class' },
  { value: 'class', label: 'Pattern' },
  { value: 'method', label: 'Method' },
  { value: 'location', label: 'Location' },
  { value: 'channel', label: 'Channel' },
];

const sideOf = (given: string | undefined): Side => ACCURACY_SIDES.find((side) => side === given) ?? 'group';

/** Accuracy, bias and what forecasting added, from any side and at any lag. */
export function AccuracyView({ scope }: { scope: DemandScope }) {
  return (
    <OfThePlan scope={scope} question={QUESTION} missing="how far off forecasts were, from every side">
      <Judged scope={scope} />
    </OfThePlan>
  );
}

function Judged({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const by = sideOf(scope.shown.by);
  const lag = Math.min(24, Math.max(1, Number(scope.shown.lag) || 1));
  const query = { ...scopeQuery(scope.shown), by, lag };
  const { data } = useSuspenseQuery(read('getDemandAccuracy', { params: { company: slug }, query }));
  return (
    <DemandFrame scope={scope} question={QUESTION} answer={<p>{inReadersWords(data.sentence)}</p>} narrows>
      {data.rows.length === 0 ? (
        <EmptyState
          title="Here would be how far off forecasts were."
          why="The plan in view was made without these figures, or the history of the selection is too short to judge by. A new run of the plan measures them."
        />
      ) : (
        <>
          {data.trend.length === 0 ? null : <Trend data={data} />}
          <Rows data={data} by={by} lag={lag} scope={scope} />
        </>
      )}
    </DemandFrame>
  );
}

/** Sum of the errors of the totals by the sum of what was sold; null where nothing was. */
function totalErrorOf(trend: Accuracy['trend']): number | null {
  let [error, sold] = [0, 0];
  for (const { actual, forecast } of trend) {
    if (actual === null || forecast === null) continue;
    error += Math.abs(forecast - actual);
    sold += actual;
  }
  return sold > 0 ? error / sold : null;
}

function Trend({ data }: { data: Accuracy }) {
  const picture = useMemo((): TimePicture => {
    const values = data.trend.flatMap(({ actual, forecast }) => [actual, forecast]);
    return {
      buckets: data.trend.map(({ label }) => ({ label, fiscalLabel: '', startsOn: label, endsOn: label })),
      firstPlanBucket: null,
      series: [
        { name: 'Actual', mark: 'actual', values: data.trend.map(({ actual }) => actual) },
        {
          name: 'Said before',
          mark: 'consensus',
          values: data.trend.map(({ forecast }) => forecast),
        },
      ],
      bands: [],
      unit: 'units',
      scale: scaleOf(values),
      compareTo: 'Actual',
      fromZero: true,
    };
  }, [data]);
  const worst = data.trend.reduce((most, point) =>
    (point.wapeRatio ?? 0) > (most.wapeRatio ?? 0) ? point : most,
  );
  return (
    <Section title="Said and sold" id="trend">
      <TimeChart
        finding={`In total off by ${formatPercent(totalErrorOf(data.trend))}; stream by stream most in ${formatBucket(worst.label)}, by ${formatPercent(worst.wapeRatio)} of demand`}
        measure={`Quantity a period of all streams together, ${unitInWords('units', picture.scale)}, and what was said of it one period before. In the total, errors of streams cancel out.`}
        picture={picture}
        height={180}
        fileName="said-and-sold"
      />
    </Section>
  );
}

function Rows(props: { data: Accuracy; by: Side; lag: number; scope: DemandScope }) {
  const { data, by, lag, scope } = props;
  const columns = useMemo(() => accuracyColumns(data.rows, data.currency, by), [data, by]);
  // Lags are the same forecasts looked at again: they do not add up.
  const rows = useMemo(
    () =>
      by === 'lag'
        ? data.rows
        : [{ ...data.total, code: TOTAL_ROW, label: 'All of the selection' }, ...data.rows],
    [data, by],
  );
  const open = useCallback(
    (row: AccuracyRow) => {
      if (row.code === TOTAL_ROW) return;
      if (row.code.startsWith('group:')) scope.change({ group: row.code.slice('group:'.length) });
      else if (row.code.startsWith('item:')) scope.change({ item: row.code.slice('item:'.length) });
      else if (by === 'planner') scope.change({ view: 'worklist', planner: row.code });
      else if (by === 'value')
        scope.change({ view: 'worklist', value: row.code.slice(0, 1), forecast: row.code.slice(1) });
      else if (by === 'location') scope.change({ location: row.code, by: undefined });
      else if (by === 'channel') scope.change({ channel: row.code, by: undefined });
      else if (by === 'lag') scope.change({ lag: row.code, by: undefined });
    },
    [by, scope],
  );
  return (
    <Section
      title="Where the errors are"
      note="Value added: how much nearer than repeating last year. Positive bias: too high."
      id="rows"
      tools={
        <>
          <Choices label="By" options={SIDES} value={by} onChange={(side) => scope.change({ by: side })} />
          <NativeChoice
            label="Periods before"
            value={String(lag)}
            options={data.lags.map((known) => ({
              value: String(known),
              label: known === 1 ? '1 period before' : `${known} periods before`,
            }))}
            hideLabel
            onChange={(value) => scope.change({ lag: value })}
          />
        </>
      }
    >
      <DataGrid
        label="Accuracy"
        noun={['row', 'rows']}
        rows={rows}
        columns={columns}
        rowsShown={Math.min(16, rows.length)}
        total={data.rows.length}
        fileName={`accuracy-by-${by}`}
        onOpen={open}
      />
    </Section>
  );
}
