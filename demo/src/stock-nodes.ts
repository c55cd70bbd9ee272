/** Everything that lies in stock somewhere: where, how it gets there, and by which rules. */
import { randomStream } from '@planwright/numerics';
import type { CalendarDay } from '@planwright/time';
import { type DemandKey, monthFactors, trendFactor } from './demand.ts';
import { drawChance, drawFrom, drawInteger } from './draws.ts';
import type { DayFactors, PriceCut } from './events.ts';
import { type FxRate, latestRate } from './fx.ts';
import type { SoldItem } from './items.ts';
import type { BillRow, Engineering, Part } from './parts.ts';
import { transitDays, WAREHOUSES } from './sites.ts';
import type { Scale } from './size.ts';
import type { Supplier } from './suppliers.ts';
import { monthIndexOf, type Timeline } from './timeline.ts';

/** One item of any kind with the rules of its home site. `sold` is null for parts. */
export type PlannedItem = {
  readonly code: string;
  readonly sold: SoldItem | null;
  readonly part: Part | null;
  readonly home: number;
  readonly source: 'make' | 'buy';
  readonly cost: number;
  readonly leadTimeDays: number;
  readonly lotMinimum: number;
  readonly lotMultiple: number;
  readonly yieldRatio: number;
  readonly sources: readonly ItemSource[];
  /** Units supply expects to be asked for in each month, all sites and parents together. */
  readonly expected: Float64Array;
};

/** A supplier of an item. The price is in the supplier's currency. */
type ItemSource = {
  readonly supplier: number;
  readonly leadTimeDays: number;
  readonly price: number;
  readonly minimumQuantity: number;
  readonly multipleQuantity: number;
};

/** Stock of one item at one site. The first nodes are the homes of the items, in their order. */
export type StockNode = {
  readonly item: number;
  readonly site: number;
  readonly isHome: boolean;
  /** Days from the home site; 0 at home. */
  readonly transitDays: number;
  readonly lotMultiple: number;
  readonly safetyStock: number;
  /** Days of demand a replenishment aims to cover beyond its lead time. */
  readonly coverDays: number;
  /** Running sum of the expected demand at this site alone: entry m is what lies before month m. */
  readonly expectedSum: Float64Array;
};

/** A lot that people would choose: 1 to 10 by ones, then fives, tens, fifties and hundreds. */
function niceLot(quantity: number): number {
  const step = quantity < 10 ? 1 : quantity < 50 ? 5 : quantity < 250 ? 10 : quantity < 1000 ? 50 : 100;
  return Math.max(step, Math.round(quantity / step) * step);
}

type DemandView = {
  readonly keys: readonly DemandKey[];
  readonly factors: readonly DayFactors[];
  readonly cuts: ReadonlyMap<string, PriceCut>;
  readonly timeline: Timeline;
};

// Supply takes last year for the next and adds what the company grows as a whole.
const COMPANY_GROWTH_RATIO = 0.04;

/** Expected units by month of each sold item at each warehouse: `[item * WAREHOUSES.length + warehouse]`. */
function expectedBySite(items: readonly SoldItem[], view: DemandView): Float64Array[] {
  const { keys, timeline } = view;
  const monthCount = timeline.monthStarts.length - 1;
  const bySite = Array.from({ length: items.length * WAREHOUSES.length }, () => new Float64Array(monthCount));
  for (const key of keys) {
    const item = items[key.item];
    const months = monthFactors(item, key.channel, view.factors, timeline).expected;
    const hindsight = Math.exp(COMPANY_GROWTH_RATIO - item.growthRatio);
    const target = bySite[key.item * WAREHOUSES.length + key.warehouse];
    for (let month = 0; month < monthCount; month++) {
      const trend = trendFactor(
        item,
        view.cuts.get(item.code),
        timeline.monthStarts[month] + 15,
        timeline.asOf,
      );
      target[month] += key.unitsPerMonth * trend * hindsight * months[month];
    }
  }
  return bySite;
}

/** Adds what assemblies ask of their parts. Parents come after their parts in `bill`, so it is walked backwards. */
function addDependent(expected: Map<string, Float64Array>, bill: readonly BillRow[]): void {
  for (const row of bill.toReversed()) {
    const parent = expected.get(row.parent);
    const component = expected.get(row.component);
    if (parent === undefined || component === undefined) continue;
    const per = row.quantityPer / (1 - row.scrapRatio);
    for (let month = 0; month < component.length; month++) component[month] += parent[month] * per;
  }
}

/** Mean of the twelve months from the as-of day, or of the last twelve where nothing is to come. */
function yearlyMean(expected: Float64Array, timeline: Timeline): number {
  const from = timeline.historyMonths;
  const ahead = expected.subarray(from, from + 12).reduce((sum, units) => sum + units, 0) / 12;
  return ahead > 0 ? ahead : expected.subarray(from - 24, from).reduce((sum, units) => sum + units, 0) / 24;
}

export type StockInputs = {
  readonly sold: readonly SoldItem[];
  readonly design: Engineering;
  readonly suppliers: readonly Supplier[];
  readonly rates: readonly FxRate[];
  readonly view: DemandView;
  readonly scale: Scale;
  readonly seed: number;
};

/** The items with their planning rules, sold items first and parts after them, and every place where they lie. */
export function stockNetwork(inputs: StockInputs): { items: PlannedItem[]; nodes: StockNode[] } {
  const { sold, design, view } = inputs;
  const monthCount = view.timeline.monthStarts.length - 1;
  const bySite = expectedBySite(sold, view);
  const expected = new Map<string, Float64Array>();
  sold.forEach((item, index) => {
    const total = new Float64Array(monthCount);
    for (let warehouse = 0; warehouse < WAREHOUSES.length; warehouse++) {
      const units = bySite[index * WAREHOUSES.length + warehouse];
      for (let month = 0; month < monthCount; month++) total[month] += units[month];
    }
    expected.set(item.code, total);
  });
  for (const part of design.parts) expected.set(part.code, new Float64Array(monthCount));
  addDependent(expected, design.bill);

  const items = [
    ...sold.map((item) => plannedItem(item, null, expected, inputs)),
    ...design.parts.map((part) => plannedItem(null, part, expected, inputs)),
  ];
  const homes = items.map((item, index) => homeNode(item, index, bySite, inputs));
  const places = new Set(view.keys.map((key) => key.item * WAREHOUSES.length + key.warehouse));
  const others = sold.flatMap((item, index) =>
    WAREHOUSES.flatMap((site, warehouse) => {
      const place = index * WAREHOUSES.length + warehouse;
      if (!places.has(place) || site === item.home) return [];
      return [warehouseNode(items[index], index, site, bySite[place], inputs)];
    }),
  );
  return { items, nodes: [...homes, ...others] };
}

function plannedItem(
  sold: SoldItem | null,
  part: Part | null,
  expected: ReadonlyMap<string, Float64Array>,
  inputs: StockInputs,
): PlannedItem {
  const thing = sold ?? part;
  if (thing === null) throw new Error('Broken invariant: a planned item is sold or a part');
  const { code, home, source } = thing;
  const stream = randomStream(inputs.seed, `planning:${code}`);
  const units = expected.get(code) ?? new Float64Array(0);
  const cost = inputs.design.costs.get(code) ?? 0;
  const monthly = yearlyMean(units, inputs.view.timeline);
  if (source === 'buy') {
    const sources = sourcesOf(sold, part, cost, monthly, inputs);
    const [main] = sources;
    return {
      code,
      sold,
      part,
      home,
      source,
      cost,
      sources,
      expected: units,
      yieldRatio: 1,
      leadTimeDays: main.leadTimeDays,
      lotMinimum: main.minimumQuantity,
      lotMultiple: main.multipleQuantity,
    };
  }
  const lotMultiple = niceLot(monthly * 0.07);
  return {
    code,
    sold,
    part,
    home,
    source,
    cost,
    sources: [],
    expected: units,
    lotMultiple,
    lotMinimum: lotMultiple * drawInteger(stream, 3, 6),
    leadTimeDays: part === null ? drawInteger(stream, 9, 15) : drawInteger(stream, 6, 10),
    yieldRatio: drawFrom(stream, [1, 1, 0.99, 0.98, 0.97]),
  };
}

/** One or two suppliers of the commodity; the second is dearer, and asked when the first cannot. */
function sourcesOf(
  sold: SoldItem | null,
  part: Part | null,
  cost: number,
  monthly: number,
  inputs: StockInputs,
): ItemSource[] {
  const commodity = part?.commodity ?? (sold?.kind === 'spare' ? 'spares' : 'goods');
  const able = [...inputs.suppliers.keys()].filter((index) => {
    const supplier = inputs.suppliers[index];
    return supplier.active && supplier.commodity === commodity;
  });
  const stream = randomStream(inputs.seed, `sources:${sold?.code ?? part?.code}`);
  const first = stream.integer(able.length);
  const count = able.length > 1 && drawChance(stream, 0.4) ? 2 : 1;
  return Array.from({ length: count }, (_, priority) => {
    const supplierIndex = able[(first + priority) % able.length];
    const supplier = inputs.suppliers[supplierIndex];
    const dearer = priority === 0 ? 1 : 1.04 + 0.08 * stream.uniform();
    const price = (cost * dearer) / latestRate(inputs.rates, supplier.currency);
    const multipleQuantity = niceLot(monthly * 0.1);
    return {
      supplier: supplierIndex,
      leadTimeDays: supplier.leadTimeDays + drawInteger(stream, 0, 7),
      price: Math.max(0.01, Math.round(price * 100) / 100),
      multipleQuantity,
      minimumQuantity:
        multipleQuantity * (supplier.isOverseas ? drawInteger(stream, 4, 10) : drawInteger(stream, 2, 5)),
    };
  });
}

function runningSum(units: Float64Array): Float64Array {
  const sums = new Float64Array(units.length + 1);
  for (let month = 0; month < units.length; month++) sums[month + 1] = sums[month] + units[month];
  return sums;
}

// Planners set these by hand and forget them: some places are kept too full, some too empty.
const COVERS = [1, 1, 1, 1, 1, 1, 1, 1, 1, 2.4, 1.8, 0.3];

// Orders come in lots, so demand varies more than single units would.
const LUMPINESS = 1.1;

/** Days of demand, and what luck can take on top of it until the next delivery. */
function safetyOf(monthly: number, days: number, leadDays: number, isPiece: boolean): number {
  const luck = LUMPINESS * Math.sqrt((monthly * (leadDays + 7)) / 30);
  const units = (monthly * days) / 30 + (isPiece ? luck : 0);
  return isPiece ? Math.ceil(units) : Math.round(units);
}

function homeNode(
  item: PlannedItem,
  index: number,
  bySite: readonly Float64Array[],
  inputs: StockInputs,
): StockNode {
  const stream = randomStream(inputs.seed, `home stock:${item.code}`);
  const warehouse = WAREHOUSES.indexOf(item.home);
  const own = item.sold !== null && warehouse >= 0 ? bySite[index * WAREHOUSES.length + warehouse] : null;
  const monthly = yearlyMean(item.expected, inputs.view.timeline);
  const isMade = item.source === 'make';
  const safetyDays = item.sold?.kind === 'spare' ? 60 : isMade ? 3 : 4 + item.leadTimeDays / 9;
  return {
    item: index,
    site: item.home,
    isHome: true,
    transitDays: 0,
    lotMultiple: item.lotMultiple,
    safetyStock: safetyOf(
      monthly * inputs.scale.safetyRatio,
      safetyDays,
      item.leadTimeDays,
      item.part === null,
    ),
    coverDays: Math.round((isMade ? 6 : 11) * drawFrom(stream, COVERS)),
    // Parts are used up where they are at home.
    expectedSum: runningSum(
      item.part !== null ? item.expected : (own ?? new Float64Array(item.expected.length)),
    ),
  };
}

function warehouseNode(
  item: PlannedItem,
  index: number,
  site: number,
  units: Float64Array,
  inputs: StockInputs,
): StockNode {
  const stream = randomStream(inputs.seed, `stock:${item.code}:${site}`);
  const monthly = yearlyMean(units, inputs.view.timeline);
  const isSpare = item.sold?.kind === 'spare';
  return {
    item: index,
    site,
    isHome: false,
    transitDays: transitDays(item.home, site),
    lotMultiple: niceLot(monthly * 0.05),
    safetyStock: safetyOf(
      monthly * inputs.scale.safetyRatio,
      isSpare ? 45 : 5,
      transitDays(item.home, site),
      true,
    ),
    coverDays: Math.round((isSpare ? 45 : 8) * drawFrom(stream, COVERS)),
    expectedSum: runningSum(units),
  };
}

/** What a node expects to be asked for before a day: the running sum, straight within the month. */
export function expectedBefore(node: StockNode, timeline: Timeline, day: CalendarDay): number {
  const month = monthIndexOf(timeline, day);
  const first = timeline.monthStarts[month];
  const share = (day - first) / (timeline.monthStarts[month + 1] - first);
  return node.expectedSum[month] + share * (node.expectedSum[month + 1] - node.expectedSum[month]);
}

/** Where keys find their stock: node by `item * WAREHOUSES.length + warehouse`, -1 where nothing is kept. */
export function nodeFinder(sold: readonly SoldItem[], nodes: readonly StockNode[]): Int32Array {
  const finder = new Int32Array(sold.length * WAREHOUSES.length).fill(-1);
  nodes.forEach((node, index) => {
    const warehouse = WAREHOUSES.indexOf(node.site);
    if (node.item < sold.length && warehouse >= 0) finder[node.item * WAREHOUSES.length + warehouse] = index;
  });
  return finder;
}
