/**
 * How far a forecast should move from what it was towards something new, given what both were off by on keys and buckets that the
 * new had not seen.
 *
 * Share     the one of the lowest mean error plus a penalty on its distance from PRIOR_SHARE.
 * Used      where the mean error falls by LEAST_GAIN of it and by twice the standard error of the fall; else 0. Judged by
 *           keys and not by buckets, because the buckets of a key miss together.
 */
const SHARES = 8;
/**
 * A trial sees one moment in time and finds more to gain than the next one grants: moved towards weighted methods by 0.25 to 0.5 of the
 * way, the OWA of M1 monthly, M4 monthly (held out) and M4 yearly falls by 0.2 to 0.5 %; moved by what the trial alone finds
 * best, two of them rise.
 */
const PRIOR_SHARE = 0.4;
/** Share of the old error that a distance of 1 from that costs, and the keys that double it. */
const PENALTY = 0.15;
const PENALTY_KEYS = 200;
const LEAST_GAIN = 0.003;
const STANDARD_ERRORS = 2;

export type TriedShare = {
  /** 0 to 1. */
  readonly share: number;
  /** By how much the mean error fell with the best share, used or not; 0 to 1, below 0 where it rose. */
  readonly gain: number;
};

/** `before` has one error a key, 0 or more; `errorsAt` the errors of the same keys once moved by a share. */
export function triedShare(
  before: readonly number[],
  errorsAt: (share: number) => readonly number[],
): TriedShare {
  const old = meanOf(before);
  if (before.length === 0 || !(old > 0)) return { share: 0, gain: 0 };
  const penalty = old * PENALTY * (1 + PENALTY_KEYS / before.length);
  let lowest = Infinity;
  let best = { share: 0, errors: before };
  for (let tried = 1; tried <= SHARES; tried++) {
    const share = tried / SHARES;
    const errors = errorsAt(share);
    const cost = meanOf(errors) + penalty * (share - PRIOR_SHARE) ** 2;
    if (cost >= lowest) continue;
    lowest = cost;
    best = { share, errors };
  }
  const falls = before.map((error, i) => error - best.errors[i]);
  const fall = meanOf(falls);
  const squares = falls.reduce((sum, value) => sum + (value - fall) ** 2, 0);
  const ofMean = Math.sqrt(squares / Math.max(1, falls.length - 1) / falls.length);
  const gain = fall / old;
  return { share: gain > LEAST_GAIN && fall > STANDARD_ERRORS * ofMean ? best.share : 0, gain };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
