/**
 * What anyone could have forecast without a method: the value of the same bucket one season before. Every other forecast is
 * measured against it, so it never fails: where that value was not observed it goes back further, then to the
 * last observed value of any bucket, then to 0.
 */

/** Writes the forecasts of `series[origin]` and the next ones into `into`, made from what came before the origin. */
export function writeNaive(series: Float64Array, origin: number, season: number, into: Float64Array): void {
  let last = origin - 1;
  while (last >= 0 && !Number.isFinite(series[last])) last -= 1;
  const fallback = last >= 0 ? series[last] : 0;
  for (let step = 0; step < into.length; step++) {
    let source = origin + step - season * Math.ceil((step + 1) / season);
    while (source >= 0 && !Number.isFinite(series[source])) source -= season;
    into[step] = source >= 0 ? series[source] : fallback;
  }
}
