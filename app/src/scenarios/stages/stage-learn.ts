/** What is learnt from all keys together, before each is forecast on its own. */
import type { Snapshot } from '../snapshot.ts';
import { demandView } from './demand-view.ts';
import { groupSeasons } from './group-seasons.ts';
import { learntEvents } from './learnt-events.ts';
import { learntPanel } from './panel-learning.ts';
import type { RunBlocks } from './run-blocks.ts';
import type { LearnResult } from './stage-results.ts';

export function learnStage(snapshot: Snapshot, blocks: RunBlocks): LearnResult {
  const view = demandView(snapshot);
  const effects = learntEvents(view, blocks);
  return { effects, seasons: groupSeasons(view), panel: learntPanel(view, blocks) };
}
