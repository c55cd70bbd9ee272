import type { Import } from '@planwright/contracts';
import type { Tone } from '../../ui/status-word.tsx';

type State = { readonly word: string; readonly tone: Tone; readonly live: boolean };

const STATES: Record<Import['status'], State> = {
  queued: { word: 'Waiting', tone: 'neutral', live: true },
  reading: { word: 'Reading', tone: 'active', live: true },
  storing: { word: 'Storing', tone: 'active', live: true },
  done: { word: 'Stored', tone: 'good', live: false },
  refused: { word: 'Refused', tone: 'bad', live: false },
  failed: { word: 'Failed', tone: 'bad', live: false },
  cancelled: { word: 'Cancelled', tone: 'neutral', live: false },
  undone: { word: 'Undone', tone: 'neutral', live: false },
};

/** State of an import in a word. Stored with refused rows is not quite good. */
export function importState(item: Import): State {
  const state = STATES[item.status];
  return item.status === 'done' && item.errorCount > 0
    ? { word: 'Stored in part', tone: 'watch', live: false }
    : state;
}
