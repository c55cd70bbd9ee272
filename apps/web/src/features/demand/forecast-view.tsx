import { Button } from '@mantine/core';
import { ApiError } from '@planwright/client';
import { Link } from '@tanstack/react-router';
import { useCompany } from '../../app/session.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Loadable, Skeleton, SkeletonBlock, SkeletonRows } from '../../ui/loadable.tsx';
import {
  formatChange,
  formatPercent,
  MISSING,
  moneyInWords,
  quantityInWords,
} from '../../ui/number-format.ts';
import { biasInWords } from './bias-words.ts';
import { DemandFrame, OfThePlan } from './demand-frame.tsx';
import { DemandKeys } from './demand-keys.tsx';
import { DemandPanel } from './demand-panel.tsx';
import { DemandPicture } from './demand-picture.tsx';
import { type DemandScope, scopeQuery } from './demand-scope.ts';
import { useDemandSeries } from './demand-series.ts';
import css from './demand-screen.module.css';
import { DemandTree } from './demand-tree.tsx';
import { yearOf } from './demand-year.ts';

const QUESTION = 'What will customers want?';

/** What will customers want, and how well did we know it before? */
export function ForecastView({ scope }: { scope: DemandScope }) {
  return (
    <OfThePlan
      scope={scope}
      question={QUESTION}
      missing="the forecast of every item, location and channel, with its bands and how far off it was before"
    >
      <Forecast scope={scope} />
    </OfThePlan>
  );
}

function Forecast({ scope }: { scope: DemandScope }) {
  const key = JSON.stringify(scopeQuery(scope.shown));
  return (
    <DemandFrame
      scope={scope}
      question={QUESTION}
      answer={
        <Loadable
          skeleton={<Skeleton height={22} width="70%" />}
          resetKey={key}
          instead={(error) => (isNotFound(error) ? <p>Nothing is sold of this selection.</p> : undefined)}
        >
          <Answer scope={scope} />
        </Loadable>
      }
      panel={<DemandPanel scope={scope} />}
      narrows
    >
      <div className={css.columns}>
        <div className={css.tree}>
          <Loadable skeleton={<SkeletonRows rows={12} label="Loading the items" />}>
            <DemandTree scope={scope} />
          </Loadable>
        </div>
        <div className={css.main} data-waiting={scope.waiting}>
          <Loadable
            skeleton={<SkeletonBlock height={620} label="Loading the forecast" />}
            resetKey={key}
            instead={(error) => (isNotFound(error) ? <NoDemand scope={scope} /> : undefined)}
          >
            <DemandPicture scope={scope} />
          </Loadable>
          <Loadable skeleton={<SkeletonRows rows={10} label="Loading the demand streams" />}>
            <DemandKeys scope={scope} />
          </Loadable>
        </div>
      </div>
    </DemandFrame>
  );
}

const isNotFound = (error: Error): boolean => error instanceof ApiError && error.status === 404;

function NoDemand({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const { item } = scope.shown;
  const showAll = (): void =>
    scope.change({ group: undefined, item: undefined, location: undefined, channel: undefined });
  return (
    <EmptyState
      title="Here would be the history and the forecast of the selection."
      why={
        item === undefined ? (
          'No demand stream is in it.'
        ) : (
          <>
            {item} has no demand of its own here: it may be a part of other items.{' '}
            <Link to="/c/$company/supply" params={{ company: slug }} search={{ q: item }}>
              Look at its supply
            </Link>
          </>
        )
      }
      action={<Button onClick={showAll}>Show all items</Button>}
    />
  );
}

function Answer({ scope }: { scope: DemandScope }) {
  const series = useDemandSeries(scope);
  const year = yearOf(series);
  const change = formatChange(year.plan, year.actual);
  const { wapeRatio, biasRatio } = series.accuracy;
  return (
    <p>
      {series.title}: <strong>{quantityInWords(year.plan, series.unit)}</strong> over the next{' '}
      {year.bucketCount} periods
      {change === MISSING ? '' : `, ${change} on the same time before`}, worth{' '}
      <strong>{moneyInWords(year.revenue, series.currency)}</strong>.
      {wapeRatio === null ? '' : ` Forecasts like this one were off by ${formatPercent(wapeRatio)}`}
      {wapeRatio === null || biasRatio === null ? '' : `, ${biasInWords(biasRatio)}`}
      {wapeRatio === null ? '' : '.'}
    </p>
  );
}
