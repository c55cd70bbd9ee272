/** The program of the thread that tries out edits: holds the plans of the runs that were looked at last. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { parentPort } from 'node:worker_threads';
import { deskOf, PlanningError, type TrialDesk } from '@planwright/app';
import type { FromWhatIf, ToWhatIf } from './what-if-messages.ts';

/** The published run and one beside it. */
const DESKS_MAX = 2;
type FromRefused = Extract<FromWhatIf, { kind: 'refused' }>;
const desks = new Map<string, TrialDesk>();

async function answer(message: ToWhatIf): Promise<FromWhatIf> {
  const { id, runId } = message;
  if (message.kind === 'open') {
    desks.set(runId, deskOf(message.parts));
    if (desks.size > DESKS_MAX) desks.delete(desks.keys().next().value ?? '');
    return { id, kind: 'done' };
  }
  const desk = desks.get(runId);
  if (desk === undefined) return { id, kind: 'unknown' };
  desks.delete(runId); // Back to the young end.
  desks.set(runId, desk);
  if (message.kind === 'ask') return { id, kind: 'effect', effect: desk.tryOut(message.edits) };
  await prepare(desk);
  return { id, kind: 'done' };
}

/** Step by step: questions that come meanwhile are answered in between. */
async function prepare(desk: TrialDesk): Promise<void> {
  desk.prepare();
  for (const edit of desk.rehearsal()) {
    await nextTurn();
    desk.tryOut([edit]);
  }
}

parentPort?.on('message', async (message: ToWhatIf) => {
  const { id } = message;
  try {
    parentPort?.postMessage(await answer(message));
  } catch (error) {
    const refused: FromWhatIf =
      error instanceof PlanningError
        ? { id, kind: 'refused', code: error.code, details: error.details as FromRefused['details'] }
        : { id, kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
    parentPort?.postMessage(refused);
  }
});
