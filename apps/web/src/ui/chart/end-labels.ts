import { MARKS } from './marks.ts';
import type { TimePicture } from './time-series.ts';
import { extentOf } from './time-series.ts';

/** A name at the end of its line, moved in height so that no two names touch. */
export type EndLabel = {
  readonly text: string;
  /** Index of the series, or of the band where `band` is true. */
  readonly index: number;
  readonly band: boolean;
  readonly bucket: number;
  readonly value: number;
  /** Pixels to move the name by; positive is down. */
  readonly shift: number;
  /** The line ends inside the picture: its name stands above its end. */
  readonly inside: boolean;
};

const LABEL_HEIGHT = 15;

function lastValueAt(values: readonly (number | null)[]): number {
  for (let bucket = values.length - 1; bucket >= 0; bucket--) {
    const value = values[bucket];
    if (value !== null && value !== undefined) return bucket;
  }
  return -1;
}

/** Names of lines and bands at their ends; those at the right edge from the top down, a line's height apart. */
export function endLabels(picture: TimePicture, plotHeight: number): EndLabel[] {
  const last = picture.buckets.length - 1;
  const [low, high] = extentOf(picture);
  const pixelsPerUnit = plotHeight / (high - low);
  // A lone line needs no name beside its title, and bars end where nothing can stand.
  const alone = picture.series.length + picture.bands.length === 1;
  const lines = picture.series
    .map((series, index) => ({ text: series.name, index, band: false, values: series.values }))
    .filter(({ index }) => !alone && MARKS[picture.series[index]?.mark ?? 'actual'].form !== 'bars');
  const bands = picture.bands.map((band, index) => ({
    text: `${band.percent} %`,
    index,
    band: true,
    values: band.upper,
  }));
  const ends = [...lines, ...bands]
    .map((line) => ({ ...line, bucket: lastValueAt(line.values) }))
    .filter(({ bucket }) => bucket >= 0)
    .map((line) => ({ ...line, value: line.values[line.bucket] ?? 0 }))
    .toSorted((a, b) => b.value - a.value);

  const labels: EndLabel[] = [];
  let lowestY = Number.NEGATIVE_INFINITY;
  for (const end of ends) {
    const { text, index, band, bucket, value } = end;
    if (bucket < last - 1) {
      labels.push({ text, index, band, bucket, value, shift: 0, inside: true });
      continue;
    }
    const y = (high - end.value) * pixelsPerUnit;
    const placed = Math.max(y, lowestY + LABEL_HEIGHT);
    lowestY = placed;
    labels.push({ text, index, band, bucket, value, shift: placed - y, inside: false });
  }
  return labels;
}
