/** Chooses how to forecast a series from its demand class, and says why in one sentence. */
import { aggregationDefinition } from '../models/intermittent/aggregation.ts';
import { combinedCore } from './combination.ts';
import type { ModelDefinition } from '../contract/contract.ts';
import type { DemandClass, DemandProfile } from './demand-class.ts';
import { movingAverageDefinition } from '../models/naive.ts';
import { dynamicThetaDefinition } from '../models/theta/dynamic-theta.ts';
import { etsDefinition } from '../models/ets/ets.ts';
import { etsAverageDefinition } from '../models/ets/ets-average.ts';
import { thetaDefinition } from '../models/theta/theta.ts';

/**
 * How much computing a forecast may take. 'fast' combines Theta with the ETS family, 'standard' the dynamic optimised
 * Theta with it. 'best' blends that with a model trained across all keys; for one series alone it is 'standard'.
 */
export type ForecastTier = 'fast' | 'standard' | 'best';

export const DEFAULT_TIER: ForecastTier = 'standard';

export type Choice = { readonly definition: ModelDefinition; readonly reason: string };

/** The mean of several models as one model with calibrated intervals. */
const combinationDefinition = (id: string, members: readonly ModelDefinition[]): ModelDefinition => ({
  id,
  gaps: 'fill',
  calibrated: true,
  minimumLength: (season) => Math.max(...members.map((member) => member.minimumLength(season))),
  fit: (history, options) => combinedCore(members.map((member) => member.fit(history, options))),
});

const FAST = combinationDefinition('theta-ets', [thetaDefinition, etsAverageDefinition]);
const STANDARD = combinationDefinition('dynamic-theta-ets', [dynamicThetaDefinition, etsAverageDefinition]);

/** The combination for regular demand. */
export const regularDefinition = (tier: ForecastTier): ModelDefinition => (tier === 'fast' ? FAST : STANDARD);

const FEW: ModelDefinition = { ...etsAverageDefinition, calibrated: true };
const HANDFUL = movingAverageDefinition(3);
const INTERMITTENT = aggregationDefinition('IMAPA', true);

const FEWEST_FOR_SMOOTHING = 5;
/** Below two seasons a rise in spring cannot be told from growth: extrapolated, it runs away. */
const SEASONS_FOR_TREND = 2;

/** The level alone: the mean of the last season, which is free of it, and the smoothed level, which is newer. */
const levelDefinition = (season: number): ModelDefinition =>
  combinationDefinition(`level-${season}`, [
    movingAverageDefinition(season),
    etsDefinition({ error: 'A', trend: 'N', season: 'N' }),
  ]);

export function chooseModel(profile: DemandProfile, season: number, tier: ForecastTier): Choice {
  const { demandClass, observed, interval } = profile;
  if (demandClass === 'none')
    return { definition: INTERMITTENT, reason: 'No demand has been seen yet, so the forecast is 0.' };
  if (demandClass === 'dying') {
    return {
      definition: INTERMITTENT,
      reason: `Demand has fallen silent for longer than its rhythm of one in ${rounded(interval)} buckets explains, so the forecast fades.`,
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
  if (season > 1 && observed < SEASONS_FOR_TREND * season) {
    return {
      definition: levelDefinition(season),
      reason: `With ${observed} buckets, less than two seasons, growth cannot be told from the season, so only the level is taken.`,
    };
  }
  return {
    definition: regularDefinition(tier),
    reason: `Demand is ${demandClass === 'smooth' ? 'regular' : 'regular but its size varies widely'}, so the mean of two sound methods is taken, which beats choosing one.`,
  };
}

function chooseForFew(demandClass: DemandClass, observed: number, interval: number): Choice {
  const why = demandClass === 'new' ? 'Demand began' : 'The history holds';
  const count = demandClass === 'new' ? `only ${observed} bucket(s) ago` : `only ${observed} bucket(s)`;
  if (interval >= 1.32)
    return {
      definition: INTERMITTENT,
      reason: `${why} ${count}, most of them empty, so their mean rate is used.`,
    };
  if (observed < FEWEST_FOR_SMOOTHING)
    return { definition: HANDFUL, reason: `${why} ${count}, so the mean of the latest is used.` };
  return { definition: FEW, reason: `${why} ${count}, so only level and trend are smoothed.` };
}

const rounded = (value: number): string => (value < 9.95 ? value.toFixed(1) : value.toFixed(0));
