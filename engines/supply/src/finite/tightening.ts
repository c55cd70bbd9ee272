/**
 * What may be drawn together after the promises, and which points can have anything with time: it follows from the
 * network alone.
 *
 * A *free* point has one source that nothing but its lead time and lot rules limits, and so has everything below it.
 * From its open day on (see `openDays`) any quantity can be had, so nobody needs to ask.
 */
import { isBounded, joiningOf, NO_JOINING } from './joining.ts';
import { NEVER, type NetworkRows, type NetworkTraits } from './network.ts';

/** Orders stay as they are. */
export const KEPT = 0;
/** Orders are netted anew, day by day. */
export const NETTED = 1;
/** Orders move to later days. */
const MOVED = 2;
/** Orders are placed anew among all that share the resource. */
export const PLACED = 3;

export type Tightening = Pick<NetworkTraits, 'how' | 'isFree' | 'joining'>;

/** Every point is asked, and every order stays. */
export function nothingTightened({ points, sources }: NetworkRows): Tightening {
  return {
    how: new Uint8Array(points.count).fill(KEPT),
    isFree: new Uint8Array(points.count),
    joining: new Uint8Array(sources.count).fill(NO_JOINING),
  };
}

/** @param deepestFirst stock points, those that nothing is made from first */
export function tighteningOf(network: NetworkRows, deepestFirst: Int32Array): Tightening {
  const { points, sources, needs } = network;
  const bounded = Uint8Array.from({ length: points.count }, (_, point) =>
    isBounded(network, point) ? 1 : 0,
  );
  const how = Uint8Array.from({ length: points.count }, (_, point) => {
    const first = points.sourceStart[point];
    if (points.sourceStart[point + 1] !== first + 1 || bounded[point] === 1) return KEPT;
    const source = points.sources[first];
    if (sources.maximumRow[source] >= 0 || sources.lastStartDay[source] < NEVER) return KEPT;
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      const option = needs.optionStart[need];
      if (needs.optionStart[need + 1] !== option + 1 || bounded[needs.point[option]] === 1) return KEPT;
      if (needs.fromDay[option] > -NEVER || needs.toDay[option] < NEVER) return KEPT;
    }
    if (sources.hasAlternates[source] === 1) return KEPT;
    const [firstLoad, endLoad] = [sources.loadStart[source], sources.loadStart[source + 1]];
    if (endLoad === firstLoad) return NETTED;
    return endLoad === firstLoad + 1 ? PLACED : MOVED;
  });
  return { ...withoutLimitedComponents(network, how, deepestFirst), joining: joiningOf(network) };
}

/** Only where all below can be had in any quantity with time may a source start earlier than it did. */
function withoutLimitedComponents(
  { points, sources, needs }: NetworkRows,
  how: Uint8Array,
  deepestFirst: Int32Array,
): Omit<Tightening, 'joining'> {
  const isFree = new Uint8Array(points.count);
  for (const point of deepestFirst) {
    if (how[point] === KEPT) continue;
    const source = points.sources[points.sourceStart[point]];
    let rests = true;
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      rests &&= isFree[needs.point[needs.optionStart[need]]] === 1;
    }
    if (how[point] === NETTED && rests) isFree[point] = 1;
    else if (!rests) how[point] = how[point] === NETTED ? KEPT : MOVED;
  }
  return { how, isFree };
}
