import type { RoughCutResource } from '@planwright/contracts';
import type { MarkName } from '../../../ui/chart/marks.ts';

/** The three methods, from rough to detailed. */
export const METHODS = [
  { field: 'overallHours', name: 'Overall factors', mark: 'overallFactors' },
  { field: 'billHours', name: 'Bill of capacity', mark: 'capacityBill' },
  { field: 'profileHours', name: 'Resource profile', mark: 'resourceProfile' },
] as const satisfies readonly { field: keyof RoughCutResource; name: string; mark: MarkName }[];

/** All periods together; null where nothing is known of any. */
export function sumOf(values: readonly (number | null)[]): number | null {
  return values.every((value) => value === null)
    ? null
    : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
