/**
 * What kind of demand a series shows; it decides which models can forecast it.
 * Source of the four main classes and their limits: Syntetos, Boylan and Croston (2005), J. of the Operational
 * Research Society 56(5), 495-503.
 */
/**
 * none: no demand yet. new: demand began less than a year ago, after empty buckets. short: too little history.
 * dying: silent for longer than chance allows. Else by the mean interval between demands (limit 1.32 buckets) and the
 * squared variation of their sizes (limit 0.49): smooth, erratic (sizes vary), intermittent (gaps), lumpy (both).
 */
export type DemandClass =
  | 'none'
  | 'new'
  | 'short'
  | 'dying'
  | 'smooth'
  | 'erratic'
  | 'intermittent'
  | 'lumpy';

export type DemandProfile = {
  readonly demandClass: DemandClass;
  /** Position of the first bucket that the models should see: empty buckets before a launch are no history. */
  readonly start: number;
  /** Observed buckets from `start` on. */
  readonly observed: number;
  /** Mean buckets per demand; NaN without demand. */
  readonly interval: number;
  /** Squared coefficient of variation of the sizes of demands that are not 0; NaN below two. */
  readonly sizeVariation: number;
  /** Its gaps come back every season, so that seasonal models can forecast it for all its zeros. */
  readonly seasonalGaps: boolean;
};

const INTERVAL_LIMIT = 1.32;
const VARIATION_LIMIT = 0.49;
const UNLIKELY = 0.01; // A silence this improbable under the rate so far is taken for a launch or an end.
const SHORTEST_SILENCE = 3;
const SEASONAL_GAPS = 4; // Standard errors by which the gaps must repeat themselves.

export function demandProfile(series: Float64Array, season: number): DemandProfile {
  const observed: number[] = [];
  for (let t = 0; t < series.length; t++) if (Number.isFinite(series[t])) observed.push(t);
  const demands = observed.filter((t) => series[t] !== 0);
  if (demands.length === 0) {
    return {
      demandClass: 'none',
      start: observed[0] ?? 0,
      observed: observed.length,
      interval: Number.NaN,
      sizeVariation: Number.NaN,
      seasonalGaps: false,
    };
  }
  const before = observed.indexOf(demands[0]);
  const after = observed.length - 1 - observed.indexOf(demands[demands.length - 1]);
  const rate = demands.length / (observed.length - before - after);
  const launched = isSilence(before, rate);
  const start = launched ? demands[0] : observed[0];
  const seen = launched ? observed.filter((t) => t >= start) : observed;
  const interval = (seen.length - after) / demands.length;
  const sizeVariation = squaredVariation(demands.map((t) => series[t]));
  const shape = { start, observed: seen.length, interval, sizeVariation };
  const yearLike = Math.min(Math.max(season, 6), 12);
  if (seen.length < yearLike)
    return { ...shape, demandClass: start > 0 ? 'new' : 'short', seasonalGaps: false };
  const seasonalGaps =
    interval >= INTERVAL_LIMIT &&
    gapRepetition(
      seen.map((t) => series[t]),
      season,
    ) > SEASONAL_GAPS;
  if (isSilence(after, rate) && !(seasonalGaps && after < season))
    return { ...shape, demandClass: 'dying', seasonalGaps: false };
  return { ...shape, demandClass: quadrant(interval, sizeVariation), seasonalGaps };
}

/** Whether `buckets` in a row without demand are out of line with a demand in a share `rate` of them. */
function isSilence(buckets: number, rate: number): boolean {
  return buckets >= SHORTEST_SILENCE && (1 - rate) ** buckets < UNLIKELY;
}

/**
 * Whether buckets with and without demand repeat after a season: their correlation with themselves one season before,
 * in standard errors. Sizes play no part, so that one large order does not look like a season.
 */
function gapRepetition(values: readonly number[], season: number): number {
  const pairs = values.length - season;
  if (season < 2 || pairs < season) return 0;
  let both = 0;
  let now = 0;
  let before = 0;
  for (let t = season; t < values.length; t++) {
    const demand = values[t] !== 0;
    const earlier = values[t - season] !== 0;
    if (demand) now += 1;
    if (earlier) before += 1;
    if (demand && earlier) both += 1;
  }
  const spread = Math.sqrt(now * (pairs - now) * before * (pairs - before));
  return spread > 0 ? ((both * pairs - now * before) / spread) * Math.sqrt(pairs) : 0;
}

function quadrant(interval: number, sizeVariation: number): DemandClass {
  const steadySize = Number.isNaN(sizeVariation) || sizeVariation < VARIATION_LIMIT;
  if (interval < INTERVAL_LIMIT) return steadySize ? 'smooth' : 'erratic';
  return steadySize ? 'intermittent' : 'lumpy';
}

function squaredVariation(sizes: readonly number[]): number {
  if (sizes.length < 2) return Number.NaN;
  // Divided by the largest size, so that squares of 1e300 do not overflow.
  const largest = sizes.reduce((most, size) => Math.max(most, Math.abs(size)), 0);
  const mean = sizes.reduce((sum, size) => sum + size / largest / sizes.length, 0);
  const variance = sizes.reduce((sum, size) => sum + (size / largest - mean) ** 2, 0) / (sizes.length - 1);
  return mean === 0 ? Number.NaN : variance / (mean * mean);
}
