/**
 * Prints the accuracy of every tier on the public competitions as the table of docs/forecasting.md: OWA against Naive2, as M4
 * defines it, beside the classic methods as this engine computes them and as the organisers published them.
 *
 *   node engines/forecast/bench/accuracy.ts              all sets, the best tier learnt from all histories: a quarter of an hour
 *   node engines/forecast/bench/accuracy.ts weekly nn3   these sets only
 *
 * The data sets are not part of the repository: see test/reference-data.ts.
 */
import { autoForecast, ets, type ForecastTier } from '@planwright/forecast';
import { bestForecasts, combForecast, score, thetaForecast } from '../test/competition.ts';
import {
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

const tierForecast =
  (tier: ForecastTier) =>
  ({ train, test, season }: CompetitionSeries): Float64Array =>
    autoForecast(train, { season, horizon: test.length, tier, levels: [] }).mean;

const etsForecast = ({ train, test, season }: CompetitionSeries): Float64Array =>
  ets.fit(train, { season }).mean(test.length);

function row({ title, series, learnFrom, scoreSeason, published }: AccuracySet): string {
  const set = series();
  const best = bestForecasts(set, learnFrom?.() ?? set);
  const owa = (forecast: (one: CompetitionSeries) => Float64Array): string =>
    score(set, forecast, scoreSeason).owa.toFixed(3);
  const tiers = [tierForecast('fast'), tierForecast('standard'), (one: CompetitionSeries) => best(one).mean];
  const cells = [
    ...[thetaForecast, etsForecast, combForecast].map(owa),
    ...tiers.map((forecast) => `**${owa(forecast)}**`),
  ];
  return `| ${title} | ${cells.join(' | ')} | ${published} |`;
}

const words = process.argv.slice(2);
process.stdout.write('| set | Theta | ETS | Comb | fast | standard | best | published OWA |\n');
process.stdout.write('| --- | --- | --- | --- | --- | --- | --- | --- |\n');
for (const set of SETS) {
  if (words.length === 0 || words.includes(set.name)) process.stdout.write(`${row(set)}\n`);
}
