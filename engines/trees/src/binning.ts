/**
 * Turns a feature table into bins of one byte each, once for all objectives and quantiles trained on it.
 *
 * Bin 0 of every feature holds what is missing; values have the bins from 1 on. Numeric columns are cut at quantiles
 * (bin-edges.ts). Of a category column the most frequent codes get a bin each; rarer codes, and codes that turn up only
 * later, count as missing.
 *
 * Memory  one byte a value. Cost O(rows log bins) a feature, after sorting at most `sampleRows` values of it.
 */
import { randomStream } from '@planwright/numerics';
import { assert } from '@planwright/units';
import { binEdges } from './bin-edges.ts';
import { assertTable, type FeatureTable } from './feature-table.ts';
import { sampleRows } from './row-sample.ts';

export type BinnedTable = {
  readonly rowCount: number;
  readonly names: readonly string[];
  /** names.length x rowCount, one column after the other. */
  readonly bins: Uint8Array;
  /** Number of value bins of each feature: they are numbered 1 to this. */
  readonly valueBinCounts: Int32Array;
  /** Where the cells of each feature start in a histogram over all features; the last entry is the number of cells. */
  readonly cellStarts: Int32Array;
  /** Of numeric features: upper edges of all value bins but the last. Empty for categories. */
  readonly edges: readonly Float64Array[];
  /** Of category features: the bin of each code. Codes beyond its end are missing. Undefined for numeric features. */
  readonly categoryBins: readonly (Uint8Array | undefined)[];
};

const MAX_BINS = 255;
const SAMPLE_ROWS = 200_000;
// Beyond 2^24 a 32-bit float no longer tells neighbouring codes apart.
const MAX_CODE = 2 ** 24;

/** Bins of a table; `maxBins` 2 to 255 (255), quantiles from at most `sampleRows` rows (200,000). */
export function binTable(
  table: FeatureTable,
  options: { readonly maxBins?: number; readonly sampleRows?: number } = {},
): BinnedTable {
  assertTable(table);
  const { rowCount, names, values, categorical = [] } = table;
  const { maxBins = MAX_BINS, sampleRows: sampleSize = SAMPLE_ROWS } = options;
  assert(Number.isInteger(maxBins) && maxBins >= 2 && maxBins <= MAX_BINS, 'maxBins is between 2 and 255');
  assert(sampleSize >= 1, 'sampleRows is positive');
  const isCategory = names.map((_, feature) => categorical.includes(feature));
  const sample = sampledIndexes(rowCount, sampleSize);
  const bins = new Uint8Array(values.length);
  const edges: Float64Array[] = [];
  const categoryBins: (Uint8Array | undefined)[] = [];
  const valueBinCounts = new Int32Array(names.length);
  const cellStarts = new Int32Array(names.length + 1);
  for (let feature = 0; feature < names.length; feature++) {
    const column = values.subarray(feature * rowCount, (feature + 1) * rowCount);
    const target = bins.subarray(feature * rowCount, (feature + 1) * rowCount);
    const codes = isCategory[feature] ? frequentCodes(column, maxBins, names[feature]) : undefined;
    const cuts = isCategory[feature] ? new Float64Array(0) : binEdges(observed(column, sample), maxBins);
    edges.push(cuts);
    categoryBins.push(codes?.bins);
    valueBinCounts[feature] = codes?.count ?? cuts.length + 1;
    cellStarts[feature + 1] = cellStarts[feature] + valueBinCounts[feature] + 1;
    if (codes === undefined) binNumbers(column, cuts, target);
    else binCodes(column, codes.bins, target);
  }
  return { rowCount, names, bins, valueBinCounts, cellStarts, edges, categoryBins };
}

function sampledIndexes(rowCount: number, wanted: number): Uint32Array | undefined {
  if (rowCount <= wanted) return undefined;
  const sample = new Uint32Array(wanted);
  const all = Uint32Array.from({ length: rowCount }, (_, row) => row);
  // The same rows for the same table: the edges must not depend on the seed of a training.
  sampleRows(all, wanted, randomStream(0, 'bins'), sample);
  return sample;
}

/** Values that are not missing, ascending. */
function observed(column: Float32Array, sample: Uint32Array | undefined): Float32Array {
  const drawn = sample === undefined ? column.slice() : Float32Array.from(sample, (row) => column[row]);
  drawn.sort(); // NaN sorts behind everything.
  let count = drawn.length;
  while (count > 0 && Number.isNaN(drawn[count - 1])) count -= 1;
  return drawn.subarray(0, count);
}

/** Bin of a value: the first whose upper edge is not below it, numbered from 1. */
function binOfNumber(value: number, edges: Float64Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= edges[middle]) high = middle;
    else low = middle + 1;
  }
  return low + 1;
}

function binNumbers(column: Float32Array, edges: Float64Array, bins: Uint8Array): void {
  for (let row = 0; row < column.length; row++) {
    const value = column[row];
    bins[row] = Number.isNaN(value) ? 0 : binOfNumber(value, edges);
  }
}

/** Bin of a category code; 0, as if missing, for NaN and for codes without a bin. */
export function binOfCode(code: number, categoryBins: Uint8Array): number {
  return code >= 0 && code < categoryBins.length ? categoryBins[code | 0] : 0;
}

function binCodes(column: Float32Array, categoryBins: Uint8Array, bins: Uint8Array): void {
  for (let row = 0; row < column.length; row++) bins[row] = binOfCode(column[row], categoryBins);
}

/** The most frequent codes of a column, bins in the order of the codes; ties go to the lower code. */
function frequentCodes(
  column: Float32Array,
  maxBins: number,
  name: string,
): { readonly bins: Uint8Array; readonly count: number } {
  let highest = -1;
  for (const code of column) {
    if (Number.isNaN(code)) continue;
    assert(
      Number.isInteger(code) && code >= 0 && code < MAX_CODE,
      `category codes of ${name} are whole numbers from 0 to 16,777,215, not ${code}`,
    );
    if (code > highest) highest = code;
  }
  const rows = new Int32Array(highest + 1);
  for (const code of column) if (!Number.isNaN(code)) rows[code] += 1;
  const present = Array.from(rows.keys()).filter((code) => rows[code] > 0);
  const kept = present.sort((a, b) => rows[b] - rows[a] || a - b).slice(0, maxBins);
  kept.sort((a, b) => a - b);
  const bins = new Uint8Array(kept.length === 0 ? 0 : kept[kept.length - 1] + 1);
  kept.forEach((code, index) => {
    bins[code] = index + 1;
  });
  return { bins, count: kept.length };
}
