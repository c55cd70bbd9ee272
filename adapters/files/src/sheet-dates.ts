/**
 * Days and times as a spreadsheet counts them. A workbook counts days from 1900 (with a 29 February 1900 that
 * never was) or, from old Macintoshes, from 1904.
 */

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
const LAST_SERIAL_1900 = 2_958_465;
const DAYS_BETWEEN_EPOCHS = 1_462;
const BUILT_IN_DATES = new Set([
  14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 57, 58,
]);
const BUILT_IN_TIMES = new Set([18, 19, 20, 21, 32, 33, 45, 46, 47, 55, 56]);

/** Whether a number format shows a date or time. `code` is the format's own text, where it has one. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN_DATES.has(id) || BUILT_IN_TIMES.has(id);
  // Quoted texts, escaped signs and [colours] do not count; [h] does.
  const signs = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '').replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(signs)) return false;
  return /[ymdhs]/i.test(signs);
}

/**
 * 'YYYY-MM-DD', with ' HH:MM:SS' where the serial number has a time, 'HH:MM:SS' below one day; undefined for the
 * day that never was and for everything outside the calendar of a spreadsheet.
 */
export function serialDate(serial: number, from1904: boolean): string | undefined {
  const last = from1904 ? LAST_SERIAL_1900 - DAYS_BETWEEN_EPOCHS : LAST_SERIAL_1900;
  if (!Number.isFinite(serial) || serial < 0 || serial >= last + 1) return undefined;
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400);
  const clock = new Date(seconds * 1_000).toISOString().slice(11, 19);
  if (serial < 1 && !from1904) return seconds === 0 ? undefined : clock;
  const day = Math.floor(serial) + (seconds === 86_400 ? 1 : 0);
  if (!from1904 && day === 60) return undefined;
  const shift = !from1904 && day < 60 ? 1 : 0;
  const epoch = from1904 ? EPOCH_1904 : EPOCH_1900;
  const date = new Date(epoch + (day + shift) * DAY_MS).toISOString().slice(0, 10);
  return seconds % 86_400 === 0 ? date : `${date} ${clock}`;
}
