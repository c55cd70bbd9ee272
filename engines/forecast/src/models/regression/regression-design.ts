/** The columns of a regression: line, waves of each season, and regressors, each in units of its own spread. */
import { type Explanation, entryAt } from './explanation.ts';

/** What a column belongs to; each kind is shrunk by a factor of its own. */
export type ColumnKind = 'trend' | 'season' | 'regressor';

export type DesignColumn = {
  readonly kind: ColumnKind;
  /** The component it is part of. */
  readonly name: string;
  /** How much harder than its kind it is shrunk. */
  readonly weight: number;
  /** Place of the regressor in its explanation; -1 for trend and season. */
  readonly regressor: number;
  /** Its value in any bucket, before it is centred and scaled. */
  entry(t: number): number;
};

export type Design = {
  readonly columns: readonly DesignColumn[];
  readonly centres: Float64Array;
  readonly scales: Float64Array;
};

/** Up to here all waves of a season are used, which is the same as one index per bucket of the season. */
const LONGEST_FULL = 24;
const MOST_WAVES = 12;
/** Seasons that a history must hold for one to be seen. */
const LEAST_SEASONS = 2;

/** The columns that say something about a history of `count` buckets: whatever does not vary over it is left out. */
export function designOf(count: number, seasons: readonly number[], explanation: Explanation): Design {
  const candidates: DesignColumn[] = [
    { kind: 'trend', name: 'trend', weight: 0, regressor: -1, entry: (t: number) => t },
    ...seasons.flatMap((season) => (count >= LEAST_SEASONS * season ? wavesOf(season, seasons.length) : [])),
    ...explanation.names.map((name, index) => ({
      kind: 'regressor' as const,
      name,
      weight: 1,
      regressor: index,
      entry: (t: number) => entryAt(explanation.columns[index], t),
    })),
  ];
  const spreads = candidates.map((column) => spreadOf(column, count));
  const kept = candidates.flatMap((_, index) => (spreads[index].scale > 0 ? [index] : []));
  return {
    columns: kept.map((index) => candidates[index]),
    centres: Float64Array.from(kept, (index) => spreads[index].centre),
    scales: Float64Array.from(kept, (index) => spreads[index].scale),
  };
}

/** Cosines and sines of a season. Quick waves of a long season are shrunk harder: the season then is smooth. */
function wavesOf(season: number, seasonCount: number): DesignColumn[] {
  const full = season <= LONGEST_FULL;
  const waves = Math.min(Math.floor(season / 2), full ? LONGEST_FULL : MOST_WAVES);
  const name = seasonCount > 1 ? `season ${season}` : 'season';
  const columns: DesignColumn[] = [];
  for (let wave = 1; wave <= waves; wave++) {
    const turn = (2 * Math.PI * wave) / season;
    const weight = full ? 1 : wave * wave;
    columns.push({ kind: 'season', name, weight, regressor: -1, entry: (t) => Math.cos(turn * t) });
    // The sine of the quickest wave of an even season is 0 in every bucket.
    if (2 * wave !== season)
      columns.push({ kind: 'season', name, weight, regressor: -1, entry: (t) => Math.sin(turn * t) });
  }
  return columns;
}

function spreadOf(column: DesignColumn, count: number): { readonly centre: number; readonly scale: number } {
  let sum = 0;
  let size = 0;
  for (let t = 0; t < count; t++) {
    sum += column.entry(t);
    size = Math.max(size, Math.abs(column.entry(t)));
  }
  const centre = sum / count;
  let squares = 0;
  for (let t = 0; t < count; t++) squares += (column.entry(t) - centre) ** 2;
  const scale = Math.sqrt(squares / count);
  return { centre, scale: scale > 1e-9 * size ? scale : 0 };
}

/** Rows `from` to `to` (excluded) of the design, an entry of 1 for the level first: (to - from) x (1 + columns), row-major. */
export function designRows({ columns, centres, scales }: Design, from: number, to: number): Float64Array {
  const width = columns.length + 1;
  const rows = new Float64Array((to - from) * width);
  for (let t = from; t < to; t++) {
    const at = (t - from) * width;
    rows[at] = 1;
    for (let i = 0; i < columns.length; i++)
      rows[at + 1 + i] = (columns[i].entry(t) - centres[i]) / scales[i];
  }
  return rows;
}
