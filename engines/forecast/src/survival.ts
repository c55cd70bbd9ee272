/**
 * Chance that an item still has demand, given how long none has come.
 *
 * While alive, an item shows demand in a bucket with probability p; in any bucket it may die for good, with a small
 * hazard. After r empty buckets Bayes' rule gives
 *   alive = s^r / (s^r + hazard (1 + s + ... + s^(r-1))),  s = (1 - p) (1 - hazard).
 * A fast mover that falls silent is soon given up, a slow one is not: a long gap is normal for it.
 * Source: the geometric customer-death model of Fader, Hardie and Shang (2010), Marketing Science 29(6), 1086-1108, for one item.
 */

// One death in a hundred buckets of demand history. Car parts favour 0.005 to 0.02 alike.
const DEATH_HAZARD = 0.01;

/** `demand` is complete and not negative; returns a share from 0 to 1. 1 without any demand: there is nothing to judge. */
export function survivalChance(demand: Float64Array, hazard = DEATH_HAZARD): number {
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
  const stay = (1 - probability) * (1 - hazard);
  const alive = stay ** silent;
  const dead = (hazard * (1 - alive)) / (1 - stay);
  return alive / (alive + dead);
}
