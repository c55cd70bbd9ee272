/**
 * The order of a pass that was run before: what has the same key stands as it stood, and only the rest is put in order.
 *
 * Cost  O(n), and O(m log m) for the m places whose keys are others.
 */
import { orderOfKeys } from './order-of-keys.ts';
import type { ServeJournal } from './serve-journal.ts';
import type { ServePass } from './serve-pass.ts';

export type PassAgain = {
  /** Places in the order in which they are served. */
  readonly order: Int32Array;
  /** The old step of each in that order; -1 where it has none with the same key and as much left to ask for. */
  readonly stepAt: Int32Array;
};

/**
 * @param first first old step of the pass
 * @param end the one behind its last
 * @param stepOf by demand, written here: its old step in this pass, if it is not less than the first
 */
export function passAgain(
  { steps }: ServeJournal,
  pass: ServePass,
  first: number,
  end: number,
  stepOf: Int32Array,
): PassAgain {
  const { demands, places, keys, left } = pass;
  for (let step = first; step < end; step++) stepOf[steps.demand[step]] = step;
  const placeOf = new Int32Array(end - first).fill(-1);
  const others: number[] = [];
  for (let i = 0; i < places.length; i++) {
    const place = places[i];
    const step = stepOf[demands[place]];
    if (step >= first && steps.key[step] === keys[place]) placeOf[step - first] = place;
    else others.push(place);
  }
  const order = merged(placeOf, sorted(others, keys), keys, places.length);
  const stepAt = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    const place = order[i];
    const step = stepOf[demands[place]];
    const isKept = step >= first && steps.key[step] === keys[place] && steps.before[step] === left[place];
    stepAt[i] = isKept ? step : -1;
  }
  return { order, stepAt };
}

function sorted(places: readonly number[], keys: Float64Array): readonly number[] {
  return Array.from(orderOfKeys(Float64Array.from(places, (place) => keys[place])), (i) => places[i]);
}

/** Places in their old order, -1 where one is gone, and others in theirs: by rising key, equal keys by place. */
function merged(kept: Int32Array, others: readonly number[], keys: Float64Array, count: number): Int32Array {
  const order = new Int32Array(count);
  let at = 0;
  let next = 0;
  for (let i = 0; i < kept.length; i++) {
    const place = kept[i];
    if (place < 0) continue;
    for (; next < others.length; next++) {
      const other = others[next];
      if (keys[other] > keys[place] || (keys[other] === keys[place] && other > place)) break;
      order[at++] = other;
    }
    order[at++] = place;
  }
  for (; next < others.length; next++) order[at++] = others[next];
  return order;
}
