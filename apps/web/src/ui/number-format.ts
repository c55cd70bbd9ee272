import { locale } from './locale.ts';

/**
 * Numbers in words of the reader's locale. Missing is an en dash, minus is a true minus, and nothing shows
 * more digits than decide: a column shares one scale, which stands in its header.
 */
export const MISSING = '–';

// A figure is not parted from its unit at the end of a line.
const HARD_SPACE = '\u00a0';

/** Powers of a thousand, with the word that goes before the unit. */
export type Scale = { readonly divisor: number; readonly prefix: string; readonly digits: number };

const PLAIN: Scale = { divisor: 1, prefix: '', digits: 0 };
const PREFIXES = ['', 'k', 'm', 'bn'] as const;

const formatters = new Map<string, Intl.NumberFormat>();

function formatter(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options);
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(locale, options);
  formatters.set(key, made);
  return made;
}

const trueMinus = (text: string): string => text.replace('-', '−');

/** A number with a fixed count of decimals. Null, undefined and NaN are missing. */
export function formatNumber(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
  // A value that rounds to zero keeps no sign: there is no negative nothing.
  const rounded = Math.abs(value) < 0.5 / 10 ** digits ? 0 : value;
  return trueMinus(
    formatter({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(rounded),
  );
}

/** The exact value, for hovers and copies: up to six decimals, none where there are none. */
export function formatExact(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING;
  return trueMinus(formatter({ maximumFractionDigits: 6 }).format(value));
}

/** The scale that a column of these values shares: its largest keeps about three figures. */
export function scaleOf(values: Iterable<number | null>): Scale {
  let largest = 0;
  let fraction = false;
  for (const value of values) {
    if (value === null || Number.isNaN(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    fraction ||= !Number.isInteger(value);
  }
  if (largest < 10_000) return largest < 10 && fraction ? { ...PLAIN, digits: 2 } : PLAIN;
  const step = Math.min(PREFIXES.length - 1, Math.floor(Math.log10(largest) / 3));
  const divisor = 1000 ** step;
  return { divisor, prefix: PREFIXES[step] ?? '', digits: largest / divisor < 10 ? 2 : 1 };
}

/**
 * The scale of a column whose rows differ by orders of magnitude, such as a list of items: the middle row
 * decides, so that most rows show figures and not 0.0.
 */
export function columnScaleOf(values: Iterable<number | null>): Scale {
  const sizes = [...values].flatMap((value) =>
    value === null || !(Math.abs(value) > 0) ? [] : [Math.abs(value)],
  );
  const middle = sizes.toSorted((a, b) => a - b)[Math.floor(sizes.length / 2)] ?? 0;
  if (middle < 10_000) return PLAIN;
  const step = middle < 10_000_000 ? 1 : 2;
  const divisor = 1000 ** step;
  return { divisor, prefix: PREFIXES[step], digits: middle / divisor < 100 ? 1 : 0 };
}

/** A share that must not round up to all of it: 0.99996 is "Over 99.9 %". */
export function formatShareMet(ratio: number): string {
  return ratio < 1 && ratio > 0.9995 ? `Over ${formatPercent(0.999)}` : formatPercent(ratio);
}

/** A value in a scale, without its unit. */
export function formatScaled(value: number | null | undefined, scale: Scale): string {
  return formatNumber(value === null || value === undefined ? null : value / scale.divisor, scale.digits);
}

/** "k units", "USD m": the unit as it stands in a header. Currencies go before, units after. */
export function unitInWords(unit: string, scale: Scale): string {
  const isCurrency = /^[A-Z]{3}$/.test(unit);
  return isCurrency ? `${unit} ${scale.prefix}`.trim() : `${scale.prefix} ${unit}`.trim();
}

/** A share as percent. 0.1234 -> "12.3 %" in the manner of the locale. */
export function formatPercent(ratio: number | null | undefined, digits = 1): string {
  if (ratio === null || ratio === undefined || Number.isNaN(ratio)) return MISSING;
  const rounded = Math.abs(ratio) < 0.5 / 10 ** (digits + 2) ? 0 : ratio;
  const options = { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits } as const;
  return trueMinus(formatter(options).format(rounded));
}

/** A change as percent with its sign: "+32 %". */
export function formatSignedPercent(ratio: number | null | undefined, digits = 1): string {
  const text = formatPercent(ratio, digits);
  return typeof ratio === 'number' && ratio > 0 ? `+${text}` : text;
}

/** Odds in words: never 0 % or 100 %, since nothing ahead is certain. */
export function formatOdds(ratio: number): string {
  if (ratio < 0.01) return `under ${formatPercent(0.01, 0)}`;
  if (ratio > 0.99) return `over ${formatPercent(0.99, 0)}`;
  return formatPercent(ratio, 0);
}

/** One amount in a sentence: "USD 48.2 m". */
export function moneyInWords(amount: number | null | undefined, currency: string): string {
  if (amount === null || amount === undefined || Number.isNaN(amount)) return MISSING;
  const scale = scaleOf([amount]);
  const text = formatScaled(Math.abs(amount), scale);
  const parts = [currency, text, ...(scale.prefix === '' ? [] : [scale.prefix])];
  return `${amount < 0 ? '−' : ''}${parts.join(HARD_SPACE)}`;
}

/** One quantity in a sentence: "1.24 m units". */
export function quantityInWords(quantity: number | null | undefined, unit: string): string {
  if (quantity === null || quantity === undefined || Number.isNaN(quantity)) return MISSING;
  const scale = scaleOf([quantity]);
  return [formatScaled(quantity, scale), scale.prefix, unit].filter((part) => part !== '').join(HARD_SPACE);
}

const TINY_BASE_RATIO = 0.005;

/** Change against a base as percent with its sign; missing where the base is next to nothing. */
export function formatChange(value: number | null, base: number | null): string {
  if (value === null || base === null || base === 0 || Math.abs(base) < Math.abs(value) * TINY_BASE_RATIO)
    return MISSING;
  const change = (value - base) / Math.abs(base);
  return `${change > 0 ? '+' : ''}${formatPercent(change)}`;
}

/** A value with its sign shown, also when it is positive. */
export function formatSigned(value: number | null, scale: Scale): string {
  if (value === null) return MISSING;
  return `${value > 0 ? '+' : ''}${formatScaled(value, scale)}`;
}

/** "1 order", "3 orders". */
export function countInWords(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
