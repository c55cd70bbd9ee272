import { describe, expect, test } from 'vitest';
import { etsLogLikelihood, etsWorkspace } from '../src/models/ets/ets-fit.ts';
import { runEts } from '../src/models/ets/ets-run.ts';
import type { EtsError, EtsParameters, EtsSeason, EtsSpec, EtsTrend } from '../src/models/ets/ets-spec.ts';
import { hasData, numbersOf, orSkipped, readData, rowsOf } from './reference-data.ts';

const FITS = 'forecast_golden/ets50_all_models.csv';
const TRAIN = 'forecast_golden/ets50_train.csv';
const DATASETS = 'forecast_golden/r-datasets-golden.json';

const number = (text: string): number => (text === '' || text === 'NA' ? 0 : Number(text));

function specOf(name: string, damped: boolean): EtsSpec {
  return {
    error: name[0] as EtsError,
    trend: (damped ? 'Ad' : name[1]) as EtsTrend,
    season: name[2] as EtsSeason,
  };
}

/** The state as our kernels keep it. R lists the seasonal states newest first; phase 0 is the oldest. */
function initialOf(level: number, trend: number, seasonal: Float64Array) {
  return { figure: seasonal.slice().reverse(), flatLevel: level, level, trend };
}

type Reference = {
  readonly name: string;
  readonly history: Float64Array;
  readonly spec: EtsSpec;
  readonly parameters: EtsParameters;
  readonly initial: ReturnType<typeof initialOf>;
  readonly logLikelihood: number;
  readonly forecasts: readonly (readonly [number, number])[];
};

/** Every model that R forecast 8.20 fitted to 50 monthly series: parameters, states, likelihood and three forecasts. */
function references(): Reference[] {
  const histories = new Map(rowsOf(TRAIN).map((row) => [row[0], numbersOf(row[3])]));
  return rowsOf(FITS).map((row) => {
    const spec = specOf(row[1], row[2] === 'TRUE');
    return {
      name: `${row[0]} ${row[1]} ${row[2]}`,
      history: histories.get(row[0])!,
      spec,
      parameters: {
        alpha: number(row[3]),
        beta: number(row[4]),
        gamma: number(row[5]),
        phi: row[6] === '' || row[6] === 'NA' ? 1 : Number(row[6]),
      },
      initial: initialOf(number(row[7]), number(row[8]), numbersOf(row[9], ';')),
      logLikelihood: Number(row[10]),
      forecasts: [
        [1, Number(row[17])],
        [12, Number(row[18])],
        [18, Number(row[19])],
      ],
    };
  });
}

const fitOf = (reference: Reference) => ({
  spec: reference.spec,
  parameters: reference.parameters,
  initial: reference.initial,
  logLikelihood: 0,
  aicc: 0,
});

describe.skipIf(!hasData(FITS))(`ETS at the parameters of R forecast 8.20${orSkipped(FITS)}`, () => {
  test('all 750 log-likelihoods agree to 1e-8', () => {
    const all = references();
    expect(all.length).toBe(750);
    const misses = all.filter((reference) => {
      const workspace = etsWorkspace(reference.history.length, 12);
      workspace.state.set([reference.initial.level, reference.initial.trend, ...reference.initial.figure]);
      const ours = etsLogLikelihood(reference.history, 12, reference.spec, reference.parameters, workspace);
      return !(Math.abs(ours - reference.logLikelihood) <= 1e-8);
    });
    expect(misses.map(({ name }) => name)).toEqual([]);
  });

  // Beyond one season R's mean of a multiplicative season also counts the covariance of its states, and with a damped
  // trend R leaves the first step undamped; ours is the plain recursion of the book's table 2.1.
  const comparable = ({ season, trend }: EtsSpec, step: number): boolean =>
    season !== 'M' || (trend !== 'Ad' && step <= 12);

  test('the forecasts agree to 1e-8', () => {
    let compared = 0;
    const misses: string[] = [];
    for (const reference of references()) {
      const run = runEts(reference.history, 12, fitOf(reference), etsWorkspace(reference.history.length, 12));
      const { mean } = run.path(18);
      for (const [step, expected] of reference.forecasts) {
        if (!comparable(reference.spec, step)) continue;
        compared += 1;
        if (!(Math.abs(mean[step - 1] / expected - 1) <= 1e-8)) misses.push(`${reference.name} h=${step}`);
      }
    }
    expect(misses).toEqual([]);
    expect(compared).toBe(2000);
  });
});

type RDataset = {
  readonly frequency: number;
  readonly x: readonly number[];
  readonly ets: {
    readonly method: string;
    readonly par: Readonly<Record<string, number>>;
    readonly initstate: readonly number[];
    readonly mean: readonly number[];
    readonly lower95: readonly number[];
    readonly upper95: readonly number[];
  };
};

describe.skipIf(!hasData(DATASETS))(
  `ETS intervals at the parameters of R's ets()${orSkipped(DATASETS)}`,
  () => {
    const golden = hasData(DATASETS) ? (JSON.parse(readData(DATASETS)) as Record<string, RDataset>) : {};
    const cases = Object.entries(golden).filter(([, dataset]) => dataset.ets !== undefined);
    // Multiplicative seasons: as above, and ours leaves out products of small terms. Additive ones: R lets the season's
    // effect on the variance set in one step before the season is over.
    const meanTolerance = (spec: EtsSpec): number => (spec.season === 'M' ? 2e-3 : 1e-8);
    const widthTolerance = (spec: EtsSpec): number => ({ N: 1e-6, A: 0.02, M: 0.06 })[spec.season];

    test.each(cases)('%s', (_, { frequency, x, ets }) => {
      const [, error, trend, season] = /ETS\((\w),(\w+),(\w)\)/.exec(ets.method)!;
      const spec = { error, trend, season } as EtsSpec;
      const { alpha, beta = 0, gamma = 0, phi = 1 } = ets.par;
      const [level, ...others] = ets.initstate;
      const slope = trend === 'N' ? 0 : others.shift()!;
      const initial = initialOf(level, slope, Float64Array.from(others));
      const history = Float64Array.from(x);
      const fit = { spec, parameters: { alpha, beta, gamma, phi }, initial, logLikelihood: 0, aicc: 0 };
      const run = runEts(history, frequency, fit, etsWorkspace(history.length, frequency));
      const path = run.path(ets.mean.length);
      const deviations = run.deviations(path);
      ets.mean.forEach((expected, step) => {
        expect(Math.abs(path.mean[step] / expected - 1)).toBeLessThan(meanTolerance(spec));
        const halfWidth = (ets.upper95[step] - ets.lower95[step]) / 2;
        expect(Math.abs((1.959963984540054 * deviations[step]) / halfWidth - 1)).toBeLessThan(
          widthTolerance(spec),
        );
      });
    });
  },
);
