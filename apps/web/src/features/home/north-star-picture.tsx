import type { ApiOutput } from '@planwright/contracts';
import { fiscalYearName } from '../../ui/date-format.ts';
import { TimeChart } from '../../ui/chart/time-chart.tsx';
import type { TimePicture } from '../../ui/chart/time-series.ts';
import { formatOdds, formatScaled, moneyInWords, scaleOf, unitInWords } from '../../ui/number-format.ts';
import css from './north-star-picture.module.css';

type View = NonNullable<ApiOutput<'getHome'>['northStar']>;

/** The goal of the year against what the plan leads to: the gap, the band, the odds, and the way there. */
export function NorthStarPicture({ view, currency }: { view: View; currency: string }) {
  const name = `${fiscalYearName(view.fiscalYear)} ${view.measure}`;
  const picture = pictureOf(view, currency);
  return (
    <>
      <Rule view={view} currency={currency} />
      <TimeChart
        finding={
          view.gap >= 0
            ? `${name} runs ${moneyInWords(view.gap, currency)} ahead of the goal`
            : `${name} runs ${moneyInWords(-view.gap, currency)} behind the goal`
        }
        measure={`Running total of the year, ${unitInWords(currency, picture.scale)}, against a goal paced like last year. ${view.note}`}
        picture={picture}
        height={228}
        fileName={`goal-fy${view.fiscalYear}`}
      />
    </>
  );
}

/** Running total of the year, so that the ends of the lines are the figures above. */
function pictureOf(view: View, currency: string): TimePicture {
  const { byBucket } = view;
  const firstPlan = byBucket.findIndex(({ actual }) => actual === null);
  const actualEnd = firstPlan === -1 ? byBucket.length : firstPlan;
  const reached = runningTotals(byBucket.map(({ actual, plan }) => (actual ?? 0) + (plan ?? 0)));
  const pace = runningTotals(byBucket.map(({ targetPace }) => targetPace));
  return {
    buckets: byBucket.map(({ label }) => ({ label, fiscalLabel: '', startsOn: label, endsOn: label })),
    firstPlanBucket: firstPlan === -1 ? null : firstPlan,
    series: [
      {
        name: 'Actual',
        mark: 'actual',
        values: reached.map((value, index) => (index < actualEnd ? value : null)),
      },
      // The plan starts where the actual ends, so that the line goes on.
      {
        name: 'Plan',
        mark: 'plan',
        values: reached.map((value, index) => (index >= actualEnd - 1 ? value : null)),
      },
      { name: 'Goal pace', mark: 'target', values: pace },
    ],
    bands: [],
    unit: currency,
    scale: scaleOf([...pace, ...reached]),
    compareTo: 'Goal pace',
    fromZero: true,
  };
}

function runningTotals(values: readonly number[]): number[] {
  let total = 0;
  return values.map((value) => (total += value));
}

/** One line from nothing to beyond the goal: what is behind us in ink, what is planned in the accent. */
function Rule({ view, currency }: { view: View; currency: string }) {
  const scale = scaleOf([view.target, view.outlook]);
  const full = Math.max(view.target, view.upper80, view.outlook) * 1.04;
  const at = (amount: number): string => `${Math.max(0, Math.min(100, (amount / full) * 100))}%`;
  const span = (from: number, to: number) => ({ left: at(from), width: `calc(${at(to)} - ${at(from)})` });
  return (
    <div className={css.goal}>
      <dl className={css.facts}>
        <Fact
          name={`Outlook, ${unitInWords(currency, scale)}`}
          value={formatScaled(view.outlook, scale)}
          strong
        />
        <Fact name="Goal" value={formatScaled(view.target, scale)} />
        <Fact
          name="Gap"
          value={`${view.gap > 0 ? '+' : ''}${formatScaled(view.gap, scale)}`}
          bad={view.gap < 0}
        />
        <Fact
          name="80 % band"
          value={`${formatScaled(view.lower80, scale)} – ${formatScaled(view.upper80, scale)}`}
        />
        <Fact name="Odds" value={formatOdds(view.reachRatio)} />
      </dl>
      <div className={css.track} aria-hidden="true">
        <div className={css.done} style={span(0, view.actualToDate)} />
        <div className={css.ahead} style={span(view.actualToDate, view.outlook)} />
        <div className={css.band} style={span(view.lower80, view.upper80)} />
        <div className={css.target} style={{ left: at(view.target) }} />
      </div>
    </div>
  );
}

function Fact(props: { name: string; value: string; strong?: boolean; bad?: boolean }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd data-strong={props.strong} data-bad={props.bad}>
        {props.value}
      </dd>
    </div>
  );
}
