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
  /** Handed from stage to stage and gone when the run ends. */
  readonly isWorking?: true;
};

/** Every measure that is kept per key. */
export const MEASURES = {
  actual: { kind: 'demand', span: 'history', stage: 'actuals' },
  /** What events change of each bucket, 0.2 for 20 % more, and how surely: standard error of its logarithm. */
  eventChange: { kind: 'demand', span: 'whole', stage: 'learn', isWorking: true },
  eventDeviation: { kind: 'demand', span: 'horizon', stage: 'learn', isWorking: true },
  /** What of that change is the calendar's, and what of the rest is the price's. */
  calendarChange: { kind: 'demand', span: 'whole', stage: 'learn', isWorking: true },
  priceChange: { kind: 'demand', span: 'whole', stage: 'learn', isWorking: true },
  /** As ordered, without what was no demand and with what could not be sold; `reason` says why they differ. */
  cleansed: { kind: 'demand', span: 'history', stage: 'forecast' },
  reason: { kind: 'demand', span: 'history', stage: 'forecast' },
  /** The forecast that would have been made one bucket before. */
  lag1: { kind: 'demand', span: 'history', stage: 'forecast' },
  /** What events, the calendar and prices added or will add. Over the horizon, level + trend + season + uplift + reconciled is the baseline. */
  uplift: { kind: 'demand', span: 'whole', stage: 'forecast' },
  /** The parts of it that working days and feasts have, and prices. */
  calendar: { kind: 'demand', span: 'whole', stage: 'forecast' },
  price: { kind: 'demand', span: 'whole', stage: 'forecast' },
  level: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  trend: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  season: { kind: 'demand', span: 'horizon', stage: 'forecast' },
  /** Bands before streams and groups were made to agree. */
  ownLower80: { kind: 'demand', span: 'horizon', stage: 'forecast', isWorking: true },
  ownUpper80: { kind: 'demand', span: 'horizon', stage: 'forecast', isWorking: true },
  ownLower95: { kind: 'demand', span: 'horizon', stage: 'forecast', isWorking: true },
  ownUpper95: { kind: 'demand', span: 'horizon', stage: 'forecast', isWorking: true },
  reconciled: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  baseline: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  /** What the latest forecast says above the baseline, where the published plan holds. */
  heldBack: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  lower80: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  upper80: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  lower95: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
  upper95: { kind: 'demand', span: 'horizon', stage: 'reconcile' },
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
  /** The constrained plan: good units of planned orders, what orders take of components, stock, and what is not met in its bucket. */
  constrainedReceipts: { kind: 'stock', span: 'horizon', stage: 'constrained' },
  constrainedDependent: { kind: 'stock', span: 'horizon', stage: 'constrained' },
  constrainedOnHand: { kind: 'stock', span: 'horizon', stage: 'constrained' },
  constrainedShortage: { kind: 'stock', span: 'horizon', stage: 'constrained' },
  constrainedHours: { kind: 'resource', span: 'horizon', stage: 'constrained' },
  /** Hours that may be worked beyond `capacityHours`. */
  overtimeHours: { kind: 'resource', span: 'horizon', stage: 'constrained' },
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

/** Measures that a finished run does not keep. */
export const WORKING_MEASURES: readonly Measure[] = MEASURE_NAMES.filter(
  (measure) => 'isWorking' in MEASURES[measure],
);

/** The measures that a stage writes. */
export function measuresOf(stage: StageName): Measure[] {
  return MEASURE_NAMES.filter((measure) => MEASURES[measure].stage === stage);
}

/** One row of a measure: a view. */
export function rowIn(blocks: RunBlocks, meta: SnapshotMeta, measure: Measure, row: number): Float64Array {
  const width = widthOf(meta, measure);
  return blocks[measure].subarray(row * width, (row + 1) * width);
}
