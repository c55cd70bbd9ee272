/** Cleansing on real demand: it must help where a history was spoilt, and do no harm where it was not. */
import { describe, expect, test } from 'vitest';
import { autoForecast, cleanse, CLEANSING_REASONS, type CleansingReason } from '@planwright/forecast';
import { randomStream } from '@planwright/numerics';
import {
  type CompetitionSeries,
  hasData,
  M1,
  m1Monthly,
  M4_QUARTERLY_500,
  m4Quarterly500,
  numbersOf,
  orSkipped,
  readData,
  rowsOf,
} from '../reference-data.ts';

/** Mean of the ratios of sMAPE and MASE after cleansing to those before. Scales are those of the unspoilt history. */
function errorRatio(
  set: readonly CompetitionSeries[],
  horizon: number,
  spoil: (series: CompetitionSeries, index: number) => Float64Array,
): number {
  const totals = { before: { share: 0, scaled: 0 }, after: { share: 0, scaled: 0 } };
  set.forEach((series, index) => {
    const { season, train, test: actual } = series;
    const history = spoil(series, index);
    let scale = 0;
    for (let t = season; t < train.length; t++) scale += Math.abs(train[t] - train[t - season]);
    scale /= train.length - season;
    const add = (values: Float64Array, total: { share: number; scaled: number }): void => {
      const { mean } = autoForecast(values, { season, horizon, tier: 'fast' });
      actual.forEach((value, step) => {
        const error = Math.abs(value - mean[step]);
        total.share += error / (Math.abs(value) + Math.abs(mean[step]) || 1);
        total.scaled += error / (scale || 1);
      });
    };
    add(history, totals.before);
    add(cleanse({ series: history, season }).cleansed, totals.after);
  });
  const { before, after } = totals;
  return (after.share / before.share + after.scaled / before.scaled) / 2;
}

describe.skipIf(!hasData(M1))(`M1 monthly${orSkipped(M1)}`, () => {
  const sample = m1Monthly().filter((_, index) => index % 3 === 0);

  test('two spikes in the last two years: cleansing wins back at least 7 % of the error', () => {
    const spoilt = ({ train }: CompetitionSeries, index: number): Float64Array => {
      const random = randomStream(1, `spikes ${index}`);
      const mean = train.reduce((sum, value) => sum + value, 0) / train.length;
      const deviation = Math.sqrt(train.reduce((sum, value) => sum + (value - mean) ** 2, 0) / train.length);
      const history = train.slice();
      for (let i = 0; i < 2; i++)
        history[Math.max(0, train.length - 3 - random.integer(22))] += 4 * deviation;
      return history;
    };
    expect(errorRatio(sample, 18, spoilt)).toBeLessThan(0.93);
  });

  test('as it is: cleansing costs no more than 0.6 % of the error', () => {
    expect(errorRatio(sample, 18, ({ train }) => train)).toBeLessThan(1.006);
  });
});

describe.skipIf(!hasData(M4_QUARTERLY_500))(`M4 quarterly${orSkipped(M4_QUARTERLY_500)}`, () => {
  test('as it is: cleansing does not change the error by more than 0.3 %', () => {
    expect(errorRatio(m4Quarterly500(), 8, ({ train }) => train)).toBeLessThan(1.003);
  });
});

const PARTS = 'intermittent/carparts.csv';
const CASH = 'nn/nn5.csv';
const SHOP = 'online_retail/derived_weekly_net_sales.csv.gz';

/** How many buckets have each reason. */
function reasonCounts(set: Iterable<Float64Array>, season: number): Record<CleansingReason | 'all', number> {
  const counts = { none: 0, outlier: 0, 'stock-out': 0, missing: 0, return: 0, event: 0, all: 0 };
  for (const series of set) {
    for (const code of cleanse({ series, season }).reasons) {
      counts[CLEANSING_REASONS[code]] += 1;
      counts.all += 1;
    }
  }
  return counts;
}

const rowValues = (path: string): Float64Array[] =>
  rowsOf(path).map((row) => numbersOf(row.at(-1)!.replaceAll('NA', 'NaN')));

test.skipIf(!hasData(PARTS))(`car parts: lumpy demand is left alone${orSkipped(PARTS)}`, () => {
  const counts = reasonCounts(rowValues(PARTS), 12);
  expect(counts.outlier).toBeGreaterThan(0);
  expect(counts.outlier / counts.all).toBeLessThan(0.0005);
});

test.skipIf(!hasData(CASH))(
  `cash machines: every gap is filled, few days are called outliers${orSkipped(CASH)}`,
  () => {
    const set = rowValues(CASH).slice(0, 40);
    const gaps = set.reduce((sum, series) => {
      const first = series.findIndex(Number.isFinite);
      return sum + series.filter((value, t) => t > first && Number.isNaN(value)).length;
    }, 0);
    const counts = reasonCounts(set, 7);
    expect(counts.missing).toBe(gaps);
    expect(counts.outlier / counts.all).toBeLessThan(0.03);
  },
);

test.skipIf(!hasData(SHOP))(
  `a shop's weeks: returns beyond sales become 0, few orders are outliers${orSkipped(SHOP)}`,
  () => {
    const rows = readData(SHOP)
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','));
    const weeks = [...new Set(rows.map(([, week]) => week))].sort();
    const items = new Map<string, Float64Array>();
    for (const [item, week, quantity] of rows) {
      const series = items.get(item) ?? new Float64Array(weeks.length);
      items.set(item, series);
      series[weeks.indexOf(week)] += Number(quantity);
    }
    const counts = reasonCounts(items.values(), 1);
    expect(counts.return).toBeGreaterThan(1000);
    expect(counts.outlier / counts.all).toBeLessThan(0.01);
    expect(counts['stock-out']).toBe(0);
  },
);
