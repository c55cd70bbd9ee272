import type { ApiOutput } from '@planwright/contracts';
import type { Palette } from '../../../app/tokens.ts';

export type ResourceLoads = ApiOutput<'getResourceLoad'>;
export type ResourceLoad = ResourceLoads['resources'][number];

/** Load by capacity in a bucket; null where the resource has no hours and no load. */
export function loadRatio(resource: ResourceLoad, bucket: number): number | null {
  const load = resource.loadHours[bucket] ?? null;
  const capacity = resource.capacityHours[bucket] ?? null;
  if (load === null || capacity === null) return null;
  if (capacity > 0) return load / capacity;
  return load > 0 ? Number.POSITIVE_INFINITY : null;
}

// Upper ends of the steps of the scale, as shares of capacity. Beyond 1 the resource is overloaded.
const LOAD_STEPS = [0.25, 0.5, 0.7, 0.85, 1] as const;
const OVER_STEPS = [1.1, 1.25, Number.POSITIVE_INFINITY] as const;

/** The step of the scale that a ratio falls into: a load step, or an over step. */
export function stepOf(ratio: number): { readonly over: boolean; readonly step: number } {
  const step = LOAD_STEPS.findIndex((end) => ratio <= end + 1e-9);
  if (step !== -1) return { over: false, step };
  return { over: true, step: OVER_STEPS.findIndex((end) => ratio <= end) };
}

export function colourOf(ratio: number, palette: Palette): string {
  const { over, step } = stepOf(ratio);
  return (over ? palette.over[step] : palette.load[step]) ?? palette.paper;
}

/** The scale for the key beside the map: upper ends in percent of the hours there are. */
export const LOAD_KEY = [
  { ratio: 0.2, label: '25' },
  { ratio: 0.4, label: '50' },
  { ratio: 0.6, label: '70' },
  { ratio: 0.8, label: '85' },
  { ratio: 0.95, label: '100' },
  { ratio: 1.05, label: '110' },
  { ratio: 1.2, label: '125' },
  { ratio: 2, label: 'more' },
] as const;
