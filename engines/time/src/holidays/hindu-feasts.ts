/**
 * Diwali and Holi, which follow the moon as seen from India (UTC+5:30). Where the moon changes near nightfall, regions
 * and authorities differ by a day (Diwali 2024 was kept on 31 October and 1 November): take them as right to a day.
 *
 * Diwali is the evening of the dark moon while the sun stands in sidereal Libra; Holi the day after the evening of the full
 * moon in sidereal Aquarius or early Pisces. Source: rules in Reingold and Dershowitz (2018), Calendrical Calculations,
 * ch. 20, with true positions and the Lahiri sidereal zero.
 */
import { type CalendarDay, dayFromCivil } from '../day.ts';
import { moonAge, newMoon, newMoonCountBefore, sunLongitude } from './moon.ts';

const INDIA = 5.5 / 24;
const EVENING = 19 / 24;
const LIBRA_BEGINS = 180;
/** The moon's age from which its last day (the thirtieth part of its circle) runs. */
const LAST_PHASE = 348;

const siderealSun = (time: number): number => {
  const yearsSince2000 = (time - 10_957) / 365.25;
  return (sunLongitude(time) - 23.853 - 0.01397 * yearsSince2000 + 360) % 360;
};

/** Diwali (Lakshmi Puja) of a year. */
export function diwali(year: number): CalendarDay {
  let count = newMoonCountBefore(dayFromCivil(year, 10, 10)) + 1;
  while (siderealSun(newMoon(count)) < LIBRA_BEGINS) count += 1;
  const darkMoon = newMoon(count) + INDIA;
  const lastEveningBefore = Math.floor(darkMoon - EVENING);
  // If the dark phase had not begun by that evening, it lies between two evenings and the later day is kept.
  return moonAge(lastEveningBefore + EVENING - INDIA) >= LAST_PHASE
    ? lastEveningBefore
    : lastEveningBefore + 1;
}

/** Holi (the day of colours) of a year: the day after the last evening under the full moon of the month Phalguna. */
export function holi(year: number): CalendarDay {
  // Phalguna is the month whose new moon comes before the sun enters sidereal Pisces, about 14 March.
  let count = newMoonCountBefore(dayFromCivil(year, 3, 14));
  while (siderealSun(newMoon(count)) >= 330) count -= 1;
  let time = newMoon(count) + 13;
  while (moonAge(time) < 180) time += 1 / 96;
  return Math.floor(time + INDIA - 18 / 24) + 1;
}
