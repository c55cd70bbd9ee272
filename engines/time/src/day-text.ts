import { type CalendarDay, civilFromDay } from './day.ts';

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** '12 May 2026': a day in a sentence. */
export function dayText(day: CalendarDay): string {
  return `${civilFromDay(day).dayOfMonth} ${monthText(day)}`;
}

/** 'May 2026': the month of a day in a sentence. */
export function monthText(day: CalendarDay): string {
  const { year, month } = civilFromDay(day);
  return `${MONTHS[month - 1]} ${year}`;
}
