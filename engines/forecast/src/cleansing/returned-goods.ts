/**
 * Goods that came back, taken off where they were sold and not where they came back.
 *
 * Input     net quantities as booked: sales less what came back in the bucket. `returns` is what came back per bucket;
 *           `returnsBySale` the same goods by the bucket of their sale, where that is known.
 * Method    known bucket of sale: demand = booked + came back - belongs here.
 *           Unknown: booked values stand, as a steady share of returns should lower the forecast; where more came back
 *           than was sold, the bucket is set to 0, for nobody demanded less than nothing.
 */

/** Share of negative buckets from which on negative values are the nature of a series, and not returns. */
const NATURALLY_NEGATIVE = 0.2;

export function demandWithoutReturns(
  series: Float64Array,
  returns: Float64Array | undefined,
  returnsBySale: Float64Array | undefined,
): Float64Array {
  const demand = series.slice();
  if (returns !== undefined && returnsBySale !== undefined) {
    for (let t = 0; t < demand.length; t++) {
      const moved = finite(returns[t]) - finite(returnsBySale[t]);
      if (moved !== 0) demand[t] += moved;
    }
  }
  if (returns === undefined && isNaturallyNegative(series)) return demand;
  for (let t = 0; t < demand.length; t++) if (demand[t] < 0) demand[t] = 0;
  return demand;
}

const finite = (value: number): number => (Number.isFinite(value) ? value : 0);

function isNaturallyNegative(series: Float64Array): boolean {
  let observed = 0;
  let negative = 0;
  for (let t = 0; t < series.length; t++) {
    if (!Number.isFinite(series[t])) continue;
    observed += 1;
    if (series[t] < 0) negative += 1;
  }
  return negative > NATURALLY_NEGATIVE * observed;
}
