/**
 * Edits that nobody asks about, to be tried before anyone asks: what has not run before takes two to three times as long.
 * Most are of what planners try most, and they are spread over the network, for each reaches other parts of it.
 */
import type { SupplyEdit } from '@planwright/contracts';
import { isoFromDay } from '@planwright/time';
import type { PlannedSource } from '../scenarios/planning-sources.ts';
import type { PlanningBlocks } from '../scenarios/stages/planning-piece.ts';

/** With fewer the first questions are markedly slower than the tenth, with more they hardly get any faster. */
const SOURCES_TRIED = 7;
const WEEK = 7;
const FEW_UNITS = 10;

/** @param network row of `planning.networks` */
export function rehearsalEdits(
  { meta, planning, resources }: PlanningBlocks,
  network: number,
): readonly SupplyEdit[] {
  const own = planning.networks[network];
  const inside = new Set(own.points);
  const sources = planning.sources.filter(({ point }) => inside.has(point));
  const count = Math.min(SOURCES_TRIED, sources.length);
  const ofSources = Array.from({ length: count }, (_, i) => {
    const source = sources[Math.floor((i * sources.length) / count)];
    return i % 3 === 1 ? longerLeadTime(source) : largerLot(source);
  });
  const startsOn = isoFromDay(meta.asOf + WEEK);
  const endsOn = isoFromDay(meta.asOf + 2 * WEEK - 1);
  const stops = own.resources
    .slice(0, 1)
    .map((row): SupplyEdit => ({ kind: 'stop', resource: resources[row].code, startsOn, endsOn }));
  return [...ofSources, ...stops];
}

function largerLot({ item, location, lotMinimum, lotMultiple, lotMaximum }: PlannedSource): SupplyEdit {
  const twice = 2 * (lotMinimum || lotMultiple || FEW_UNITS);
  const minimum = Math.min(twice, lotMaximum ?? Number.POSITIVE_INFINITY);
  return { kind: 'lot', item, location, lotMinimum: minimum, lotMultiple: null, lotMaximum: null };
}

function longerLeadTime({ item, location, leadTimeDays }: PlannedSource): SupplyEdit {
  return { kind: 'leadTime', item, location, leadTimeDays: leadTimeDays + WEEK };
}
