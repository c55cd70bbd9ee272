/** Adding demand keys up to every group of the item hierarchy, the whole company included. */
import type { Snapshot } from '../snapshot.ts';
import { pathsUp } from '../item-groups.ts';
import { type Measure, rowIn, type RunBlocks, widthOf } from './run-blocks.ts';
import type { NamedSeries, SeriesValues } from './stage-results.ts';

/** The groups above each demand key, lowest first: indexes into `snapshot.groups.groups`. */
export function groupsOfKeys(snapshot: Snapshot): readonly (readonly number[])[] {
  const paths = pathsUp(snapshot.groups.groups);
  const groupOf = new Map(
    snapshot.items.code.map((code, item) => [code, snapshot.groups.groupOfItem[item]] as const),
  );
  return snapshot.keys.item.map((item) => paths[groupOf.get(item) ?? 0]);
}

/** Sums rows up to groups: one row a group. A cell is the sum of what is known below it, NaN where nothing is. */
export function sumUp(
  groupCount: number,
  width: number,
  rowCount: number,
  groupsOf: (row: number) => readonly number[],
  rowOf: (row: number) => Float64Array,
): Float64Array[] {
  const sums = Array.from({ length: groupCount }, () => new Float64Array(width).fill(Number.NaN));
  for (let row = 0; row < rowCount; row++) {
    const values = rowOf(row);
    for (const group of groupsOf(row)) {
      const sum = sums[group];
      for (let t = 0; t < width; t++) {
        if (Number.isNaN(values[t])) continue;
        sum[t] = Number.isNaN(sum[t]) ? values[t] : sum[t] + values[t];
      }
    }
  }
  return sums;
}

/** As results hold series: null for NaN. */
export function knownValues(values: Float64Array): SeriesValues {
  return Array.from(values, (value) => (Number.isNaN(value) ? null : value));
}

const SUMMED = ['actual', 'cleansed', 'consensus', 'revenue', 'cost'] as const satisfies readonly Measure[];

/** The demand measures of every group; its baseline and bands come from the stage that makes groups and keys agree. */
export function groupSeries(snapshot: Snapshot, blocks: RunBlocks): NamedSeries[] {
  const { meta, groups } = snapshot;
  const above = groupsOfKeys(snapshot);
  return SUMMED.flatMap((measure) => {
    const rows = sumUp(
      groups.groups.length,
      widthOf(meta, measure),
      meta.keyCount,
      (key) => above[key],
      (key) => rowIn(blocks, meta, measure, key),
    );
    return rows.map((values, group) => ({
      group: groups.groups[group].code,
      measure,
      values: knownValues(values),
    }));
  });
}

/** What lies in stock, and what demand goes unmet, each at unit cost: the whole company's, bucket by bucket. */
export function supplySeries(snapshot: Snapshot, blocks: RunBlocks): NamedSeries[] {
  const { meta, supply, items } = snapshot;
  const costOf = new Map(items.code.map((code, item) => [code, items.unitCost[item] ?? 0]));
  const total = (rowOf: (point: number) => Float64Array): Float64Array =>
    sumUp(1, meta.horizonBuckets, meta.pointCount, () => [0], rowOf)[0];
  const inventory = total((point) => rowIn(blocks, meta, 'inventoryValue', point));
  const shortage = total((point) => {
    const unitCost = costOf.get(supply.points[point].item) ?? 0;
    return rowIn(blocks, meta, 'shortage', point).map((quantity) => quantity * unitCost);
  });
  return [
    { group: '', measure: 'inventoryValue', values: knownValues(inventory) },
    { group: '', measure: 'shortageValue', values: knownValues(shortage) },
  ];
}
