/**
 * Bills of material and routings, two levels below a finished item, and the costs they roll up to.
 *
 * A recipe fills slots; of a slot's pool it takes the variant whose cost comes nearest to the slot's share of the
 * product's aimed cost, so products of like size share their parts. Standard costs are then rolled up from the
 * bills as they came out, and the price list follows from the costs.
 */
import { randomStream } from '@planwright/numerics';
import { drawBetween, drawFactor } from './draws.ts';
import type { SoldItem } from './items.ts';
import {
  BOUGHT_SLOTS,
  type BoughtSlot,
  type Commodity,
  type Fill,
  MADE_SLOTS,
  type MadeSlot,
  RECIPES,
} from './part-tables.ts';
import { WORK_CENTRES } from './resources.ts';
import type { Scale } from './size.ts';

/** Something used to make something else. */
export type Part = {
  readonly code: string;
  readonly name: string;
  readonly kind: 'component' | 'raw';
  readonly group: string;
  readonly unit: string;
  readonly home: number;
  readonly source: 'make' | 'buy';
  readonly commodity: Commodity | null;
  /** Cost its design aims at, US dollars; a bought part costs exactly this, to the cent. */
  readonly aimedCost: number;
};

export type BillRow = {
  readonly parent: string;
  readonly component: string;
  readonly quantityPer: number;
  readonly scrapRatio: number;
};

export type RoutingStep = {
  readonly item: string;
  readonly sequence: number;
  readonly resource: string;
  readonly setupHours: number;
  readonly hoursPerUnit: number;
};

export type Engineering = {
  readonly parts: readonly Part[];
  readonly bill: readonly BillRow[];
  readonly routing: readonly RoutingStep[];
  /** Standard cost of every item and part, US dollars to the cent. */
  readonly costs: ReadonlyMap<string, number>;
};

const cents = (dollars: number): number => Math.round(dollars * 100) / 100;
const RATES = new Map(WORK_CENTRES.map((centre) => [centre.code, centre.costPerHour]));
const SIZES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M'];

function pool(slot: BoughtSlot | MadeSlot, scale: Scale, seed: number): Part[] {
  const count = Math.max(1, Math.round(slot.variants * scale.partPoolRatio));
  const bought = 'commodity' in slot ? slot : null;
  return Array.from({ length: count }, (_, index) => {
    const code = `${slot.slot}-${101 + index}`;
    const reach = count > 1 ? index / (count - 1) : 0.5;
    const spread = drawFactor(randomStream(seed, `part:${code}`), 0.02);
    const mark = `${SIZES[index % SIZES.length]}${Math.floor(index / SIZES.length) || ''}`;
    return {
      code,
      name: `${slot.noun[0].toUpperCase()}${slot.noun.slice(1)} ${mark}`,
      kind: bought?.kind ?? 'component',
      group: bought === null ? 'SUBASM' : bought.kind === 'raw' ? 'RAWMAT' : 'PARTIN',
      unit: bought?.unit ?? 'EA',
      home: slot.home,
      source: bought === null ? 'make' : 'buy',
      commodity: bought?.commodity ?? null,
      aimedCost: cents(slot.low * (slot.high / slot.low) ** reach * spread),
    };
  });
}

/** Groups of the parts, which are not sold and stand beside the product hierarchy. */
export const PART_GROUPS: readonly (readonly [code: string, name: string])[] = [
  ['SUBASM', 'Sub-assemblies'],
  ['PARTIN', 'Bought-in parts'],
  ['RAWMAT', 'Raw material'],
];

type Pools = ReadonlyMap<string, readonly Part[]>;

/** The bill of one assembly that aims at `aimedCost`. */
function billOf(
  parent: string,
  aimedCost: number,
  fills: readonly Fill[],
  pools: Pools,
  seed: number,
): BillRow[] {
  const stream = randomStream(seed, `bill:${parent}`);
  return fills.map(({ slot, share }) => {
    const wanted = aimedCost * share;
    const variants = pools.get(slot) ?? [];
    if (variants[0].kind === 'raw' || slot === 'CELL') {
      const part = variants[stream.integer(variants.length)];
      const exact = wanted / part.aimedCost;
      const quantityPer =
        slot === 'CELL' ? Math.max(1, Math.round(exact)) : Math.max(0.01, Math.round(exact * 100) / 100);
      return {
        parent,
        component: part.code,
        quantityPer,
        scrapRatio: Math.round(drawBetween(stream, 2, 6)) / 100,
      };
    }
    const distance = (part: Part): number => Math.abs(Math.log(part.aimedCost / wanted));
    const part = variants.reduce((best, next) => (distance(next) < distance(best) ? next : best));
    const quantityPer = Math.max(1, Math.round(wanted / part.aimedCost));
    return { parent, component: part.code, quantityPer, scrapRatio: share < 0.1 ? 0.01 : 0 };
  });
}

function routingOf(item: string, aimedCost: number, steps: readonly Fill[], seed: number): RoutingStep[] {
  const stream = randomStream(seed, `routing:${item}`);
  return steps.map(({ slot, share }, index) => {
    const hours = (aimedCost * share) / (RATES.get(slot) ?? 1);
    return {
      item,
      sequence: (index + 1) * 10,
      resource: slot,
      setupHours: Math.round(drawBetween(stream, 1, 6)) / 4,
      hoursPerUnit: Math.max(0.001, Math.round(hours * drawFactor(stream, 0.08) * 1000) / 1000),
    };
  });
}

/** Material at its own cost with scrap, and hours at their rates. `bill` must list parts before their parents. */
function rolledUp(
  made: readonly string[],
  bill: readonly BillRow[],
  routing: readonly RoutingStep[],
  costs: Map<string, number>,
): void {
  const rowsByParent = Map.groupBy(bill, (row) => row.parent);
  const stepsByItem = Map.groupBy(routing, (step) => step.item);
  for (const code of made) {
    let cost = 0;
    for (const row of rowsByParent.get(code) ?? []) {
      cost += (row.quantityPer * (costs.get(row.component) ?? 0)) / (1 - row.scrapRatio);
    }
    for (const step of stepsByItem.get(code) ?? [])
      cost += step.hoursPerUnit * (RATES.get(step.resource) ?? 0);
    costs.set(code, cents(cost));
  }
}

/** Cost a sold item aims at: what its price leaves after the margin of its line. */
function aimedCostOf(item: SoldItem): number {
  return item.aimedPrice * (1 - (item.line?.marginRatio ?? 0.45));
}

/** Designs parts, bills and routings for the sold items and rolls up all standard costs. */
export function engineering(items: readonly SoldItem[], scale: Scale, seed: number): Engineering {
  const slots = [...BOUGHT_SLOTS, ...MADE_SLOTS];
  const pools: Pools = new Map(slots.map((slot) => [slot.slot, pool(slot, scale, seed)]));
  const made = items.filter((item) => item.source === 'make');

  const bill = made.flatMap((item) =>
    billOf(item.code, aimedCostOf(item), recipeOf(item).fills, pools, seed),
  );
  const routing = made.flatMap((item) => routingOf(item.code, aimedCostOf(item), recipeOf(item).steps, seed));
  const used = new Set(bill.map((row) => row.component));

  const assemblies = MADE_SLOTS.flatMap((slot) =>
    (pools.get(slot.slot) ?? []).filter((part) => used.has(part.code)).map((part) => ({ part, slot })),
  );
  const assemblyBill = assemblies.flatMap(({ part, slot }) =>
    billOf(part.code, part.aimedCost, slot.fills, pools, seed),
  );
  for (const row of assemblyBill) used.add(row.component);
  const assemblyRouting = assemblies.flatMap(({ part, slot }) =>
    routingOf(part.code, part.aimedCost, slot.steps, seed),
  );

  const parts = [...pools.values()].flat().filter((part) => used.has(part.code));
  const costs = new Map(
    parts.filter((part) => part.source === 'buy').map((part) => [part.code, part.aimedCost]),
  );
  for (const item of items) if (item.source === 'buy') costs.set(item.code, cents(aimedCostOf(item)));
  const allBill = [...assemblyBill, ...bill];
  const allRouting = [...assemblyRouting, ...routing];
  rolledUp(
    [...assemblies.map(({ part }) => part.code), ...made.map((item) => item.code)],
    allBill,
    allRouting,
    costs,
  );
  return { parts, bill: allBill, routing: allRouting, costs };
}

function recipeOf(item: SoldItem): { readonly fills: readonly Fill[]; readonly steps: readonly Fill[] } {
  const recipe = item.line === null ? undefined : RECIPES.get(item.line.recipe);
  return recipe ?? { fills: [], steps: [] };
}

/** Discount an average customer gets off the price list. */
export const AVERAGE_DISCOUNT_RATIO = 0.1;

/** Today's price list, US dollars: cost over what margin and discounts leave, to a figure ending in 9 or .95. */
export function listPriceOf(item: SoldItem, cost: number): number {
  const raw = cost / (1 - (item.line?.marginRatio ?? 0.45)) / (1 - AVERAGE_DISCOUNT_RATIO);
  return raw >= 60 ? Math.round(raw / 10) * 10 - 1 : Math.max(1, Math.round(raw)) - 0.05;
}
