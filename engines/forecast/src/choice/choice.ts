/** Chooses how to forecast a series from its demand class, and says why in one sentence. */
import { aggregationDefinition } from '../models/intermittent/aggregation.ts';
import {
  type BorrowedSeason,
  fewSeasonsDefinition,
  figureFrom,
  seasonedDefinition,
} from './borrowed-season.ts';
import { combinedCore, type Combination } from './combination.ts';
import type { ModelDefinition } from '../contract/contract.ts';
import { counted } from '../explanation/spoken-number.ts';
import type { DemandClass, DemandProfile } from './demand-class.ts';
import { cesDefinition } from '../models/ces/ces.ts';
import { mstlDefinition } from '../models/decomposition/mstl.ts';
import { movingAverageDefinition } from '../models/naive.ts';
import { dynamicThetaDefinition } from '../models/theta/dynamic-theta.ts';
import { etsDefinition } from '../models/ets/ets.ts';
import { etsAverageDefinition } from '../models/ets/ets-average.ts';
import { thetaDefinition } from '../models/theta/theta.ts';

/**
 * How much computing a forecast may take. 'fast' combines Theta with the ETS family, for
 * seasons above twelve buckets with STL. 'standard' takes the trimmed mean of five:
 * dynamic optimised Theta, the ETS family, complex smoothing, Theta and STL; for seasons above twelve buckets of the first, the
 * third and the last; without a season the plain mean of the first four. 'best' blends that with a model trained across all keys; for one series alone it is 'standard'.
 */
export type ForecastTier = 'fast' | 'standard' | 'best';

export const DEFAULT_TIER: ForecastTier = 'standard';

export type Choice = { readonly definition: ModelDefinition; readonly reason: string };

type Models = Combination<ModelDefinition>;

/** Several models as one with calibrated intervals. */
const combinationDefinition = (id: string, modelsOf: (season: number) => Models): ModelDefinition => ({
  id,
  gaps: 'fill',
  calibrated: true,
  minimumLength: (season) =>
    Math.max(...modelsOf(season).members.map(({ model }) => model.minimumLength(season))),
  fit: (history, options) => {
    const { members, trimmed } = modelsOf(options.season);
    const cores = members.map(({ model }) => model.fit(history, options));
    return {
      ...combinedCore({ members: members.map((member, i) => ({ ...member, model: cores[i] })), trimmed }),
      methods: (horizon) => new Map(members.map(({ model }, i) => [model.id, cores[i].mean(horizon)])),
    };
  },
});

const evenly = (...models: readonly ModelDefinition[]): Models => ({
  members: models.map((model) => ({ model })),
  trimmed: false,
});

const FAST_MODELS = evenly(thetaDefinition, etsAverageDefinition);
const PAIR_MODELS = evenly(dynamicThetaDefinition, etsAverageDefinition);
const UNSEASONED: Models['members'] = [
  { model: dynamicThetaDefinition },
  { model: etsAverageDefinition },
  { model: cesDefinition, meanOnly: true },
  { model: thetaDefinition, meanOnly: true },
];
/** STL without a season would be the ETS family once more, and of four the plain mean beats the trimmed one by 0.6 %. */
const NO_SEASON_MODELS: Models = { members: UNSEASONED, trimmed: false };
/**
 * Measured on nine sets of M1, M4, NN3 and NN5 against dynamic Theta and the ETS family with half as much of complex
 * smoothing, the trimmed mean of all five lowers the OWA of seven (M1 and NN3 monthly by 1.1 and 1.3 %) and raises the other
 * two by 0.1 and 0.3 %. Without Theta or complex smoothing it gains less; ARIMA as a sixth gains 0.3 % more at three times
 * the cost. Bands of the last three hold more or less than they promise, so they have no say in the width.
 */
const STANDARD_MODELS: Models = {
  members: [...UNSEASONED, { model: mstlDefinition, meanOnly: true }],
  trimmed: true,
};
/**
 * Only STL tells a long season well, so it counts twice: the OWA of M4 weekly is 4 %, of M4 hourly 8 % and of NN5 in weeks
 * 3 % below that of the mean of dynamic Theta, the ETS family (which STL holds already) and STL.
 */
const LONG_SEASON_MODELS: Models = {
  members: [
    { model: dynamicThetaDefinition },
    { model: cesDefinition, meanOnly: true },
    { model: mstlDefinition, voices: 2, meanOnly: true },
  ],
  trimmed: true,
};
const LONG_SEASON = 13;

/**
 * Theta hardly tells a long season and the ETS family takes long to, so STL counts twice here too: the OWA of M4 weekly is 0.761 in
 * place of 0.819, of M4 hourly 0.772 in place of 0.864.
 */
const FAST_LONG_MODELS: Models = {
  members: [{ model: thetaDefinition }, { model: mstlDefinition, voices: 2, meanOnly: true }],
  trimmed: false,
};

const FAST = combinationDefinition('theta-ets', (season) =>
  season < LONG_SEASON ? FAST_MODELS : FAST_LONG_MODELS,
);
const STANDARD = combinationDefinition('standard-mean', (season) => {
  if (season === 1) return NO_SEASON_MODELS;
  return season < LONG_SEASON ? STANDARD_MODELS : LONG_SEASON_MODELS;
});

export const dynamicThetaEtsDefinition: ModelDefinition = combinationDefinition(
  'dynamic-theta-ets',
  () => PAIR_MODELS,
);

/** The combination for regular demand. */
export const regularDefinition = (tier: ForecastTier): ModelDefinition => (tier === 'fast' ? FAST : STANDARD);

/** Whether a regular history of two seasons has too few for the models' own tests. */
export const hasFewSeasons = (count: number, season: number): boolean =>
  season > 1 && count < SEASONS_FOR_MODELS * season;

/** The combination for regular demand of two seasons or more; `borrowed` is a figure that few seasons lean on. */
export function regularFor(
  count: number,
  season: number,
  tier: ForecastTier,
  borrowed?: Float64Array,
): ModelDefinition {
  const regular = regularDefinition(tier);
  return hasFewSeasons(count, season) ? fewSeasonsDefinition(regular, regular, borrowed) : regular;
}

const FEW: ModelDefinition = { ...etsAverageDefinition, calibrated: true };
const HANDFUL = movingAverageDefinition(3);
const INTERMITTENT = aggregationDefinition('IMAPA', true);

const FEWEST_FOR_SMOOTHING = 5;
/** Demand at shorter intervals comes in most buckets. */
const OFTEN = 1.32;
/** Below two seasons a rise in spring cannot be told from growth: extrapolated, it runs away. */
const SEASONS_FOR_TREND = 2;
/**
 * Below three, models test for a season in vain and extrapolate it; just above, their decompositions know each phase from two values. With the
 * season found first, histories cut to 30 and 40 months have an OWA lower by 7 and 1 % (M1, NN3), to 120 and 150 weeks by 5 and 7 % (M4), and
 * to 11 quarters by 1 %; at 47 months M1 loses 1.5 %.
 */
const SEASONS_FOR_MODELS = 3.5;

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
      reason: `Demand has fallen silent for longer than ${interval < OFTEN ? 'it ever does between two orders' : `its rhythm of one in ${rounded(interval)} buckets explains`}, so the forecast fades.`,
    };
  }
  const isShort = season > 1 && observed < SEASONS_FOR_TREND * season;
  if (borrowed !== undefined && isShort && interval < OFTEN) {
    return {
      definition: seasonedDefinition(levelDefinition(season), figureFrom(borrowed, profile.start)),
      reason: `With ${counted(observed, 'bucket')}, less than two seasons, its own season cannot be told yet, so it borrows the season of ${borrowed.from}.`,
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
  if (hasFewSeasons(observed, season)) {
    return {
      definition: regularFor(observed, season, tier, borrowed && figureFrom(borrowed, profile.start)),
      reason: `With ${observed} buckets, hardly three seasons, the season is found first${borrowed === undefined ? '' : `, leaning on the season of ${borrowed.from}`}, and sound methods are combined on what is left.`,
    };
  }
  return {
    definition: regularDefinition(tier),
    reason: `Demand is ${demandClass === 'smooth' ? 'regular' : 'regular but its size varies widely'}, so the mean of sound methods is taken, which beats choosing one.`,
  };
}

function chooseForFew(demandClass: DemandClass, observed: number, interval: number): Choice {
  const why = demandClass === 'new' ? 'Demand began' : 'The history holds';
  const count =
    demandClass === 'new' ? `only ${counted(observed, 'bucket')} ago` : `only ${counted(observed, 'bucket')}`;
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
