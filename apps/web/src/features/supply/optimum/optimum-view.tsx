import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { Optimum } from '@planwright/contracts';
import { read, useWrite } from '../../../app/api.ts';
import { useRefreshAtEnd } from '../../../app/live.ts';
import { useCompany } from '../../../app/session.ts';
import { formatAgo } from '../../../ui/date-format.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { formatPercent, moneyInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Section } from '../../../ui/screen.tsx';
import type { SupplyScope } from '../supply-address.ts';
import { SupplyFrame } from '../supply-frame.tsx';
import { CostBridge } from './cost-bridge.tsx';
import { LoadsBeside } from './loads-beside.tsx';
import { ShadowPrices } from './shadow-prices.tsx';
import { StartOptimum } from './start-optimum.tsx';

const POLL_MS = 1000;

export type OptimumResult = NonNullable<Optimum['result']>;

/** How far the plan is from the cheapest one: both beside each other, with the gap and what would close it. */
export function OptimumView({ scope }: { scope: SupplyScope }) {
  return (
    <SupplyFrame
      scope={scope}
      view="optimum"
      missing="the plan beside the cheapest one, with the gap in money and what one more hour would save"
      answer={<Answer />}
    >
      <Beside scope={scope} />
    </SupplyFrame>
  );
}

const goesOn = (optimum: Optimum | null | undefined): boolean =>
  optimum?.status === 'queued' || optimum?.status === 'running';

function useOptimum(): Optimum | null {
  const { slug } = useCompany();
  const options = read('getOptimum', { params: { company: slug } });
  const { data: first } = useSuspenseQuery(options);
  const { data } = useQuery({
    ...options,
    refetchInterval: ({ state }) => (goesOn(state.data?.optimum) ? POLL_MS : false),
  });
  return (data ?? first).optimum;
}

function Answer() {
  const optimum = useOptimum();
  if (goesOn(optimum)) return <p>The cheapest plan is being worked out.</p>;
  const result = optimum?.result ?? null;
  if (result === null) return <p>Nobody knows yet: the cheapest plan was not worked out for this run.</p>;
  const { gap, gapRatio, currency, isProvenOptimal } = result;
  return (
    <p>
      It costs <strong>{moneyInWords(gap, currency)}</strong>
      {gapRatio === null ? '' : `, or ${formatPercent(gapRatio)},`} more than any plan must.{' '}
      {isProvenOptimal
        ? 'The optimum is proven.'
        : `The best plan found costs ${moneyInWords(result.optimum.total, currency)}, and none can cost less than ${moneyInWords(result.bound, currency)}.`}
    </p>
  );
}

function Beside({ scope }: { scope: SupplyScope }) {
  const { slug } = useCompany();
  const optimum = useOptimum();
  useRefreshAtEnd(slug, goesOn(optimum));
  if (optimum !== null && goesOn(optimum)) return <Working optimum={optimum} />;
  const result = optimum?.result ?? null;
  if (optimum === null || result === null) {
    return (
      <EmptyState
        title="Here will be the plan beside the cheapest one."
        why={
          optimum?.failure ??
          'The heuristic serves demand by priority and due date. The optimum asks what the same demand would cost at least, over all resources and periods at once.'
        }
        action={<StartOptimum />}
      />
    );
  }
  return (
    <>
      <CostBridge result={result} />
      <ShadowPrices result={result} scope={scope} />
      <LoadsBeside result={result} />
      <Section
        title="Work it out anew"
        note={`This one was worked out by ${optimum.createdBy}, ${formatAgo(optimum.finishedAt)}.`}
        id="anew"
      >
        <StartOptimum />
      </Section>
    </>
  );
}

function Working({ optimum }: { optimum: Optimum }) {
  const { slug, may } = useCompany();
  const cancel = useWrite('cancelOptimum');
  const params = { company: slug, optimumId: optimum.id };
  return (
    <Section title="Working out the cheapest plan" note="You can leave; it goes on." id="working">
      <Progress
        label={optimum.status === 'queued' ? 'Waiting to start' : 'Solving'}
        ratio={optimum.progressRatio}
        detail={`Started by ${optimum.createdBy}, ${formatAgo(optimum.createdAt)}`}
        onCancel={may('plan.run') ? () => cancel.mutate({ params }) : undefined}
        cancelling={cancel.isPending}
      />
      <Refused error={cancel.error} />
    </Section>
  );
}
