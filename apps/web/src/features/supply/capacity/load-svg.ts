import { readableOn } from '../../../app/contrast.ts';
import { FONT, type Palette } from '../../../app/tokens.ts';
import { formatBucket } from '../../../ui/date-format.ts';
import { formatNumber } from '../../../ui/number-format.ts';
import { colourOf, loadRatio, type ResourceLoads, stepOf } from './load-scale.ts';

const CELL = { width: 44, height: 24 } as const;
const NAME_WIDTH = 180;
const HEAD_HEIGHT = 40;
const MARGIN = 16;

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Text = {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly fill: string;
  readonly anchor?: 'middle' | 'start';
};

function textElement({ x, y, text, fill, anchor = 'start' }: Text): string {
  return `<text x="${x}" y="${y}" fill="${fill}" text-anchor="${anchor}">${escape(text)}</text>`;
}

/** The load map as a drawing of its own, in the colours of the page. Overload carries a corner mark. */
export function loadSvg(
  loads: ResourceLoads,
  palette: Palette,
): { svg: string; width: number; height: number } {
  const { buckets } = loads.horizon;
  const width = MARGIN * 2 + NAME_WIDTH + buckets.length * CELL.width;
  const height = MARGIN * 2 + HEAD_HEIGHT + loads.resources.length * CELL.height;
  const left = MARGIN + NAME_WIDTH;
  const top = MARGIN + HEAD_HEIGHT;
  const parts = buckets.map((bucket, index) =>
    textElement({
      x: left + (index + 0.5) * CELL.width,
      y: top - 8,
      text: formatBucket(bucket.label),
      fill: palette.inkQuiet,
      anchor: 'middle',
    }),
  );
  loads.resources.forEach((resource, row) => {
    const y = top + row * CELL.height;
    parts.push(textElement({ x: MARGIN, y: y + 16, text: resource.name, fill: palette.ink }));
    buckets.forEach((_, bucket) => {
      const ratio = loadRatio(resource, bucket);
      if (ratio === null) return;
      const x = left + bucket * CELL.width;
      const fill = colourOf(ratio, palette);
      const text = readableOn(fill, palette.ink, palette.onInk);
      parts.push(
        `<rect x="${x}" y="${y}" width="${CELL.width - 1}" height="${CELL.height - 1}" fill="${fill}"/>`,
      );
      if (stepOf(ratio).over) parts.push(`<path d="M${x} ${y}h9l-9 9Z" fill="${palette.ink}"/>`);
      const figure = Number.isFinite(ratio) ? formatNumber(ratio * 100) : 'none';
      parts.push(
        textElement({ x: x + CELL.width / 2, y: y + 16, text: figure, fill: text, anchor: 'middle' }),
      );
    });
  });
  const style = `font-family="${escape(FONT)}" font-size="11"`;
  const paper = `<rect width="${width}" height="${height}" fill="${palette.paper}"/>`;
  const title = textElement({
    x: MARGIN,
    y: MARGIN + 8,
    text: 'Load by available hours, percent',
    fill: palette.inkQuiet,
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ${style}>${paper}${title}${parts.join('')}</svg>`;
  return { svg, width, height };
}
