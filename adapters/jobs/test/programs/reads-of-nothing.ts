import type { SupplyPlanReads } from '@planwright/app';

/** Reads of a run of nothing. `onRead` is told each time one begins, and may hold it up. */
export function readsOfNothing(onRead: () => Promise<void> = async () => {}): SupplyPlanReads {
  return {
    snapshotBlocks: async () => {
      await onRead();
      return new Map();
    },
    planChunks: async () => [],
    stockIds: async () => [],
    resourceIds: async () => [],
    supplierNames: async () => new Map(),
    lastBucket: async () => [],
    consensus: async () => [],
  };
}
