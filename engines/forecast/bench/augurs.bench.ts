/**
 * This engine beside augurs, a forecasting library in Rust that npm serves as WebAssembly, on the same series in the same run. Its
 * exponential smoothing knows no season; with one it goes by MSTL, which is therefore what the standard tier is held against.
 *
 * Figures are ratios of processor time: above 1 we are faster.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { autoForecast, etsAverage } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import { AutoETS, initSync as startEts } from '@bsull/augurs/ets';
import { MSTL, initSync as startMstl } from '@bsull/augurs/mstl';

const SERIES = 300;
const BUCKETS = 100;
const SEASON = 12;
const HORIZON = 18;

const wasm = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(import.meta.resolve('@bsull/augurs')).replace(/core\.js$/, `${name}_bg.wasm`));

function seconds(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

const set = Array.from({ length: SERIES }, (_, index) => {
  const random = randomStream(1, `augurs-${index}`);
  const level = 100 + 900 * random.uniform();
  const swing = 0.3 * random.uniform();
  return Float64Array.from({ length: BUCKETS }, (__, t) => {
    const season = 1 + swing * Math.sin((2 * Math.PI * (t + index)) / SEASON);
    return Math.max(1, (level + 0.002 * level * t) * season * (1 + 0.1 * random.normal()));
  });
});

/** Time of theirs over time of ours. */
const ratio = (theirs: (series: Float64Array) => void, ours: (series: Float64Array) => void) => {
  for (const series of set.slice(0, 20)) {
    theirs(series);
    ours(series);
  }
  const figure =
    seconds(() => set.forEach((series) => theirs(series))) /
    seconds(() => set.forEach((series) => ours(series)));
  return { figure, unit: 'times as fast' };
};

export const benchmarks = [
  {
    name: 'ETS without a season against augurs',
    sketch: 'six models without a season at 60 passes of 3 ns a bucket; theirs 2.4 ms a series',
    budget: { least: 5 },
    run: () => {
      startEts({ module: wasm('ets') });
      return ratio(
        (series) => {
          const model = new AutoETS(1, 'ZZN');
          model.fit(series);
          model.predict(HORIZON, 0.95);
          model.free();
        },
        (series) => etsAverage.fit(series, { season: 1 }).interval(HORIZON, 95),
      );
    },
  },
  {
    name: 'standard tier against augurs MSTL + ETS',
    sketch: 'four methods and calibrated bands against one: even is good',
    budget: { least: 0.5 },
    run: () => {
      startMstl({ module: wasm('mstl') });
      return ratio(
        (series) => {
          const model = MSTL.ets([SEASON]);
          model.fit(series);
          model.predict(HORIZON, 0.95);
          model.free();
        },
        (series) => autoForecast(series, { season: SEASON, horizon: HORIZON }),
      );
    },
  },
];
