/**
 * Speed of sensing, of launches and of comparing methods, on one core.
 *
 * Sketch: learning a booking curve is 60 buckets x 31 days x 3 passes of 5 flops, 10 us; sensing 6 buckets and saying why
 * is string work, 5 us. A launch is 6 histories x 26 weeks x 20 rounds x 2 passes of about 3 ns, 20 us.
 */
import {
  accuracyRows,
  backtest,
  ets,
  launchProfile,
  learntBookingCurve,
  seasonalNaive,
  sense,
  theta,
} from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type SensingBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly least: number };
  run(): Figure;
};

/** Per second of processor time, so that whatever else the machine does is not counted against us. */
function perSecond(count: number, unit: string, work: () => void): Figure {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return { figure: (1e6 * count) / (user + system), unit };
}

const BUCKETS = 60;
const DAYS = 31;

/** Orders of 60 buckets as known on each of the 30 days before they end. */
function orderBook(key: number): { final: Float64Array; booked: Float64Array } {
  const random = randomStream(1, `book ${key}`);
  const final = new Float64Array(BUCKETS);
  const booked = new Float64Array(BUCKETS * DAYS);
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    for (let day = DAYS - 1; day >= 0; day--) {
      final[bucket] += 10 * random.uniform();
      booked[bucket * DAYS + day] = final[bucket];
    }
  }
  return { final, booked };
}

function launches(count: number): Float64Array[] {
  const random = randomStream(1, 'launches');
  return Array.from({ length: count }, () =>
    Float64Array.from({ length: 26 }, (_, t) => random.poisson(80 * (1 - Math.exp(-0.3 * (t + 1))))),
  );
}

const monthly = (key: number): Float64Array => {
  const random = randomStream(1, `monthly ${key}`);
  return Float64Array.from({ length: 60 }, (_, t) =>
    Math.max(1, 100 + t + 30 * Math.sin((Math.PI * t) / 6) + 10 * random.normal()),
  );
};

export const benchmarks: readonly SensingBenchmark[] = [
  {
    name: 'sense: booking curve from 60 buckets x 31 days, 6 buckets sensed and explained',
    sketch: '60 x 31 x 3 passes of 2 ns + sentences = 20 us, 50,000 keys/s',
    budget: { least: 25_000 },
    run: () => {
      const books = Array.from({ length: 500 }, (_, key) => orderBook(key));
      const baseline = new Float64Array(6).fill(155);
      const input = {
        baseline,
        lower: baseline.map((value) => value - 30),
        upper: baseline.map((value) => value + 30),
        daysToEnd: Int32Array.of(10, 30, 30, 30, 30, 30),
        ordered: Float64Array.of(120, 5, 0, 0, 0, 0),
      };
      return perSecond(books.length * 10, 'keys/s', () => {
        for (let round = 0; round < 10; round++)
          for (const { final, booked } of books)
            sense({ ...input, bookingCurve: learntBookingCurve({ final, booked }), errors: final });
      });
    },
  },
  {
    name: 'launch profile of 26 weeks from 6 like items',
    sketch: '6 x 26 x 20 rounds x 2 passes of 3 ns + noise and bands = 25 us, 40,000/s',
    budget: { least: 10_000 },
    run: () => {
      const past = launches(600);
      return perSecond(5 * 594, 'launches/s', () => {
        for (let round = 0; round < 5; round++) {
          for (let first = 0; first < 594; first++) {
            const analogues = past.slice(first, first + 6).map((history) => ({ history, weight: 1 }));
            launchProfile({ analogues, horizon: 26 });
          }
        }
      });
    },
  },
  {
    name: 'back-test of 12 origins x 6 lags with rows, seasonal naive + Theta + ETS, 60 months',
    sketch: '12 warm refits: naive 5 us, Theta 10 us, ETS 0.2 ms each: under 3 ms a key, 330 keys/s',
    budget: { least: 300 },
    run: () => {
      const keys = Array.from({ length: 60 }, (_, key) => monthly(key));
      return perSecond(keys.length, 'keys/s', () => {
        for (const series of keys)
          for (const model of [seasonalNaive, theta, ets])
            accuracyRows(backtest(series, { season: 12, horizon: 6, origins: 12, model }));
      });
    },
  },
];
