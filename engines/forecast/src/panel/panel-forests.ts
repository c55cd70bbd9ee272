/**
 * The two forests of a panel model. The *plain* one forecasts demand over its level from the history alone; the
 * *correcting* one sees the local forecasts too and forecasts what they will miss. Their errors differ, so that the mean
 * of both is better than two seeds of either (measured on M1 and M4 monthly, M4 yearly, quarterly and weekly).
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
import { type PanelRows, plainColumns } from './panel-rows.ts';

export type Forests = { readonly plain: TreeModel; readonly correcting: TreeModel };

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

export function trainForests(
  layout: FeatureLayout,
  rows: PanelRows,
  size: ForestSize,
  { seed, onShare, helpers }: ForestTraining,
): Forests {
  const { table, level, local, actual } = rows;
  const rowCount = table.rowCount;
  const binned = binTable(table);
  const plainTarget = new Float64Array(rowCount);
  const missed = new Float64Array(rowCount);
  const weights = new Float64Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    if (Number.isNaN(actual[row])) continue;
    weights[row] = 1;
    plainTarget[row] = actual[row] / level[row];
    missed[row] = (actual[row] - local[row]) / level[row];
  }
  const leaf = Math.round(rowCount * LEAF_SHARE);
  const train = (bins: BinnedTable, target: Float64Array, before: number): TreeModel => {
    const crew = helpers && makeCrew(bins, { leafCount: LEAF_COUNT });
    if (crew !== undefined) helpers?.(crew.shared);
    const forest = trainTrees(bins, target, {
      objective: { kind: 'l1' },
      ...size,
      leafCount: LEAF_COUNT,
      minimumRowsInLeaf: Math.min(LARGEST_LEAF, Math.max(SMALLEST_LEAF, leaf)),
      featureShare: FEATURE_SHARE,
      rowShare: ROW_SHARE,
      weights,
      seed: seed + before,
      crew,
      onTree:
        onShare &&
        ((tree) => {
          onShare((before + (tree + 1) / size.treeCount) / 2);
          return true;
        }),
    });
    if (crew !== undefined) endCrew(crew);
    return forest;
  };
  return {
    plain: train(firstFeatures(binned, layout.plainCount), plainTarget, 0),
    correcting: train(binned, missed, 1),
  };
}

/** Forecasts of both forests in the unit of the history, one per row. */
export function forestForecasts(
  layout: FeatureLayout,
  forests: Forests,
  rows: PanelRows,
): { readonly plain: Float64Array; readonly correcting: Float64Array } {
  const { table, level, local } = rows;
  const plain = predictTrees(forests.plain, plainColumns(layout, table));
  const correcting = predictTrees(forests.correcting, table);
  for (let row = 0; row < table.rowCount; row++) {
    plain[row] *= level[row];
    correcting[row] = local[row] + correcting[row] * level[row];
  }
  return { plain, correcting };
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
