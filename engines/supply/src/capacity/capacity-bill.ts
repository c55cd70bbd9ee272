/**
 * What one unit of a product asks of every resource, through all levels of its making, and how long before it is finished.
 *
 *   hours per unit  along the source that is asked first: run hours, and set-up hours spread over the lot minimum where there is one,
 *                   over yields, scrap and quantities per
 *   offset          days from the completion of the product to the load, 0 or less: lead times on the way add up
 *
 * Of sources, substitutes and alternate resources the one with the lowest priority number counts, or all sources by their shares
 * where shares are given; rows not in force on the model's as-of day do not. Rough by intent: what stock covers is not taken off.
 *
 * Cost     O(products x rows of their bills), each stock point exploded once.
 * Source   Vollmann, Berry and Whybark (1997), Manufacturing Planning and Control Systems, 4th ed., chapter on capacity planning.
 */
import { assert } from '@planwright/units';
import type { LoadFacts, PlanningModel, SourceFacts } from '../model/planning-model.ts';
import { firstOfGroups, type SupplyPaths, supplyPaths } from '../model/supply-paths.ts';
import { stockPointKey } from '../model.ts';

/** Rows of many bills, one entry a row in every array. */
export type CapacityBill = {
  /** Index into the products asked for. */
  readonly product: Int32Array;
  /** Index into the resources of the model. */
  readonly resource: Int32Array;
  readonly hoursPerUnit: Float64Array;
  readonly offsetDays: Float64Array;
};

type Use = { readonly resource: number; readonly offsetDays: number; hoursPerUnit: number };

/**
 * Bills of the stock points asked for. The model must be sound (`checkPlanningModel`): asserts that none supplies itself and that
 * resources are known.
 */
export function capacityBill(
  model: PlanningModel,
  products: readonly { readonly item: string; readonly location: string }[],
): CapacityBill {
  const explosion = newExplosion(model);
  const uses = products.map(({ item, location }) => usesOf(explosion, item, location));
  const count = uses.reduce((sum, rows) => sum + rows.length, 0);
  const bill = {
    product: new Int32Array(count),
    resource: new Int32Array(count),
    hoursPerUnit: new Float64Array(count),
    offsetDays: new Float64Array(count),
  };
  let row = 0;
  uses.forEach((rows, product) => {
    for (const use of rows) {
      bill.product[row] = product;
      bill.resource[row] = use.resource;
      bill.hoursPerUnit[row] = use.hoursPerUnit;
      bill.offsetDays[row] = use.offsetDays;
      row += 1;
    }
  });
  return bill;
}

type Explosion = SupplyPaths & {
  readonly loadsOf: ReadonlyMap<string, readonly LoadFacts[]>;
  readonly resourceOf: ReadonlyMap<string, number>;
  /** Null while it is being exploded. */
  readonly known: Map<string, readonly Use[] | null>;
};

function newExplosion(model: PlanningModel): Explosion {
  return {
    ...supplyPaths(model),
    loadsOf: Map.groupBy(model.loads, (row) => row.source),
    resourceOf: new Map(model.resources.map((row, index) => [row.resource, index])),
    known: new Map(),
  };
}

function usesOf(explosion: Explosion, item: string, location: string): readonly Use[] {
  const key = stockPointKey(item, location);
  const known = explosion.known.get(key);
  if (known !== undefined) {
    assert(known !== null, `${item} at ${location} does not supply itself`);
    return known;
  }
  explosion.known.set(key, null);
  const merged = new Map<number, Use>();
  for (const { source, share } of explosion.sourcesOf(item, location)) {
    addSource(explosion, merged, source, share);
  }
  const uses = [...merged.values()];
  explosion.known.set(key, uses);
  return uses;
}

function addSource(explosion: Explosion, merged: Map<number, Use>, source: SourceFacts, share: number): void {
  const started = share / (source.yieldRatio ?? 1);
  const orders = source.lotMinimum !== undefined && source.lotMinimum > 0 ? started / source.lotMinimum : 0;
  const offset = -source.leadTimeDays;
  for (const load of firstOfGroups(
    explosion.loadsOf.get(source.source) ?? [],
    (row) => row.alternateGroup,
    (row) => row.alternatePriority,
  )) {
    const resource = explosion.resourceOf.get(load.resource);
    assert(resource !== undefined, `${load.resource} is a resource of the model`);
    const hours = started * load.hoursPerUnit + orders * (load.setupHoursPerOrder ?? 0);
    addUse(merged, resource, offset + (load.offsetDays ?? 0), hours);
  }
  const addComponent = (item: string, location: string, quantity: number): void => {
    for (const use of usesOf(explosion, item, location)) {
      addUse(merged, use.resource, offset + use.offsetDays, quantity * use.hoursPerUnit);
    }
  };
  if (source.kind === 'move') addComponent(source.item, source.fromLocation ?? source.location, started);
  for (const row of explosion.componentsOf(source)) {
    const quantity = started * row.quantityPer + orders * (row.quantityPerOrder ?? 0);
    addComponent(row.component, source.location, quantity / (1 - (row.scrapRatio ?? 0)));
  }
}

// Longer than any making takes: a resource and an offset make one number.
const OFFSET_SPAN_DAYS = 100_000;

function addUse(merged: Map<number, Use>, resource: number, offsetDays: number, hours: number): void {
  if (hours === 0) return;
  const key = resource * OFFSET_SPAN_DAYS + offsetDays;
  const use = merged.get(key);
  if (use === undefined) merged.set(key, { resource, offsetDays, hoursPerUnit: hours });
  else use.hoursPerUnit += hours;
}
