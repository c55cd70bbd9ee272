import type { FiniteNetwork } from './network.ts';

// (0.1 + 0.2) / 0.1 is 3.0000000000000004: without slack, ceil() would buy a fourth lot.
export const LOT_SLACK = 1e-9;

/** The least lot of a source for `wanted` units started; its largest where that is less. */
export function lotOf({ sources }: FiniteNetwork, source: number, wanted: number): number {
  const multiple = sources.lotMultiple[source];
  const lot = multiple > 0 ? Math.ceil(wanted / multiple - LOT_SLACK) * multiple : wanted;
  return Math.min(Math.max(lot, sources.lotMinimum[source]), sources.lotMaximum[source]);
}
