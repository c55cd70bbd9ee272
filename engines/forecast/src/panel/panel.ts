/**
 * A panel: the histories of many keys side by side, for what is learnt from all of them together.
 *
 * Keys are prepared as models are: from the first bucket that demand is judged by, gaps filled, of ordinary size.
 */
import { assert } from '@planwright/units';
import { type DemandClass, demandProfile } from '../choice/demand-class.ts';
import { prepare } from '../contract/prepare.ts';

export type Panel = {
  readonly keyCount: number;
  readonly bucketCount: number;
  /** keyCount x bucketCount, row-major, oldest bucket first, all keys ending in the same bucket; NaN is not observed. */
  readonly values: Float64Array;
  /** Buckets in one season, 1 for none. */
  readonly season: number;
  /** Place of bucket 0 in the season, 0 to season - 1, where the calendar is known. */
  readonly firstPosition?: number;
  /** What a key is, such as its group, location and channel; keyCount x names.length codes from 0, -1 for unknown. */
  readonly attributes?: { readonly names: readonly string[]; readonly codes: Int32Array };
  /** What is known of every bucket beside the demand: price, events. */
  readonly regressors?: PanelRegressors;
};

export type PanelRegressors = {
  readonly names: readonly string[];
  /** Buckets given of each key: those of the history and as many of the future as are forecast. */
  readonly bucketCount: number;
  /** keyCount x bucketCount x names.length, row-major; NaN is not known. */
  readonly values: Float64Array;
};

/** A key as the panel model sees it. */
export type PanelKey = {
  readonly key: number;
  /** Complete and divided by `scale`. */
  readonly history: Float64Array;
  /** Bucket of the panel that the history begins in. */
  readonly start: number;
  /** A power of two. */
  readonly scale: number;
  readonly demandClass: DemandClass;
  /** Whether seasonal models can forecast it: the classes smooth and erratic, and gaps that come every season. */
  readonly regular: boolean;
};

/** Stops on a panel whose parts do not fit together. */
export function assertPanel(panel: Panel): void {
  const { keyCount, bucketCount, values, season, attributes, regressors } = panel;
  assert(values.length === keyCount * bucketCount, 'values holds keyCount x bucketCount numbers');
  assert(Number.isInteger(season) && season >= 1, 'season is a whole number of buckets');
  if (attributes !== undefined)
    assert(
      attributes.codes.length === keyCount * attributes.names.length,
      'attributes has one code a key and name',
    );
  if (regressors !== undefined) {
    const wanted = keyCount * regressors.bucketCount * regressors.names.length;
    assert(regressors.values.length === wanted, 'regressors has one value a key, bucket and name');
    assert(regressors.bucketCount >= bucketCount, 'regressors cover the history');
  }
}

export function panelKey(panel: Panel, key: number): PanelKey {
  const series = panel.values.subarray(key * panel.bucketCount, (key + 1) * panel.bucketCount);
  const profile = demandProfile(series, panel.season);
  const { history, positions, scale } = prepare(series.subarray(profile.start), panel.season, 'fill');
  const { demandClass, seasonalGaps } = profile;
  const regular = demandClass === 'smooth' || demandClass === 'erratic' || seasonalGaps;
  return { key, history, start: profile.start + (positions[0] ?? 0), scale, demandClass, regular };
}
