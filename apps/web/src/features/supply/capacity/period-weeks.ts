import type { Horizon } from '@planwright/contracts';

const DAY_MS = 86_400_000;
const DAYS_PER_WEEK = 7;

/** How many weeks a period lasts, a part of one included. */
export function weeksOf({ startsOn, endsOn }: Horizon['buckets'][number]): number {
  return (Date.parse(endsOn) - Date.parse(startsOn) + DAY_MS) / (DAYS_PER_WEEK * DAY_MS);
}
