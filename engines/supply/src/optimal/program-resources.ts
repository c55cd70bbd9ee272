/** Hours that starts ask of resources, what there is of them, and the people behind them. */
import { bucketAt } from '@planwright/time';
import { assert } from '@planwright/units';
import type { LoadFacts, PlanningModel, ResourceFacts, WorkforceFacts } from '../model/planning-model.ts';
import type { Drafting } from './optimal-program.ts';
import type { SupplyColumns } from './program-supply.ts';
import type { Group } from './source-rows.ts';

/** Resources with buckets of their own, flat: resource r has the entries start[r] .. start[r + 1]. */
export type ResourceShape = {
  readonly start: Int32Array;
  readonly bucketStarts: readonly Int32Array[];
  /** Hours without overtime that plans may use; Infinity where there is no limit. Never below 0. */
  readonly freeHours: Float64Array;
  readonly committedHours: Float64Array;
  readonly overtimeMaxHours: Float64Array;
  readonly hoursPerPerson: Float64Array;
  /** By resource: money an hour, and what an hour of overtime costs beyond it. */
  readonly costPerHour: Float64Array;
  readonly overtimePremium: Float64Array;
};

export function resourceShape(model: PlanningModel): ResourceShape {
  const bucketStarts = model.resources.map(({ bucketStartDays }) =>
    Int32Array.from(bucketStartDays ?? model.bucketStartDays),
  );
  const start = new Int32Array(model.resources.length + 1);
  bucketStarts.forEach((days, resource) => (start[resource + 1] = start[resource] + days.length - 1));
  const size = start[model.resources.length];
  const shape = {
    start,
    bucketStarts,
    freeHours: new Float64Array(size),
    committedHours: new Float64Array(size),
    overtimeMaxHours: new Float64Array(size),
    hoursPerPerson: new Float64Array(size),
    costPerHour: Float64Array.from(model.resources, ({ costPerHour = 0 }) => costPerHour),
    overtimePremium: Float64Array.from(
      model.resources,
      ({ costPerHour = 0, overtimeCostPerHour = costPerHour }) =>
        Math.max(0, overtimeCostPerHour - costPerHour),
    ),
  };
  model.resources.forEach((facts, resource) => {
    for (let k = 0; k < start[resource + 1] - start[resource]; k++) {
      const cell = start[resource] + k;
      shape.hoursPerPerson[cell] = perBucket(facts.workforce?.hoursPerPerson, k, 0);
      shape.overtimeMaxHours[cell] = perBucket(facts.overtimeMaxHours, k, 0);
      shape.committedHours[cell] = perBucket(facts.committedHours, k, 0);
      const capacity = capacityOf(facts, k, shape.hoursPerPerson[cell]);
      shape.freeHours[cell] = Math.max(0, capacity - shape.committedHours[cell]);
    }
  });
  return shape;
}

function perBucket(value: number | ArrayLike<number> | undefined, bucket: number, missing: number): number {
  if (value === undefined) return missing;
  return typeof value === 'number' ? value : value[bucket];
}

function capacityOf({ capacityHours, workforce }: ResourceFacts, bucket: number, perPerson: number): number {
  const hours = capacityHours?.[bucket];
  if (hours !== undefined && !Number.isNaN(hours)) return hours;
  return workforce === undefined ? Number.POSITIVE_INFINITY : workforce.people * perPerson;
}

/** A column that asks so many hours of a resource bucket for each of its units. */
export type HourEntry = {
  readonly resource: number;
  readonly bucket: number;
  readonly column: number;
  readonly hours: number;
};

/** Answers which columns ask hours of a bucket directly; the others ask through `spread` columns. */
export function addResources(drafting: Drafting, supply: SupplyColumns): HourEntry[] {
  return addLoads(drafting, supply, addCapacity(drafting));
}

/** Row of each resource bucket; -1 where there is no limit. */
function addCapacity(drafting: Drafting): Int32Array {
  const { model, resources: shape, builder } = drafting;
  const rows = new Int32Array(shape.freeHours.length).fill(-1);
  model.resources.forEach(({ workforce }, resource) => {
    const people = workforce === undefined ? undefined : addPeople(drafting, resource, workforce);
    for (let cell = shape.start[resource]; cell < shape.start[resource + 1]; cell++) {
      const bucket = cell - shape.start[resource];
      const free = shape.freeHours[cell];
      if (!Number.isFinite(free)) continue;
      const name = { subject: resource, bucket };
      const perPerson = shape.hoursPerPerson[cell];
      const limit = free - perPerson * (workforce?.people ?? 0);
      rows[cell] = drafting.row({ kind: 'capacity', ...name }, Number.NEGATIVE_INFINITY, limit);
      if (people !== undefined) builder.entry(rows[cell], people[bucket], -perPerson);
      const most = shape.overtimeMaxHours[cell];
      const mostPerPerson = workforce?.overtimeMaxHoursPerPerson ?? 0;
      if (most <= 0 && mostPerPerson <= 0) continue;
      const premium = shape.overtimePremium[resource];
      const overtime = drafting.column(
        { kind: 'overtime', ...name },
        premium,
        0,
        mostPerPerson > 0 ? Number.POSITIVE_INFINITY : most,
      );
      builder.entry(rows[cell], overtime, -1);
      if (people === undefined || mostPerPerson <= 0) continue;
      const row = drafting.row({ kind: 'overtimeLimit', ...name }, Number.NEGATIVE_INFINITY, most);
      builder.entry(row, overtime, 1);
      builder.entry(row, people[bucket], -mostPerPerson);
    }
  });
  return rows;
}

function addPeople(drafting: Drafting, resource: number, workforce: WorkforceFacts): number[] {
  const { resources: shape, builder, options } = drafting;
  const { people, wagePerBucket = 0, hireCost = 0, layOffCost = 0 } = workforce;
  const { peopleMinimum = 0, peopleMaximum = Number.POSITIVE_INFINITY } = workforce;
  const isWhole = options.integerWorkforce === true;
  const columns: number[] = [];
  for (let bucket = 0; bucket < shape.start[resource + 1] - shape.start[resource]; bucket++) {
    const name = { subject: resource, bucket };
    const none = Number.POSITIVE_INFINITY;
    const here = drafting.column(
      { kind: 'people', ...name },
      wagePerBucket,
      peopleMinimum,
      peopleMaximum,
      isWhole,
    );
    const hired = drafting.column({ kind: 'hired', ...name }, hireCost, 0, none, isWhole);
    const laidOff = drafting.column({ kind: 'laidOff', ...name }, layOffCost, 0, none, isWhole);
    const first = bucket === 0 ? people : 0;
    const row = drafting.row({ kind: 'peopleBalance', ...name }, first, first);
    builder.entry(row, here, 1);
    builder.entry(row, hired, -1);
    builder.entry(row, laidOff, 1);
    if (bucket > 0) builder.entry(row, columns[bucket - 1], -1);
    columns.push(here);
  }
  return columns;
}

/** Buckets of a resource into which a load's hours can fall: all in one, or spread freely over several. */
type Reach = { readonly first: number; readonly last: number; readonly isOpen: boolean };

function addLoads(drafting: Drafting, supply: SupplyColumns, capacityRows: Int32Array): HourEntry[] {
  const asked: HourEntry[] = [];
  const resourceRow = new Map(drafting.model.resources.map(({ resource }, row) => [resource, row]));
  const spreadRows = new Map<string, number>();
  const charge = (column: number, hours: number, resource: number, bucket: number) => {
    if (hours === 0) return;
    drafting.builder.addCost(column, hours * drafting.resources.costPerHour[resource]);
    asked.push({ resource, bucket, column, hours });
  };
  const place = (facts: LoadFacts, option: number, units: number, orders: number) => {
    const resource = resourceRow.get(facts.resource);
    assert(resource !== undefined, 'a load is on a resource of the model');
    const reach = reachOf(drafting, resource, facts, option);
    if (reach === undefined) return;
    const row = rowFor(drafting, resource, reach, capacityRows, spreadRows);
    const { builder, options } = drafting;
    const setupHours = (options.setups ?? 'relaxed') === 'none' ? 0 : (facts.setupHoursPerOrder ?? 0);
    if (row >= 0) builder.entry(row, units, facts.hoursPerUnit);
    if (row >= 0 && orders >= 0) builder.entry(row, orders, setupHours);
    if (reach.isOpen || reach.first !== reach.last) return; // The spread columns carry the cost.
    charge(units, facts.hoursPerUnit, resource, reach.first);
    if (orders >= 0) charge(orders, setupHours, resource, reach.first);
  };
  drafting.starts.forEach(({ source }, option) => {
    const { startColumn, ordersColumn, loads } = supply;
    for (const group of loads[source]) {
      if (group.length === 1) place(group[0].facts, option, startColumn[option], ordersColumn[option]);
      else addAlternates(drafting, supply, option, group, place);
    }
  });
  return asked;
}

type Place = (facts: LoadFacts, option: number, units: number, orders: number) => void;

/** Each alternate takes a part of the start, and of its orders where it must be set up. */
function addAlternates(
  drafting: Drafting,
  { startColumn, ordersColumn, most }: SupplyColumns,
  option: number,
  group: Group<LoadFacts>,
  place: Place,
): void {
  const { source, startBucket: bucket, receiptBucket: detail } = drafting.starts[option];
  const { builder } = drafting;
  const choice = drafting.row({ kind: 'choice', subject: source, bucket, detail }, 0, 0);
  builder.entry(choice, startColumn[option], -1);
  for (const { row, facts } of group) {
    const name = { subject: source, bucket, detail: row };
    const units = drafting.column({ kind: 'hours', ...name }, 0, 0, Number.POSITIVE_INFINITY);
    builder.entry(choice, units, 1);
    let orders = -1;
    if (ordersColumn[option] >= 0 && (facts.setupHoursPerOrder ?? 0) > 0) {
      const lotMaximum = drafting.model.sources[source].lotMaximum ?? Number.POSITIVE_INFINITY;
      const isWhole = drafting.options.setups === 'binary';
      orders = drafting.column({ kind: 'ordersAt', ...name }, 0, 0, Number.POSITIVE_INFINITY, isWhole);
      const size = drafting.row({ kind: 'orderSize', ...name }, Number.NEGATIVE_INFINITY, 0);
      builder.entry(size, units, 1);
      builder.entry(size, orders, -Math.min(most[option], lotMaximum));
    }
    place(facts, option, units, orders);
  }
}

function reachOf(
  { resources, starts, options }: Drafting,
  resource: number,
  { offsetDays = 0 }: LoadFacts,
  option: number,
): Reach | undefined {
  const days = resources.bucketStarts[resource];
  const lastBucket = days.length - 2;
  const from = starts[option].firstDay + offsetDays;
  const to = starts[option].lastDay + offsetDays;
  if (to < days[0] || from >= days[lastBucket + 1]) return undefined;
  return {
    first: bucketAt(days, Math.max(from, days[0])),
    last: bucketAt(days, Math.min(to, days[lastBucket + 1] - 1)),
    // Hours before or after the resource's own buckets are nobody's, where any day will do.
    isOpen: options.timing === 'anyDay' && (from < days[0] || to >= days[lastBucket + 1]),
  };
}

/** The row that a load's hours are entered in: the bucket's capacity, or the sum that is spread. -1: no limit. */
function rowFor(
  drafting: Drafting,
  resource: number,
  { first, last, isOpen }: Reach,
  capacityRows: Int32Array,
  spreadRows: Map<string, number>,
): number {
  const { resources, builder } = drafting;
  const start = resources.start[resource];
  if (first === last && !isOpen) return capacityRows[start + first];
  const key = `${resource} ${first} ${last} ${isOpen}`;
  const known = spreadRows.get(key);
  if (known !== undefined) return known;
  const sum = drafting.row({ kind: 'spreadSum', subject: resource, bucket: first, detail: last }, 0, 0);
  spreadRows.set(key, sum);
  for (let bucket = first; bucket <= last; bucket++) {
    const name = { kind: 'spread', subject: resource, bucket } as const;
    const part = drafting.column(name, resources.costPerHour[resource], 0, Number.POSITIVE_INFINITY);
    builder.entry(sum, part, -1);
    const capacity = capacityRows[start + bucket];
    if (capacity >= 0) builder.entry(capacity, part, 1);
  }
  if (isOpen) {
    const outside = drafting.column(
      { kind: 'spread', subject: resource, bucket: -1 },
      0,
      0,
      Number.POSITIVE_INFINITY,
    );
    builder.entry(sum, outside, -1);
  }
  return sum;
}
