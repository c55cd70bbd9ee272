import type { ArimaOrder } from '../../src/models/arima/arima-order.ts';
import { numbersOf, readData } from '../reference-data.ts';

export const DATASETS = 'forecast_golden/r-datasets-golden.json';
export const M4_MODELS = 'forecast_golden/m4q500/m4q500-arima-models.csv';

/** A model that R's auto.arima() chose, in the order ar, ma, seasonal ar, seasonal ma. */
export type RModel = {
  readonly order: ArimaOrder;
  readonly coefficients: Float64Array;
  /** The mean, or the drift per bucket; 0 without. */
  readonly level: number;
  readonly logLikelihood: number;
};

export type RDataset = {
  readonly frequency: number;
  readonly x: readonly number[];
  readonly nsdiffs?: number;
  readonly ndiffs?: number;
  readonly auto_arima: {
    readonly method: string;
    readonly coef: Readonly<Record<string, number>>;
    readonly loglik: number;
    readonly sigma2: number;
    readonly mean: readonly number[];
    readonly lower95: readonly number[];
    readonly upper95: readonly number[];
  };
};

export const rDatasets = (): [string, RDataset][] =>
  Object.entries(JSON.parse(readData(DATASETS)) as Record<string, RDataset>).filter(
    ([, dataset]) => dataset.auto_arima !== undefined,
  );

/** 'ARIMA(1,1,2)(0,1,1)[12] with drift' and its coefficients by R's names. */
export function rModel(
  method: string,
  coef: Readonly<Record<string, number>>,
  logLikelihood: number,
): RModel {
  const found = /ARIMA\((\d),(\d),(\d)\)(?:\((\d),(\d),(\d)\)\[(\d+)\])?(.*)/.exec(method)!;
  const [p, d, q, P, D, Q] = found.slice(1, 7).map((digit) => Number(digit ?? 0));
  const order = { p, d, q, P, D, Q, season: Number(found[7] ?? 1), constant: found[8].trim() !== '' };
  const named = (name: string, count: number): number[] =>
    Array.from({ length: count }, (_, i) => coef[`${name}${i + 1}`]);
  const coefficients = Float64Array.from([
    ...named('ar', p),
    ...named('ma', q),
    ...named('sar', P),
    ...named('sma', Q),
  ]);
  return { order, coefficients, level: coef.drift ?? coef.intercept ?? 0, logLikelihood };
}

/** The models of R for the 500 quarterly series of M4, by series id. */
export function rQuarterlyModels(): Map<string, RModel> {
  const lines = readData(M4_MODELS).trim().split('\n').slice(1);
  return new Map(
    lines.map((line) => {
      const fields = line.split(',');
      const pairs = fields[16].split(';').filter(Boolean);
      const coef = Object.fromEntries(
        pairs.map((pair): [string, number] => [pair.split('=')[0], numbersOf(pair.split('=')[1])[0]]),
      );
      return [fields[0], rModel(fields[2].replaceAll('.', ','), coef, Number(fields[10]))];
    }),
  );
}
