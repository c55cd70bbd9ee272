import type { TimePicture } from './time-series.ts';

/** The value axis of a picture: where it begins and ends, and the step between its lines. All round numbers. */
export type AxisRange = { readonly low: number; readonly high: number; readonly step: number };

/** Steps that an axis has at most, before its ends are made round. */
const STEPS_MAX = 6;
const ROUND_STEPS = [1, 2, 2.5, 5, 10] as const;

/** The axis around all series and bands, so that names can be placed before the picture is drawn. */
export function axisRange(picture: TimePicture): AxisRange {
  const [low, high] = extentOf(picture);
  const rough = (high - low) / STEPS_MAX;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * (ROUND_STEPS.find((round) => round * power >= rough * 0.999) ?? 10);
  return { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step, step };
}

/** Smallest and largest value of all series and bands, with zero where the axis starts there. */
function extentOf(picture: TimePicture): readonly [number, number] {
  let low = picture.fromZero ? 0 : Number.POSITIVE_INFINITY;
  let high = picture.fromZero ? 0 : Number.NEGATIVE_INFINITY;
  const rows = [
    ...picture.series.map(({ values }) => values),
    ...picture.bands.flatMap((band) => [band.lower, band.upper]),
  ];
  for (const value of rows.flat()) {
    if (value === null || Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low > high ? [0, 1] : [low, high === low ? low + 1 : high];
}
