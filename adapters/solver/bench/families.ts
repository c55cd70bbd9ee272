import type { LoadFacts, PlanningModel, SourceFacts } from '@planwright/supply';

export type Size = { readonly families: number; readonly resources: number; readonly months: number };

/**
 * A company at the grain of sales and operations planning: every family is made on a resource and a second one, can be
 * bought outside at a price, is kept in stock with a safety stock, and has a season. Capacity is 5 % above the mean of
 * what is asked, so that peaks must be built ahead, made in overtime, bought or owed. Same size, same company.
 */
export function familyModel({ families, resources, months }: Size): PlanningModel {
  const draw = numbers(7);
  const bucketStartDays = Array.from({ length: months + 1 }, (_, t) => Math.round(t * 30.4375));
  const hoursAsked = new Float64Array(resources);
  const stockPoints: PlanningModel['stockPoints'][number][] = [];
  const sources: SourceFacts[] = [];
  const loads: LoadFacts[] = [];
  const forecasts: PlanningModel['forecasts'][number][] = [];
  for (let family = 0; family < families; family++) {
    const place = { item: `F${family}`, location: 'PLANT' };
    const unitCost = draw(20, 200);
    const level = draw(50, 1500);
    const peak = draw(0, months);
    const quantity = Array.from({ length: months }, (_, t) =>
      Math.round(level * (1 + 0.5 * Math.cos(((t - peak) * 2 * Math.PI) / 12)) * draw(0.8, 1.2)),
    );
    stockPoints.push({
      ...place,
      unitCost,
      unitPrice: unitCost * 1.6,
      onHand: level * 0.6,
      safetyStock: level * 0.4,
    });
    sources.push(
      {
        ...place,
        source: `make F${family}`,
        kind: 'make',
        leadTimeDays: draw(0, 40),
        costPerUnit: unitCost * 0.7,
      },
      {
        ...place,
        source: `buy F${family}`,
        kind: 'buy',
        leadTimeDays: 45,
        costPerUnit: unitCost * 1.25,
        maximumPerBucket: level * 0.3,
      },
    );
    for (const step of [0, 1]) {
      const resource = (family * 7 + step * 3) % resources;
      const hoursPerUnit = draw(0.02, 0.2);
      hoursAsked[resource] += quantity.reduce((sum, units) => sum + units, 0) * hoursPerUnit;
      loads.push({ source: `make F${family}`, resource: `R${resource}`, hoursPerUnit });
    }
    forecasts.push({ ...place, quantity, priority: 1 + (family % 3) * 5 });
  }
  return {
    asOfDay: 0,
    bucketStartDays,
    stockPoints,
    sources,
    components: [],
    resources: Array.from(hoursAsked, (hours, resource) => ({
      resource: `R${resource}`,
      capacityHours: Array.from({ length: months }, () => (1.05 * hours) / months),
      overtimeMaxHours: (0.1 * hours) / months,
      costPerHour: 40,
      overtimeCostPerHour: 60,
    })),
    loads,
    demands: [],
    forecasts,
    receipts: [],
  };
}

/** The same numbers for the same seed, between two bounds. */
function numbers(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state * 16_807) % 2_147_483_647;
    return from + ((to - from) * state) / 2_147_483_647;
  };
}
