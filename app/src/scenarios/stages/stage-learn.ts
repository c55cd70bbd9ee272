/** What is learnt from all keys together, before each is forecast on its own. */
import type { PanelTraining } from '@planwright/forecast';
import type { Snapshot } from '../snapshot.ts';
import { learntCalendar } from './calendar-effects.ts';
import { demandView } from './demand-view.ts';
import { groupSeasons, youngSeasons } from './group-seasons.ts';
import { learntEvents } from './learnt-events.ts';
import { learntPanel } from './panel-learning.ts';
import type { RunBlocks } from './run-blocks.ts';
import type { LearnResult } from './stage-results.ts';

export function learnStage(
  snapshot: Snapshot,
  blocks: RunBlocks,
  support: Pick<PanelTraining, 'helpers' | 'onProgress'>,
): LearnResult {
  const view = demandView(snapshot);
  const calendar = learntCalendar(view);
  return {
    ...learntEvents(view, blocks, calendar),
    calendar,
    seasons: groupSeasons(view),
    youngSeasons: youngSeasons(view),
    panel: learntPanel(view, blocks, support),
  };
}
