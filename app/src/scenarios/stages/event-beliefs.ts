/**
 * What is believed of events before and after looking at the data. An event that comes in the same month every year cannot be
 * told from the season by any history, and its estimate says so by its standard error. What people expected of it then
 * stands; the more the data tell, the less it counts (the mean of both, weighted by their precision).
 */
import type { UpliftEffect } from '@planwright/forecast';
import type { ReachedEvent } from './event-reach.ts';

/** Standard deviations on the logarithm: most events move demand by less than a third, and the time after them by less. */
const DEVIATION: Readonly<Record<UpliftEffect['role'], number>> = {
  uplift: 0.3,
  after: 0.12,
  others: 0.08,
  price: 1,
};

/** Expected effect of each type on the logarithm of demand at strength 1, where people said something of its events. */
export function expectedEffects(events: readonly ReachedEvent[]): ReadonlyMap<string, number> {
  const sums = new Map<string, { log: number; count: number }>();
  for (const { row, type } of events) {
    if (row.upliftRatio === null || !(row.strength > 0)) continue;
    const sum = sums.get(type) ?? { log: 0, count: 0 };
    sum.log += Math.log1p(Math.max(-0.99, row.upliftRatio)) / row.strength;
    sum.count += 1;
    sums.set(type, sum);
  }
  return new Map([...sums].map(([type, { log, count }]) => [type, log / count]));
}

/** Prices move demand by elasticities that are believed in elsewhere; all other effects start from what is expected. */
export function believedEffects(
  effects: readonly UpliftEffect[],
  expected: ReadonlyMap<string, number>,
): UpliftEffect[] {
  return effects.map((effect) => {
    const { role, type, log, standardError, known } = effect;
    if (role === 'price') return effect;
    const mean = role === 'uplift' ? (expected.get(type) ?? 0) : 0;
    const before = DEVIATION[role] ** 2;
    if (!known)
      return expected.has(type) && role === 'uplift'
        ? { ...effect, log: mean, standardError: DEVIATION.uplift }
        : effect;
    const weight = before / (before + standardError ** 2);
    return {
      ...effect,
      log: mean + weight * (log - mean),
      standardError: Math.sqrt(weight) * standardError,
    };
  });
}
