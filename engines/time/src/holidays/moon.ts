/**
 * Where sun and moon stand, as exactly as moving feasts need: new moons to a few minutes, the sun to 0.01 degrees.
 * Times are days since 1970-01-01T00:00 in universal time. Good for 1900 to 2100.
 *
 * Source   J. Meeus (1998), Astronomical Algorithms, 2nd ed., ch. 25 (sun), 47 (moon, the largest terms) and 49 (new moon).
 */

const RADIANS = Math.PI / 180;
const JULIAN_DAY_OF_1970 = 2_440_587.5;
const MEAN_MONTH = 29.530588861;
/** Mean new moon of 2000-01-06 as a Julian day, the count's zero. */
const NEW_MOON_ZERO = 2_451_550.09766;

const sine = (degrees: number): number => Math.sin(degrees * RADIANS);
const wrapped = (degrees: number): number => ((degrees % 360) + 360) % 360;
const centuriesFrom = (time: number): number => (time + JULIAN_DAY_OF_1970 - 2_451_545) / 36_525;

/** Terrestrial minus universal time, in days: within seconds for these years (Espenak and Meeus 2006, shortened). */
function clockLag(time: number): number {
  const years = 30 + time / 365.25; // since 1940, where the parabola below is close enough.
  return (24 + 0.5 * years + 0.0014 * years * years) / 86_400;
}

/** The new moon of a count: 0 is that of 2000-01-06. */
export function newMoon(count: number): number {
  const t = count / 1236.85;
  const eccentricity = 1 - 0.002516 * t - 0.0000074 * t * t;
  const sun = 2.5534 + 29.1053567 * count - 0.0000014 * t * t;
  const moon = 201.5643 + 385.81693528 * count + 0.0107582 * t * t;
  const latitude = 160.7108 + 390.67050284 * count - 0.0016118 * t * t;
  const node = 124.7746 - 1.56375588 * count + 0.0020672 * t * t;
  const corrections =
    -0.4072 * sine(moon) +
    0.17241 * eccentricity * sine(sun) +
    0.01608 * sine(2 * moon) +
    0.01039 * sine(2 * latitude) +
    0.00739 * eccentricity * sine(moon - sun) -
    0.00514 * eccentricity * sine(moon + sun) +
    0.00208 * eccentricity * eccentricity * sine(2 * sun) -
    0.00111 * sine(moon - 2 * latitude) -
    0.00057 * sine(moon + 2 * latitude) +
    0.00056 * eccentricity * sine(2 * moon + sun) -
    0.00042 * sine(3 * moon) +
    0.00042 * eccentricity * sine(sun + 2 * latitude) +
    0.00038 * eccentricity * sine(sun - 2 * latitude) -
    0.00024 * eccentricity * sine(2 * moon - sun) -
    0.00017 * sine(node) +
    0.000325 * sine(299.77 + 0.107408 * count) +
    0.000165 * sine(251.88 + 0.016321 * count);
  const mean = NEW_MOON_ZERO + MEAN_MONTH * count + 0.00015437 * t * t;
  const time = mean + corrections - JULIAN_DAY_OF_1970;
  return time - clockLag(time);
}

/** The count of the last new moon at or before a time. */
export function newMoonCountBefore(time: number): number {
  let count = Math.ceil((time + JULIAN_DAY_OF_1970 - NEW_MOON_ZERO) / MEAN_MONTH) + 1;
  while (newMoon(count) > time) count -= 1;
  return count;
}

/** Apparent longitude of the sun in degrees: 0 at the March equinox, 270 at the December solstice. */
export function sunLongitude(time: number): number {
  const t = centuriesFrom(time + clockLag(time));
  const anomaly = 357.52911 + 35_999.05029 * t - 0.0001537 * t * t;
  const centre =
    (1.914602 - 0.004817 * t) * sine(anomaly) +
    (0.019993 - 0.000101 * t) * sine(2 * anomaly) +
    0.000289 * sine(3 * anomaly);
  const node = 125.04 - 1934.136 * t;
  return wrapped(280.46646 + 36_000.76983 * t + centre - 0.00569 - 0.00478 * sine(node));
}

/** Degrees by which the moon is ahead of the sun, 0 (new) to 360; right to about 0.1 degrees, 12 minutes. */
export function moonAge(time: number): number {
  const t = centuriesFrom(time + clockLag(time));
  const longitude = 218.3164477 + 481_267.88123421 * t;
  const elongation = 297.8501921 + 445_267.1114034 * t;
  const sun = 357.5291092 + 35_999.0502909 * t;
  const moon = 134.9633964 + 477_198.8675055 * t;
  const latitude = 93.272095 + 483_202.0175233 * t;
  const moonLongitude =
    longitude +
    6.288774 * sine(moon) +
    1.274027 * sine(2 * elongation - moon) +
    0.658314 * sine(2 * elongation) +
    0.213618 * sine(2 * moon) -
    0.185116 * sine(sun) -
    0.114332 * sine(2 * latitude) +
    0.058793 * sine(2 * elongation - 2 * moon) +
    0.057066 * sine(2 * elongation - sun - moon) +
    0.053322 * sine(2 * elongation + moon) +
    0.045758 * sine(2 * elongation - sun) -
    0.040923 * sine(sun - moon) -
    0.03472 * sine(elongation) -
    0.030383 * sine(sun + moon);
  return wrapped(moonLongitude - sunLongitude(time));
}
