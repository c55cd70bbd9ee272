export {
  bucketAt,
  bucketLabel,
  bucketOf,
  type Calendar,
  calendarFromStarts,
  extendCalendar,
  fiscalLabel,
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
