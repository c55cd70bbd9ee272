/** The demand of keys as forecasts learn from it: cleansed, and with what known events did taken out. Each key once. */
import { type CleansedDemand, cleansedDemand } from './cleansed-demand.ts';
import type { DemandView } from './demand-view.ts';
import { type EventChanges, eventChanges } from './event-changes.ts';
import type { RunBlocks } from './run-blocks.ts';

export type KnownDemand = CleansedDemand & {
  /** Undefined where no event reaches the key. */
  readonly changes: EventChanges | undefined;
  /** Cleansed demand without events. */
  readonly base: Float64Array;
};

export type DemandOf = (key: number) => KnownDemand;

export function knownDemand(view: DemandView, blocks: RunBlocks): DemandOf {
  const known = new Map<number, KnownDemand>();
  return (key) => {
    const found = known.get(key) ?? prepared(view, blocks, key);
    known.set(key, found);
    return found;
  };
}

function prepared(view: DemandView, blocks: RunBlocks, key: number): KnownDemand {
  const changes = eventChanges(view, blocks, key);
  const cleansed = cleansedDemand(view, key, changes?.known);
  const base =
    changes === undefined
      ? cleansed.cleansed
      : cleansed.cleansed.map((quantity, t) => quantity / (1 + changes.ratios[t]));
  return { ...cleansed, changes, base };
}
