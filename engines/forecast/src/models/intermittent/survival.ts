/**
 * Chance that an item still has demand, given how long none has come.
 *
 * While alive, an item shows demand in a bucket with probability p; in any bucket it may die for good, with a small
 * hazard. After r empty buckets Bayes' rule gives
 *   alive = s^r / (s^r + hazard (1 + s + ... + s^(r-1))),  s = (1 - p)^SILENCE_WEIGHT (1 - hazard).
 * A fast mover that falls silent is soon given up, a slow one is not: a long gap is normal for it. Real demand comes
 * in clusters, so a silence says less than it would of independent buckets: that is what SILENCE_WEIGHT is for.
 * Source: the geometric customer-death model of Fader, Hardie and Shang (2010), Marketing Science 29(6), 1086-1108, for
 * one item. On car parts any hazard of 0.005 to 0.02 a month and any weight of 0.2 to 1 beats no survival at all.
 */

const DEATHS_PER_SEASON = 0.15;
const BUCKETS_WITHOUT_SEASON = 12;
const SILENCE_WEIGHT = 0.5;

/** Chance of dying in one bucket: the same over a year whether it is cut into weeks or months. */
export function deathHazard(season: number): number {
  return DEATHS_PER_SEASON / (season > 1 ? season : BUCKETS_WITHOUT_SEASON);
}

/** `demand` is complete and not negative; returns a share from 0 to 1. 1 without any demand: there is nothing to judge. */
export function survivalChance(demand: Float64Array, hazard: number): number {
  let demands = 0;
  let last = -1;
  for (let t = 0; t < demand.length; t++) {
    if (!(demand[t] > 0)) continue;
    demands += 1;
    last = t;
  }
  const silent = demand.length - 1 - last;
  if (demands === 0 || silent === 0) return 1;
  const probability = Math.min(0.99, demands / (last + 1));
  const stay = (1 - probability) ** SILENCE_WEIGHT * (1 - hazard);
  const alive = stay ** silent;
  const dead = (hazard * (1 - alive)) / (1 - stay);
  return alive / (alive + dead);
}
