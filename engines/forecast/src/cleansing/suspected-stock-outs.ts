/**
 * Runs of zeros in a fast mover that its rhythm makes all but impossible: probably it could not be had.
 *
 * Chance    of a zero outside the run, from all other buckets and, where the season may pause, from the same phase in other
 *           seasons; whichever is larger. A run of n zeros has that chance to the power n.
 * Only      a suspicion: without a word on availability, nothing is changed.
 */
export type ZeroRun = {
  readonly first: number;
  readonly last: number;
  /** That chance alone made these buckets empty. */
  readonly chance: number;
};

const SUSPICIOUS = 1e-4;

/** Judges only runs between sales: silence at the end may be the end of the item. `judged` marks fully observed buckets. */
export function suspiciousZeroRuns(series: Float64Array, season: number, judged: Uint8Array): ZeroRun[] {
  const count = series.length;
  let observed = 0;
  let zeros = 0;
  let first = -1;
  let last = -1;
  for (let t = 0; t < count; t++) {
    if (judged[t] === 0) continue;
    if (series[t] > 0) {
      if (first < 0) first = t;
      last = t;
    }
  }
  if (first < 0) return [];
  for (let t = first; t <= last; t++) {
    if (judged[t] === 0) continue;
    observed += 1;
    if (series[t] === 0) zeros += 1;
  }
  const runs: ZeroRun[] = [];
  let t = first;
  while (t <= last) {
    if (!(judged[t] === 1 && series[t] === 0)) {
      t += 1;
      continue;
    }
    let end = t;
    while (end + 1 <= last && judged[end + 1] === 1 && series[end + 1] === 0) end += 1;
    const length = end - t + 1;
    const outside = (zeros - length + 0.5) / (observed - length + 1);
    let logChance = 0;
    for (let i = t; i <= end; i++) {
      logChance += Math.log(Math.min(1, Math.max(outside, shareAtPhase(series, season, judged, i, t, end))));
    }
    const chance = Math.min(1, Math.exp(logChance));
    if (chance < SUSPICIOUS) runs.push({ first: t, last: end, chance });
    t = end + 1;
  }
  return runs;
}

/** Share of zeros at the phase of a bucket in other seasons, outside the run. */
function shareAtPhase(
  series: Float64Array,
  season: number,
  judged: Uint8Array,
  bucket: number,
  runStart: number,
  runEnd: number,
): number {
  if (season < 2) return 0;
  let seen = 0;
  let zeros = 0;
  for (let t = bucket % season; t < series.length; t += season) {
    if (judged[t] === 0 || (t >= runStart && t <= runEnd)) continue;
    seen += 1;
    if (series[t] === 0) zeros += 1;
  }
  return seen === 0 ? 0 : zeros / seen;
}
