import { Button } from '@mantine/core';
import { ApiError } from '@planwright/client';
import type { Launch, LaunchPreview } from '@planwright/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';
import { SkeletonBlock } from '../../../ui/loadable.tsx';
import { countInWords, quantityInWords } from '../../../ui/number-format.ts';
import { Refused } from '../../../ui/problem.tsx';
import { Screen, Section } from '../../../ui/screen.tsx';
import { formatDay } from '../../../ui/date-format.ts';
import type { DemandScope } from '../demand-scope.ts';
import { DemandViews } from '../demand-views.tsx';
import { RemoveDialog } from '../remove-dialog.tsx';
import { bodyOf, draftOf, type LaunchDraft, useLaunchPreview } from './launch-draft.ts';
import { LaunchFields } from './launch-fields.tsx';
import { launchKey, placeInWords } from './launch-key.ts';
import { LaunchPicture } from './launch-picture.tsx';
import { LikeItemList } from './like-item-list.tsx';
import css from './launches-view.module.css';

/** Plans one launch, or changes it: its fields, the items it resembles, and the curve that follows from both. */
export function LaunchEditor({ scope, launch }: { scope: DemandScope; launch: Launch | null }) {
  const { may, whyNot } = useCompany();
  const [draft, setDraft] = useState<LaunchDraft>(() => draftOf(launch));
  const [removing, setRemoving] = useState(false);
  const { preview, suggested } = useLaunchPreview(draft);
  const mayChange = may('demand.change');
  const close = (): void => scope.change({ launch: undefined });
  const change = (changed: Partial<LaunchDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const shown = draft.item === '' ? undefined : preview.data;
  return (
    <Screen
      name="Demand"
      question={launch === null ? 'How will it start?' : `How will ${launch.item} ${launch.itemName} start?`}
      answer={<p>{answerOf(launch, shown)}</p>}
      tools={
        <>
          {launch === null ? null : (
            <Button
              variant="default"
              disabled={!mayChange}
              title={mayChange ? undefined : whyNot('demand.change')}
              onClick={() => setRemoving(true)}
            >
              Remove …
            </Button>
          )}
          <Button variant="default" onClick={close}>
            All launches
          </Button>
        </>
      }
    >
      <DemandViews scope={scope} />
      <div className={css.editor}>
        <Section title="The launch" note={launch === null ? undefined : placeInWords(launch)} id="launch">
          <Fields scope={scope} launch={launch} draft={draft} onChange={change} onSaved={close} />
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
    </Screen>
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

function Waiting({ asked }: { asked: boolean }) {
  if (asked) return <SkeletonBlock height={320} label="Loading the curve" />;
  return <p>Here will be the curve with its band, beside the starts of the items like it.</p>;
}

function Fields(props: {
  scope: DemandScope;
  launch: Launch | null;
  draft: LaunchDraft;
  onChange: (changed: Partial<LaunchDraft>) => void;
  onSaved: () => void;
}) {
  const { slug, may, whyNot } = useCompany();
  const queries = useQueryClient();
  const { scope, launch, draft } = props;
  const save = useWrite('saveLaunch');
  const mayChange = may('demand.change');
  const isConflict = save.error instanceof ApiError && save.error.status === 409;
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    save.mutate(
      { params: { company: slug }, body: { launch: bodyOf(draft), version: launch?.version ?? null } },
      { onSuccess: props.onSaved },
    );
  };
  const showTheirs = (): void => {
    void queries.invalidateQueries({ queryKey: [slug] });
    scope.change({ launch: launchKey(bodyOf(draft)) });
  };
  return (
    <form className={css.form} onSubmit={onSubmit}>
      <LaunchFields draft={draft} isNew={launch === null} onChange={props.onChange} />
      <Refused error={save.error} />
      {isConflict ? (
        <div className={css.form}>
          <p>
            {launch === null
              ? 'A launch of this item is planned there already. Nothing was changed.'
              : 'Somebody changed this launch since you opened it. Nothing of yours was saved.'}
          </p>
          <Button variant="default" onClick={showTheirs}>
            Show the one that stands
          </Button>
        </div>
      ) : null}
      <div className={css.acts}>
        <Button
          type="submit"
          loading={save.isPending}
          disabled={!mayChange}
          title={mayChange ? undefined : whyNot('demand.change')}
        >
          {launch === null ? 'Plan this launch' : 'Save'}
        </Button>
      </div>
    </form>
  );
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
