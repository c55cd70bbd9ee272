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
  /** The line ends inside the picture: its name stands above all that is drawn there. */
  readonly inside: boolean;
  /** The name begins at the end of its line, since there is no room for it on the left. */
  readonly fromLeft: boolean;
};

const LABEL_HEIGHT = 15;
const LETTER_WIDTH = 7;
const ABOVE_LINES = 11;
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

/** Names of lines that end inside: above the highest point under the name, and above names already there. */
function insideLabels(
  picture: TimePicture,
  ends: readonly Ending[],
  plot: { readonly width: number; readonly height: number },
): EndLabel[] {
  const { low, high } = axisRange(picture);
  const yOf = (value: number): number => ((high - value) * plot.height) / (high - low);
  const bucketWidth = plot.width / picture.buckets.length;
  const placed: { from: number; to: number; y: number }[] = [];
  return ends.toReversed().flatMap(({ text, index, band, bucket, value }) => {
    const span = Math.ceil((text.length * LETTER_WIDTH) / bucketWidth);
    const fromLeft = bucket < span;
    const from = fromLeft ? bucket : bucket - span;
    const to = fromLeft ? bucket + span : bucket;
    const under = [...picture.series.map(({ values }) => values), ...picture.bands.map(({ upper }) => upper)]
      .flatMap((values) => values.slice(from, to + 1))
      .filter((known) => known !== null);
    const above = placed.filter((other) => other.from <= to && other.to >= from).map(({ y }) => y);
    const y = Math.min(
      yOf(Math.max(value, ...under)) - ABOVE_LINES,
      ...above.map((other) => other - LABEL_HEIGHT),
    );
    if (y < HIGHEST) return []; // No room: the tooltip and the table name it.
    placed.push({ from, to, y });
    return [{ text, index, band, bucket, value, shift: y - yOf(value), inside: true, fromLeft }];
  });
}
