import type { FiniteNetwork, FinitePoints, FiniteSources } from '../finite/network.ts';

/** What requirements planning reads of a network: stock points, their sources, and what these consume. */
export type RequirementNetwork = Pick<
  FiniteNetwork,
  'asOfDay' | 'dayCount' | 'bucketCount' | 'bucketOfDay' | 'bucketFirstDay' | 'needs'
> & {
  readonly points: Pick<
    FinitePoints,
    | 'count'
    | 'onHand'
    | 'sourceStart'
    | 'sources'
    | 'hasShares'
    | 'safetyRow'
    | 'safetyStock'
    | 'safetyCoverDays'
    | 'depth'
  >;
  readonly sources: Pick<
    FiniteSources,
    | 'point'
    | 'leadDays'
    | 'lotMinimum'
    | 'lotMultiple'
    | 'lotMaximum'
    | 'yieldRatio'
    | 'shareRatio'
    | 'firstStartDay'
    | 'lastStartDay'
    | 'frozenDays'
    | 'needStart'
  >;
};
