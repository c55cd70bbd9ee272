import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { DataGrid } from '../../../ui/grid/data-grid.tsx';
import { formatPercent } from '../../../ui/number-format.ts';
import { Screen } from '../../../ui/screen.tsx';
import { type DemandScope, scopeQuery } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';

/** How good were our forecasts, and what did they add? */
export function AccuracyView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(
    read('getDemandAccuracy', { params: { company: slug }, query: scopeQuery(scope.shown) }),
  );
  return (
    <Screen name="Demand" question="How good were our forecasts?" answer={<p>{data.sentence}</p>}>
      <DemandViews scope={scope} />
      <DataGrid
        label="Accuracy"
        noun={['group', 'groups']}
        rows={data.rows}
        columns={[
          { id: 'label', title: 'Group', width: 200, pinned: true, text: (row) => row.label },
          {
            id: 'wape',
            title: 'Off by',
            width: 80,
            number: true,
            text: (row) => formatPercent(row.wapeRatio),
          },
          { id: 'bias', title: 'Bias', width: 80, number: true, text: (row) => formatPercent(row.biasRatio) },
          {
            id: 'added',
            title: 'Value added',
            width: 100,
            number: true,
            text: (row) => formatPercent(row.valueAddedRatio),
          },
        ]}
        rowsShown={16}
        fileName="accuracy"
      />
    </Screen>
  );
}
