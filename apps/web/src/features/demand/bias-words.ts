import { formatPercent } from '../../ui/number-format.ts';

/** "2.7% too low on the whole". Positive bias is too high. */
export function biasInWords(ratio: number): string {
  if (Math.abs(ratio) < 0.0005) return 'neither high nor low';
  return `${formatPercent(Math.abs(ratio))} too ${ratio > 0 ? 'high' : 'low'} on the whole`;
}
