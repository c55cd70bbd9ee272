import type { DemandSeries } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../app/api.ts';
import { useCompany } from '../../app/session.ts';
import { Loadable, Skeleton, SkeletonBlock, SkeletonRows } from '../../ui/loadable.tsx';
import {
  formatChange,
  formatPercent,
  MISSING,
  moneyInWords,
  quantityInWords,
} from '../../ui/number-format.ts';
import { NoPlan, usePlanExists } from '../../ui/no-plan.tsx';
import { Screen } from '../../ui/screen.tsx';
import { DemandFilters } from './demand-filters.tsx';
import { DemandKeys } from './demand-keys.tsx';
import { DemandPanel } from './demand-panel.tsx';
import { DemandPicture } from './demand-picture.tsx';
import { type DemandScope, scopeQuery, useDemandScope } from './demand-scope.ts';
import css from './demand-screen.module.css';
import { DemandTree } from './demand-tree.tsx';
import { yearOf } from './demand-year.ts';

/** What will customers want, and how well did we know it before? */
export function DemandScreen() {
  const scope = useDemandScope();
  const planExists = usePlanExists();
  const question = 'What will customers want?';
  if (!planExists) {
    return (
      <Screen name="Demand" question={question} answer={<p>There is no forecast yet.</p>}>
        <NoPlan what="the forecast of every item, location and channel, with its bands and how far off it was before" />
      </Screen>
    );
  }
  return (
    <Screen
      name="Demand"
      question={question}
      answer={
        <Loadable skeleton={<Skeleton height={22} width="70%" />}>
          <Answer scope={scope} />
        </Loadable>
      }
      panel={<DemandPanel scope={scope} />}
    >
      <DemandFilters scope={scope} />
      <div className={css.columns}>
        <div className={css.tree}>
          <Loadable skeleton={<SkeletonRows rows={12} label="Loading the items" />}>
            <DemandTree scope={scope} />
          </Loadable>
        </div>
        <div className={css.main} data-waiting={scope.waiting}>
          <Loadable skeleton={<SkeletonBlock height={620} label="Loading the forecast" />}>
            <DemandPicture scope={scope} />
          </Loadable>
          <Loadable skeleton={<SkeletonRows rows={10} label="Loading the demand streams" />}>
            <DemandKeys scope={scope} />
          </Loadable>
        </div>
      </div>
    </Screen>
  );
}

/** The series of the scope, shared by the parts of the screen. */
export function useDemandSeries(scope: DemandScope): DemandSeries {
  const { slug } = useCompany();
  const query = scopeQuery(scope.shown);
  return useSuspenseQuery(read('getDemandSeries', { params: { company: slug }, query })).data;
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

function biasInWords(ratio: number): string {
  if (Math.abs(ratio) < 0.0005) return 'neither high nor low';
  return `${formatPercent(Math.abs(ratio))} too ${ratio > 0 ? 'high' : 'low'} on the whole`;
}
