/** The month that a cycle plans in: its name, and its working days. */
import { civilFromDay, dayFromCivil, dayFromIso, isoFromDay, mondayOf, monthText } from '@planwright/time';

const WORKING_DAYS_PER_WEEK = 5;

/** 'March 2026' for '2026-03-01'. */
export function monthName(periodStart: string): string {
  return monthText(dayFromIso(periodStart));
}

/** Whether the day is the first of a month. */
export function isFirstOfMonth(day: string): boolean {
  return civilFromDay(dayFromIso(day)).dayOfMonth === 1;
}

/**
 * Working day `ordinal` of a month, counted from 1 over Mondays to Fridays; holidays are not known here.
 * Every month has at least 20 of them.
 *
 * @returns 'YYYY-MM-DD'.
 */
export function workingDay(periodStart: string, ordinal: number): string {
  const { year, month } = civilFromDay(dayFromIso(periodStart));
  let day = dayFromCivil(year, month, 1);
  let counted = 0;
  while (true) {
    if (day - mondayOf(day) < WORKING_DAYS_PER_WEEK) counted += 1;
    if (counted === ordinal) return isoFromDay(day);
    day += 1;
  }
}
