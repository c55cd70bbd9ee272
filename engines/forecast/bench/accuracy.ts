/**
 * Prints the accuracy of every tier on the public competitions as the tables of docs/forecasting.md: OWA against Naive2, as M4
 * defines it, beside the classic methods as this engine computes them and as the organisers published them; what 95 % bands hold;
 * and sparse demand.
 *
 *   node engines/forecast/bench/accuracy.ts              all sets, the best tier learnt from all histories: half an hour
 *   node engines/forecast/bench/accuracy.ts weekly nn3   these sets only
 *   node engines/forecast/bench/accuracy.ts --no-best    without the best tier, which takes most of the time
 *
 * The data sets are not part of the repository: see test/reference-data.ts.
 */
import { autoForecast, ets, type ForecastTier, type Interval } from '@planwright/forecast';
import { type BandScores, bandScores, judgeable } from '../test/band-scores.ts';
import { bestForecasts, combForecast, score, sparseScores, thetaForecast } from '../test/competition.ts';
import {
  carParts,
  type CompetitionSeries,
  m1Monthly,
  m4MonthlyHeldOut,
  m4Quarterly500,
  m4Series,
  nn3Monthly,
} from '../test/reference-data.ts';

type AccuracySet = {
  readonly name: string;
  readonly title: string;
  readonly series: () => readonly CompetitionSeries[];
  /** What the best tier learns from; the set itself unless told. */
  readonly learnFrom?: () => readonly CompetitionSeries[];
  /** The season that the organisers score by, where it is not the series' own. */
  readonly scoreSeason?: number;
  /** Published OWA over the whole competition, or over this very sample. */
  readonly published: string;
};

const ALL = Infinity;

const SETS: readonly AccuracySet[] = [
  {
    name: 'quarterly',
    title: 'M4 quarterly, 500 series (the model learns from all 14,891)',
    series: m4Quarterly500,
    learnFrom: () => m4Series('m4/M4_Quarterly.csv.gz', 4, ALL),
    published: 'R ets .898, auto.arima .914, statsforecast ensemble .869, LightGBM blend .838',
  },
  {
    name: 'm1',
    title: 'M1 monthly, 617 series',
    series: m1Monthly,
    published: '–',
  },
  {
    name: 'nn3',
    title: 'NN3 monthly, 111 series',
    series: nn3Monthly,
    published: '–',
  },
  {
    name: 'monthly',
    title: 'M4 monthly, 1,428 short series, their last 18 months held out',
    series: () => m4MonthlyHeldOut(1428),
    published: '(all 48,000: Theta .907, ETS .914, Comb .920, ForecastPro .887, FFORMA .858)',
  },
  {
    name: 'yearly',
    title: 'M4 yearly, 2,000 series (the model learns from all 23,000)',
    series: () => m4Series('m4/M4_Yearly.csv.gz', 1, 2000),
    learnFrom: () => m4Series('m4/M4_Yearly.csv.gz', 1, ALL),
    published: '(all: Theta .872, ETS .903, Comb .867, ForecastPro .877, FFORMA .799)',
  },
  {
    name: 'weekly',
    title: 'M4 weekly, 359 series',
    series: () => m4Series('m4/M4_Weekly.csv.gz', 52, ALL),
    scoreSeason: 1,
    published: 'Theta .971, ETS .931, Comb .926, ES-RNN .851, FFORMA .796, ForecastPro .739',
  },
  {
    name: 'hourly',
    title: 'M4 hourly, 414 series',
    series: () => m4Series('m4/M4_Hourly.csv.gz', 24, ALL),
    published: 'Theta 1.006, Damped 1.141, Comb 1.556, sNaive .627, FFORMA .484, ES-RNN .440',
  },
];

type Banded = Interval & { readonly mean: Float64Array };
type Forecasts = (series: CompetitionSeries) => Banded;

const ALL_TIERS = ['fast', 'standard', 'best'] as const;
const TIERS = ALL_TIERS.filter((tier) => tier !== 'best' || !process.argv.includes('--no-best'));
const LEVEL = 95;

/** Every series of a set forecast once, with its 95 % band. */
function remembered(set: readonly CompetitionSeries[], forecast: Forecasts): Forecasts {
  const known = new Map(set.map((series) => [series.id, forecast(series)]));
  return ({ id }) => known.get(id)!;
}

const tierForecast =
  (tier: ForecastTier): Forecasts =>
  ({ train, test, season }) => {
    const { mean, intervals } = autoForecast(train, { season, horizon: test.length, tier, levels: [LEVEL] });
    return { mean, lower: intervals[0].lower, upper: intervals[0].upper };
  };

const etsForecast: Forecasts = ({ train, test, season }) => {
  const fitted = ets.fit(train, { season });
  return { mean: fitted.mean(test.length), ...fitted.interval(test.length, LEVEL) };
};

/** Of each tier. */
function tierForecasts(
  set: readonly CompetitionSeries[],
  learnFrom: readonly CompetitionSeries[],
): ReadonlyMap<ForecastTier, Forecasts> {
  return new Map(
    TIERS.map((tier) => [
      tier,
      tier === 'best' ? bestForecasts(set, learnFrom) : remembered(set, tierForecast(tier)),
    ]),
  );
}

/** The row of a set in the table of OWA, and its rows in that of bands. */
function rowsOf({ title, series, learnFrom, scoreSeason, published }: AccuracySet): {
  readonly owa: string;
  readonly bands: readonly string[];
} {
  const set = series();
  const tiers = tierForecasts(set, learnFrom?.() ?? set);
  const ofEts = remembered(set, etsForecast);
  const owa = (forecast: (one: CompetitionSeries) => Float64Array): string =>
    score(set, forecast, scoreSeason).owa.toFixed(3);
  const cells = [
    ...[thetaForecast, (one: CompetitionSeries) => ofEts(one).mean, combForecast].map(owa),
    ...ALL_TIERS.map((tier) => {
      const forecast = tiers.get(tier);
      return forecast === undefined ? '–' : `**${owa((one) => forecast(one).mean)}**`;
    }),
  ];
  const scaled = judgeable(set, scoreSeason);
  const bands = [['ETS', ofEts] as const, ...tiers].map(([name, forecast]) =>
    bandRow(title, name, bandScores(scaled, LEVEL, forecast, scoreSeason)),
  );
  return { owa: `| ${title} | ${cells.join(' | ')} | ${published} |`, bands };
}

const percent = (share: number): string => (100 * share).toFixed(1);

function bandRow(title: string, name: string, { thirds, byHorizon, msis }: BandScores): string {
  const range = `${percent(Math.min(...byHorizon))} – ${percent(Math.max(...byHorizon))}`;
  return `| ${title} | ${name} | ${thirds.map(percent).join(' | ')} | ${range} | ${msis.toFixed(2)} |`;
}

/** RMSSE and bias of each tier on car parts. */
function sparseRows(): string[] {
  const set = carParts();
  const tiers = tierForecasts(set, set);
  return [...tiers].map(([tier, forecast]) => {
    const { rmsse, bias } = sparseScores(set, (one) => forecast(one).mean);
    return `| ${tier} | ${rmsse.toFixed(4)} | ${percent(bias)} % |`;
  });
}

const print = (...lines: readonly string[]): boolean => process.stdout.write(`${lines.join('\n')}\n`);

const words = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const isAsked = (name: string): boolean => words.length === 0 || words.includes(name);
const bands: string[] = [];
print('| set | Theta | ETS | Comb | fast | standard | best | published OWA |');
print('| --- | --- | --- | --- | --- | --- | --- | --- |');
for (const set of SETS) {
  if (!isAsked(set.name)) continue;
  const rows = rowsOf(set);
  print(rows.owa);
  bands.push(...rows.bands);
}
print('', '| set | bands of | first third of the horizon | second | last | lowest – highest step | MSIS |');
print('| --- | --- | --- | --- | --- | --- | --- |', ...bands);
if (isAsked('parts')) {
  print('', '| 2,404 car parts | RMSSE | bias |', '| --- | --- | --- |', ...sparseRows());
}
