/** What the methods of the published plan were fitted on, laid over the keys of a new run that may keep them. */
import type { CalendarDay } from '@planwright/time';
import type { DemandKeys } from './demand-inputs.ts';

/** The method of a stream of the published plan. */
export type FitRow = {
  readonly item: string;
  readonly location: string;
  readonly channel: string;
  /** First day behind the history it was fitted on. */
  readonly until: CalendarDay;
  /** Digest of that history and of what was known of it. */
  readonly inputs: string;
};

export type PreviousFit = Pick<FitRow, 'until' | 'inputs'>;

/** One entry a key, null where the published plan has no method for it; null where a run fits all anew. */
export type PreviousFits = readonly (PreviousFit | null)[] | null;

export function previousFits(rows: readonly FitRow[] | undefined, keys: DemandKeys): PreviousFits {
  if (rows === undefined) return null;
  const fitOf = new Map(rows.map((row) => [nameOf(row.item, row.location, row.channel), row]));
  return keys.item.map((item, key) => {
    const fit = fitOf.get(nameOf(item, keys.location[key], keys.channel[key]));
    return fit === undefined ? null : { until: fit.until, inputs: fit.inputs };
  });
}

/** The separator cannot be typed into a name. */
const nameOf = (item: string, location: string, channel: string): string =>
  `${item}\u0000${location}\u0000${channel}`;
