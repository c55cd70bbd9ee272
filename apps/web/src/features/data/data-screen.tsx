import { Button } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { formatDay } from '../../ui/date-format.ts';
import { Loadable, Skeleton, SkeletonRows } from '../../ui/loadable.tsx';
import { countInWords } from '../../ui/number-format.ts';
import { Screen } from '../../ui/screen.tsx';
import { viewLink, Views } from '../../ui/views.tsx';
import { type DataScope, type DataView, useDataScope, viewOf } from './data-address.ts';
import { FreshnessView } from './freshness-view.tsx';
import { ImportPanel } from './import-panel.tsx';
import { ImportsView } from './imports-view.tsx';
import { NewImport } from './new-import.tsx';
import { QualityView } from './quality-view.tsx';
import { RowsView } from './rows-view.tsx';

/** Can we trust the numbers: what is there, how new, what is wrong with it, and the way in for more. */
export function DataScreen() {
  const scope = useDataScope();
  const { may, whyNot } = useCompany();
  return (
    <Screen
      name="Data"
      question="Can we trust the numbers?"
      answer={
        <Loadable skeleton={<Skeleton height={22} width="70%" />}>
          <Answer />
        </Loadable>
      }
      tools={
        <Button
          onClick={() => scope.change({ view: 'new', import: undefined })}
          disabled={!may('data.import')}
          title={may('data.import') ? undefined : whyNot('data.import')}
        >
          Import files
        </Button>
      }
      panel={<ImportPanel scope={scope} />}
    >
      <DataViews current={viewOf(scope.shown)} />
      <Loadable skeleton={<SkeletonRows rows={16} label="Loading the data" />}>
        <View scope={scope} />
      </Loadable>
    </Screen>
  );
}

function View({ scope }: { scope: DataScope }) {
  const view = viewOf(scope.shown);
  if (view === 'imports') return <ImportsView scope={scope} />;
  if (view === 'quality') return <QualityView scope={scope} />;
  if (view === 'rows') return <RowsView scope={scope} />;
  if (view === 'new') return <NewImport scope={scope} />;
  return <FreshnessView scope={scope} />;
}

function DataViews({ current }: { current: DataView }) {
  const { slug } = useCompany();
  const link = { to: '/c/$company/data', params: { company: slug }, className: viewLink } as const;
  const exact = { exact: true, includeSearch: true } as const;
  const mark = (view: DataView) => (view === current ? ('page' as const) : undefined);
  return (
    <Views label="Views of the data">
      <Link {...link} search={{}} activeOptions={exact} aria-current={mark('freshness')}>
        What is there
      </Link>
      <Link {...link} search={{ view: 'imports' }} activeOptions={exact} aria-current={mark('imports')}>
        Imports
      </Link>
      <Link {...link} search={{ view: 'quality' }} activeOptions={exact} aria-current={mark('quality')}>
        Quality
      </Link>
      <Link {...link} search={{ view: 'rows' }} activeOptions={exact} aria-current={mark('rows')}>
        Rows
      </Link>
    </Views>
  );
}

function Answer() {
  const { slug } = useCompany();
  const params = { company: slug };
  const { data: freshness } = useSuspenseQuery(read('getFreshness', { params }));
  const { data: quality } = useSuspenseQuery(read('getQuality', { params }));
  const filled = freshness.targets.filter(({ rowCount }) => rowCount > 0);
  if (filled.length === 0) return <p>There is no data yet. Import the company’s files to begin.</p>;
  const orders = freshness.targets.find(({ target }) => target === 'sales_order_line');
  const errors = quality.findings.filter(({ severity }) => severity === 'error').length;
  const warnings = quality.findings.length - errors;
  return (
    <p>
      <strong>{filled.length}</strong> of {freshness.targets.length} tables are filled
      {orders?.lastDay ? `, with orders to ${formatDay(orders.lastDay)}` : ''}. The checks found{' '}
      <strong>{countInWords(errors, 'error')}</strong> and {countInWords(warnings, 'warning')}.
    </p>
  );
}
