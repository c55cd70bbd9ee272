/**
 * Speed of decompositions and of the models for long and several seasons, on one core, in processor time.
 *
 * Sketch: STL evaluates a loess at every tenth of its window, so a loess costs about 10 operations a bucket and weight whatever
 * its width; a pass of the trigonometric model is 4 multiplications and additions a bucket and wave.
 */
import { ces, mstl, stl, trigonometric } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';

type Figure = { readonly figure: number; readonly unit: string };

type DecompositionBenchmark = {
  readonly name: string;
  readonly sketch: string;
  readonly budget: { readonly least?: number; readonly most?: number };
  run(): Figure;
};

/** Buckets with two seasons, trend and noise, different from series to series. */
function seasonal(seriesCount: number, bucketCount: number, short: number, long: number): Float64Array[] {
  return Array.from({ length: seriesCount }, (_, index) => {
    const random = randomStream(2, `decomposition-${index}`);
    const swing = 20 + 20 * random.uniform();
    return Float64Array.from(
      { length: bucketCount },
      (__, t) =>
        300 +
        0.1 * t +
        swing * Math.sin((2 * Math.PI * (t + index)) / long) +
        10 * Math.sin((2 * Math.PI * t) / short) +
        8 * random.normal(),
    );
  });
}

/** Milliseconds of processor time a series. */
function millisecondsEach(set: readonly Float64Array[], work: (series: Float64Array) => void): Figure {
  const start = process.cpuUsage();
  for (const series of set) work(series);
  const { user, system } = process.cpuUsage(start);
  return { figure: (user + system) / 1e3 / set.length, unit: 'ms/series' };
}

export const benchmarks: readonly DecompositionBenchmark[] = [
  {
    name: 'STL of 2,600 weeks, season 52',
    sketch: '2 inner loops x 3 smoothers x 10 evaluations a bucket x 2,600 x 2 ns = 0.3 ms',
    budget: { most: 2 },
    run: () =>
      millisecondsEach(seasonal(60, 2_600, 13, 52), (series) => {
        stl(series, { period: 52 });
      }),
  },
  {
    name: 'robust STL of 2,600 weeks, season 52',
    sketch: '16 inner loops instead of 2: 3 ms',
    budget: { most: 16 },
    run: () =>
      millisecondsEach(seasonal(20, 2_600, 13, 52), (series) => {
        stl(series, { period: 52, robust: true });
      }),
  },
  {
    name: 'MSTL forecast of 1,100 days, seasons 7 and 365.25',
    sketch: '4 decompositions of 0.5 ms and six plain ETS fits of 0.3 ms: 4 ms',
    budget: { most: 12 },
    run: () =>
      millisecondsEach(seasonal(30, 1_100, 7, 365.25), (series) => {
        mstl.fit(series, { season: 7, seasons: [7, 365.25] }).mean(28);
      }),
  },
  {
    name: 'complex exponential smoothing, 100 months',
    sketch: '400 passes x 100 buckets x 4 ns = 0.16 ms',
    budget: { most: 0.6 },
    run: () =>
      millisecondsEach(seasonal(400, 100, 3, 12), (series) => {
        ces.fit(series, { season: 12 }).mean(18);
      }),
  },
  {
    name: 'trigonometric seasons, 1,100 days, 7 and 365.25',
    sketch: 'regressions of 32 columns x 4: 3 ms; 450 passes x 1,100 buckets x 12 waves x 2 ns = 12 ms',
    budget: { most: 50 },
    run: () =>
      millisecondsEach(seasonal(10, 1_100, 7, 365.25), (series) => {
        trigonometric.fit(series, { season: 7, seasons: [7, 365.25] }).mean(28);
      }),
  },
];
