/** What a unit of a stock point takes of a resource through all levels, if the first sources and components serve it. */
import type { FiniteNetwork } from '../finite/network.ts';

/** Hours a good unit, set-ups left out. O(what lies below the stock point). */
export function hoursPerUnit(network: FiniteNetwork, point: number, resource: number): number {
  return hoursBelow(network, point, resource, new Map());
}

function hoursBelow(
  network: FiniteNetwork,
  point: number,
  resource: number,
  known: Map<number, number>,
): number {
  const before = known.get(point);
  if (before !== undefined) return before;
  const { points, sources, needs, loads } = network;
  let hours = 0;
  if (points.sourceStart[point] < points.sourceStart[point + 1]) {
    const source = points.sources[points.sourceStart[point]];
    for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
      // Any of the alternates would do, so the one that is asked about counts.
      for (let option = loads.optionStart[load]; option < loads.optionStart[load + 1]; option++) {
        if (loads.resource[option] === resource) hours += loads.hoursPer[option];
      }
    }
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      const option = needs.optionStart[need];
      if (!(needs.per[option] > 0)) continue;
      hours += needs.per[option] * hoursBelow(network, needs.point[option], resource, known);
    }
    hours /= sources.yieldRatio[source];
  }
  known.set(point, hours);
  return hours;
}
