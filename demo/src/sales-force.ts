/** Territories, the people who sell in them, and who held which territory from when to when. */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import type { Account } from './accounts.ts';
import { CITIES, distanceKm } from './cities.ts';
import { drawBetween, drawFrom, drawInteger, drawWait } from './draws.ts';
import { FIRST_NAMES, LAST_NAMES } from './names.ts';
import { servingWarehouse } from './sites.ts';
import type { Scale } from './size.ts';
import type { Timeline } from './timeline.ts';

type Territory = {
  readonly code: string;
  readonly name: string;
  readonly city: number;
  readonly region: number;
};

type Employee = {
  readonly code: string;
  readonly name: string;
  readonly title: string;
  readonly department: string;
  readonly manager: string | null;
  readonly hiredOn: CalendarDay;
  readonly leftOn: CalendarDay | null;
  readonly isSeller: boolean;
};

/** `seller` is an index into the employees. */
type Assignment = {
  readonly seller: number;
  readonly territory: number;
  readonly startsOn: CalendarDay;
  readonly endsOn: CalendarDay | null;
};

export type SalesForce = {
  readonly territories: readonly Territory[];
  readonly employees: readonly Employee[];
  readonly assignments: readonly Assignment[];
  /** Index into `territories` for each account. */
  readonly territoryOfAccount: Int32Array;
};

/** One for each warehouse, in the same order. */
export const REGIONS: readonly string[] = ['West', 'Central', 'Northeast', 'South'];

const FIRST_APART_KM = 190;

/** Cities around which the territories lie: the largest that keep their distance from one another. */
function anchorCities(count: number): number[] {
  const bySize = [...CITIES.keys()].sort((a, b) => CITIES[b].weight - CITIES[a].weight || a - b);
  for (let apart = FIRST_APART_KM; ; apart *= 0.85) {
    const anchors: number[] = [];
    for (const city of bySize) {
      const free = anchors.every((anchor) => distanceKm(CITIES[anchor], CITIES[city]) >= apart);
      if (free && anchors.length < count) anchors.push(city);
    }
    if (anchors.length === count) return anchors;
  }
}

function makeTerritories(count: number): Territory[] {
  return anchorCities(count).map((city, index) => ({
    code: `T-${String(index + 1).padStart(3, '0')}`,
    name: `${CITIES[city].name}, ${CITIES[city].state}`,
    city,
    region: servingWarehouse(CITIES[city]),
  }));
}

const STAFF: readonly (readonly [title: string, department: string])[] = [
  ['Chief executive', 'Executive'],
  ['Vice president sales', 'Sales'],
  ['Chief financial officer', 'Finance'],
  ['S&OP manager', 'Supply chain'],
  ['Demand planner', 'Supply chain'],
  ['Supply planner', 'Supply chain'],
  ['Purchasing manager', 'Supply chain'],
  ['Plant manager, Cedar Rapids', 'Operations'],
  ['Plant manager, Greenville', 'Operations'],
  ['Financial analyst', 'Finance'],
  ['Sales operations analyst', 'Sales'],
];
const TENURE_MEAN_DAYS = 2600;

/** Makes the whole roster. Leavers are followed, after a gap in which the territory has no seller. */
export function makeSalesForce(
  scale: Scale,
  accounts: readonly Account[],
  timeline: Timeline,
  seed: number,
): SalesForce {
  const territories = makeTerritories(scale.territoryCount);
  const employees: Employee[] = [];
  const hire = (
    title: string,
    department: string,
    manager: string | null,
    days: [CalendarDay, CalendarDay | null],
    isSeller: boolean,
  ): number => {
    const code = `E-${String(employees.length + 1).padStart(4, '0')}`;
    const stream = randomStream(seed, `employee:${code}`);
    const name = `${drawFrom(stream, FIRST_NAMES)} ${drawFrom(stream, LAST_NAMES)}`;
    return (
      employees.push({
        code,
        name,
        title,
        department,
        manager,
        hiredOn: days[0],
        leftOn: days[1],
        isSeller,
      }) - 1
    );
  };
  const roster = randomStream(seed, 'roster');
  const before = (): CalendarDay => timeline.start - drawInteger(roster, 100, 4000);
  STAFF.forEach(([title, department], index) => {
    hire(title, department, index === 0 ? null : employees[0].code, [before(), null], false);
  });
  const managers = REGIONS.map(
    (region) =>
      employees[hire(`Sales manager ${region}`, 'Sales', employees[1].code, [before(), null], false)].code,
  );

  const assignments: Assignment[] = [];
  territories.forEach((territory, index) => {
    const stream = randomStream(seed, `territory:${territory.code}`);
    const title = 'Territory seller';
    let hiredOn = timeline.start - Math.round(drawBetween(stream, 60, 2500));
    while (hiredOn < timeline.asOf) {
      const tenure = 180 + Math.round(drawWait(stream, TENURE_MEAN_DAYS));
      // Who is there on the first day of the history was hired before it and leaves after it.
      const end = hiredOn < timeline.start ? timeline.start + tenure : hiredOn + tenure;
      const leftOn = end < timeline.asOf - 30 ? end : null;
      const seller = hire(title, 'Sales', managers[territory.region], [hiredOn, leftOn], true);
      assignments.push({
        seller,
        territory: index,
        startsOn: Math.max(hiredOn, timeline.start),
        endsOn: leftOn,
      });
      hiredOn = leftOn === null ? timeline.asOf : leftOn + drawInteger(stream, 1, 60);
    }
  });
  return {
    territories,
    employees,
    assignments,
    territoryOfAccount: nearestTerritories(accounts, territories),
  };
}

function nearestTerritories(accounts: readonly Account[], territories: readonly Territory[]): Int32Array {
  const nearest = CITIES.map((city) => {
    const distances = territories.map((territory) => distanceKm(city, CITIES[territory.city]));
    return distances.indexOf(Math.min(...distances));
  });
  return Int32Array.from(accounts, (account) => nearest[account.city]);
}

/** Who held a territory on a day: index of the employee, or -1 while nobody did. */
export function holderFinder(force: SalesForce): (territory: number, day: CalendarDay) => number {
  const byTerritory = force.territories.map((_, index) =>
    force.assignments.filter((row) => row.territory === index),
  );
  return (territory, day) => {
    // Orders of the first weeks were placed before the history of assignments begins.
    const rows = byTerritory[territory];
    const held = rows.find(
      (row) => (row.startsOn <= day || row === rows[0]) && (row.endsOn === null || day <= row.endsOn),
    );
    return held?.seller ?? -1;
  };
}
