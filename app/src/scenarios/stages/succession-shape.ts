/**
 * Forecasts of keys that take over from others, and of those that are replaced.
 *
 * While demand moves, both are parts of one demand: what the old item would sell if nothing replaced it, which is what it
 * sells and what the new one sells since it can be ordered. That demand is forecast once; a share that grows along the ramp
 * is the successor's. A year after the last of it has moved, each is forecast on its own again, the successor from
 * a history that what it took over is counted to.
 */
import { succession } from '@planwright/forecast';
import type { SuccessionRow } from '../demand-drivers.ts';
import type { DemandView } from './demand-view.ts';
import { added, type KeyShape, scaled, type ShapeOptions, statisticalShape } from './key-shape.ts';
import type { DemandOf } from './known-demand.ts';

export type SuccessionPart = {
  /** What the key's own history is to be taken for. */
  readonly history: Float64Array;
  /** First bucket in which its own orders are all of its demand: the back-test judges none before. */
  readonly judgedFrom: number;
  /** Its forecast, where its history alone does not give it; undefined elsewhere. */
  readonly shape: KeyShape | undefined;
};

type Handover = {
  readonly row: SuccessionRow;
  readonly predecessor: number;
  readonly successor: number;
  readonly switchBucket: number;
  readonly rampBuckets: number;
};

/** Undefined where the key takes no part in a succession. */
export function successionPart(
  view: DemandView,
  demandOf: DemandOf,
  key: number,
  options: ShapeOptions,
): SuccessionPart | undefined {
  const to = handovers(view, key, 'to');
  const from = handovers(view, key, 'from');
  if (to.length === 0 && from.length === 0) return undefined;
  const own = demandOf(key).base;
  let history = own;
  let judgedFrom = 0;
  let shape: KeyShape | undefined;
  for (const handover of to) {
    judgedFrom = Math.max(judgedFrom, handover.switchBucket + handover.rampBuckets);
    if (isSettled(view, handover)) {
      history = succession({
        predecessor: demandOf(handover.predecessor).base,
        successor: history,
        switchBucket: handover.switchBucket,
        conversionRatio: handover.row.conversionRatio,
        rampBuckets: handover.rampBuckets,
        cannibalisationShare: 1 - handover.row.keptRatio,
      }).successorHistory;
      continue;
    }
    const gained = successorShape(view, demandOf, handover, options);
    shape = shape === undefined ? withOwn(gained, own, handover, view, options) : added(shape, gained);
  }
  for (const handover of from) {
    if (shape !== undefined || isSettled(view, handover)) continue;
    const whole = statisticalShape(commonDemand(demandOf, handover), options);
    const left = movedShares(view, handover).map((share) => 1 - share);
    shape = said(scaled(whole, left), `Its demand moves to ${handover.row.successor}.`);
  }
  return { history, judgedFrom, shape };
}

/** A successor that sold before on its own account keeps that demand beside what it gains. */
function withOwn(
  gained: KeyShape,
  own: Float64Array,
  { switchBucket }: Handover,
  view: DemandView,
  options: ShapeOptions,
): KeyShape {
  const soldBefore = switchBucket >= view.snapshot.meta.historyBuckets && own.some((value) => value > 0);
  return soldBefore ? added(gained, statisticalShape(own, options)) : gained;
}

function successorShape(
  view: DemandView,
  demandOf: DemandOf,
  handover: Handover,
  options: ShapeOptions,
): KeyShape {
  const { predecessor, conversionRatio } = handover.row;
  const whole = statisticalShape(commonDemand(demandOf, handover), options);
  const factors = movedShares(view, handover).map((share) => share * conversionRatio);
  return said(scaled(whole, factors), `It takes over the demand of ${predecessor}.`);
}

const said = (shape: KeyShape, sentence: string): KeyShape => ({
  ...shape,
  explanation: `${sentence} ${shape.explanation}`,
});

/** What the old item would sell if nothing replaced it, in its unit. */
function commonDemand(demandOf: DemandOf, handover: Handover): Float64Array {
  const old = demandOf(handover.predecessor).base;
  const young = handover.successor < 0 ? undefined : demandOf(handover.successor).base;
  return old.map((quantity, t) => {
    const moved = t < handover.switchBucket ? Number.NaN : (young?.[t] ?? Number.NaN);
    if (Number.isNaN(moved)) return quantity;
    return (Number.isNaN(quantity) ? 0 : quantity) + moved / handover.row.conversionRatio;
  });
}

/** Share of the old item's demand that has moved in each bucket of the horizon. */
function movedShares(view: DemandView, { row, switchBucket, rampBuckets }: Handover): Float64Array {
  const { historyBuckets, horizonBuckets } = view.snapshot.meta;
  return Float64Array.from({ length: horizonBuckets }, (_, step) => {
    const buckets = historyBuckets + step - switchBucket + 1;
    return (1 - row.keptRatio) * Math.min(1, Math.max(0, buckets / rampBuckets));
  });
}

function isSettled(view: DemandView, { switchBucket, rampBuckets }: Handover): boolean {
  return switchBucket + rampBuckets + view.season <= view.snapshot.meta.historyBuckets;
}

/** The successions of a key, with the streams of the same place and channel at their other ends. */
function handovers(view: DemandView, key: number, side: 'to' | 'from'): Handover[] {
  const { keys, meta } = view.snapshot;
  const [item, location, channel] = [keys.item[key], keys.location[key], keys.channel[key]];
  const rows = (side === 'to' ? view.successionsTo : view.successionsFrom).get(item) ?? [];
  return rows.flatMap((row): Handover[] => {
    const predecessor = side === 'from' ? key : view.keyNamed(row.predecessor, location, channel);
    const successor = side === 'to' ? key : view.keyNamed(row.successor, location, channel);
    if (predecessor < 0 || row.conversionRatio <= 0 || row.predecessor === row.successor) return [];
    const switchBucket = Math.max(0, view.bucketOfDay(row.switchOn));
    const bucketDays = (meta.starts[meta.starts.length - 1] - meta.starts[0]) / (meta.starts.length - 1);
    const rampBuckets = Math.max(1, Math.round(row.rampDays / bucketDays));
    return [{ row, predecessor, successor, switchBucket, rampBuckets }];
  });
}
