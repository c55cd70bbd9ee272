/**
 * The seasons of item groups, for what is too young to show its own. Two kinds, for they are used unlike:
 *
 * Launches  multiply a level that others set by the season of the sum of their group: the sum is smooth, and what it shows counts.
 * Young     streams of less than three and a half seasons lean on the mean season of their group's streams, drawn towards none as
 *           far as these disagree: it stands in for what a history does not show and must not bring noise in.
 */
import { type BorrowedSeason, decompose, groupSeason } from '@planwright/forecast';
import type { DemandView } from './demand-view.ts';
import { sumUp } from './group-sums.ts';
import { firstPositionOf, panelOf } from './panel-learning.ts';
import type { LearntSeasons } from './stage-results.ts';

/** Below two seasons nobody can tell a season from a trend. */
const SEASONS_FEWEST = 2;

/**
 * Factors per place in the season, counted from the first bucket of the history and averaging 1; null for groups too young.
 * Sums of many keys are smooth enough for the classical decomposition.
 */
export function groupSeasons(view: DemandView): (number[] | null)[] {
  const { meta, groups } = view.snapshot;
  const sums = sumUp(
    groups.groups.length,
    meta.historyBuckets,
    meta.keyCount,
    (key) => view.groupsOf[key],
    (key) => view.actualOf(key),
  );
  return sums.map((sum) => seasonOf(sum, view.season));
}

function seasonOf(series: Float64Array, season: number): number[] | null {
  if (season < 2 || series.filter(Number.isFinite).length < SEASONS_FEWEST * season) return null;
  const { figure } = decompose(series, season, 'multiplicative');
  return figure.every((factor) => factor >= 0 && factor < Infinity) ? Array.from(figure) : null;
}

/** With fewer, a stream would lean on itself. */
const FEWEST_STREAMS = 3;

/** Null where buckets have no season, or hardly a stream shows one. */
export function youngSeasons(view: DemandView): LearntSeasons | null {
  if (view.season < 2) return null;
  const { meta, groups } = view.snapshot;
  const keys = Array.from({ length: meta.keyCount }, (_, key) => key);
  const learnt = groupSeason(
    panelOf(view, keys, (key) => view.actualOf(key)),
    'group',
  );
  if (learnt.keyCount < FEWEST_STREAMS) return null;
  return {
    overall: Array.from(learnt.overall),
    groups: groups.groups.map((_, group) => {
      const figure = learnt.groups.get(group);
      return figure === undefined ? null : Array.from(figure);
    }),
  };
}

/** What a stream may lean on; undefined where neither its group nor all streams show a season. */
export function seasonToLeanOn(
  view: DemandView,
  learnt: LearntSeasons | null,
  key: number,
): BorrowedSeason | undefined {
  if (learnt === null) return undefined;
  const ofGroup = learnt.groups[view.groupsOf[key][0]] ?? null;
  const figure = ofGroup ?? learnt.overall;
  if (figure.every((index) => index === 1)) return undefined;
  return {
    figure: Float64Array.from(figure),
    firstPosition: firstPositionOf(view),
    from: ofGroup === null ? 'all items' : 'its group',
  };
}
