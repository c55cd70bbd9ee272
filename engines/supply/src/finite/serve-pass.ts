/** Demands that are served one after the other: a pass is what a journal of promises is kept of. */
import { orderOfKeys } from './order-of-keys.ts';
import type { ServeJournal } from './serve-journal.ts';

export type ServePass = {
  /** Rows of demands by place; behind the last of them, stock points that owe or whose safety stock is filled. */
  readonly demands: ArrayLike<number>;
  /** Places that are served, rising: in the order of their keys, equal keys by place. */
  readonly places: ArrayLike<number>;
  /** By place. */
  readonly keys: Float64Array;
  /** What each place still asks for; serving writes what is left of it. */
  readonly left: Float64Array;
  readonly serve: (place: number) => void;
};

/** Serves the places of a pass in their order, or takes over what is known of them. */
export type RunPass = (pass: ServePass) => void;

export const servePass: RunPass = (pass) => {
  for (const place of orderOfPass(pass)) pass.serve(place);
};

/** Places of a pass in the order in which they are served. */
export function orderOfPass({ places, keys }: ServePass): Int32Array {
  const own = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) own[i] = keys[places[i]];
  return orderOfKeys(own).map((i) => places[i]);
}

/** How the passes of one serving of a sub-network are run, and what is done at the end of it. */
export type Serving = { readonly runPass: RunPass; end(): Served };

/** The journal that tells of the promises made, and by slot 1 where rows of the point were written anew since. */
export type Served = { readonly journal: ServeJournal; readonly isAsked: Uint8Array } | undefined;
