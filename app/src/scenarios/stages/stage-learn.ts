/** What is learnt from all keys together, before each is forecast on its own. */
import type { Snapshot } from '../snapshot.ts';
import { demandView } from './demand-view.ts';
import { groupSeasons } from './group-seasons.ts';
import type { LearnResult } from './stage-results.ts';

export function learnStage(snapshot: Snapshot): LearnResult {
  const view = demandView(snapshot);
  return { effects: [], seasons: groupSeasons(view) };
}
