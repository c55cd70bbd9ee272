import { Button, NumberInput, Textarea } from '@mantine/core';
import type { CleansingDecision, DemandKeyDetail } from '@planwright/contracts';
import { ApiError } from '@planwright/client';
import { type FormEvent, useEffect, useEffectEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatBucket } from '../../../ui/date-format.ts';
import { textOf } from '../../../ui/form-text.ts';
import { formatExact } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import { Section } from '../../../ui/screen.tsx';
import { NativeChoice } from '../../../ui/native-choice.tsx';
import css from './stream-view.module.css';

type Place = {
  readonly startsOn: string;
  readonly label: string;
  readonly ordered: number | null;
  readonly counted: number | null;
  readonly detail: string;
  readonly decision: CleansingDecision | undefined;
};

type Asked = { readonly place: Place; readonly decision: 'keep' | 'set' };

/** Where history does not count as it was ordered, and where a planner says what it should count as. */
export function CleansingEditor({ detail }: { detail: DemandKeyDetail }) {
  const { slug, may, whyNot } = useCompany();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [decided, setDecided] = useState<readonly string[]>([]);
  const undo = useWrite('undoCleansing');
  const mayDecide = may('demand.change');
  const takeBack = (bucketOn: string): void => {
    setDecided((before) => before.filter((known) => known !== bucketOn));
    undo.mutate({ params: { company: slug, keyId: detail.key.keyId, bucketOn } });
  };
  const undoLast = useEffectEvent((event: KeyboardEvent) => {
    const last = decided.at(-1);
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (typing || last === undefined || !(event.ctrlKey || event.metaKey) || event.key !== 'z') return;
    event.preventDefault();
    takeBack(last);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => undoLast(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
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
      <Refused error={undo.error} />
      <ul className={css.list}>
        {places.map((place) => (
          <PlaceRow
            key={place.startsOn}
            place={place}
            mayDecide={mayDecide}
            onAsk={(decision) => setAsked({ place, decision })}
            onTakeBack={() => takeBack(place.startsOn)}
          />
        ))}
      </ul>
      {asked === null ? null : (
        <DecisionDialog
          detail={detail}
          asked={asked}
          onClose={() => setAsked(null)}
          onDecided={() => {
            setDecided((before) => [...before, asked.place.startsOn]);
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
  onTakeBack: () => void;
}) {
  const { place, mayDecide } = props;
  return (
    <li>
      <strong>{formatBucket(place.label)}</strong>
      <span className={css.detail}>
        {place.detail}
        {place.decision === undefined ? null : <Decided decision={place.decision} />}
      </span>
      {mayDecide ? (
        <span className={css.acts}>
          <Button size="xs" variant="default" onClick={() => props.onAsk('keep')}>
            Keep as ordered
          </Button>
          <Button size="xs" variant="default" onClick={() => props.onAsk('set')}>
            Set
          </Button>
          {place.decision === undefined ? null : (
            <Button size="xs" variant="default" onClick={props.onTakeBack}>
              Back to automatic
            </Button>
          )}
        </span>
      ) : null}
    </li>
  );
}

function Decided({ decision }: { decision: CleansingDecision }) {
  const what = decision.decision === 'keep' ? 'kept as ordered' : `set to ${formatExact(decision.quantity)}`;
  return (
    <em>
      {' '}
      Decided: {what} by {decision.decidedBy}. {decision.reason}
    </em>
  );
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

function DecisionDialog(props: {
  detail: DemandKeyDetail;
  asked: Asked;
  onClose: () => void;
  onDecided: () => void;
}) {
  const { slug } = useCompany();
  const { place, decision } = props.asked;
  const decide = useWrite('decideCleansing');
  const [quantity, setQuantity] = useState<number | string>(place.counted ?? place.ordered ?? 0);
  const isConflict = decide.error instanceof ApiError && decide.error.status === 409;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = textOf(new FormData(event.currentTarget), 'reason');
    const seen = place.decision === undefined ? null : { decidedAt: place.decision.decidedAt };
    const shared = { bucketOn: place.startsOn, reason, seen };
    const body =
      decision === 'keep'
        ? { ...shared, decision: 'keep' as const }
        : { ...shared, decision: 'set' as const, quantity: Number(quantity) };
    decide.mutate(
      { params: { company: slug, keyId: props.detail.key.keyId }, body },
      { onSuccess: props.onDecided },
    );
  };
  return (
    <Dialog
      label={
        decision === 'keep'
          ? `Keep ${formatBucket(place.label)} as ordered`
          : `Set ${formatBucket(place.label)}`
      }
      onClose={props.onClose}
    >
      <form className={css.form} onSubmit={onSubmit}>
        <p>
          Ordered {formatExact(place.ordered)} {props.detail.unit}, counted as {formatExact(place.counted)}.
        </p>
        {decision === 'set' ? (
          <NumberInput
            label={`Should count as, ${props.detail.unit}`}
            value={quantity}
            onChange={setQuantity}
            required
            withAsterisk={false}
            data-autofocus
          />
        ) : null}
        <Textarea
          label="Why"
          name="reason"
          required
          withAsterisk={false}
          maxLength={500}
          rows={2}
          description="Kept with the decision, for whoever asks next."
        />
        <Refused error={decide.error} />
        {isConflict ? <p>Close this to see what stands now. Nothing of yours was changed.</p> : null}
        <Button type="submit" loading={decide.isPending}>
          {decision === 'keep' ? 'Keep as ordered' : 'Set'}
        </Button>
      </form>
    </Dialog>
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
    detail: findings.length === 0 ? plain : findings.map((finding) => finding.detail).join(' '),
    decision: detail.decisions.find(({ bucketOn }) => bucketOn === startsOn),
  };
}
