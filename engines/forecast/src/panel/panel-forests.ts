/**
 * The three forests of a panel model. The *plain* one forecasts demand over its level from the history alone; the
 * *correcting* one sees the local forecasts too and forecasts what they will miss; the *recursive* one forecasts the next bucket,
 * and the one after from that (panel-recursion.ts). Their errors differ, so that the mean of the first two is better than two seeds
 * of either, and the third lowers it further: by 0.7, 0.3, 0.1, 0.1 and 1.5 % on M1, NN3 and M4 monthly, M4 quarterly and
 * weekly, raising it by 0.1 % on M4 yearly.
 *
 * Loss      absolute error over the level: the median, which one wild bucket does not move.
 * Cost      about 0.25 us x rows x trees each.
 */
import {
  binTable,
  type BinnedTable,
  type CrewShared,
  endCrew,
  makeCrew,
  predictTrees,
  trainTrees,
  type TreeModel,
} from '@planwright/trees';
import type { FeatureLayout } from './panel-features.ts';
import { recursiveForecasts } from './panel-recursion.ts';
import { type PanelRows, plainColumns, type PlainRows } from './panel-rows.ts';
import type { Panel } from './panel.ts';

/** One of each forest's models, forecasts or shares. */
export type OfForests<T> = { readonly plain: T; readonly correcting: T; readonly recursive: T };
export type Forests = OfForests<TreeModel>;

export type ForestSize = { readonly treeCount: number; readonly learningRate: number };

export const FULL_SIZE: ForestSize = { treeCount: 200, learningRate: 0.07 };

const LEAF_COUNT = 63;
const FEATURE_SHARE = 0.5;
const ROW_SHARE = 0.7;
/** A leaf holds this share of the rows at least, within limits: few keys teach coarse lessons only. */
const LEAF_SHARE = 1 / 2500;
const SMALLEST_LEAF = 20;
const LARGEST_LEAF = 200;

export type ForestTraining = {
  readonly seed: number;
  /** Told the share done, 0 to 1. */
  readonly onShare?: (share: number) => void;
  /** Sets helping threads to work: each calls `serveCrew` of @planwright/trees with what it is given here. */
  readonly helpers?: (shared: CrewShared) => void;
};

/** `rows` teach the direct forests, `next` (rows of one step each) the recursive one. */
export function trainForests(
  layout: FeatureLayout,
  rows: PanelRows,
  next: PlainRows,
  size: ForestSize,
  training: ForestTraining,
): Forests {
  const { table, level, local, actual } = rows;
  const binned = binTable(table);
  const { seed, onShare } = training;
  const train = (place: number, bins: BinnedTable, targets: Targets): TreeModel =>
    trainForest(bins, targets, size, {
      ...training,
      seed: seed + place,
      onShare: onShare && ((share) => onShare((place + share) / 3)),
    });
  const ofLevel = (row: number): number => actual[row] / level[row];
  const missed = (row: number): number => (actual[row] - local[row]) / level[row];
  return {
    plain: train(0, firstFeatures(binned, layout.plainCount), targetsOf(table.rowCount, ofLevel)),
    correcting: train(1, binned, targetsOf(table.rowCount, missed)),
    recursive: train(
      2,
      binTable(next.table),
      targetsOf(next.table.rowCount, (row) => next.actual[row] / next.level[row]),
    ),
  };
}

/** Of each row what is to be forecast, and 0 for those that are not known. */
type Targets = { readonly values: Float64Array; readonly weights: Float64Array };

function targetsOf(rowCount: number, targetOf: (row: number) => number): Targets {
  const values = new Float64Array(rowCount);
  const weights = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const target = targetOf(row);
    if (Number.isNaN(target)) continue;
    values[row] = target;
    weights[row] = 1;
  }
  return { values, weights };
}

function trainForest(
  bins: BinnedTable,
  { values, weights }: Targets,
  size: ForestSize,
  { seed, onShare, helpers }: ForestTraining,
): TreeModel {
  const leaf = Math.round(bins.rowCount * LEAF_SHARE);
  const crew = helpers && makeCrew(bins, { leafCount: LEAF_COUNT });
  if (crew !== undefined) helpers?.(crew.shared);
  const forest = trainTrees(bins, values, {
    objective: { kind: 'l1' },
    ...size,
    leafCount: LEAF_COUNT,
    minimumRowsInLeaf: Math.min(LARGEST_LEAF, Math.max(SMALLEST_LEAF, leaf)),
    featureShare: FEATURE_SHARE,
    rowShare: ROW_SHARE,
    weights,
    seed,
    crew,
    onTree:
      onShare &&
      ((tree) => {
        onShare((tree + 1) / size.treeCount);
        return true;
      }),
  });
  if (crew !== undefined) endCrew(crew);
  return forest;
}

/** Forecasts of the forests in the unit of the history, one per row. */
export function forestForecasts(
  layout: FeatureLayout,
  panel: Panel,
  forests: Forests,
  rows: PanelRows,
): OfForests<Float64Array> {
  const { table, level, local, origins } = rows;
  const plain = predictTrees(forests.plain, plainColumns(layout, table));
  const correcting = predictTrees(forests.correcting, table);
  for (let row = 0; row < table.rowCount; row++) {
    plain[row] *= level[row];
    correcting[row] = local[row] + correcting[row] * level[row];
  }
  return {
    plain,
    correcting,
    recursive: recursiveForecasts(layout, panel, forests.recursive, origins).forecast,
  };
}

/** The same bins without the columns from `count` on; nothing is copied. */
function firstFeatures(binned: BinnedTable, count: number): BinnedTable {
  return {
    ...binned,
    names: binned.names.slice(0, count),
    bins: binned.bins.subarray(0, count * binned.rowCount),
    valueBinCounts: binned.valueBinCounts.subarray(0, count),
    cellStarts: binned.cellStarts.subarray(0, count + 1),
    edges: binned.edges.slice(0, count),
    categoryBins: binned.categoryBins.slice(0, count),
  };
}
