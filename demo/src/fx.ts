import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { Timeline } from './timeline.ts';

export type FxRate = {
  readonly from: string;
  readonly to: 'USD';
  readonly on: CalendarDay;
  readonly rate: number;
};

const TODAY: readonly (readonly [currency: string, rate: number, monthlySigma: number])[] = [
  ['EUR', 1.092, 0.018],
  ['CAD', 0.728, 0.012],
  ['MXN', 0.0541, 0.025],
  ['CNY', 0.1393, 0.008],
  ['JPY', 0.00672, 0.024],
];

/** Rates of the first of each month of the history: a random walk that ends at today's rate. Oldest first. */
export function fxRates(timeline: Timeline, seed: number): FxRate[] {
  return TODAY.flatMap(([currency, today, sigma]) => {
    const stream = randomStream(seed, `fx:${currency}`);
    let rate = today;
    const days = [...timeline.monthStarts].filter((day) => day <= timeline.asOf).reverse();
    return days
      .map((on): FxRate => {
        const row: FxRate = { from: currency, to: 'USD', on, rate: Number(rate.toPrecision(5)) };
        rate *= Math.exp(sigma * stream.normal());
        return row;
      })
      .reverse();
  });
}

/** US dollars for one unit of a currency on the latest day of the table. */
export function latestRate(rates: readonly FxRate[], currency: string): number {
  if (currency === 'USD') return 1;
  return rates.findLast((row) => row.from === currency)?.rate ?? 1;
}
