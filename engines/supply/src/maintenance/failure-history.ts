/**
 * What the stops of a machine tell: how long it runs between failures, how long a failure keeps it down, and the spells of running
 * from which its ageing is learnt. Times are hours from the start of the observation, on a clock of running or of the calendar as
 * the caller keeps it.
 *
 *   MTBF           hours up / failures, with the exact interval of a constant rate: 2 up / MTBF is chi-squared
 *   MTTR           mean hours down after a failure
 *   availability   inherent: MTBF / (MTBF + MTTR); observed: hours up / hours observed
 *
 * A repair or planned stop is taken to leave the machine as good as new; `failureTrend` tests that.
 *
 * Source   Epstein and Sobel (1953), J. of the American Statistical Association 48, 486-502; MIL-HDBK-338B, section 5.6.
 */
import { gammaQuantile } from '@planwright/numerics';
import { assert, type Issue } from '@planwright/units';

export type MachineStop = {
  /** failure: it stopped by itself; planned: it was stopped. */
  readonly kind: 'failure' | 'planned';
  readonly startHour: number;
  readonly downHours: number;
};

export type FailureHistory = {
  readonly failureCount: number;
  readonly upHours: number;
  /** Infinity without failures. */
  readonly mtbfHours: number;
  readonly mtbfLowHours: number;
  readonly mtbfHighHours: number;
  /** NaN without failures. */
  readonly mttrHours: number;
  readonly inherentAvailabilityRatio: number;
  readonly observedAvailabilityRatio: number;
  /** Spells of running, oldest first, and whether each ended by a failure; the last one has not ended. */
  readonly spellHours: Float64Array;
  readonly endedByFailure: Uint8Array;
  /** Hours run since the last stop: the last spell. */
  readonly ageHours: number;
  /** Rows that could not be used; the rest is counted. */
  readonly issues: readonly Issue[];
};

/** Stops in any order, within [0, observedHours]. `confidenceRatio` of the interval of the MTBF: default 0.9. */
export function failureHistory(
  observedHours: number,
  stops: readonly MachineStop[],
  confidenceRatio = 0.9,
): FailureHistory {
  assert(observedHours > 0 && Number.isFinite(observedHours), 'the machine was observed for some time');
  assert(confidenceRatio > 0 && confidenceRatio < 1, 'confidence is between 0 and 1');
  const { usable, issues } = checkedStops(observedHours, stops);
  const spells: number[] = [];
  const endedByFailure: number[] = [];
  let upSince = 0;
  let upHours = 0;
  let downHours = 0;
  let failureCount = 0;
  for (const stop of usable) {
    spells.push(stop.startHour - upSince);
    endedByFailure.push(stop.kind === 'failure' ? 1 : 0);
    upHours += stop.startHour - upSince;
    upSince = Math.min(observedHours, stop.startHour + stop.downHours);
    if (stop.kind === 'planned') continue;
    failureCount += 1;
    downHours += stop.downHours;
  }
  spells.push(observedHours - upSince);
  endedByFailure.push(0);
  upHours += observedHours - upSince;
  const mtbfHours = failureCount > 0 ? upHours / failureCount : Infinity;
  const mttrHours = failureCount > 0 ? downHours / failureCount : Number.NaN;
  const tail = (1 - confidenceRatio) / 2;
  return {
    failureCount,
    upHours,
    mtbfHours,
    // The observation ends at a time, not at a failure: one more could have been about to come.
    mtbfLowHours: upHours / gammaQuantile(failureCount + 1, 1 - tail),
    mtbfHighHours: failureCount > 0 ? upHours / gammaQuantile(failureCount, tail) : Infinity,
    mttrHours,
    inherentAvailabilityRatio: failureCount > 0 ? mtbfHours / (mtbfHours + mttrHours) : 1,
    observedAvailabilityRatio: upHours / observedHours,
    spellHours: Float64Array.from(spells),
    endedByFailure: Uint8Array.from(endedByFailure),
    ageHours: observedHours - upSince,
    issues,
  };
}

function checkedStops(
  observedHours: number,
  stops: readonly MachineStop[],
): { readonly usable: readonly MachineStop[]; readonly issues: Issue[] } {
  const issues: Issue[] = [];
  const usable: MachineStop[] = [];
  const rows = [...stops.entries()].sort(([i, a], [j, b]) => a.startHour - b.startHour || i - j);
  let downUntil = 0;
  for (const [row, stop] of rows) {
    const { startHour, downHours } = stop;
    const isWithin =
      startHour >= 0 && startHour <= observedHours && downHours >= 0 && Number.isFinite(downHours);
    if (!isWithin || startHour < downUntil) {
      issues.push({
        severity: 'error',
        code: isWithin ? 'STOP_WHILE_DOWN' : 'BAD_STOP',
        message: isWithin
          ? `A stop at hour ${startHour} starts while the machine is still down until hour ${downUntil}.`
          : `A stop at hour ${startHour} of ${downHours} hours does not lie in the ${observedHours} hours observed.`,
        advice: 'Correct the times, or leave the row out.',
        file: 'stops',
        row: row + 1,
      });
      continue;
    }
    usable.push(stop);
    downUntil = startHour + downHours;
  }
  return { usable, issues };
}
