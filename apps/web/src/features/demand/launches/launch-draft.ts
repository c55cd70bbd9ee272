import type { Launch, LaunchBody, LaunchPreview } from '@planwright/contracts';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { answerKey, read } from '../../../app/api.ts';
import { call } from '../../../app/client.ts';
import { useCompany } from '../../../app/session.ts';

const SETTLED_AFTER_MS = 250;
const SUGGESTIONS = 8;

/** A launch as its fields stand: texts may be empty still. */
export type LaunchDraft = {
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  readonly startsOn: string;
  /** Empty: the nearest are taken. */
  readonly likeItems: readonly string[];
  readonly level: number | string;
  readonly note: string;
};

export const draftOf = (launch: Launch | null): LaunchDraft => ({
  item: launch?.item ?? '',
  location: launch?.location ?? '',
  channel: launch?.channel ?? '',
  startsOn: launch?.startsOn ?? '',
  likeItems: launch?.likeItems ?? [],
  level: launch?.levelQuantity ?? '',
  note: launch?.note ?? '',
});

export const bodyOf = (draft: LaunchDraft): LaunchBody => ({
  item: draft.item.trim(),
  location: draft.location.trim(),
  channel: draft.channel.trim(),
  startsOn: draft.startsOn,
  likeItems: [...draft.likeItems],
  levelQuantity: draft.level === '' ? null : Math.max(0, Number(draft.level) || 0),
  note: draft.note.trim() || null,
});

/** Follows a text once it has stood still for a moment, so that typing asks the server once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

const previewQuery = (company: string, body: LaunchBody) =>
  queryOptions<LaunchPreview>({
    queryKey: [...answerKey('previewLaunch', { params: { company }, body }), body],
    queryFn: ({ signal }) => call('previewLaunch', { params: { company }, body }, signal),
    enabled: body.item !== '' && body.startsOn !== '',
    placeholderData: keepPreviousData,
  });

/** The curve that the draft gives, and the items that resemble its own; both follow what is typed. */
export function useLaunchPreview(draft: LaunchDraft) {
  const { slug } = useCompany();
  const settled = useSettled(JSON.stringify({ ...bodyOf(draft), note: null }));
  const body = JSON.parse(settled) as LaunchBody;
  const preview = useQuery(previewQuery(slug, body));
  const suggested = useQuery({
    ...read('suggestLikeItems', {
      params: { company: slug },
      query: { item: body.item, limit: SUGGESTIONS },
    }),
    enabled: body.item !== '',
  });
  return { preview, suggested };
}
