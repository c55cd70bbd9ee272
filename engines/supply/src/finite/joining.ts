/**
 * Which orders of a source may be drawn together into one: it follows from the network alone.
 *
 * A week    where what an order takes follows from its quantity: one way to make it, and neither its stock nor that of
 *           its components ages or is bounded.
 * A day     where not, as long as joining frees nothing whose place is not known: units for each order of a component
 *           with substitutes or with shelf life, hours of set-up on one of several resources.
 */
import { ages, NEVER, type NetworkRows } from './network.ts';

export const NO_JOINING = 0;
export const JOINED_BY_DAY = 1;
export const JOINED_BY_WEEK = 2;

/** By source: how its orders may be joined. */
export function joiningOf(network: NetworkRows): Uint8Array {
  const { sources } = network;
  return Uint8Array.from({ length: sources.count }, (_, source) => {
    if (isWholeFromQuantity(network, source)) return JOINED_BY_WEEK;
    return freesUnknown(network, source) ? NO_JOINING : JOINED_BY_DAY;
  });
}

/** Does stock of the point age, or may no more than so much lie there? */
export function isBounded(network: NetworkRows, point: number): boolean {
  return ages(network, point) || network.points.storageMax[point] < Number.POSITIVE_INFINITY;
}

function isWholeFromQuantity(network: NetworkRows, source: number): boolean {
  const { sources, needs } = network;
  if (isBounded(network, sources.point[source]) || sources.hasAlternates[source] === 1) return false;
  for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
    const option = needs.optionStart[need];
    if (needs.optionStart[need + 1] !== option + 1 || isBounded(network, needs.point[option])) return false;
    if (needs.fromDay[option] > -NEVER || needs.toDay[option] < NEVER) return false;
  }
  return true;
}

function freesUnknown({ sources, needs, loads }: NetworkRows, source: number): boolean {
  const [firstNeed, endNeed] = [sources.needStart[source], sources.needStart[source + 1]];
  for (let option = needs.optionStart[firstNeed]; option < needs.optionStart[endNeed]; option++) {
    if (needs.perOrder[option] > 0) return true;
  }
  if (sources.hasAlternates[source] === 0) return false;
  const [firstLoad, endLoad] = [sources.loadStart[source], sources.loadStart[source + 1]];
  for (let option = loads.optionStart[firstLoad]; option < loads.optionStart[endLoad]; option++) {
    if (loads.setupHours[option] > 0) return true;
  }
  return false;
}
