/** Chooses how to forecast a series from its demand class, and says why in one sentence. */
import { aggregationDefinition } from '../models/intermittent/aggregation.ts';
import { type BorrowedSeason, figureFrom, seasonedDefinition } from './borrowed-season.ts';
import { combinedCore, type Member } from './combination.ts';
import type { ModelDefinition } from '../contract/contract.ts';
import type { DemandClass, DemandProfile } from './demand-class.ts';
import { cesDefinition } from '../models/ces/ces.ts';
import { mstlDefinition } from '../models/decomposition/mstl.ts';
import { movingAverageDefinition } from '../models/naive.ts';
import { dynamicThetaDefinition } from '../models/theta/dynamic-theta.ts';
import { etsDefinition } from '../models/ets/ets.ts';
import { etsAverageDefinition } from '../models/ets/ets-average.ts';
import { thetaDefinition } from '../models/theta/theta.ts';

/**
 * How much computing a forecast may take. 'fast' combines Theta with the ETS family; 'standard' the dynamic optimised
 * Theta, the ETS family and, for seasons up to twelve buckets, complex smoothing, for longer ones STL. 'best' blends that with a model trained across all keys; for one series alone it is 'standard'.
 */
export type ForecastTier = 'fast' | 'standard' | 'best';

export const DEFAULT_TIER: ForecastTier = 'standard';

export type Choice = { readonly definition: ModelDefinition; readonly reason: string };

type Members = readonly Member<ModelDefinition>[];

/** The weighted mean of several models as one model with calibrated intervals. */
const combinationDefinition = (id: string, membersOf: (season: number) => Members): ModelDefinition => ({
  id,
  gaps: 'fill',
  calibrated: true,
  minimumLength: (season) => Math.max(...membersOf(season).map(({ model }) => model.minimumLength(season))),
  fit: (history, options) =>
    combinedCore(
      membersOf(options.season).map((member) => ({ ...member, model: member.model.fit(history, options) })),
    ),
});

const evenly = (...models: readonly ModelDefinition[]): Members =>
  models.map((model) => ({ model, weight: 1 }));

const FAST_MEMBERS = evenly(thetaDefinition, etsAverageDefinition);
const PAIR_MEMBERS = evenly(dynamicThetaDefinition, etsAverageDefinition);
/**
 * Measured against the pair on M1 and M4 monthly, NN3, M4 quarterly (two samples) and yearly: complex smoothing at half
 * the weight of the others lowers the OWA by 0.2 to 1.6 % (NN3 alone +0.3 %). On M4 hourly it raises it, and there STL
 * lowers it by 9.6 %, on M4 weekly by 0.5 %. The bands of both hold less or more than they promise, so they have no say.
 */
const STANDARD_MEMBERS: Members = [
  { model: dynamicThetaDefinition, weight: 2 },
  { model: etsAverageDefinition, weight: 2 },
  { model: cesDefinition, weight: 1, meanOnly: true },
];
const LONG_SEASON_MEMBERS: Members = [...PAIR_MEMBERS, { model: mstlDefinition, weight: 1, meanOnly: true }];
const LONG_SEASON = 13;

const FAST = combinationDefinition('theta-ets', () => FAST_MEMBERS);
const STANDARD = combinationDefinition('standard-mean', (season) =>
  season < LONG_SEASON ? STANDARD_MEMBERS : LONG_SEASON_MEMBERS,
);

export const dynamicThetaEtsDefinition: ModelDefinition = combinationDefinition(
  'dynamic-theta-ets',
  () => PAIR_MEMBERS,
);

/** The combination for regular demand. */
export const regularDefinition = (tier: ForecastTier): ModelDefinition => (tier === 'fast' ? FAST : STANDARD);

const FEW: ModelDefinition = { ...etsAverageDefinition, calibrated: true };
const HANDFUL = movingAverageDefinition(3);
const INTERMITTENT = aggregationDefinition('IMAPA', true);

const FEWEST_FOR_SMOOTHING = 5;
/** Demand at shorter intervals comes in most buckets. */
const OFTEN = 1.32;
/** Below two seasons a rise in spring cannot be told from growth: extrapolated, it runs away. */
const SEASONS_FOR_TREND = 2;

/** The level alone: the mean of the last season, which is free of it, and the smoothed level, which is newer. */
const levelDefinition = (season: number): ModelDefinition =>
  combinationDefinition(`level-${season}`, () =>
    evenly(movingAverageDefinition(season), etsDefinition({ error: 'A', trend: 'N', season: 'N' })),
  );

/** `borrowed` is for keys whose history is too short to show a season. */
export function chooseModel(
  profile: DemandProfile,
  season: number,
  tier: ForecastTier,
  borrowed?: BorrowedSeason,
): Choice {
  const { demandClass, observed, interval } = profile;
  if (demandClass === 'none')
    return { definition: INTERMITTENT, reason: 'No demand has been seen yet, so the forecast is 0.' };
  if (demandClass === 'dying') {
    return {
      definition: INTERMITTENT,
      reason: `Demand has fallen silent for longer than its rhythm of one in ${rounded(interval)} buckets explains, so the forecast fades.`,
    };
  }
  const isShort = season > 1 && observed < SEASONS_FOR_TREND * season;
  if (borrowed !== undefined && isShort && interval < OFTEN) {
    return {
      definition: seasonedDefinition(levelDefinition(season), figureFrom(borrowed, profile.start)),
      reason: `With ${observed} bucket(s), less than two seasons, its own season cannot be told yet, so it borrows the season of ${borrowed.from}.`,
    };
  }
  if (demandClass === 'new' || demandClass === 'short') return chooseForFew(demandClass, observed, interval);
  if (demandClass === 'intermittent' || demandClass === 'lumpy') {
    if (profile.seasonalGaps) {
      return {
        definition: regularDefinition(tier),
        reason: 'Demand pauses at the same time of every season, so seasonal models are combined.',
      };
    }
    return {
      definition: INTERMITTENT,
      reason: `Demand comes only about every ${rounded(interval)} buckets${demandClass === 'lumpy' ? ' in sizes that vary widely' : ''}, so it is summed over longer spans first.`,
    };
  }
  if (isShort) {
    return {
      definition: levelDefinition(season),
      reason: `With ${observed} buckets, less than two seasons, growth cannot be told from the season, so only the level is taken.`,
    };
  }
  return {
    definition: regularDefinition(tier),
    reason: `Demand is ${demandClass === 'smooth' ? 'regular' : 'regular but its size varies widely'}, so the mean of sound methods is taken, which beats choosing one.`,
  };
}

function chooseForFew(demandClass: DemandClass, observed: number, interval: number): Choice {
  const why = demandClass === 'new' ? 'Demand began' : 'The history holds';
  const count = demandClass === 'new' ? `only ${observed} bucket(s) ago` : `only ${observed} bucket(s)`;
  if (interval >= OFTEN)
    return {
      definition: INTERMITTENT,
      reason: `${why} ${count}, most of them empty, so their mean rate is used.`,
    };
  if (observed < FEWEST_FOR_SMOOTHING)
    return { definition: HANDFUL, reason: `${why} ${count}, so the mean of the latest is used.` };
  return { definition: FEW, reason: `${why} ${count}, so only level and trend are smoothed.` };
}

const rounded = (value: number): string => (value < 9.95 ? value.toFixed(1) : value.toFixed(0));
