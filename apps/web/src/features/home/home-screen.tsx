import type { ApiOutput, Cycle } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read } from '../../app/api.ts';
import { RunButton } from '../../app/plan-state.tsx';
import { useCompany } from '../../app/session.ts';
import { fiscalYearName } from '../../ui/date-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatOdds, moneyInWords } from '../../ui/number-format.ts';
import { Screen, Section } from '../../ui/screen.tsx';
import { AlertList } from './alert-list.tsx';
import { CycleRail } from './cycle-rail.tsx';
import css from './home-screen.module.css';
import { KpiStrip } from './kpi-strip.tsx';
import { NorthStarPicture } from './north-star-picture.tsx';

type Home = ApiOutput<'getHome'>;

/** Where is the cycle, does the plan reach the goal, and what needs attention? */
export function HomeScreen() {
  const { slug } = useCompany();
  const params = { company: slug };
  const { data: home } = useSuspenseQuery(read('getHome', { params }));
  const { data: cycles } = useSuspenseQuery(read('listCycles', { params, query: { limit: 20 } }));
  const cycle = cycles.items.find(({ status }) => status === 'open') ?? cycles.items[0] ?? null;
  return (
    <Screen name="Home" question="Are we on track?" answer={<Answer home={home} />}>
      <CycleRail cycle={cycle} />
      {home.runId === null ? <NoPlan home={home} /> : <Plan home={home} cycle={cycle} />}
    </Screen>
  );
}

function Plan({ home }: { home: Home; cycle: Cycle | null }) {
  return (
    <>
      <div className={css.columns}>
        <Section title="The goal" id="goal" className={css.goal}>
          {home.northStar === null ? (
            <NoGoal />
          ) : (
            <NorthStarPicture view={home.northStar} currency={home.currency} />
          )}
        </Section>
        <AlertList first={home.alerts} counts={home.alertCounts} currency={home.currency} />
      </div>
      <KpiStrip kpis={home.kpis} />
    </>
  );
}

function Answer({ home }: { home: Home }) {
  const star = home.northStar;
  if (home.runId === null) return <p>There is no plan yet, so there is nothing to hold against the goal.</p>;
  if (star === null) {
    const { high } = home.alertCounts;
    return (
      <p>
        The plan has <strong>{high} urgent</strong> {high === 1 ? 'finding' : 'findings'}. No goal is set to
        hold it against.
      </p>
    );
  }
  const above = star.gap >= 0;
  return (
    <p>
      {fiscalYearName(star.fiscalYear)} {star.measure} is heading for{' '}
      <strong>{moneyInWords(star.outlook, home.currency)}</strong>,{' '}
      <strong className={above ? css.good : css.bad}>
        {moneyInWords(Math.abs(star.gap), home.currency)} {above ? 'above' : 'short of'}
      </strong>{' '}
      the goal of {moneyInWords(star.target, home.currency)}. The odds of reaching it are{' '}
      <strong>{formatOdds(star.reachRatio)}</strong>.
    </p>
  );
}

function NoPlan({ home }: { home: Home }) {
  const { slug } = useCompany();
  const hasData = home.newestDataAt !== null;
  return (
    <Section title="The plan" id="plan">
      <EmptyState
        title="Here will be the goal against the plan, the key figures and what needs attention."
        why={
          hasData
            ? 'The data is here, but no plan has been run over it yet.'
            : 'This company has no data yet. Import its files first; the plan is run over them.'
        }
        action={
          hasData ? (
            <RunButton strong />
          ) : (
            <Link to="/c/$company/data" params={{ company: slug }}>
              Import data
            </Link>
          )
        }
      />
    </Section>
  );
}

function NoGoal() {
  const { slug, may, whyNot } = useCompany();
  return (
    <EmptyState
      title="Here will be the goal of the year against what the plan leads to."
      why={
        may('company.manage')
          ? 'No goal is set for this company.'
          : `No goal is set. ${whyNot('company.manage')}`
      }
      action={
        may('company.manage') ? (
          <Link to="/c/$company/admin" params={{ company: slug }} search={{ view: 'company' }}>
            Set the goal
          </Link>
        ) : undefined
      }
    />
  );
}
