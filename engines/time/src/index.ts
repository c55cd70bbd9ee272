export {
  bucketAt,
  bucketLabel,
  bucketOf,
  type Calendar,
  calendarFromStarts,
  extendCalendar,
  fiscalLabel,
  fiscalQuarterOf,
  fiscalYearOf,
  makeCalendar,
} from './calendar.ts';
export {
  type CalendarDay,
  type CivilDate,
  civilFromDay,
  dayFromCivil,
  dayFromIso,
  isoFromDay,
  mondayOf,
} from './day.ts';
export {
  bucketsPerYear,
  type CalendarKind,
  type CalendarSpec,
  fiscalYearBuckets,
  fiscalYearOfDay,
  fiscalYearStart,
} from './fiscal-year.ts';
export { dayText, monthText } from './day-text.ts';
export { chineseNewYear, dayFromChinese } from './holidays/chinese-calendar.ts';
export { easterSunday, orthodoxEasterSunday } from './holidays/easter.ts';
export { FEAST_NAMES, feastDays, feastLengthDays, type FeastName } from './holidays/feasts.ts';
export {
  type Holiday,
  HOLIDAY_COUNTRIES,
  type HolidayCountry,
  holidayDays,
  holidays,
  workingDays,
} from './holidays/holidays.ts';
export { diwali } from './holidays/hindu-feasts.ts';
export { dayFromIslamic, islamicDaysIn } from './holidays/islamic-calendar.ts';
export { isWeekend, type Weekday, weekdayOf } from './holidays/weekday-rules.ts';
