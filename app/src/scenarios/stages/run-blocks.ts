/**
 * The numbers of a run while it is being made: one block per measure, in memory that all threads share. Each chunk
 * writes rows of its own, so nobody waits for anybody and nothing is copied.
 */
import type { RUN_STAGES } from '@planwright/contracts';
import type { SnapshotMeta } from '../snapshot.ts';

export type StageName = (typeof RUN_STAGES)[number];
export type KeyKind = 'demand' | 'stock' | 'resource';

type MeasureShape = {
  readonly kind: KeyKind;
  readonly span: 'history' | 'horizon' | 'whole';
  /** The stage that writes it. */
  readonly stage: StageName;
};

/** Every measure that is kept per key. */
export const MEASURES = {
  actual: { kind: 'demand', span: 'history', stage: 'actuals' },
  baseline: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  lower80: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  upper80: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  lower95: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  upper95: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  consensus: { kind: 'demand', span: 'horizon', stage: 'consensus' },
  independentDemand: { kind: 'stock', span: 'horizon', stage: 'supply' },
  dependentDemand: { kind: 'stock', span: 'horizon', stage: 'supply' },
  scheduledReceipts: { kind: 'stock', span: 'horizon', stage: 'supply' },
  plannedReceipts: { kind: 'stock', span: 'horizon', stage: 'supply' },
  plannedReleases: { kind: 'stock', span: 'horizon', stage: 'supply' },
  projectedOnHand: { kind: 'stock', span: 'horizon', stage: 'supply' },
  safetyStock: { kind: 'stock', span: 'horizon', stage: 'supply' },
  shortage: { kind: 'stock', span: 'horizon', stage: 'supply' },
  inventoryValue: { kind: 'stock', span: 'horizon', stage: 'supply' },
  loadHours: { kind: 'resource', span: 'horizon', stage: 'capacity' },
  capacityHours: { kind: 'resource', span: 'horizon', stage: 'capacity' },
  revenue: { kind: 'demand', span: 'whole', stage: 'finance' },
  cost: { kind: 'demand', span: 'whole', stage: 'finance' },
} as const satisfies Record<string, MeasureShape>;

export type Measure = keyof typeof MEASURES;
const MEASURE_NAMES = Object.keys(MEASURES) as Measure[];

/** rows x width of each measure, row-major. Rows follow the snapshot: demand keys, stock points, resources. */
export type RunBlocks = Readonly<Record<Measure, Float64Array>>;

function rowCountOf(meta: SnapshotMeta, measure: Measure): number {
  const { kind } = MEASURES[measure];
  return kind === 'demand' ? meta.keyCount : kind === 'stock' ? meta.pointCount : meta.resourceCount;
}

export function widthOf(meta: SnapshotMeta, measure: Measure): number {
  const { span } = MEASURES[measure];
  const { historyBuckets, horizonBuckets } = meta;
  return span === 'history'
    ? historyBuckets
    : span === 'horizon'
      ? horizonBuckets
      : historyBuckets + horizonBuckets;
}

export function makeRunBlocks(meta: SnapshotMeta): RunBlocks {
  const blockOf = (measure: Measure): Float64Array => {
    const bytes = rowCountOf(meta, measure) * widthOf(meta, measure) * Float64Array.BYTES_PER_ELEMENT;
    return new Float64Array(new SharedArrayBuffer(bytes));
  };
  return Object.fromEntries(MEASURE_NAMES.map((measure) => [measure, blockOf(measure)])) as RunBlocks;
}

/** The measures that a stage writes. */
export function measuresOf(stage: StageName): Measure[] {
  return MEASURE_NAMES.filter((measure) => MEASURES[measure].stage === stage);
}

/** One row of a measure: a view. */
export function rowIn(blocks: RunBlocks, meta: SnapshotMeta, measure: Measure, row: number): Float64Array {
  const width = widthOf(meta, measure);
  return blocks[measure].subarray(row * width, (row + 1) * width);
}
