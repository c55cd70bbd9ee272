import type { DemandKeyDetail } from '@planwright/contracts';
import { useSuspenseQuery } from '@tanstack/react-query';
import { read } from '../../../app/api.ts';
import { RunButton } from '../../../app/plan-state.tsx';
import { useCompany } from '../../../app/session.ts';
import { Loadable, SkeletonRows } from '../../../ui/loadable.tsx';
import { Screen, Section } from '../../../ui/screen.tsx';
import { StatusWord } from '../../../ui/status-word.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';
import { AccuracyByLag } from './accuracy-by-lag.tsx';
import { CleansingEditor } from './cleansing-editor.tsx';
import { MethodComparison } from './method-comparison.tsx';
import { PartsPicture } from './parts-picture.tsx';
import { StreamBuckets } from './stream-buckets.tsx';
import { StreamPicture } from './stream-picture.tsx';
import css from './stream-view.module.css';

/** One demand stream taken apart: what was ordered, what of it counts, what is forecast and why, and how good that was. */
export function StreamView({ scope }: { scope: DemandScope }) {
  const { slug } = useCompany();
  const keyId = Number(scope.shown.stream);
  const { data } = useSuspenseQuery(read('getDemandKey', { params: { company: slug, keyId } }));
  const { key } = data;
  return (
    <Screen
      name="Demand"
      question={`${key.item} ${key.itemName} · ${key.location} · ${key.channel}`}
      answer={<Answer detail={data} />}
      tools={data.changedSinceRun ? <Newer /> : undefined}
    >
      <DemandViews scope={scope} />
      <StreamPicture detail={data} scope={scope} />
      <StreamBuckets detail={data} />
      <PartsPicture detail={data} />
      <CleansingEditor detail={data} />
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
    </Screen>
  );
}

function Answer({ detail }: { detail: DemandKeyDetail }) {
  const { key, sentences } = detail;
  const facts = [
    key.demandClass,
    key.valueClass === '' ? '' : `class ${key.valueClass}${key.forecastClass}`,
    key.lifeStage,
    key.method,
    key.planner === '' ? '' : `planned by ${key.planner}`,
  ].filter((fact) => fact !== '');
  return (
    <>
      <p>{sentences.join(' ')}</p>
      <p className={css.facts}>{facts.join(' · ')}</p>
    </>
  );
}

function Newer() {
  return (
    <div className={css.newer}>
      <StatusWord tone="watch">Events or decisions are newer than this plan</StatusWord>
      <RunButton strong failed={null} />
    </div>
  );
}
