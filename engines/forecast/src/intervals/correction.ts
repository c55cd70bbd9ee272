/**
 * How much a model's own bands are corrected (see calibration.ts), by what a history with such a season can tell.
 *
 * None           such histories, of years above all, are short and what they do next is often not what they did: the tails are heavier,
 *                and most of what is not known is the parameters, whatever the step.
 * Up to twelve   few origins, whose errors are in sample: they widen bands and never narrow them.
 * Longer         hundreds of buckets. The bands of the one member that has a say in the width are a first guess: errors of the
 *                whole forecast at origins with five seasons before them take its place. What is measured leaves less to the tails.
 *
 * Chosen on M1 monthly and M4 quarterly, and on every second of 4,000 series of M4 yearly and of all of M4 weekly and hourly. What
 * the other half hold by thirds of the horizon: years 95.2, 95.3, 94.9 %, weeks 94.9, 94.4, 95.1 %, hours 94.7, 94.4, 96.4 %. On
 * 42 to 46 weeks of an online wholesaler, taken without a season, 95.0, 95.4, 94.8 %, where the constants of short seasons hold
 * 93.1, 94.0, 94.1 %.
 */
export type Correction = {
  /** Degrees of freedom of the errors' t distribution, and what its quantiles are multiplied by. */
  readonly tailFreedom: number;
  readonly tailScale: number;
  /** The variance grows by (learnt + learntPerStep x step) / buckets, because parameters are estimates. */
  readonly learnt: number;
  readonly learntPerStep: number;
  /** Past origins looked at, at most; how many buckets before the end the newest lies, and before each the next. */
  readonly origins: number;
  readonly newestOrigin: number;
  readonly originStep: number;
  /** How many whole seasons lie before each origin, at least. */
  readonly seasonsBefore: number;
  /** Whether the errors there are those of the whole forecast, or of the part of it that has a say in the width. */
  readonly ofWhole: boolean;
  /** As many scores of 1 are taken for seen before any. */
  readonly priorScores: number;
  /** Step h shares the scores of h / neighbours to h x neighbours. */
  readonly neighbours: number;
  /** How many times that of the seasonal naive forecast an interval may be wide; Infinity for no such limit. */
  readonly seasonWalkLimit: number;
  /** Limits of what the width is multiplied by for its scores. */
  readonly leastGrowth: number;
  readonly largestGrowth: number;
};

const SHORT_SEASON: Correction = {
  tailFreedom: 4,
  tailScale: 0.637,
  learnt: 8,
  learntPerStep: 6.4,
  // Seven origins three buckets apart give bands that hold the same, within 0.1 %, and score no better.
  origins: 2,
  newestOrigin: 5,
  originStep: 13,
  seasonsBefore: 2,
  ofWhole: false,
  priorScores: 18,
  neighbours: 2.5,
  // Lowers the interval score on M1, M4 quarterly, M4 monthly and NN3 by 0.4 to 1.3 %, and what is held by at most 0.2 %.
  seasonWalkLimit: 2,
  leastGrowth: 1,
  largestGrowth: 1.4,
};

const NO_SEASON: Correction = {
  ...SHORT_SEASON,
  seasonWalkLimit: Infinity,
  tailFreedom: 3,
  tailScale: 0.61,
  learnt: 34,
  learntPerStep: 2,
};

const LONG_SEASON: Omit<Correction, 'newestOrigin' | 'originStep'> = {
  tailFreedom: 10,
  tailScale: 0.85,
  learnt: 12,
  learntPerStep: 1,
  origins: 10,
  seasonsBefore: 5,
  ofWhole: true,
  priorScores: 1,
  neighbours: 1.2,
  // One season among several, such as the day within the week, says too little: on hours the score rises by a ninth.
  seasonWalkLimit: Infinity,
  leastGrowth: 0,
  largestGrowth: 3,
};

const LONGEST_SHORT_SEASON = 12;
/** Errors of long ago are those of another time: ten origins 52 weeks apart instead of 17 give bands whose score is a sixth worse. */
const LARGEST_ORIGIN_STEP = 24;

/** The correction for a season of `period` buckets, 1 for none. */
export function correctionFor(period: number): Correction {
  if (period === 1) return NO_SEASON;
  if (period <= LONGEST_SHORT_SEASON) return SHORT_SEASON;
  // A whole part of the season, so that errors come from the same few places of it, as those to come do.
  const originStep = Math.round(period / Math.ceil(period / LARGEST_ORIGIN_STEP));
  return { ...LONG_SEASON, newestOrigin: originStep, originStep };
}
