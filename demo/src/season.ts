/**
 * When customers want goods: demand by calendar month against the average month, January first.
 * These are the months in which a shop wants delivery, so they run ahead of the people who mow.
 */
import { civilFromDay, type CalendarDay } from '@planwright/time';
import type { Channel } from './catalogue.ts';

const SEASONS = {
  lawn: [0.5, 0.9, 1.6, 2.1, 1.9, 1.3, 0.9, 0.6, 0.5, 0.45, 0.55, 0.7],
  rider: [0.6, 1.1, 1.8, 2.1, 1.7, 1.1, 0.8, 0.6, 0.5, 0.5, 0.6, 0.6],
  robot: [0.5, 0.8, 1.4, 1.9, 2.0, 1.5, 1.0, 0.7, 0.5, 0.5, 0.6, 0.6],
  trim: [0.5, 0.7, 1.2, 1.6, 1.8, 1.6, 1.3, 1.0, 0.8, 0.5, 0.5, 0.5],
  saw: [0.7, 0.6, 0.6, 0.6, 0.7, 0.8, 0.9, 1.2, 1.6, 1.7, 1.4, 1.2],
  blow: [0.4, 0.4, 0.6, 0.7, 0.7, 0.6, 0.7, 1.2, 2.0, 2.4, 1.6, 0.7],
  hedge: [0.4, 0.5, 0.9, 1.4, 1.9, 1.8, 1.5, 1.2, 0.9, 0.6, 0.5, 0.4],
  snow: [1.5, 0.7, 0.2, 0.05, 0.05, 0.1, 0.3, 1.0, 1.8, 2.3, 2.2, 1.8],
  wash: [0.5, 0.7, 1.2, 1.7, 1.8, 1.6, 1.2, 0.9, 0.7, 0.6, 0.6, 0.5],
  till: [0.5, 1.2, 2.3, 2.4, 1.5, 0.8, 0.5, 0.5, 0.7, 0.6, 0.5, 0.5],
  wood: [0.7, 0.6, 0.6, 0.6, 0.6, 0.7, 0.8, 1.2, 1.9, 1.9, 1.4, 1.0],
  gift: [0.8, 0.8, 1.0, 1.2, 1.2, 1.1, 1.0, 0.9, 0.8, 0.8, 1.2, 1.2],
  storm: [0.8, 0.8, 0.7, 0.7, 0.9, 1.4, 1.4, 1.5, 1.3, 0.9, 0.8, 0.8],
  care: [0.7, 0.8, 1.1, 1.3, 1.3, 1.2, 1.1, 1.0, 0.9, 0.9, 0.9, 0.8],
} as const;

export type SeasonName = keyof typeof SEASONS;

// Dealers stock up before the season; people who buy online buy in it.
const SHIFT_DAYS: Readonly<Record<Channel, number>> = { dealer: 18, retail: 0, online: -12 };
const MONTH_DAYS = 30.4375;

/** Demand of a day against the average day: straight lines between the middles of the months. */
export function seasonFactor(season: SeasonName, channel: Channel, day: CalendarDay): number {
  const { month, dayOfMonth } = civilFromDay(day + SHIFT_DAYS[channel]);
  const position = month - 1 + (dayOfMonth - 0.5) / MONTH_DAYS - 0.5;
  const before = Math.floor(position);
  const months = SEASONS[season];
  const from = months[(before + 12) % 12];
  const to = months[(before + 1) % 12];
  return from + (to - from) * (position - before);
}
