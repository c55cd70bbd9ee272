import type { AccuracyRow } from '@planwright/contracts';
import type { AccuracySums } from '../plan-view/workbench-reader.ts';

/** A part of a whole; null where there is no whole. */
export const ratioOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** The ratios that follow from the sums of a back-test. Bias: positive is too high. */
export function accuracyRow(sums: AccuracySums): AccuracyRow {
  const { code, label, keyCount, actual, moneyError, bucketCount } = sums;
  const wapeRatio = ratioOf(sums.absoluteError, actual);
  const naiveWapeRatio = ratioOf(sums.naiveAbsoluteError, actual);
  return {
    code,
    label,
    keyCount,
    actual,
    wapeRatio,
    biasRatio: ratioOf(sums.error, actual),
    naiveWapeRatio,
    valueAddedRatio: wapeRatio === null || naiveWapeRatio === null ? null : naiveWapeRatio - wapeRatio,
    coverage80Ratio: ratioOf(sums.inside80, bucketCount),
    coverage95Ratio: ratioOf(sums.inside95, bucketCount),
    moneyError,
  };
}

/** 0.123 as '12 %'. */
export const percent = (ratio: number): string =>
  `${(100 * ratio).toFixed(Math.abs(ratio) < 0.0995 ? 1 : 0)} %`;
