import type { CycleStep } from '@planwright/contracts';
import type { Tone } from '../../ui/status-word.tsx';

/** State of a step in a word: signed, late, open or waiting. */
export function stepState(step: CycleStep): { word: string; tone: Tone } {
  if (step.status === 'signed') return { word: 'Signed', tone: 'good' };
  if (step.overdue) return { word: 'Late', tone: 'bad' };
  if (step.status === 'open') return { word: 'Open', tone: 'active' };
  return { word: 'Waiting', tone: 'neutral' };
}
