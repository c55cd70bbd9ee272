/** What an ARIMA model is made of: orders, blocks of parameters and names. */

/** ARIMA(p,d,q)(P,D,Q) of one season length, with or without a constant. */
export type ArimaOrder = {
  readonly p: number;
  readonly d: number;
  readonly q: number;
  readonly P: number;
  readonly D: number;
  readonly Q: number;
  /** Buckets in the season; 1 where P, D and Q are 0. */
  readonly season: number;
  /** A mean where nothing is differenced, else the drift: the mean of the differenced series. */
  readonly constant: boolean;
};

/**
 * Coefficients in the signs of R's arima(): y_t = ar_1 y_(t-1) + ... + e_t + ma_1 e_(t-1) + ..., the seasonal ones alike
 * at lags of whole seasons, both kinds multiplied.
 */
export type ArmaCoefficients = {
  readonly ar: Float64Array;
  readonly ma: Float64Array;
  readonly seasonalAr: Float64Array;
  readonly seasonalMa: Float64Array;
};

export const armaCount = ({ p, q, P, Q }: ArimaOrder): number => p + q + P + Q;

/** Such as 'ARIMA(2,1,1)(0,1,1)[12] with drift'. */
export function arimaLabel(order: ArimaOrder, explained = false): string {
  const { p, d, q, P, D, Q, season, constant } = order;
  const seasonal = season > 1 && P + D + Q > 0 ? `(${P},${D},${Q})[${season}]` : '';
  const differences = d + D;
  const ending = !constant ? '' : differences > 0 ? ' with drift' : ' with mean';
  return `${explained ? 'Regression with ' : ''}ARIMA(${p},${d},${q})${seasonal}${ending}`;
}

/** The coefficients one after the other: ar, ma, seasonal ar, seasonal ma. */
export function splitCoefficients(values: Float64Array, { p, q, P, Q }: ArimaOrder): ArmaCoefficients {
  return {
    ar: values.slice(0, p),
    ma: values.slice(p, p + q),
    seasonalAr: values.slice(p + q, p + q + P),
    seasonalMa: values.slice(p + q + P, p + q + P + Q),
  };
}
