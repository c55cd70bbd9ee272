import { locale } from './locale.ts';
import { MISSING } from './number-format.ts';

const dayFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const shortDayFormat = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const timeFormat = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const momentFormat = new Intl.DateTimeFormat(locale, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

const shortMonthFormat = new Intl.DateTimeFormat(locale, {
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});
const MONTH_LABEL = /^\d{4}-\d{2}$/;

/** A bucket's label for the reader: `2026-11` as "Nov 2026", any other (weeks, periods) as it stands. */
export function formatBucket(label: string): string {
  return MONTH_LABEL.test(label) ? shortMonthFormat.format(new Date(`${label}-01T00:00:00Z`)) : label;
}

const MONTH_IN_TEXT = /(?<![\d-])\d{4}-(?:0[1-9]|1[0-2])(?![\d-])/g;

/** Labels of months in a sentence of the server as the reader's: "in 2026-11" as "in Nov 2026". */
export function withBuckets(text: string): string {
  return text.replaceAll(MONTH_IN_TEXT, formatBucket);
}

/** 2027 -> "FY27". */
export function fiscalYearName(year: number): string {
  return `FY${String(year % 100).padStart(2, '0')}`;
}

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** `2026-07-01` as a day of the reader's locale. Days have no time zone, so none moves them. */
export function formatDay(day: string | null | undefined): string {
  return day === null || day === undefined || day === ''
    ? MISSING
    : dayFormat.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

export function formatShortDay(day: string): string {
  return shortDayFormat.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

export function formatMonth(day: string): string {
  return monthFormat.format(new Date(`${day.slice(0, 10)}T00:00:00Z`));
}

/** A moment with date and time. */
export function formatMoment(at: string | null | undefined): string {
  return at === null || at === undefined ? MISSING : momentFormat.format(new Date(at));
}

export function formatTime(at: Date): string {
  return timeFormat.format(at);
}

/** "5 minutes ago" under a day, the moment itself after that. */
export function formatAgo(at: string | null | undefined, now = Date.now()): string {
  if (at === null || at === undefined) return MISSING;
  const age = now - new Date(at).getTime();
  if (age < MINUTE_MS) return 'just now';
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min ago`;
  if (age < 24 * HOUR_MS) return `${Math.floor(age / HOUR_MS)} h ago`;
  return formatMoment(at);
}

/** "40 s", "2 min 10 s". */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return MISSING;
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
