import { MARKS } from './marks.ts';
import type { TimePicture } from './time-series.ts';
import { axisRange } from './value-axis.ts';

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
  /** The line ends inside the picture: its name stands where no line passes. */
  readonly inside: boolean;
  /** The name begins at the end of its line and reads on to the right; otherwise it ends there. */
  readonly fromLeft: boolean;
};

const LABEL_HEIGHT = 15;
const LETTER_WIDTH = 7;
const ABOVE_LINES = 11;
/** Pixels between the end of a line and its name. */
const FARTHEST = 90;
/** A name may stand a little above the plot. */
const HIGHEST = -6;

function lastValueAt(values: readonly (number | null)[]): number {
  for (let bucket = values.length - 1; bucket >= 0; bucket--) {
    const value = values[bucket];
    if (value !== null && value !== undefined) return bucket;
  }
  return -1;
}

type Ending = Pick<EndLabel, 'text' | 'index' | 'band' | 'bucket' | 'value'>;

/** Names of lines and bands at their ends; those at the right edge from the top down, a line's height apart. */
export function endLabels(
  picture: TimePicture,
  plot: { readonly width: number; readonly height: number },
): EndLabel[] {
  const last = picture.buckets.length - 1;
  const { low, high } = axisRange(picture);
  const pixelsPerUnit = plot.height / (high - low);
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

  const labels: EndLabel[] = insideLabels(
    picture,
    ends.filter(({ bucket }) => bucket < last - 1),
    plot,
  );
  let lowestY = Number.NEGATIVE_INFINITY;
  for (const { text, index, band, bucket, value } of ends.filter((end) => end.bucket >= last - 1)) {
    const y = (high - value) * pixelsPerUnit;
    const placed = Math.max(y, lowestY + LABEL_HEIGHT);
    lowestY = placed;
    labels.push({ text, index, band, bucket, value, shift: placed - y, inside: false, fromLeft: false });
  }
  return labels;
}

type Box = { readonly from: number; readonly to: number; readonly y: number };

/** Where the name of a line that ends inside may stand, in pixels below the end: the best place first. */
const PLACES = [
  { fromLeft: false, down: -11 },
  { fromLeft: false, down: 13 },
  { fromLeft: true, down: 0 },
  { fromLeft: false, down: -24 },
  { fromLeft: true, down: -13 },
  { fromLeft: true, down: 13 },
  { fromLeft: false, down: -39 },
] as const;
/** Half the height of a name, with a little air. */
const HALF_NAME = 7;

/** Names of lines that end inside: beside their ends where no line passes, above all lines where every place is taken. */
function insideLabels(
  picture: TimePicture,
  ends: readonly Ending[],
  plot: { readonly width: number; readonly height: number },
): EndLabel[] {
  const { low, high } = axisRange(picture);
  const yOf = (value: number): number => ((high - value) * plot.height) / (high - low);
  const bucketWidth = plot.width / picture.buckets.length;
  const rows = picture.series.map(({ values }) => values);
  const placed: Box[] = [];
  return ends.toReversed().flatMap(({ text, index, band, bucket, value }) => {
    const span = Math.ceil((text.length * LETTER_WIDTH) / bucketWidth);
    const end = yOf(value);
    const boxAt = (fromLeft: boolean, y: number): Box =>
      fromLeft ? { from: bucket + 1, to: bucket + span, y } : { from: bucket - span, to: bucket, y };
    const label = (fromLeft: boolean, y: number): EndLabel[] => {
      placed.push(boxAt(fromLeft, y));
      return [{ text, index, band, bucket, value, shift: y - end, inside: true, fromLeft }];
    };
    const isToday = bucket + 1 === picture.firstPlanBucket;
    for (const { fromLeft, down } of PLACES) {
      const box = boxAt(fromLeft, end + down);
      const fits = box.from >= 0 && box.to < picture.buckets.length && !(fromLeft && isToday);
      const isInside = box.y >= HIGHEST && box.y <= plot.height - HALF_NAME;
      if (fits && isInside && isFree(box, rows, yOf, placed)) return label(fromLeft, box.y);
    }
    const fromLeft = bucket < span;
    const { from, to } = boxAt(fromLeft, 0);
    const under = rows.flatMap((values) => values.slice(from, to + 1)).filter((known) => known !== null);
    const above = placed.filter((other) => other.from <= to && other.to >= from).map(({ y }) => y);
    const y = Math.min(
      yOf(Math.max(value, ...under)) - ABOVE_LINES,
      ...above.map((other) => other - LABEL_HEIGHT),
    );
    // Far from its end a name would seem to be another line's: the tooltip and the table name it then.
    return y < HIGHEST || end - y > FARTHEST ? [] : label(fromLeft, y);
  });
}

/** Whether no line passes through a box, at a bucket or half-way to the next, and no name stands in it. */
function isFree(
  box: Box,
  rows: readonly (readonly (number | null)[])[],
  yOf: (value: number) => number,
  placed: readonly Box[],
): boolean {
  const touches = placed.some(
    (other) => other.from <= box.to && other.to >= box.from && Math.abs(other.y - box.y) < LABEL_HEIGHT,
  );
  if (touches) return false;
  const isAway = (value: number): boolean => Math.abs(yOf(value) - box.y) > HALF_NAME;
  return rows.every((values) => {
    for (let bucket = box.from; bucket <= box.to; bucket++) {
      const value = values[bucket] ?? null;
      const next = values[bucket + 1] ?? null;
      if (value === null) continue;
      if (!isAway(value)) return false;
      if (next === null || bucket === box.to) continue;
      // A steep line crosses the box between its two ends.
      if ((yOf(value) - box.y) * (yOf(next) - box.y) < 0) return false;
    }
    return true;
  });
}
