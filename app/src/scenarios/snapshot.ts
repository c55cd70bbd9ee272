/**
 * The frozen inputs of a run: named blocks of bytes, and the hash that names them all. A run reads nothing else.
 *
 * Numbers that come in blocks are Float64, little-endian; all else is JSON written in one fixed order. Equal data
 * therefore gives equal bytes, and equal bytes are stored once.
 */
import { createHash } from 'node:crypto';
import type { ForecastTier } from '@planwright/forecast';
import type { CalendarSpec } from '@planwright/time';
import type { CapacityInputs } from './capacity-inputs.ts';
import type { ServiceRow, StockHistoryRow } from './company-data.ts';
import type { DriverInputs } from './demand-drivers.ts';
import type { DemandKeys, KeyedOrders } from './demand-inputs.ts';
import type { GroupInputs } from './item-groups.ts';
import type { PlanningInputs } from './planning-inputs.ts';
import type { PreviousFits } from './previous-fits.ts';
import type { PreviousInputs } from './previous-inputs.ts';
import type { SupplyInputs } from './supply-inputs.ts';

/** Raised when the meaning of the blocks changes. */
export const SNAPSHOT_FORMAT = 4;

export type SnapshotMeta = {
  readonly format: number;
  readonly currency: string;
  readonly calendar: CalendarSpec;
  /** First day of every bucket of history and horizon, and the day after the last. */
  readonly starts: readonly number[];
  readonly asOf: number;
  readonly historyBuckets: number;
  readonly horizonBuckets: number;
  readonly keyCount: number;
  readonly pointCount: number;
  readonly resourceCount: number;
  readonly supplyChunkCount: number;
  readonly planningChunkCount: number;
  /** How much computing a forecast may take. */
  readonly tier: ForecastTier;
};

/** Columns, one entry per item of the company, sorted by code. */
export type ItemColumns = {
  readonly code: readonly string[];
  readonly name: readonly string[];
  readonly kind: readonly string[];
  readonly unit: readonly string[];
  readonly listPrice: readonly (number | null)[];
  readonly unitCost: readonly (number | null)[];
  readonly activeFrom: readonly (number | null)[];
  readonly activeTo: readonly (number | null)[];
  readonly planner: readonly (string | null)[];
};

/** Budget of one group and measure; null in buckets without a budget. */
export type BudgetSeries = {
  readonly group: string;
  readonly measure: 'revenue' | 'cost';
  readonly values: readonly (number | null)[];
};

export type FinanceInputs = {
  readonly budget: readonly BudgetSeries[];
  readonly stockHistory: readonly StockHistoryRow[];
  readonly notes: readonly string[];
};

export type JsonBlocks = {
  readonly meta: SnapshotMeta;
  readonly keys: DemandKeys;
  readonly openOrders: KeyedOrders;
  readonly drivers: DriverInputs;
  readonly fits: PreviousFits;
  readonly items: ItemColumns;
  readonly groups: GroupInputs;
  readonly supply: SupplyInputs;
  readonly capacity: CapacityInputs;
  readonly planning: PlanningInputs;
  readonly finance: FinanceInputs;
  readonly service: readonly ServiceRow[];
};

export type NumberBlocks = {
  /** keyCount x historyBuckets, row-major. */
  readonly actualQuantity: Float64Array;
  readonly actualAmount: Float64Array;
  readonly returnedQuantity: Float64Array;
} & PreviousInputs;

export type SnapshotBlocks = ReadonlyMap<string, Uint8Array>;

/** A snapshot that parses a block when it is first asked for. */
export type Snapshot = JsonBlocks & NumberBlocks;

const JSON_BLOCK_NAMES = [
  'meta',
  'keys',
  'openOrders',
  'drivers',
  'fits',
  'items',
  'groups',
  'supply',
  'capacity',
  'planning',
  'finance',
  'service',
] as const satisfies readonly (keyof JsonBlocks)[];
const NUMBER_BLOCK_NAMES = [
  'actualQuantity',
  'actualAmount',
  'returnedQuantity',
  'previousBase',
  'previousHeldBack',
] as const satisfies readonly (keyof NumberBlocks)[];

export function encodeSnapshot(snapshot: Snapshot): SnapshotBlocks {
  const blocks = new Map<string, Uint8Array>();
  for (const name of JSON_BLOCK_NAMES) blocks.set(name, Buffer.from(JSON.stringify(snapshot[name])));
  for (const name of NUMBER_BLOCK_NAMES) {
    const { buffer, byteOffset, byteLength } = canonicalNumbers(snapshot[name]);
    blocks.set(name, new Uint8Array(buffer, byteOffset, byteLength));
  }
  return blocks;
}

/** The form of stored blocks, which older versions may have written. */
export function formatOf(blocks: SnapshotBlocks): number {
  const meta = JSON.parse(Buffer.from(blocks.get('meta') ?? '{}').toString('utf8')) as { format?: number };
  return meta.format ?? 0;
}

/** Reads blocks back, also from shared memory. JSON is parsed once, on first use; numbers are views, those that are asked for. */
export function decodeSnapshot(
  blocks: SnapshotBlocks,
  numbers: readonly (keyof NumberBlocks)[] = NUMBER_BLOCK_NAMES,
): Snapshot {
  const bytesOf = (name: string): Uint8Array => {
    const bytes = blocks.get(name);
    if (bytes === undefined) throw new Error(`Broken invariant: the snapshot holds the block ${name}`);
    return bytes;
  };
  const snapshot = {};
  for (const name of JSON_BLOCK_NAMES) {
    let parsed: unknown;
    Object.defineProperty(snapshot, name, {
      enumerable: true,
      get: () => (parsed ??= JSON.parse(Buffer.from(bytesOf(name)).toString('utf8'))),
    });
  }
  for (const name of numbers) {
    const bytes = bytesOf(name);
    const isAligned = bytes.byteOffset % Float64Array.BYTES_PER_ELEMENT === 0;
    const { buffer, byteOffset, byteLength } = isAligned ? bytes : bytes.slice();
    const values = new Float64Array(buffer, byteOffset, byteLength / Float64Array.BYTES_PER_ELEMENT);
    Object.defineProperty(snapshot, name, { enumerable: true, value: values });
  }
  return snapshot as Snapshot;
}

/** SHA-256 over the names and contents of all blocks, in hexadecimal. */
export function snapshotHash(blocks: SnapshotBlocks): string {
  const hash = createHash('sha256');
  for (const name of [...blocks.keys()].sort()) {
    hash.update(`${name}\n`).update(
      createHash('sha256')
        .update(blocks.get(name) ?? '')
        .digest(),
    );
  }
  return hash.digest('hex');
}

/** One pattern of bits for "not observed" and one for zero: -0 and other NaNs would hash apart. In place. */
export function canonicalNumbers(values: Float64Array): Float64Array {
  for (let i = 0; i < values.length; i++) values[i] = Number.isNaN(values[i]) ? Number.NaN : values[i] + 0;
  return values;
}
