/**
 * Numbers as a planner reads them: no more digits than mean something, thousands set off by commas, always the same on every
 * machine (so not by locale).
 */

/** 1,240 / 46 / 3.4 / 0.27; with its unit where one is given. */
export function spokenNumber(value: number, unit = ''): string {
  const size = Math.abs(value);
  const digits = size >= 9.95 || size === 0 ? 0 : size >= 0.995 ? 1 : 2;
  const [whole, fraction = ''] = size.toFixed(digits).split('.');
  const decimals = fraction.replace(/0+$/, '');
  const grouped = size < 1e21 ? whole.replace(/\B(?=(?:\d{3})+$)/g, ',') : String(size);
  const shown = decimals === '' ? grouped : `${grouped}.${decimals}`;
  const sign = value < 0 && Number(size.toFixed(digits)) > 0 ? '-' : '';
  return unit === '' ? `${sign}${shown}` : `${sign}${shown} ${unit}`;
}

/** 23 % / 4.5 % / 0.6 %, from a ratio. */
export function spokenShare(ratio: number): string {
  const percent = 100 * ratio;
  return `${spokenNumber(Math.abs(percent) < 9.95 ? Math.round(10 * percent) / 10 : percent)} %`;
}

/** 1 bucket / 1,240 buckets. */
export const counted = (count: number, noun: string): string =>
  `${spokenNumber(count)} ${noun}${count === 1 ? '' : 's'}`;

/** 'a', 'a and b', 'a, b and c'. */
export function spokenList(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? '';
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`;
}

/** The text as a sentence: a capital at its start, a full stop at its end. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
