/** Days on which the floor stands still: the shutdown at the end of a year, and the failures of two machines that wear out. */
import { type RandomStream, randomStream } from '@planwright/numerics';
import { type CalendarDay, civilFromDay, dayFromCivil } from '@planwright/time';
import { drawBetween } from './draws.ts';
import { WORK_CENTRES } from './resources.ts';
import type { Timeline } from './timeline.ts';

export type PlannedStop = {
  readonly resource: string;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay;
  readonly note: string;
};
export type MachineFailure = {
  readonly resource: string;
  readonly failedOn: CalendarDay;
  readonly repairHours: number;
  readonly cause: string;
};

const SHUTDOWN_YEARS = 2;

/** Every work centre rests from Christmas to New Year, in the years that are planned. */
export function plannedStops({ asOf }: Timeline): PlannedStop[] {
  const { year } = civilFromDay(asOf);
  return WORK_CENTRES.flatMap(({ code }) =>
    Array.from({ length: SHUTDOWN_YEARS }, (_, offset) => ({
      resource: code,
      startsOn: dayFromCivil(year + offset, 12, 24),
      endsOn: dayFromCivil(year + offset, 12, 31),
      note: 'Year-end shutdown',
    })),
  );
}

// Days of running after which 63 of 100 have failed, and how sharply: above 1 a machine wears out.
const WEARING = [
  { resource: 'CID-PRESS', scaleDays: 95, shape: 2.6, repairHours: [6, 30], cause: 'Clutch and die cushion' },
  { resource: 'CID-PAINT', scaleDays: 140, shape: 2.1, repairHours: [4, 22], cause: 'Conveyor chain' },
] as const;

/** Each repair makes the machine as good as new. */
export function machineFailures({ start, asOf }: Timeline, seed: number): MachineFailure[] {
  return WEARING.flatMap(({ resource, scaleDays, shape, repairHours, cause }) => {
    const stream = randomStream(seed, `failures ${resource}`);
    const failures: MachineFailure[] = [];
    for (
      let day = start + lifeOf(stream, scaleDays, shape);
      day < asOf;
      day += lifeOf(stream, scaleDays, shape)
    ) {
      const hours = drawBetween(stream, repairHours[0], repairHours[1]);
      failures.push({ resource, failedOn: day, repairHours: Math.round(hours * 2) / 2, cause });
    }
    return failures;
  });
}

/** Whole days of a Weibull life, at least one. */
function lifeOf(stream: RandomStream, scaleDays: number, shape: number): number {
  return Math.max(1, Math.round(scaleDays * (-Math.log(1 - stream.uniform())) ** (1 / shape)));
}
