/** Edits tried out: what they would change is shown, and nothing is stored. */
import type { SupplyEdit, WhatIf } from '@planwright/contracts';
import type { PlanReader, RunHead } from '../plan-view/plan-reader.ts';
import { runInView } from '../plan-view/run-in-view.ts';
import type { Service } from '../services.ts';
import { consensusIn, type ConsensusTable, readConsensus } from './full-chunk.ts';
import { bookOf, type BookParts, readBookParts } from './plan-book.ts';
import type { SupplyPlanReads } from './ports.ts';
import { type TrialDesk, trialDesk } from './trial-desk.ts';

/**
 * What edits change of a run's plan.
 *
 * @throws PlanningError INVALID_INPUT for an edit of something that is not planned, NO_CONSTRAINED_PLAN.
 */
export type TryOut = (run: RunHead, edits: readonly SupplyEdit[]) => Promise<WhatIf>;

export type WhatIfDeps = { readonly plan: PlanReader; readonly tryOut: TryOut };

export function tryOutSupplyEdits({ plan, tryOut }: WhatIfDeps): Service<'tryOutSupplyEdits'> {
  return async (member, { body }) =>
    tryOut(await runInView(plan, member, { run: body.run ?? undefined }), body.edits);
}

/** All that a desk is set up from: plain data, for it stands in a thread of its own. */
export type DeskParts = { readonly book: BookParts; readonly consensus: ConsensusTable };

export async function readDeskParts(reads: SupplyPlanReads, run: RunHead): Promise<DeskParts> {
  const [book, consensus] = await Promise.all([readBookParts(reads, run), readConsensus(reads, run)]);
  return { book, consensus };
}

/** @throws PlanningError NO_CONSTRAINED_PLAN for a run of a version that made none. */
export function deskOf({ book: parts, consensus }: DeskParts): TrialDesk {
  const book = bookOf(parts);
  return trialDesk(book, consensusIn(consensus, book));
}
