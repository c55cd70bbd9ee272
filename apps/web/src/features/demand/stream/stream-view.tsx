import { Button } from '@mantine/core';
import { ApiError } from '@planwright/client';
import type { DemandKeyDetail } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { RunButton } from '../../../app/plan-state.tsx';
import { useCompany } from '../../../app/session.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { formatChange, formatPercent, MISSING, quantityInWords } from '../../../ui/number-format.ts';
import { Section } from '../../../ui/screen.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { biasInWords } from '../bias-words.ts';
import { DemandFrame } from '../demand-frame.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { bucketsAYear } from '../demand-year.ts';
import { AccuracyByLag } from './accuracy-by-lag.tsx';
import { CleansingEditor } from './cleansing-editor.tsx';
import { MethodComparison } from './method-comparison.tsx';
import { PartsPicture } from './parts-picture.tsx';
import { StreamBuckets } from './stream-buckets.tsx';
import { StreamPicture } from './stream-picture.tsx';
import css from './stream-view.module.css';

/** One demand stream taken apart: what was ordered, what of it counts, what is forecast and why, and how good that was. */
export function StreamView({ scope }: { scope: DemandScope }) {
  const { stream } = scope.shown;
  const gone = (error: Error) =>
    error instanceof ApiError && error.status === 404 ? <NoStream scope={scope} /> : undefined;
  return (
    <Loadable
      skeleton={<SkeletonRows rows={20} label="Loading the stream" />}
      resetKey={stream}
      instead={gone}
    >
      <Stream scope={scope} keyId={Number(stream)} />
    </Loadable>
  );
}

function NoStream({ scope }: { scope: DemandScope }) {
  return (
    <DemandFrame
      scope={scope}
      question="What is this stream made of?"
      answer={<p>It is not in this plan.</p>}
    >
      <EmptyState
        title="Here would be its history, its forecast and its parts."
        why="The plan in view has no such stream: maybe the link is of another plan, or the item is sold there no more."
        action={
          <Button onClick={() => scope.change({ view: 'worklist', stream: undefined })}>
            Show all streams
          </Button>
        }
      />
    </DemandFrame>
  );
}

function Stream({ scope, keyId }: { scope: DemandScope; keyId: number }) {
  const { slug } = useCompany();
  const { data } = useSuspenseQuery(read('getDemandKey', { params: { company: slug, keyId } }));
  const { key } = data;
  return (
    <DemandFrame
      scope={scope}
      question={`${key.item} ${key.itemName} · ${key.location} · ${key.channel}`}
      answer={<Answer detail={data} />}
    >
      {data.changedSinceRun ? <Newer /> : null}
      <StreamPicture detail={data} scope={scope} />
      <PartsPicture detail={data} />
      <CleansingEditor detail={data} />
      <StreamBuckets detail={data} />
      <Section
        title="What other methods say"
        note="Each is asked what it would have said in the past, and what it says now."
        id="methods"
      >
        <Loadable skeleton={<SkeletonRows rows={8} label="Comparing the methods" />} resetKey={keyId}>
          <MethodComparison detail={data} />
        </Loadable>
      </Section>
      <AccuracyByLag detail={data} />
    </DemandFrame>
  );
}

const NEXT_TO_NOTHING = 0.005;
/** Longer names are lists of methods, which the sentence names already. */
const METHOD_LENGTH_MAX = 40;

/** What is expected, how far off such forecasts were, then why, then the facts of the stream. */
function Answer({ detail }: { detail: DemandKeyDetail }) {
  const { key, sentences, horizon, unit } = detail;
  const year = bucketsAYear(horizon.buckets);
  const ahead = detail.baseline.slice(horizon.firstPlanBucket, horizon.firstPlanBucket + year);
  const from = Math.max(0, horizon.firstPlanBucket - ahead.length);
  const sum = sumOf(ahead);
  const expected = Math.abs(sum) < NEXT_TO_NOTHING ? 0 : sum;
  const change = formatChange(expected, sumOf(detail.actual.slice(from, horizon.firstPlanBucket)));
  const { wapeRatio, biasRatio } = key.accuracy;
  const facts = [
    key.demandClass,
    key.valueClass === '' ? '' : `class ${key.valueClass}${key.forecastClass}`,
    key.lifeStage,
    key.planner === '' ? '' : `planned by ${key.planner}`,
    key.method.length <= METHOD_LENGTH_MAX ? key.method : '',
  ].filter((fact) => fact !== '');
  return (
    <>
      <p>
        <strong>{quantityInWords(expected, unit)}</strong> over the next {ahead.length} periods
        {change === MISSING ? '' : `, ${change} on as many before`}.
        {wapeRatio === null ? '' : ` Forecasts a period before were off by ${formatPercent(wapeRatio)}`}
        {wapeRatio === null || biasRatio === null ? '' : `, ${biasInWords(biasRatio)}`}
        {wapeRatio === null ? '' : '.'}
      </p>
      <p className={css.facts}>{inReadersWords(sentences.join(' '))}</p>
      <p className={css.facts}>{facts.join(' · ')}</p>
    </>
  );
}

const sumOf = (values: readonly (number | null)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

function Newer() {
  return (
    <div className={css.newer}>
      <StatusWord tone="watch">Events or decisions are newer than this plan</StatusWord>
      <RunButton strong failed={null} />
    </div>
  );
}
