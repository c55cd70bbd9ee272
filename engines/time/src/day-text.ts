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
  const { year, month, dayOfMonth } = civilFromDay(day);
  return `${dayOfMonth} ${MONTHS[month - 1]} ${year}`;
}
