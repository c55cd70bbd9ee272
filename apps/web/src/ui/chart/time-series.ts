import type { Horizon } from '@planwright/contracts';
import type { Scale } from '../number-format.ts';
import type { MarkName } from './marks.ts';

export type Bucket = Horizon['buckets'][number];

/** One measure over the buckets; null where there is nothing. */
export type TimeSeries = {
  readonly name: string;
  readonly mark: MarkName;
  readonly values: readonly (number | null)[];
};

/** A range around the forecast that holds the actual with a chance of `percent`. */
export type Band = {
  readonly percent: number;
  readonly lower: readonly (number | null)[];
  readonly upper: readonly (number | null)[];
};

export type TimeSpan = { readonly name: string; readonly first: number; readonly last: number };

/** What a picture over time shows. All values are in `unit`; `scale` is how they are written. */
export type TimePicture = {
  readonly buckets: readonly Bucket[];
  /** Index of the first bucket after today; the today line stands before it. Null draws none. */
  readonly firstPlanBucket: number | null;
  readonly series: readonly TimeSeries[];
  readonly bands: readonly Band[];
  readonly unit: string;
  readonly scale: Scale;
  /** Buckets in which something was or will be going on, such as an event: first and last, both included. */
  readonly spans?: readonly TimeSpan[];
  /** Name of the series that the others are compared with. */
  readonly compareTo?: string;
  /** The axis starts at zero unless the picture says that only the range matters. */
  readonly fromZero: boolean;
};
