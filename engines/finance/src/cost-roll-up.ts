/**
 * Standard cost of one unit, rolled up through the bill of material.
 *
 *   bought  unit cost = stated cost
 *   made    unit cost = (sum over components of quantityPer x their unit cost
 *                        + sum over steps of (setup hours / lot quantity + run hours) x rate) / yieldRatio
 *
 * The yield divides because a lost unit has eaten its material and its hours. Per-unit costs are estimates (Float64)
 * in the company currency. A made item that cannot be rolled up (no components and no steps, a component without
 * cost, or a circle) takes its stated cost, with an issue; without one its cost is NaN, and so is all it goes into.
 *
 * Cost     O(items + components + steps), one pass in topological order.
 * Source   standard cost roll-up by level, as in Horngren, Cost Accounting, standard costs.
 */
import type { Issue } from '@planwright/units';

export type CostItem = {
  readonly item: string;
  readonly source: 'make' | 'buy';
  /** Cost the company states for one unit; NaN or absent = none. */
  readonly statedCost?: number;
  /** Good units per unit started, in (0, 1]. Default 1. */
  readonly yieldRatio?: number;
  /** Usual lot, over which a set-up is spread, > 0. Default 1. */
  readonly lotQuantity?: number;
};
export type CostComponent = {
  readonly item: string;
  readonly component: string;
  readonly quantityPer: number;
};
export type CostStep = {
  readonly item: string;
  readonly setupHours: number;
  readonly runHoursPerUnit: number;
  readonly ratePerHour: number;
};
export type CostModel = {
  readonly items: readonly CostItem[];
  readonly components: readonly CostComponent[];
  readonly steps: readonly CostStep[];
};

/** One entry per item of the model. unitCost = materialCost + conversionCost; all NaN where no cost is known. */
export type RolledCost = {
  readonly unitCost: Float64Array;
  /** What was bought, at every level below, with its losses. A stated cost is all material. */
  readonly materialCost: Float64Array;
  /** Hours x rate, at every level below, with their losses. */
  readonly conversionCost: Float64Array;
  /** 1 where the cost was rolled up, 0 where it is the stated one (or missing). */
  readonly isRolledUp: Uint8Array;
  readonly issues: readonly Issue[];
};

export function rollUpCost(model: CostModel): RolledCost {
  const itemCount = model.items.length;
  const issues: Issue[] = [];
  const rows = indexRows(model, issues);
  const cost = {
    unitCost: new Float64Array(itemCount).fill(Number.NaN),
    materialCost: new Float64Array(itemCount).fill(Number.NaN),
    conversionCost: new Float64Array(itemCount).fill(Number.NaN),
    isRolledUp: new Uint8Array(itemCount),
  };
  const { order, inCircle } = componentsFirst(rows.componentsOf);
  for (const index of order) {
    const reason = inCircle.has(index)
      ? 'its bill of material runs in a circle'
      : rollUpItem(model, rows, index, cost);
    if (reason !== null) useStatedCost(model.items[index], index, reason, cost, issues);
  }
  return { ...cost, issues };
}

type Rows = {
  readonly componentsOf: readonly { readonly component: number; readonly quantityPer: number }[][];
  readonly stepsOf: readonly CostStep[][];
};
type CostColumns = Omit<RolledCost, 'issues'>;

/** Fills an item's cost, or says why that is not possible. */
function rollUpItem(model: CostModel, rows: Rows, index: number, cost: CostColumns): string | null {
  const item = model.items[index];
  if (item.source === 'buy') return 'bought';
  const components = rows.componentsOf[index];
  const steps = rows.stepsOf[index];
  if (components.length === 0 && steps.length === 0) return 'it is made but has no components and no routing';
  let material = 0;
  let conversion = 0;
  for (const { component, quantityPer } of components) {
    if (Number.isNaN(cost.unitCost[component]))
      return `its component ${model.items[component].item} has no cost`;
    material += quantityPer * cost.materialCost[component];
    conversion += quantityPer * cost.conversionCost[component];
  }
  for (const step of steps) {
    conversion += (step.setupHours / (item.lotQuantity ?? 1) + step.runHoursPerUnit) * step.ratePerHour;
  }
  const yieldRatio = item.yieldRatio ?? 1;
  cost.materialCost[index] = material / yieldRatio;
  cost.conversionCost[index] = conversion / yieldRatio;
  cost.unitCost[index] = cost.materialCost[index] + cost.conversionCost[index];
  cost.isRolledUp[index] = 1;
  return null;
}

function useStatedCost(
  item: CostItem,
  index: number,
  reason: string,
  cost: CostColumns,
  issues: Issue[],
): void {
  const stated = item.statedCost ?? Number.NaN;
  const isKnown = Number.isFinite(stated);
  cost.unitCost[index] = isKnown ? stated : Number.NaN;
  cost.materialCost[index] = cost.unitCost[index];
  cost.conversionCost[index] = isKnown ? 0 : Number.NaN;
  if (isKnown && item.source === 'buy') return;
  issues.push({
    severity: isKnown ? 'warning' : 'error',
    code: isKnown ? 'COST_NOT_ROLLED_UP' : 'COST_MISSING',
    message: isKnown
      ? `${item.item} takes its stated cost of ${stated}, because ${reason}.`
      : `${item.item} has no cost: none is stated${item.source === 'buy' ? '' : `, and ${reason}`}.`,
    advice:
      item.source === 'buy'
        ? 'State the price it is bought for.'
        : 'Complete its bill of material, or state a cost.',
    file: 'items',
    row: index + 1,
  });
}

function indexRows(model: CostModel, issues: Issue[]): Rows {
  const indexOf = new Map(model.items.map((item, index) => [item.item, index] as const));
  const componentsOf: { component: number; quantityPer: number }[][] = model.items.map(() => []);
  const stepsOf: CostStep[][] = model.items.map(() => []);
  const reject = (file: string, row: number, message: string): void => {
    const advice = 'Correct the row; the cost is rolled up without it.';
    issues.push({ severity: 'error', code: 'COST_ROW_REFUSED', message, advice, file, row: row + 1 });
  };
  model.components.forEach((row, place) => {
    const parent = indexOf.get(row.item);
    const component = indexOf.get(row.component);
    if (parent === undefined || component === undefined) {
      reject(
        'components',
        place,
        `${parent === undefined ? row.item : row.component} is not among the items.`,
      );
    } else if (!(row.quantityPer > 0) || !Number.isFinite(row.quantityPer)) {
      reject(
        'components',
        place,
        `${row.component} in ${row.item}: quantityPer ${row.quantityPer} must be more than 0.`,
      );
    } else componentsOf[parent].push({ component, quantityPer: row.quantityPer });
  });
  model.steps.forEach((row, place) => {
    const parent = indexOf.get(row.item);
    const numbers = [row.setupHours, row.runHoursPerUnit, row.ratePerHour];
    if (parent === undefined) reject('steps', place, `${row.item} is not among the items.`);
    else if (!numbers.every((value) => Number.isFinite(value) && value >= 0)) {
      reject('steps', place, `${row.item}: hours and rate must be numbers of 0 or more.`);
    } else stepsOf[parent].push(row);
  });
  return { componentsOf, stepsOf };
}

/**
 * All items, components before what they go into, by depth-first search. Of every circle enough items are marked to
 * cut it: for an item that is not marked, all components come first.
 */
function componentsFirst(componentsOf: Rows['componentsOf']): {
  order: number[];
  inCircle: ReadonlySet<number>;
} {
  const itemCount = componentsOf.length;
  const order: number[] = [];
  const state = new Uint8Array(itemCount); // 0 = not seen, 1 = on the path, 2 = done
  const inCircle = new Set<number>();
  for (let start = 0; start < itemCount; start++) {
    const path = state[start] === 0 ? [{ item: start, next: 0 }] : [];
    state[start] = Math.max(state[start], 1);
    while (path.length > 0) {
      const top = path[path.length - 1];
      const child = componentsOf[top.item][top.next++]?.component;
      if (child === undefined) {
        state[top.item] = 2;
        order.push(top.item);
        path.pop();
      } else if (state[child] === 0) {
        state[child] = 1;
        path.push({ item: child, next: 0 });
      } else if (state[child] === 1) {
        for (const { item } of path.slice(path.findIndex((step) => step.item === child))) inCircle.add(item);
      }
    }
  }
  return { order, inCircle };
}
