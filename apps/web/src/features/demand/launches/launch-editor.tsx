import { Button } from '@mantine/core';
import type { Launch, LaunchPreview } from '@planwright/contracts';
import { useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { Form } from '../../../ui/form.tsx';
import { SkeletonBlock } from '../../../ui/loadable.tsx';
import { countInWords, formatExact, quantityInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import { SaveProblem } from '../../../ui/save-problem.tsx';
import { useDraft } from '../../../ui/use-draft.ts';
import { Section } from '../../../ui/screen.tsx';
import { formatDay } from '../../../ui/date-format.ts';
import { DemandFrame } from '../demand-frame.tsx';
import type { DemandScope } from '../demand-scope.ts';
import { RemoveDialog } from '../remove-dialog.tsx';
import { bodyOf, draftOf, type LaunchDraft, useLaunchPreview } from './launch-draft.ts';
import { LaunchFields } from './launch-fields.tsx';
import { launchKey, placeInWords } from './launch-key.ts';
import { useLaunches } from './life-cycle-reads.ts';
import { LaunchPicture } from './launch-picture.tsx';
import { LikeItemList } from './like-item-list.tsx';
import css from './launches-view.module.css';

/** Plans one launch, or changes it: its fields, the items it resembles, and the curve that follows from both. */
export function LaunchEditor({ scope, opened }: { scope: DemandScope; opened: Launch | null }) {
  const { base: launch, draft, change, reopen } = useDraft(opened, draftOf);
  const [removing, setRemoving] = useState(false);
  const { preview, suggested } = useLaunchPreview(draft);
  const close = (): void => scope.change({ launch: undefined });
  const shown = draft.item === '' ? undefined : preview.data;
  return (
    <DemandFrame
      scope={scope}
      question={launch === null ? 'How will it start?' : `How will ${launch.item} ${launch.itemName} start?`}
      answer={<p>{answerOf(launch, shown)}</p>}
      tools={<Tools onRemove={launch === null ? undefined : () => setRemoving(true)} onClose={close} />}
    >
      <div className={css.editor}>
        <Section title="The launch" note={launch === null ? undefined : placeInWords(launch)} id="launch">
          <Fields launch={launch} draft={draft} onChange={change} onDone={close} onReopen={reopen} />
        </Section>
        <Section title="Its curve" id="curve">
          <Refused error={preview.error} />
          {shown === undefined ? (
            <Waiting asked={preview.isFetching} />
          ) : (
            <LaunchPicture preview={shown} item={draft.item} />
          )}
        </Section>
      </div>
      {draft.item === '' ? null : (
        <Section
          title="Items it is expected to resemble"
          note={
            draft.likeItems.length === 0
              ? 'The nearest are taken, by group, kind, unit and price. Check those that should count instead.'
              : 'Only those that are checked count.'
          }
          id="like-items"
        >
          <LikeItemList
            suggested={suggested.data?.items ?? []}
            preview={shown}
            chosen={draft.likeItems}
            onChange={(likeItems) => change({ likeItems })}
          />
        </Section>
      )}
      {removing && launch !== null ? (
        <Removal launch={launch} onRemoved={close} onClose={() => setRemoving(false)} />
      ) : null}
    </DemandFrame>
  );
}

function answerOf(launch: Launch | null, preview: LaunchPreview | undefined): string {
  if (preview === undefined) return 'Choose an item and its first day: its curve follows from items like it.';
  const total = preview.mean.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const sold = preview.actual.reduce<number>((sum, value) => sum + (value ?? 0), 0);
  const expected = `${quantityInWords(total, preview.unit)} are expected over its first ${countInWords(preview.mean.length, 'period')}`;
  if (launch === null) return `${expected}.`;
  if (preview.actual.length === 0) return `It starts on ${formatDay(launch.startsOn)}. ${expected}.`;
  return `It started on ${formatDay(launch.startsOn)}. ${expected}; ${quantityInWords(sold, preview.unit)} were sold in ${preview.actual.length} of them.`;
}

/** What else may be done here; a launch that is not planned yet cannot be removed. */
function Tools({ onRemove, onClose }: { onRemove: (() => void) | undefined; onClose: () => void }) {
  const { may, whyNot } = useCompany();
  const mayChange = may('demand.change');
  return (
    <>
      {onRemove === undefined ? null : (
        <Button
          variant="default"
          disabled={!mayChange}
          title={mayChange ? undefined : whyNot('demand.change')}
          onClick={onRemove}
        >
          Remove …
        </Button>
      )}
      <Button variant="default" onClick={onClose}>
        All launches
      </Button>
    </>
  );
}

function Waiting({ asked }: { asked: boolean }) {
  if (asked) return <SkeletonBlock height={320} label="Loading the curve" />;
  return <p>Here will be the curve with its band, beside the starts of the items like it.</p>;
}

function Fields(props: {
  launch: Launch | null;
  draft: LaunchDraft;
  onChange: (changed: Partial<LaunchDraft>) => void;
  onDone: () => void;
  onReopen: (theirs: Launch) => void;
}) {
  const { slug, may, whyNot } = useCompany();
  const { rows } = useLaunches();
  const { launch, draft, onDone } = props;
  const save = useWrite('saveLaunch');
  const body = bodyOf(draft);
  const seen = launch?.version ?? null;
  const saveOver = (version: string | null): void =>
    save.mutate({ params: { company: slug }, body: { launch: body, version } }, { onSuccess: onDone });
  return (
    <Form
      save={launch === null ? 'Plan this launch' : 'Save'}
      saving={save.isPending}
      problem={
        <SaveProblem
          error={save.error}
          seen={seen}
          found={rows.find((row) => launchKey(row) === launchKey(body))}
          inWords={inWords}
          onTakeTheirs={(theirs) => {
            save.reset();
            if (theirs === null) onDone();
            else props.onReopen(theirs);
          }}
          onKeepMine={saveOver}
        />
      }
      whyNot={may('demand.change') ? undefined : whyNot('demand.change')}
      onSave={() => saveOver(seen)}
    >
      <LaunchFields draft={draft} isNew={launch === null} onChange={props.onChange} />
    </Form>
  );
}

/** What stands now, for who was about to save something else. */
function inWords({ startsOn, likeItems, levelQuantity, note }: Launch): string {
  const like = likeItems.length === 0 ? 'the nearest items' : likeItems.join(', ');
  const level = levelQuantity === null ? 'at their level' : `at ${formatExact(levelQuantity)} a period`;
  const why = note === null ? '' : ` Its note: ${note}`;
  return `from ${formatDay(startsOn)}, like ${like}, ${level}.${why}`;
}

function Removal(props: { launch: Launch; onRemoved: () => void; onClose: () => void }) {
  const { slug } = useCompany();
  const remove = useWrite('removeLaunch');
  const { item, location, channel, itemName } = props.launch;
  return (
    <RemoveDialog
      what={`the launch of ${item}`}
      error={remove.error}
      removing={remove.isPending}
      onRemove={() =>
        remove.mutate(
          { params: { company: slug }, query: { item, location, channel } },
          { onSuccess: props.onRemoved },
        )
      }
      onClose={props.onClose}
    >
      {item} {itemName} loses its launch curve ({placeInWords(props.launch)}). From the next run on, only its
      own sales speak for it.
    </RemoveDialog>
  );
}
