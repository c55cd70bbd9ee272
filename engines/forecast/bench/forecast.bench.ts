/**
 * Forecast speed on one core, on generated monthly series with trend, season and noise.
 *
 * Sketch: one pass of exponential smoothing is a chain of about 12 to 16 dependent cycles a bucket, 5 ns at 3 GHz; a method
 * costs its number of passes. Sources of the counts are in the modules themselves.
 */
import { autoForecast, ets, etsAverage, forecastBlock, theta } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type ForecastBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly least: number };
  run(): Figure;
};

const SEASON = 12;
const HORIZON = 18;

/**
 * Positive monthly demand: level, trend and season differ from series to series. All lie in one block, as they do in a run: an
 * array of their own for each would be measured too, in what collecting them costs.
 */
function monthlySeries(seriesCount: number, bucketCount: number): Float64Array[] {
  const block = new Float64Array(seriesCount * bucketCount);
  return Array.from({ length: seriesCount }, (_, index) => {
    const random = randomStream(1, `bench-${index}`);
    const level = 100 + 900 * random.uniform();
    const trend = (random.uniform() - 0.3) * 0.01 * level;
    const swing = 0.3 * random.uniform();
    const noise = 0.05 + 0.1 * random.uniform();
    const series = block.subarray(index * bucketCount, (index + 1) * bucketCount);
    for (let t = 0; t < bucketCount; t++) {
      const season = 1 + swing * Math.sin((2 * Math.PI * (t + index)) / SEASON);
      series[t] = Math.max(1, (level + trend * t) * season * (1 + noise * random.normal()));
    }
    return series;
  });
}

/** Per second of processor time, so that whatever else the machine does is not counted against us. */
function perSecond(count: number, unit: string, work: () => void): Figure {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return { figure: (1e6 * count) / (user + system), unit };
}

const seriesPerSecond = (set: readonly Float64Array[], forecast: (series: Float64Array) => void): Figure =>
  perSecond(set.length, 'series/s', () => {
    for (const series of set) forecast(series);
  });

const forecastMean =
  (model: typeof ets) =>
  (series: Float64Array): void => {
    model.fit(series, { season: SEASON }).mean(HORIZON);
  };

export const benchmarks: readonly ForecastBenchmark[] = [
  {
    name: 'Theta, 100 buckets',
    sketch: '12 passes x 100 buckets x 3 ns + decomposition + arrays = 9 us, 110,000/s',
    budget: { least: 50_000 },
    // Enough of them that compiling and collecting, which other threads do on our account, weigh as little as in a run.
    run: () => seriesPerSecond(monthlySeries(20_000, 100), forecastMean(theta)),
  },
  {
    name: 'automatic ETS over all 15 models, 100 buckets',
    sketch: '15 searches x 60 passes x 100 buckets x 5 ns = 0.45 ms, 2,200/s',
    budget: { least: 800 },
    run: () => seriesPerSecond(monthlySeries(500, 100), forecastMean(ets)),
  },
  {
    name: 'automatic ETS over all 15 models, 200 buckets',
    sketch: '15 searches x 60 passes x 200 buckets x 5 ns = 0.9 ms, 1,100/s',
    budget: { least: 400 },
    run: () => seriesPerSecond(monthlySeries(300, 200), forecastMean(ets)),
  },
  {
    name: 'ETS family average, 100 buckets',
    sketch: 'as automatic ETS, and one more pass for each member',
    budget: { least: 800 },
    run: () => seriesPerSecond(monthlySeries(500, 100), forecastMean(etsAverage)),
  },
  {
    name: 'automatic forecast with 80/95 % intervals, fast tier, 100 buckets',
    sketch: 'ETS 0.45 ms + Theta 0.02 ms + 7 calibration origins x 40 us = 0.75 ms, 1,300/s',
    budget: { least: 500 },
    run: () =>
      seriesPerSecond(monthlySeries(500, 100), (series) => {
        autoForecast(series, { season: SEASON, horizon: HORIZON, tier: 'fast' });
      }),
  },
  {
    name: 'automatic forecast with 80/95 % intervals, standard tier, 100 buckets',
    sketch: 'as the fast tier, with 40 searches of the dynamic theta instead of Theta: 0.8 ms, 1,250/s',
    budget: { least: 500 },
    run: () =>
      seriesPerSecond(monthlySeries(500, 100), (series) => {
        autoForecast(series, { season: SEASON, horizon: HORIZON, tier: 'standard' });
      }),
  },
  {
    name: 'block of keys with three back-test origins, standard tier, 60 buckets',
    sketch: 'two full forecasts and two warm refits a key: about 2 ms, 500/s',
    budget: { least: 250 },
    run: () => {
      const set = monthlySeries(300, 60);
      const values = new Float64Array(set.length * 60);
      set.forEach((series, key) => values.set(series, key * 60));
      return perSecond(set.length, 'keys/s', () => {
        forecastBlock({ values, keyCount: set.length, bucketCount: 60, season: SEASON, horizon: HORIZON });
      });
    },
  },
];
