import type { Run } from '@planwright/contracts';
import { Button, Popover } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatAgo, formatDuration } from '../ui/date-format.ts';
import { Refused } from '../ui/problem.tsx';
import { Progress } from '../ui/progress.tsx';
import { StatusWord } from '../ui/status-word.tsx';
import { countInWords, formatPercent } from '../ui/number-format.ts';
import { read, useWrite } from './api.ts';
import css from './header.module.css';
import { runEnded, useRefreshAtEnd, useRunProgress } from './live.ts';
import { useCompany } from './session.ts';

const STAGES: Record<Run['stages'][number]['stage'], string> = {
  actuals: 'Reading the actuals',
  learn: 'Learning from all streams',
  forecast: 'Forecasting demand',
  reconcile: 'Making groups and streams agree',
  consensus: 'Agreeing the consensus',
  supply: 'Planning supply',
  capacity: 'Loading the resources',
  constrained: 'Planning within every constraint',
  finance: 'Turning it into money',
  kpis: 'Measuring',
};

/** Whether the plan that is shown stands on the newest data, and the way to a new one. */
export function PlanState() {
  const { slug } = useCompany();
  const { data: runs } = useQuery(read('listRuns', { params: { company: slug }, query: { limit: 1 } }));
  const { data: home } = useQuery(read('getHome', { params: { company: slug } }));
  const newest = runs?.items[0];
  useRefreshAtEnd(slug, newest !== undefined && !runEnded(newest));
  if (newest !== undefined && !runEnded(newest)) return <RunningPlan runId={newest.id} first={newest} />;
  if (runs === undefined || home === undefined) return null;
  const failed = newest !== undefined && ['failed', 'rejected'].includes(newest.status);
  return (
    <div className={css.plan}>
      <span>
        {failed ? (
          <StatusWord tone="bad">Last run failed</StatusWord>
        ) : (
          <Freshness at={home.runFinishedAt} stale={home.stale} decisions={home.decisionsSince} />
        )}
      </span>
      <RunButton
        strong={home.stale || home.decisionsSince > 0 || home.runId === null}
        failed={failed ? newest : null}
      />
    </div>
  );
}

function Freshness({ at, stale, decisions }: { at: string | null; stale: boolean; decisions: number }) {
  if (at === null) return <StatusWord tone="watch">No plan yet</StatusWord>;
  if (stale) return <StatusWord tone="watch">Data changed since the plan</StatusWord>;
  if (decisions > 0)
    return <StatusWord tone="watch">{`${countInWords(decisions, 'decision')} since this run`}</StatusWord>;
  return <StatusWord tone="good">{`Plan up to date, ${formatAgo(at)}`}</StatusWord>;
}

/** Asks before it runs: a run freezes the inputs and, when published, changes what everyone sees. */
export function RunButton({ strong, failed }: { strong: boolean; failed?: Run | null }) {
  const { slug, may, whyNot } = useCompany();
  const [open, setOpen] = useState(false);
  const [publish, setPublish] = useState(true);
  const [keeps, setKeeps] = useState(false);
  const start = useWrite('startRun');
  if (!may('plan.run')) {
    return strong ? <span title={whyNot('plan.run')}>A planner can run the plan.</span> : null;
  }
  const run = (): void => {
    const body = { publish, refit: keeps ? ('broken' as const) : ('all' as const) };
    start.mutate({ params: { company: slug }, body }, { onSuccess: () => setOpen(false) });
  };
  return (
    <Popover opened={open} onChange={setOpen} position="bottom" trapFocus>
      <Popover.Target>
        <Button size="xs" variant={strong ? 'filled' : 'default'} onClick={() => setOpen(!open)}>
          Run the plan
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Run the plan">
        <div className={css.runBox}>
          <h2>Run the plan</h2>
          {failed?.failure ? <p>The last run failed: {failed.failure}</p> : null}
          {failed?.issues.slice(0, 3).map((issue) => (
            <p key={`${issue.code}-${issue.message}`}>
              {issue.message} {issue.advice}
            </p>
          ))}
          <p>
            Freezes the data as it is now, forecasts demand, plans supply through the bills of material, and
            turns it into money.
          </p>
          <label className={css.check}>
            <input type="checkbox" checked={publish} onChange={(event) => setPublish(event.target.checked)} />
            Show it to everyone when it succeeds
          </label>
          <label className={css.check}>
            <input type="checkbox" checked={keeps} onChange={(event) => setKeeps(event.target.checked)} />
            Keep the forecast methods that still hold
          </label>
          <Refused error={start.error} />
          <Button onClick={run} loading={start.isPending}>
            Run the plan
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function RunningPlan({ runId, first }: { runId: string; first: Run }) {
  const { slug, may } = useCompany();
  const params = { company: slug, runId };
  const { data: run } = useQuery({ ...read('getRun', { params }), initialData: first });
  const cancel = useWrite('cancelRun');
  useRunProgress(slug, runId);
  const stage = run.stages.find(({ status }) => status === 'running');
  const doing = stage === undefined ? 'Waiting to start' : STAGES[stage.stage];
  const left = run.secondsLeft === null ? '' : `, ${formatDuration(run.secondsLeft)} left`;
  return (
    <div className={css.plan} role="status">
      <Popover position="bottom">
        <Popover.Target>
          <button type="button" className={css.running}>
            Running the plan, {formatPercent(run.progressRatio, 0)}
            <i style={{ width: `${run.progressRatio * 100}%` }} />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Progress of the plan">
          <div className={css.runBox}>
            <Progress
              label={doing}
              ratio={run.progressRatio}
              detail={`Started by ${run.createdBy}${left}`}
              onCancel={may('plan.run') ? () => cancel.mutate({ params }) : undefined}
              cancelling={cancel.isPending}
            />
            <Refused error={cancel.error} />
          </div>
        </Popover.Dropdown>
      </Popover>
    </div>
  );
}
