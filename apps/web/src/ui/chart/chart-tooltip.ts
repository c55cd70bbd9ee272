import type { Palette } from '../../app/tokens.ts';
import { formatBucket } from '../date-format.ts';
import { formatChange, formatScaled, MISSING, unitInWords } from '../number-format.ts';
import { MARKS } from './marks.ts';
import type { TimePicture } from './time-series.ts';

function cell(
  tag: 'td' | 'th',
  text: string,
  style: Readonly<Record<string, string>> = {},
): HTMLTableCellElement {
  const element = document.createElement(tag);
  element.textContent = text;
  Object.assign(element.style, {
    padding: '1px 0 1px 14px',
    textAlign: 'right',
    fontWeight: '500',
    ...style,
  });
  return element;
}

/** All series at one bucket, aligned, each with its change against the one that the picture compares with. */
export function tooltipElement(picture: TimePicture, bucket: number, palette: Palette): HTMLElement {
  const table = document.createElement('table');
  table.style.borderCollapse = 'collapse';
  const caption = document.createElement('caption');
  caption.textContent = bucketInWords(picture, bucket);
  Object.assign(caption.style, {
    textAlign: 'left',
    fontWeight: '680',
    paddingBottom: '4px',
    whiteSpace: 'nowrap',
  });
  table.append(caption);

  const base = picture.series.find(({ name }) => name === picture.compareTo)?.values[bucket] ?? null;
  for (const series of picture.series) {
    const value = series.values[bucket] ?? null;
    if (value === null) continue;
    const row = table.insertRow();
    const colour = MARKS[series.mark].colour(palette);
    row.append(
      cell('th', series.name, { textAlign: 'left', paddingLeft: '8px', borderLeft: `3px solid ${colour}` }),
      cell('td', formatScaled(value, picture.scale), { fontWeight: '640' }),
    );
    if (base !== null) {
      const change = series.name === picture.compareTo ? '' : formatChange(value, base);
      row.append(cell('td', change === MISSING ? '' : change, { color: palette.inkQuiet }));
    }
  }
  for (const band of picture.bands) {
    const lower = band.lower[bucket] ?? null;
    const upper = band.upper[bucket] ?? null;
    if (lower === null || upper === null) continue;
    const row = table.insertRow();
    const range = `${formatScaled(lower, picture.scale)} – ${formatScaled(upper, picture.scale)}`;
    row.append(
      cell('th', `${band.percent} % band`, {
        textAlign: 'left',
        paddingLeft: '11px',
        color: palette.inkQuiet,
      }),
      cell('td', range, { color: palette.inkQuiet }),
    );
  }
  for (const name of spansAt(picture, bucket)) {
    const row = table.insertRow();
    const text = cell('th', name, { textAlign: 'left', paddingLeft: '8px' });
    text.style.borderLeft = `3px solid ${palette.watch}`;
    text.colSpan = 3;
    row.append(text);
  }
  const foot = document.createElement('div');
  foot.textContent =
    unitInWords(picture.unit, picture.scale) + (base === null ? '' : `, change against ${picture.compareTo}`);
  Object.assign(foot.style, { color: palette.inkQuiet, paddingTop: '4px', fontSize: '11px' });
  const box = document.createElement('div');
  box.append(table, foot);
  return box;
}

/** Names of what goes on in a bucket. */
const spansAt = ({ spans = [] }: TimePicture, bucket: number): readonly string[] =>
  spans.filter(({ first, last }) => bucket >= first && bucket <= last).map(({ name }) => name);

/** The bucket with its fiscal name where the two differ. */
function bucketInWords(picture: TimePicture, bucket: number): string {
  const row = picture.buckets[bucket];
  if (row === undefined) return '';
  const label = formatBucket(row.label);
  return row.fiscalLabel === '' || row.fiscalLabel === row.label ? label : `${label} · ${row.fiscalLabel}`;
}

/** The same as one sentence, for the keyboard and the screen reader. */
export function bucketSentence(picture: TimePicture, bucket: number): string {
  const unit = unitInWords(picture.unit, picture.scale);
  const parts = picture.series.flatMap(({ name, values }) => {
    const value = values[bucket] ?? null;
    return value === null ? [] : [`${name} ${formatScaled(value, picture.scale)}`];
  });
  const during = spansAt(picture, bucket);
  const also = during.length === 0 ? '' : `, during ${during.join(' and ')}`;
  return `${bucketInWords(picture, bucket)}: ${parts.join(', ') || 'nothing'} ${unit}${also}`;
}
