/**
 * The sign that prices must have: a higher price never sells more.
 *
 * An elasticity e means that a price ratio p multiplies demand by p^e. Before anything is seen it is believed to be about
 * -2 (from -6 to 2 in 19 of 20 cases); what remains above 0 after the history has spoken is cut off.
 * Source    Tellis (1988), J. of Marketing Research 25, 331-341 (mean -1.76); Bijmolt, van Heerde and Pieters (2005), ibid. 42,
 *           141-156 (mean -2.62); moments of the cut normal in Johnson, Kotz and Balakrishnan (1994), section 13.10.
 */
import { normalCdf } from '@planwright/numerics';
import type { Effect, Prior } from './shrink-effects.ts';

export const ELASTICITY_PRIOR: Prior = { mean: -2, deviation: 2 };

/** What is believed of prices before any is seen to move: -2.6, give or take 1.6. */
export const USUAL_ELASTICITY: Effect = notAboveZero({
  log: ELASTICITY_PRIOR.mean,
  standardError: ELASTICITY_PRIOR.deviation,
});

/** Mean and deviation of the effect, given that it is not above 0. */
export function notAboveZero({ log, standardError }: Effect): Effect {
  if (!(standardError > 0)) return { log: Math.min(0, log), standardError: 0 };
  const z = -log / standardError;
  if (z < -6) return { log: -standardError / -z, standardError: standardError / -z };
  const ratio = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI) / normalCdf(z);
  return {
    log: log - standardError * ratio,
    standardError: standardError * Math.sqrt(Math.max(0, 1 - z * ratio - ratio * ratio)),
  };
}
