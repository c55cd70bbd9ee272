/**
 * Speed of ARIMA and of regression on one core, on generated series with trend, season and noise.
 *
 * Sketch: one pass of the exact filter is about 4 operations a bucket and entry of the state, 1 ns each; the state has as many
 * entries as the longest lag. A search makes some 20 fits of 20 to 200 passes each.
 */
import { arima, regression, type Regressors } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type ArimaBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly least: number };
  run(): Figure;
};

const HORIZON = 18;

/** Positive demand: level, trend and season differ from series to series. */
function seriesSet(seriesCount: number, bucketCount: number, season: number): Float64Array[] {
  return Array.from({ length: seriesCount }, (_, index) => {
    const random = randomStream(1, `bench-${index}`);
    const level = 100 + 900 * random.uniform();
    const trend = (random.uniform() - 0.3) * 0.01 * level;
    const swing = 0.3 * random.uniform();
    const noise = 0.05 + 0.1 * random.uniform();
    return Float64Array.from({ length: bucketCount }, (__, t) => {
      const wave = 1 + swing * Math.sin((2 * Math.PI * (t + index)) / season);
      return Math.max(1, (level + trend * t) * wave * (1 + noise * random.normal()));
    });
  });
}

/** Price and an event, over history and horizon. */
function twoRegressors(bucketCount: number): Regressors {
  const random = randomStream(2, 'bench-price');
  const rows = bucketCount + HORIZON;
  const values = new Float64Array(2 * rows);
  for (let t = 0; t < rows; t++) {
    values[2 * t] = 10 + random.normal();
    values[2 * t + 1] = t % 11 === 3 ? 1 : 0;
  }
  return { names: ['price', 'event'], values };
}

function perSecond(set: readonly Float64Array[], forecast: (series: Float64Array) => void): Figure {
  const start = process.cpuUsage();
  for (const series of set) forecast(series);
  const { user, system } = process.cpuUsage(start);
  return { figure: (1e6 * set.length) / (user + system), unit: 'series/s' };
}

export const benchmarks: readonly ArimaBenchmark[] = [
  {
    name: 'automatic ARIMA, 100 monthly buckets',
    sketch: '1,000 passes x 100 buckets x 13 entries x 4 ns = 5 ms, 190/s',
    budget: { least: 50 },
    run: () =>
      perSecond(seriesSet(200, 100, 12), (series) => {
        arima.fit(series, { season: 12 }).mean(HORIZON);
      }),
  },
  {
    name: 'automatic ARIMA, 200 weekly buckets of a year of 52',
    sketch:
      'conditional squares choose: 1,000 passes x 200 x 10 terms x 2 ns + 100 exact ones of 200 x 53 x 4 ns = 8 ms, 120/s',
    budget: { least: 40 },
    run: () =>
      perSecond(seriesSet(60, 200, 52), (series) => {
        arima.fit(series, { season: 52 }).mean(HORIZON);
      }),
  },
  {
    name: 'regression with ARIMA errors, two regressors, 100 monthly buckets',
    sketch: 'each regressor takes a state of its own through every pass: 10 ms, 100/s',
    budget: { least: 25 },
    run: () => {
      const regressors = twoRegressors(100);
      return perSecond(seriesSet(100, 100, 12), (series) => {
        arima.fit(series, { season: 12, regressors }).mean(HORIZON);
      });
    },
  },
  {
    name: 'regression of three years of days, seasons of 7 and 365.25, two regressors',
    sketch:
      '8 moments of 1,100 x 34 x 34 / 2 + 400 ridge regressions of 34^3 / 2 at 1 to 2 ns = 13 to 26 ms, 40 to 77/s',
    budget: { least: 20 },
    run: () => {
      const regressors = twoRegressors(1_100);
      return perSecond(seriesSet(40, 1_100, 7), (series) => {
        regression.fit(series, { season: 7, seasons: [7, 365.25], regressors }).mean(HORIZON);
      });
    },
  },
];
