import type { CleansingDecision } from '@planwright/contracts';
import { useEffect, useEffectEvent, useState } from 'react';
import { useWrite } from '../../../app/api.ts';
import { useCompany } from '../../../app/session.ts';

/** A decision that was made here, and what stood before it. */
type Made = { readonly now: CleansingDecision; readonly before: CleansingDecision | undefined };

/**
 * Takes decisions about the history of a stream back: one to automatic, or with Ctrl-Z the last that was made here, to
 * what stood before it. Where somebody else has decided since, it is refused.
 */
export function useTakeBack(keyId: number) {
  const { slug } = useCompany();
  const [made, setMade] = useState<readonly Made[]>([]);
  const undo = useWrite('undoCleansing');
  const restore = useWrite('decideCleansing');
  const toAutomatic = ({ bucketOn, decidedAt }: CleansingDecision): void =>
    undo.mutate({ params: { company: slug, keyId, bucketOn }, query: { decidedAt } });
  const toBefore = (now: CleansingDecision, before: CleansingDecision): void => {
    const { bucketOn, reason, decision, quantity } = before;
    const shared = { bucketOn, reason, seen: { decidedAt: now.decidedAt } };
    const body =
      decision === 'set' && quantity !== null
        ? { ...shared, decision, quantity }
        : { ...shared, decision: 'keep' as const };
    restore.mutate(
      { params: { company: slug, keyId }, body },
      {
        // It stands again, from a new moment: that is what the next Ctrl-Z must have seen.
        onSuccess: (again) =>
          setMade((list) =>
            list.map((one) => (one.now.decidedAt === before.decidedAt ? { ...one, now: again } : one)),
          ),
      },
    );
  };
  const undoLast = useEffectEvent((event: KeyboardEvent) => {
    const last = made.at(-1);
    const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
    if (typing || last === undefined || !(event.ctrlKey || event.metaKey) || event.key !== 'z') return;
    event.preventDefault();
    setMade(made.slice(0, -1));
    if (last.before === undefined) toAutomatic(last.now);
    else toBefore(last.now, last.before);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => undoLast(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return {
    error: undo.error ?? restore.error,
    remember: (now: CleansingDecision, before: CleansingDecision | undefined): void =>
      setMade((list) => [...list, { now, before }]),
    takeBack: (decision: CleansingDecision): void => {
      setMade((list) => list.filter(({ now }) => now.bucketOn !== decision.bucketOn));
      toAutomatic(decision);
    },
  };
}
