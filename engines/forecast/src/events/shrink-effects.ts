/**
 * Effects of one kind drawn together over keys and product groups: a key that saw an event once learns from its neighbours.
 *
 * Model     own estimate b ~ N(beta, s^2), beta ~ N(m of its group, t^2), group means around one grand mean.
 * Method    empirical Bayes by moments: t^2 pooled within groups, then the spread of the group means. A key's effect is
 *           the precision-weighted mean of its own estimate and its group's; the variance adds what is not known of the
 *           group's mean. A key without an estimate gets its group's mean, a group without one the grand mean.
 * Counts    of a count the precision grows with the effect that happened to be seen. Weighing by it would favour the lucky
 *           ones, so for the group's mean each estimate is taken as seen from there, which is the likelihood's own equation.
 * Alone     a single key has nobody to learn from and keeps its own estimate, but for a weak prior.
 * Source    DerSimonian and Laird (1986), Controlled Clinical Trials 7, 177-188; Morris (1983), J. of the American Statistical
 *           Association 78, 47-55; for promotions Blattberg and George (1991), ibid. 86, 304-315.
 */
import { normalCdf } from '@planwright/numerics';

export type EffectEstimate = {
  readonly group: number;
  /** Infinity where the key's history cannot tell. */
  readonly log: number;
  readonly standardError: number;
  /** Share (0 to 1) of the own variance that falls as the effect rises, as that of counts does. */
  readonly countRatio: number;
};

export type Effect = { readonly log: number; readonly standardError: number };

export type Prior = { readonly mean: number; readonly deviation: number };

/** Effects within a group differ at least by this much: no two items answer alike. */
const LEAST_SPREAD = 0.1;
const ROUNDS = 4;
const MOST_APART = 3;
const FARTHEST_BELOW = 5;
/** Standard errors by which a spread is taken for larger than it looks: one too small makes every interval too narrow. */
const SAFE_SIDE = 0.7;

/** In the order of the estimates. `prior` is what is believed before anything is seen. */
export function shrunkEffects(estimates: readonly EffectEstimate[], prior: Prior): Effect[] {
  const groups = new Map<number, EffectEstimate[]>();
  for (const estimate of estimates) {
    if (!Number.isFinite(estimate.standardError)) continue;
    const members = groups.get(estimate.group);
    if (members === undefined) groups.set(estimate.group, [estimate]);
    else members.push(estimate);
  }
  const means = new Map<number, Effect>();
  let within = LEAST_SPREAD ** 2;
  for (let round = 0; round < ROUNDS; round++) {
    const even = [...groups].map(([group, members]) => {
      const centre = means.get(group)?.log ?? 0;
      return members.map((member) => fromMean(member, round === 0 ? member.log : centre));
    });
    within = Math.max(LEAST_SPREAD ** 2, spreadWithin(even));
    [...groups.keys()].forEach((group, g) => {
      means.set(group, meanOf(even[g], within));
    });
  }
  const between = spreadWithin([[...means.values()]]);
  const grand = combined(meanOf([...means.values()], between), {
    log: prior.mean,
    standardError: prior.deviation,
  });
  const around = Math.sqrt(between + grand.standardError ** 2);
  const lone = [...groups.values()].every((members) => members.length < 2) && groups.size < 2;
  return estimates.map((own) => {
    if (lone) return combined(own, { log: prior.mean, standardError: prior.deviation });
    const seen = means.get(own.group);
    const group =
      seen === undefined
        ? { log: grand.log, standardError: around }
        : combined(seen, { log: grand.log, standardError: around });
    return posterior(own, group, within);
  });
}

/** The estimate as seen from the group's mean: one step of Fisher scoring from there, with the precision it has there. */
function fromMean({ log, standardError, countRatio }: EffectEstimate, mean: number): Effect {
  if (countRatio === 0) return { log, standardError };
  const apart = Math.min(MOST_APART, Math.max(-MOST_APART, log - mean));
  return {
    log: mean + Math.expm1(countRatio * apart) / countRatio,
    standardError: standardError * Math.exp(0.5 * countRatio * apart),
  };
}

function posterior(own: Effect, group: Effect, within: number): Effect {
  if (!Number.isFinite(own.standardError)) {
    return { log: group.log, standardError: Math.sqrt(within + group.standardError ** 2) };
  }
  const ownVariance = own.standardError ** 2;
  const onGroup = ownVariance / (ownVariance + within);
  const variance = onGroup * within + (onGroup * group.standardError) ** 2;
  return { log: own.log + onGroup * (group.log - own.log), standardError: Math.sqrt(variance) };
}

function combined(a: Effect, b: Effect): Effect {
  if (!Number.isFinite(a.standardError)) return b;
  const ofA = b.standardError ** 2 / (a.standardError ** 2 + b.standardError ** 2 || 1);
  return {
    log: b.log + ofA * (a.log - b.log),
    standardError: Math.sqrt(ofA) * a.standardError,
  };
}

/** Precision-weighted mean; unknown (Infinity) of none. */
function meanOf(effects: readonly Effect[], spread: number): Effect {
  let precision = 0;
  let log = 0;
  for (const effect of effects) {
    const weight = 1 / (effect.standardError ** 2 + spread || Number.MIN_VALUE);
    precision += weight;
    log += weight * effect.log;
  }
  if (precision === 0) return { log: 0, standardError: Infinity };
  return { log: log / precision, standardError: 1 / Math.sqrt(precision) };
}

/**
 * Variance of the true effects around their group's mean, over all groups: the moment estimate (DerSimonian and Laird), as
 * its mean given that no variance is below 0. Few or vague effects thus leave room for a spread that they cannot show.
 */
function spreadWithin(groups: readonly (readonly Effect[])[]): number {
  let freedom = 0;
  let excess = 0;
  let scale = 0;
  for (const members of groups) {
    if (members.length < 2) continue;
    let weights = 0;
    let squaredWeights = 0;
    let log = 0;
    for (const { log: value, standardError } of members) {
      const weight = 1 / Math.max(1e-12, standardError ** 2);
      weights += weight;
      squaredWeights += weight * weight;
      log += weight * value;
    }
    log /= weights;
    for (const { log: value, standardError } of members) {
      excess += (value - log) ** 2 / Math.max(1e-12, standardError ** 2);
    }
    excess -= members.length - 1;
    freedom += members.length - 1;
    scale += weights - squaredWeights / weights;
  }
  if (!(scale > 0)) return 0;
  const error = Math.sqrt(2 * freedom) / scale;
  const z = Math.max(-FARTHEST_BELOW, excess / scale / error);
  return error * (SAFE_SIDE + z + Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / normalCdf(z));
}
