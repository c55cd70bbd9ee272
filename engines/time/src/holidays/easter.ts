/**
 * Easter Sunday, on which a third of the feasts of Europe and America hang.
 *
 * Source   J. Meeus (1998), Astronomical Algorithms, 2nd ed., ch. 8: the Gregorian rule (Butcher) and the Julian one.
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';

/** Easter Sunday of the western churches. */
export function easterSunday(year: number): CalendarDay {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const ofCentury = year % 100;
  const skipped = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - skipped + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - epact - (ofCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * correction + 114;
  return dayFromCivil(year, Math.floor(days / 31), (days % 31) + 1);
}

/** Easter Sunday of the orthodox churches: the Julian rule, written in Gregorian days. */
export function orthodoxEasterSunday(year: number): CalendarDay {
  const epact = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7;
  const days = epact + weekday + 114;
  const julianLag = Math.floor(year / 100) - Math.floor(year / 400) - 2;
  return dayFromCivil(year, Math.floor(days / 31), (days % 31) + 1) + julianLag;
}
