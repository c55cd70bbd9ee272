/** Demands that are served one after the other: a pass is what a journal of promises is kept of. */

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
