/** Demands that are served one after the other: a pass is what a journal of promises is kept of. */
import type { ServeJournal } from './serve-journal.ts';

export type ServePass = {
  /** Rows of demands by place; behind the last of them, stock points that owe or whose safety stock is filled. */
  readonly demands: ArrayLike<number>;
  /** Places in the order in which they are served: by rising key, equal keys by place. */
  readonly order: ArrayLike<number>;
  /** What the order follows from, by place. */
  readonly keys: Float64Array;
  /** What each place still asks for; serving writes what is left of it. */
  readonly left: Float64Array;
  readonly serve: (place: number) => void;
};

/** Serves the places of a pass in their order, or takes over what is known of them. */
export type RunPass = (pass: ServePass) => void;

export const servePass: RunPass = ({ order, serve }) => {
  for (let i = 0; i < order.length; i++) serve(order[i]);
};

/** How the passes of one serving of a sub-network are run, and what is done at the end of it. */
export type Serving = { readonly runPass: RunPass; end(): Served };

/** The journal that tells of the promises made, and by slot 1 where rows of the point were written anew since. */
export type Served = { readonly journal: ServeJournal; readonly isAsked: Uint8Array } | undefined;

export const plainServing = (): Serving => ({ runPass: servePass, end: () => undefined });
