/**
 * The one way of supply that rough methods follow where a model knows several: of sources and substitutes the one with the lowest
 * priority number, or all sources by their shares where shares are given; rows not in force on the model's as-of day do not count.
 */
import { stockPointKey } from '../model.ts';
import type { ComponentFacts, PlanningModel, SourceFacts } from './planning-model.ts';

export type SourceShare = { readonly source: SourceFacts; readonly share: number };

export type SupplyPaths = {
  /** The sources that count for a stock point; their shares of a unit sum to 1. */
  sourcesOf(item: string, location: string): readonly SourceShare[];
  /** What counts of what a source consumes. */
  componentsOf(source: SourceFacts): readonly ComponentFacts[];
};

export function supplyPaths(model: PlanningModel): SupplyPaths {
  const day = model.asOfDay;
  const inForce = (row: { readonly effectiveFromDay?: number; readonly effectiveToDay?: number }): boolean =>
    (row.effectiveFromDay ?? -Infinity) <= day && day <= (row.effectiveToDay ?? Infinity);
  const sources = Map.groupBy(model.sources.filter(inForce), (row) => stockPointKey(row.item, row.location));
  const components = Map.groupBy(model.components.filter(inForce), (row) => row.source);
  return {
    sourcesOf: (item, location) => sourceShares(sources.get(stockPointKey(item, location)) ?? []),
    componentsOf: ({ source }) =>
      firstOfGroups(
        components.get(source) ?? [],
        (row) => row.substituteGroup,
        (row) => row.substitutePriority,
      ),
  };
}

function sourceShares(sources: readonly SourceFacts[]): readonly SourceShare[] {
  const total = sources.reduce((sum, source) => sum + (source.shareRatio ?? 0), 0);
  if (total > 0) {
    return sources
      .filter((source) => (source.shareRatio ?? 0) > 0)
      .map((source) => ({ source, share: (source.shareRatio ?? 0) / total }));
  }
  const first = firstByPriority(sources, (source) => source.priority);
  return first === undefined ? [] : [{ source: first, share: 1 }];
}

function firstByPriority<Row>(
  rows: readonly Row[],
  priorityOf: (row: Row) => number | undefined,
): Row | undefined {
  return rows.reduce<Row | undefined>(
    (first, row) => (first === undefined || (priorityOf(row) ?? 1) < (priorityOf(first) ?? 1) ? row : first),
    undefined,
  );
}

/** Rows without a group, and of every group the one that is asked first. */
export function firstOfGroups<Row>(
  rows: readonly Row[],
  groupOf: (row: Row) => string | undefined,
  priorityOf: (row: Row) => number | undefined,
): readonly Row[] {
  const single = rows.filter((row) => groupOf(row) === undefined);
  const grouped = Map.groupBy(
    rows.filter((row) => groupOf(row) !== undefined),
    (row) => groupOf(row),
  );
  return [...single, ...[...grouped.values()].map((group) => firstByPriority(group, priorityOf)!)];
}
