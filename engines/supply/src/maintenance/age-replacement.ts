/**
 * When to renew a machine that ages: at age T or at failure, whichever comes first, for the least cost per hour.
 *
 *   cost(T) = (planned cost R(T) + failure cost F(T)) / integral of R from 0 to T
 *
 * Above shape 1 it has one minimum, where hazard(T) x integral of R - F(T) = planned / (failure - planned cost); at shape 1 or
 * below, or where a planned stop costs as much as a failure, running to failure is cheapest.
 *
 * Source   Barlow and Proschan (1965), Mathematical Theory of Reliability, section 4.2.
 */
import { assert } from '@planwright/units';
import { type Weibull, weibullMeanUntil, weibullSurvival } from './weibull.ts';

export type RenewalCosts = {
  /** Money of a planned stop and of a failure, with all that they entail, > 0. */
  readonly plannedCost: number;
  readonly failureCost: number;
};

export type AgeReplacement = {
  /** Infinity: let it run until it fails. */
  readonly ageHours: number;
  /** Money an hour run, in the long run. */
  readonly costPerHour: number;
  readonly costPerHourToFailure: number;
  /** What stopping in time saves of the cost of running to failure, 0-1. */
  readonly savingRatio: number;
};

/** Cost per hour run of renewing at an age > 0; Infinity = at failure only. */
export function renewalCostPerHour(life: Weibull, costs: RenewalCosts, ageHours: number): number {
  assert(ageHours > 0, 'an age is above 0');
  const survives = ageHours === Infinity ? 0 : weibullSurvival(life, ageHours);
  const cost = costs.plannedCost * survives + costs.failureCost * (1 - survives);
  return cost / weibullMeanUntil(life, ageHours);
}

export function ageReplacement(life: Weibull, costs: RenewalCosts): AgeReplacement {
  const { shape, scale } = life;
  const { plannedCost, failureCost } = costs;
  assert(shape > 0 && scale > 0, 'a life has a shape and a scale');
  assert(plannedCost > 0 && failureCost > 0, 'stops cost something');
  const toFailure = renewalCostPerHour(life, costs, Infinity);
  const never = {
    ageHours: Infinity,
    costPerHour: toFailure,
    costPerHourToFailure: toFailure,
    savingRatio: 0,
  };
  if (shape <= 1 || failureCost <= plannedCost) return never;
  const age = bestAge(life, plannedCost / (failureCost - plannedCost));
  if (age === Infinity) return never;
  const costPerHour = renewalCostPerHour(life, costs, age);
  return {
    ageHours: age,
    costPerHour,
    costPerHourToFailure: toFailure,
    savingRatio: 1 - costPerHour / toFailure,
  };
}

/**
 * Where hazard x integral of R - F rises to `wanted`; its slope is that of the hazard x the integral. Newton's steps, held in a
 * bracket that only shrinks. Infinity beyond the age that one machine in 1e300 reaches.
 */
function bestAge(life: Weibull, wanted: number): number {
  const { shape, scale } = life;
  let low = 0;
  let high = scale * 700 ** (1 / shape);
  let age = Math.min(high, scale * (wanted / (shape - 1)) ** (1 / shape));
  for (let step = 0; step < 200; step++) {
    const hazard = (shape / scale) * (age / scale) ** (shape - 1);
    const mean = weibullMeanUntil(life, age);
    const error = hazard * mean - (1 - weibullSurvival(life, age)) - wanted;
    if (error > 0) high = age;
    else if (age === high) return Infinity;
    else low = age;
    let next = age - (error * age) / ((shape - 1) * hazard * mean);
    if (Math.abs(next - age) <= 1e-13 * age) return next;
    if (!(next > low && next < high)) next = error < 0 && next >= high ? high : (low + high) / 2;
    if (high - low <= 1e-13 * high) return high;
    age = next;
  }
  return age;
}
