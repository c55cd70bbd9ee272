/**
 * Which keys are fitted anew and which only learn the latest actuals: refitting everything every cycle costs time and makes
 * plans jump for no reason, so only what broke is refitted, and the rest in turn when its fit grows old.
 */
import { assert } from '@planwright/units';
import type { RefitDepth } from '../contract/contract.ts';
import type { Monitoring } from './monitor.ts';

export type RefitPlan = {
  /** One entry per key. */
  readonly depths: readonly RefitDepth[];
  readonly reasons: readonly string[];
  readonly fullCount: number;
};

const OLDEST = 12;

/**
 * `age` is the number of buckets since each key's last full fit (Infinity: never fitted); `oldest` the age at which it is
 * fitted anew although nothing broke, 12 unless told.
 */
export function refitPlan(
  watched: readonly Pick<Monitoring, 'broke' | 'reason'>[],
  age: Float64Array,
  oldest = OLDEST,
): RefitPlan {
  assert(age.length === watched.length, 'every key has an age');
  const reasons = watched.map(({ broke, reason }, key) => {
    if (age[key] === Infinity) return 'Fitted for the first time.';
    if (broke) return reason;
    return age[key] >= oldest
      ? `The last full fit is ${age[key]} buckets old.`
      : 'The method holds, so it only takes in the latest actuals.';
  });
  const depths = watched.map(
    ({ broke }, key): RefitDepth => (broke || age[key] >= oldest ? 'parameters' : 'states'),
  );
  return { depths, reasons, fullCount: depths.filter((depth) => depth === 'parameters').length };
}
