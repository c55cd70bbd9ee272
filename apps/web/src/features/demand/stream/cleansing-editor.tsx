import { Button } from '@mantine/core';
import type { CleansingDecision, DemandKeyDetail } from '@planwright/contracts';
import { useState } from 'react';
import { useCompany } from '../../../app/session.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatExact } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import { Section } from '../../../ui/screen.tsx';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import { inReadersWords } from '../../../ui/sentence.ts';
import { type Asked, DecisionDialog, decisionInWords, type Place } from './decision-dialog.tsx';
import css from './stream-view.module.css';
import { useTakeBack } from './take-back.ts';

/** Where history does not count as it was ordered, and where a planner says what it should count as. */
export function CleansingEditor({ detail }: { detail: DemandKeyDetail }) {
  const { may, whyNot } = useCompany();
  const [asked, setAsked] = useState<Asked | null>(null);
  const { error, remember, takeBack } = useTakeBack(detail.key.keyId);
  const mayDecide = may('demand.change');
  const places = placesOf(detail);
  return (
    <Section
      title="History that counts differently"
      note={
        places.length === 0
          ? 'Every period of history counts as it was ordered.'
          : 'The figures as ordered stay what they are. The next run of the plan follows your decisions; Ctrl-Z takes the last one back.'
      }
      id="cleansing"
      tools={
        <OtherBucket
          detail={detail}
          disabled={!mayDecide}
          title={mayDecide ? undefined : whyNot('demand.change')}
          onChoose={(place) => setAsked({ place, decision: 'set' })}
        />
      }
    >
      <Refused error={error} />
      <ul className={css.list}>
        {places.map((place) => (
          <PlaceRow
            key={place.startsOn}
            place={place}
            mayDecide={mayDecide}
            onAsk={(decision) => setAsked({ place, decision })}
            onTakeBack={takeBack}
          />
        ))}
      </ul>
      {asked === null ? null : (
        <DecisionDialog
          detail={detail}
          asked={asked}
          onClose={() => setAsked(null)}
          onDecided={(now, before) => {
            remember(now, before);
            setAsked(null);
          }}
        />
      )}
    </Section>
  );
}

function PlaceRow(props: {
  place: Place;
  mayDecide: boolean;
  onAsk: (decision: Asked['decision']) => void;
  onTakeBack: (decision: CleansingDecision) => void;
}) {
  const { place, mayDecide } = props;
  const { decision } = place;
  return (
    <li>
      <strong>{formatBucket(place.label)}</strong>
      <span className={css.detail}>
        {place.detail}
        {decision === undefined ? null : <Decided decision={decision} />}
      </span>
      {mayDecide ? (
        <span className={css.acts}>
          <Button size="xs" variant="default" onClick={() => props.onAsk('keep')}>
            Keep as ordered
          </Button>
          <Button size="xs" variant="default" onClick={() => props.onAsk('set')}>
            Set
          </Button>
          {decision === undefined ? null : (
            <Button size="xs" variant="default" onClick={() => props.onTakeBack(decision)}>
              Back to automatic
            </Button>
          )}
        </span>
      ) : null}
    </li>
  );
}

function Decided({ decision }: { decision: CleansingDecision }) {
  return <em> Decided: {decisionInWords(decision)}</em>;
}

/** A bucket of history that nothing was found in may be decided about as well. */
function OtherBucket(props: {
  detail: DemandKeyDetail;
  disabled: boolean;
  title: string | undefined;
  onChoose: (place: Place) => void;
}) {
  const { detail } = props;
  const { buckets, firstPlanBucket } = detail.horizon;
  const [chosen, setChosen] = useState(buckets[firstPlanBucket - 1]?.startsOn ?? '');
  const index = buckets.findIndex(({ startsOn }) => startsOn === chosen);
  return (
    <>
      <NativeChoice
        label="Period of history"
        hideLabel
        value={chosen}
        options={buckets
          .slice(0, firstPlanBucket)
          .toReversed()
          .map(({ startsOn, label }) => ({ value: startsOn, label: formatBucket(label) }))}
        onChange={setChosen}
      />
      <Button
        variant="default"
        disabled={props.disabled || index < 0}
        title={props.title}
        onClick={() => props.onChoose(placeAt(detail, index))}
      >
        Set this period
      </Button>
    </>
  );
}

function placesOf(detail: DemandKeyDetail): Place[] {
  const { buckets, firstPlanBucket } = detail.horizon;
  const decided = new Set(detail.decisions.map(({ bucketOn }) => bucketOn));
  const found = new Set(detail.findings.flatMap(({ bucketOn }) => (bucketOn === null ? [] : [bucketOn])));
  return buckets
    .slice(0, firstPlanBucket)
    .flatMap(({ startsOn }, index) => {
      const reason = detail.reasons[index] ?? 'none';
      const counts = reason !== 'none' && reason !== 'event' && reason !== 'missing';
      return counts || decided.has(startsOn) || found.has(startsOn) ? [placeAt(detail, index)] : [];
    })
    .toReversed();
}

function placeAt(detail: DemandKeyDetail, index: number): Place {
  const { startsOn, label } = detail.horizon.buckets[index]!;
  const findings = detail.findings.filter(({ bucketOn }) => bucketOn === startsOn);
  const ordered = detail.actual[index] ?? null;
  const counted = detail.cleansed[index] ?? null;
  const plain =
    ordered === counted
      ? `Ordered ${formatExact(ordered)} ${detail.unit}, and counted so.`
      : `Ordered ${formatExact(ordered)} ${detail.unit}, counted as ${formatExact(counted)}.`;
  return {
    startsOn,
    label,
    ordered,
    counted,
    detail:
      findings.length === 0 ? plain : inReadersWords(findings.map((finding) => finding.detail).join(' ')),
    decision: detail.decisions.find(({ bucketOn }) => bucketOn === startsOn),
  };
}
