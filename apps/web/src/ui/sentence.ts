import { formatBucket, formatDay } from './date-format.ts';
import { locale } from './locale.ts';

const DAY_OR_MONTH = /(?<![\w-])(?:19|20)\d{2}-(?:0[1-9]|1[0-2])(-(?:0[1-9]|[12]\d|3[01]))?(?![\w-])/g;

/** What stands behind the figure of a percentage in the reader's locale: "%", or a space and "%". */
const percentMark = new Intl.NumberFormat(locale, { style: 'percent' })
  .formatToParts(0.01)
  .filter(({ type }) => type === 'literal' || type === 'percentSign')
  .map(({ value }) => value)
  .join('');

/**
 * A sentence of the server as the page writes everything else: it names days and months as in `2026-11-05` and `2026-11`
 * and parts percent signs from their figures, because it does not know the reader's locale.
 */
export function inReadersWords(text: string): string {
  return text
    .replaceAll(DAY_OR_MONTH, (found, day?: string) =>
      day === undefined ? formatBucket(found) : formatDay(found),
    )
    .replaceAll(/(?<=\d) %/g, percentMark);
}
