/** What a stock point takes from nothing: the days of its fastest way, and the hours of its first sources. */
import { NEVER, type NetworkRows } from './network.ts';

/** NEVER where it has no source, or one of its needs has none. At least 1. */
export function openDays({ points, sources, needs }: NetworkRows, deepestFirst: Int32Array): Int32Array {
  const open = new Int32Array(points.count).fill(NEVER);
  for (const point of deepestFirst) {
    for (let i = points.sourceStart[point]; i < points.sourceStart[point + 1]; i++) {
      const source = points.sources[i];
      let start = sources.firstStartDay[source];
      for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
        let soonest = NEVER;
        for (let option = needs.optionStart[need]; option < needs.optionStart[need + 1]; option++) {
          soonest = Math.min(soonest, open[needs.point[option]]);
        }
        start = Math.max(start, soonest);
      }
      if (start < NEVER) open[point] = Math.min(open[point], Math.max(1, start + sources.leadDays[source]));
    }
  }
  return open;
}

/**
 * What may be asked of each point before its open day: by demands, and by whatever is made of it before its own open
 * day. What lies at the points above is not looked at, and each of their sources counts whole, so it may be less.
 */
export function earlyNeeds(
  { points, sources, needs, demands, terms }: NetworkRows,
  openDay: Int32Array,
  deepestFirst: Int32Array,
): Float64Array {
  const early = new Float64Array(points.count);
  for (let d = 0; d < demands.count; d++) {
    const point = demands.stockPoint[d];
    if (terms.day[d] < openDay[point]) early[point] += demands.quantity[d];
  }
  for (let place = deepestFirst.length - 1; place >= 0; place--) {
    const point = deepestFirst[place];
    if (early[point] === 0) continue;
    for (let i = points.sourceStart[point]; i < points.sourceStart[point + 1]; i++) {
      const source = points.sources[i];
      const started = early[point] / sources.yieldRatio[source];
      const end = needs.optionStart[sources.needStart[source + 1]];
      for (let option = needs.optionStart[sources.needStart[source]]; option < end; option++)
        early[needs.point[option]] += needs.per[option] * started + needs.perOrder[option];
    }
  }
  return early;
}

/** Hours of all resources for one good unit, by the first source of each point, down to raw materials. */
export function hoursPerUnit(
  { points, sources, needs, loads }: NetworkRows,
  deepestFirst: Int32Array,
): Float64Array {
  const hours = new Float64Array(points.count);
  for (const point of deepestFirst) {
    if (points.sourceStart[point] === points.sourceStart[point + 1]) continue;
    const source = points.sources[points.sourceStart[point]];
    for (let load = sources.loadStart[source]; load < sources.loadStart[source + 1]; load++) {
      hours[point] += loads.hoursPer[loads.optionStart[load]];
    }
    for (let need = sources.needStart[source]; need < sources.needStart[source + 1]; need++) {
      const option = needs.optionStart[need];
      hours[point] += needs.per[option] * hours[needs.point[option]];
    }
    hours[point] /= sources.yieldRatio[source];
  }
  return hours;
}
