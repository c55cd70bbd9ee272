/**
 * The season of a group of keys: what a key too young to show its own takes over.
 *
 * Figures   of every regular key with two seasons, multiplicative, by place in the season (classical decomposition, of few
 *           seasons about a line; each drawn towards 1 as far as its own noise suggests).
 * Groups    the mean figure of the keys of a group is drawn towards that of all keys by PRIOR_KEYS: a group of two says
 *           little. Where the keys do not agree on a season - the mean figure is within its own standard error of 1 - it is
 *           drawn towards 1 (James and Stein), up to no season at all.
 * Source    group seasonal indices: Dekker, van Donselaar and Ouwehand (2004), Int. J. of Production Economics 90(2),
 *           151-167; Miller and Williams (2003), Int. J. of Forecasting 19(4), 669-684, for the shrinkage.
 */
import { assert } from '@planwright/units';
import type { BorrowedSeason } from '../choice/borrowed-season.ts';
import { hasFewSeasons } from '../choice/choice.ts';
import { figureOfFewSeasons, shrunkSeasonalFigure } from '../seasonality.ts';
import { assertPanel, type Panel, panelKey } from './panel.ts';

export type GroupSeasons = {
  /** The attribute that makes the groups; undefined where all keys are one. */
  readonly groupBy: string | undefined;
  /** Index per place in the season, averaging 1, for keys of no group. */
  readonly overall: Float64Array;
  /** The same per group code; groups without a key of two seasons are missing. */
  readonly groups: ReadonlyMap<number, Float64Array>;
  /** Keys learnt from. */
  readonly keyCount: number;
};

const PRIOR_KEYS = 5;
const SMALLEST_INDEX = 0.1;
const SEASONS_NEEDED = 2;
/** An index this near to 1 is 1 but for rounding. */
const NEGLIGIBLE = 1e-9;

/** `groupBy` names an attribute of the panel; without it all keys are one group. Needs the panel's firstPosition. */
export function groupSeason(panel: Panel, groupBy?: string): GroupSeasons {
  assertPanel(panel);
  const { season, firstPosition, attributes } = panel;
  assert(firstPosition !== undefined, 'seasons of groups need the place of bucket 0 in the season');
  const column = groupBy === undefined ? -1 : (attributes?.names.indexOf(groupBy) ?? -1);
  assert(groupBy === undefined || column >= 0, `the panel has an attribute ${groupBy}`);
  const figures: Float64Array[] = [];
  const codes: number[] = [];
  for (let key = 0; key < panel.keyCount; key++) {
    const { history, start, regular } = panelKey(panel, key);
    const figure = regular ? placedFigure(history, season, firstPosition + start) : undefined;
    if (figure === undefined) continue;
    figures.push(figure);
    codes.push(column < 0 ? -1 : attributes!.codes[key * attributes!.names.length + column]);
  }
  return { groupBy, ...joinedFigures(figures, codes, season) };
}

/** The figure of one history by place in the season, or undefined where it cannot be told or comes near 0. */
function placedFigure(
  history: Float64Array,
  season: number,
  firstPosition: number,
): Float64Array | undefined {
  if (season < 2 || history.length < SEASONS_NEEDED * season) return undefined;
  if (!history.every((value) => value > 0)) return undefined;
  const figure = hasFewSeasons(history.length, season)
    ? figureOfFewSeasons(history, season)?.figure
    : shrunkSeasonalFigure(history, season, 'multiplicative');
  if (figure === undefined || figure.some((index) => index < SMALLEST_INDEX)) return undefined;
  return figure.map((_, place) => figure[(((place - firstPosition) % season) + season) % season]);
}

/** The seasons of groups from their keys' figures. */
function joinedFigures(
  figures: readonly Float64Array[],
  codes: readonly number[],
  season: number,
): Omit<GroupSeasons, 'groupBy'> {
  const overall = meanFigure(figures, season);
  const members = new Map<number, Float64Array[]>();
  figures.forEach((figure, i) => {
    if (codes[i] < 0) return;
    const group = members.get(codes[i]) ?? [];
    members.set(codes[i], group);
    group.push(figure);
  });
  const groups = new Map<number, Float64Array>();
  for (const [code, group] of members) {
    const own = meanFigure(group, season);
    const share = group.length / (group.length + PRIOR_KEYS);
    groups.set(
      code,
      own.map((index, place) => overall[place] + share * (index - overall[place])),
    );
  }
  return { overall, groups, keyCount: figures.length };
}

/** What a key of a block may borrow: the season of its group, else that of all keys; undefined where that is none. */
export function seasonToBorrow(
  { groupBy, overall, groups }: GroupSeasons,
  { attributes, firstPosition = 0 }: Pick<Panel, 'attributes' | 'firstPosition'>,
  key: number,
): BorrowedSeason | undefined {
  const column = groupBy === undefined ? -1 : (attributes?.names.indexOf(groupBy) ?? -1);
  const code = column < 0 ? -1 : attributes!.codes[key * attributes!.names.length + column];
  const ofGroup = groups.get(code);
  const figure = ofGroup ?? overall;
  if (figure.every((index) => index === 1)) return undefined;
  return { figure, firstPosition, from: ofGroup === undefined ? 'all items' : `its ${groupBy}` };
}

/** The mean of figures, drawn towards 1 as far as their disagreement suggests that it is chance. */
function meanFigure(figures: readonly Float64Array[], season: number): Float64Array {
  const mean = new Float64Array(season).fill(1);
  const count = figures.length;
  if (count === 0) return mean;
  for (let place = 0; place < season; place++) {
    mean[place] = figures.reduce((sum, figure) => sum + figure[place], 0) / count;
  }
  let strength = 0;
  let noise = 0;
  for (let place = 0; place < season; place++) {
    strength += (mean[place] - 1) ** 2;
    for (const figure of figures) noise += (figure[place] - mean[place]) ** 2;
  }
  const ofMean = count > 1 ? noise / (count - 1) / count : 0;
  const kept = strength > season * NEGLIGIBLE ** 2 ? Math.max(0, 1 - ofMean / strength) : 0;
  return mean.map((index) => 1 + kept * (index - 1));
}
