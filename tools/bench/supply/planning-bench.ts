/** Models of the format planning-bench/1, read row by row into a planning model. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type {
  ComponentFacts,
  DemandFacts,
  LoadFacts,
  PlanningModel,
  ResourceFacts,
  SourceFacts,
  StockPointFacts,
} from '@planwright/supply';
import { readRows } from './read-rows.ts';

type Meta = { readonly format: string; readonly current: string; readonly horizon_end: string };
type Calendar = {
  readonly name: string;
  readonly weeks: readonly { readonly start: string; readonly capacity_seconds: number }[];
};
type Operation = {
  readonly name: string;
  readonly item: string;
  readonly location: string;
  readonly lead_time_days: number;
  readonly resource: string | null;
  readonly seconds_per_unit: number;
  readonly size_minimum: number;
  readonly size_multiple: number;
};
type Supplier = {
  readonly item: string;
  readonly location: string;
  readonly supplier: string;
  readonly lead_time_days: number;
  readonly moq: number;
  readonly multiple: number;
};

export type BenchModel = {
  readonly model: PlanningModel;
  /** Day after the last that counts in figures of stock and load. */
  readonly horizonEndDay: number;
  /** Word of each stock point's item: finished, component, raw. */
  readonly levels: readonly string[];
};

const MS_PER_DAY = 86_400_000;
const DAYS_PER_WEEK = 7;
const SECONDS_PER_HOUR = 3600;
/** Late demands are still delivered so many weeks after the horizon of the file. */
const WEEKS_AFTER = 8;

/** Whole days since 1970-01-01 of an ISO date. */
function dayOf(date: string): number {
  return Math.floor(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) / MS_PER_DAY);
}

/** Reads a file; weekly capacity counts in full for the week that holds the current day, as the checker has it. */
export function readBenchModel(path: string): BenchModel {
  const rows = new Rows();
  const packed = readFileSync(path);
  readRows(path.endsWith('.gz') ? gunzipSync(packed) : packed, (list, row) => rows.take(list, row));
  return rows.finished();
}

/** Rows as they come; items come before what names them, calendars before resources. */
class Rows {
  readonly #points = new Map<string, { item: string; location: string; onHand: number; unitCost: number }>();
  readonly #levels: string[] = [];
  readonly #weeks = new Map<string, { day: number; hours: number }[]>();
  readonly #resources: { name: string; location: string; calendar: string }[] = [];
  readonly #sources: SourceFacts[] = [];
  readonly #sourceNames = new Map<string, string>();
  readonly #components: ComponentFacts[] = [];
  readonly #loads: LoadFacts[] = [];
  readonly #demands: DemandFacts[] = [];
  readonly #locations: string[] = [];
  #meta: Meta = { format: '', current: '', horizon_end: '' };

  take(list: string, row: unknown): void {
    if (list === 'meta') this.#meta = row as Meta;
    else if (list === 'locations') this.#locations.push((row as { name: string }).name);
    else if (list === 'calendars') this.#calendar(row as Calendar);
    else if (list === 'resources')
      this.#resources.push(row as { name: string; location: string; calendar: string });
    else if (list === 'items') this.#item(row as { name: string; level: string; cost: number });
    else if (list === 'on_hand') {
      const stock = row as { item: string; quantity: number };
      this.#point(stock.item).onHand += stock.quantity;
    } else if (list === 'operations') this.#operation(row as Operation);
    else if (list === 'bom')
      this.#component(row as { operation: string; component: string; quantity_per: number });
    else if (list === 'item_suppliers') this.#supplier(row as Supplier);
    else if (list === 'demands') {
      const { name, item, due, quantity, priority } = row as {
        name: string;
        item: string;
        due: string;
        quantity: number;
        priority: number;
      };
      const point = this.#point(item);
      // Names are those of the points: a string of its own for every row would be most of the memory.
      this.#demands.push({
        demand: name,
        item: point.item,
        location: point.location,
        dueDay: dayOf(due),
        quantity,
        priority,
      });
    }
  }

  #point(item: string) {
    const point = this.#points.get(item);
    if (point === undefined) throw new Error(`The file names item ${item} without listing it.`);
    return point;
  }

  #item({ name, level, cost }: { name: string; level: string; cost: number }): void {
    this.#points.set(name, { item: name, location: this.#locations[0], onHand: 0, unitCost: cost });
    this.#levels.push(level);
  }

  #calendar({ name, weeks }: Calendar): void {
    const rows = weeks.map((week) => ({
      day: dayOf(week.start),
      hours: week.capacity_seconds / SECONDS_PER_HOUR,
    }));
    this.#weeks.set(name, rows);
  }

  #operation(row: Operation): void {
    this.#sourceNames.set(row.name, row.name);
    this.#sources.push({
      source: row.name,
      kind: 'make',
      item: this.#point(row.item).item,
      location: this.#point(row.item).location,
      leadTimeDays: row.lead_time_days,
      lotMinimum: row.size_minimum,
      lotMultiple: row.size_multiple,
    });
    if (!row.resource) return;
    this.#loads.push({
      source: row.name,
      resource: row.resource,
      hoursPerUnit: row.seconds_per_unit / SECONDS_PER_HOUR,
    });
  }

  #component(row: { operation: string; component: string; quantity_per: number }): void {
    this.#components.push({
      source: this.#sourceNames.get(row.operation) ?? row.operation,
      component: this.#point(row.component).item,
      quantityPer: row.quantity_per,
    });
  }

  #supplier(row: Supplier): void {
    this.#sources.push({
      source: `Buy ${row.item} from ${row.supplier}`,
      kind: 'buy',
      item: this.#point(row.item).item,
      location: this.#point(row.item).location,
      supplier: row.supplier,
      leadTimeDays: row.lead_time_days,
      lotMinimum: row.moq,
      lotMultiple: row.multiple,
    });
  }

  finished(): BenchModel {
    if (this.#meta.format !== 'planning-bench/1') {
      throw new Error(`The format is ${this.#meta.format || 'not named'}, not planning-bench/1.`);
    }
    const asOfDay = dayOf(this.#meta.current);
    const horizonEndDay = dayOf(this.#meta.horizon_end);
    const stockPoints: StockPointFacts[] = [...this.#points.values()];
    const resources = this.#resources.map(
      ({ name, location, calendar }): ResourceFacts => ({
        resource: name,
        location,
        ...capacityFrom(this.#weeks.get(calendar) ?? [], asOfDay),
      }),
    );
    return {
      model: {
        asOfDay,
        bucketStartDays: weekStarts(this.#weeks.values().next().value ?? [], asOfDay, horizonEndDay),
        stockPoints,
        sources: this.#sources,
        components: this.#components,
        resources,
        loads: this.#loads,
        demands: this.#demands,
        forecasts: [],
        receipts: [],
      },
      horizonEndDay,
      levels: this.#levels,
    };
  }
}

function capacityFrom(weeks: readonly { day: number; hours: number }[], asOfDay: number) {
  const current = weeks.filter(({ day }) => day + DAYS_PER_WEEK > asOfDay);
  const last = current[current.length - 1];
  return {
    bucketStartDays: [...current.map(({ day }) => day), last.day + DAYS_PER_WEEK],
    capacityHours: current.map(({ hours }) => hours),
  };
}

/** Weeks from the one that holds the current day to some after the horizon. */
function weekStarts(weeks: readonly { day: number }[], asOfDay: number, horizonEndDay: number): number[] {
  const last = horizonEndDay + WEEKS_AFTER * DAYS_PER_WEEK;
  return weeks.map(({ day }) => day).filter((day) => day + DAYS_PER_WEEK > asOfDay && day <= last);
}
