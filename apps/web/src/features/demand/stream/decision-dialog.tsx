import { NumberInput, Textarea } from '@mantine/core';
import type { CleansingDecision, DemandKeyDetail } from '@planwright/contracts';
import { useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatExact } from '../../../ui/number-format.ts';
import { SaveProblem } from '../../../ui/save-problem.tsx';

/** A period of history: what was ordered, what counts, why, and what is decided about it. */
export type Place = {
  readonly startsOn: string;
  readonly label: string;
  readonly ordered: number | null;
  readonly counted: number | null;
  readonly detail: string;
  readonly decision: CleansingDecision | undefined;
};

/** A period as it stood when it was asked about. */
export type Asked = { readonly place: Place; readonly decision: 'keep' | 'set' };

/** "set to 7 by Ada. A dealer ordered for two months." */
export function decisionInWords({ decision, quantity, decidedBy, reason }: CleansingDecision): string {
  const what = decision === 'keep' ? 'kept as ordered' : `set to ${formatExact(quantity)}`;
  return `${what} by ${decidedBy}. ${reason}`;
}

/** Asks what a period should count as, and why. */
export function DecisionDialog(props: {
  detail: DemandKeyDetail;
  asked: Asked;
  onClose: () => void;
  onDecided: (now: CleansingDecision, before: CleansingDecision | undefined) => void;
}) {
  const { slug } = useCompany();
  const { detail, onClose } = props;
  const { place, decision } = props.asked;
  const decide = useWrite('decideCleansing');
  const [quantity, setQuantity] = useState<number | string>(place.counted ?? place.ordered ?? 0);
  const [reason, setReason] = useState('');
  const seen = place.decision?.decidedAt ?? null;
  const found = detail.decisions.find(({ bucketOn }) => bucketOn === place.startsOn);
  const saveOver = (decidedAt: string | null): void => {
    const seenThen = decidedAt === null ? null : { decidedAt };
    const shared = { bucketOn: place.startsOn, reason: reason.trim(), seen: seenThen };
    const body =
      decision === 'keep' ? { ...shared, decision } : { ...shared, decision, quantity: Number(quantity) };
    decide.mutate(
      { params: { company: slug, keyId: detail.key.keyId }, body },
      { onSuccess: (now) => props.onDecided(now, found) },
    );
  };
  const period = formatBucket(place.label);
  return (
    <Dialog label={decision === 'keep' ? `Keep ${period} as ordered` : `Set ${period}`} onClose={onClose}>
      <Form
        save={decision === 'keep' ? 'Keep as ordered' : 'Set'}
        saving={decide.isPending}
        problem={
          <SaveProblem
            error={decide.error}
            seen={seen}
            found={found === undefined ? undefined : { ...found, version: found.decidedAt }}
            inWords={decisionInWords}
            onTakeTheirs={onClose}
            onKeepMine={saveOver}
          />
        }
        onSave={() => saveOver(seen)}
      >
        <p>
          Ordered {formatExact(place.ordered)} {detail.unit}, counted as {formatExact(place.counted)}.
        </p>
        {decision === 'set' ? (
          <NumberInput
            label={`Should count as, ${detail.unit}`}
            value={quantity}
            onChange={setQuantity}
            required
            withAsterisk={false}
            data-autofocus
          />
        ) : null}
        <Textarea
          label="Why"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          required
          withAsterisk={false}
          maxLength={500}
          rows={2}
          description="Kept with the decision, for whoever asks next."
        />
      </Form>
    </Dialog>
  );
}
