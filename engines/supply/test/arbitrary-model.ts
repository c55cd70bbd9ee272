import fc from 'fast-check';
import {
  buildNetwork,
  type ComponentRow,
  type StockPointRow,
  type SupplyModel,
  type SupplySource,
} from '@planwright/supply';

export const SEED = 20_261;

/** Which lot rules a generated model may have; `multiples` leaves out minimum and maximum. */
export type LotChoice = 'any' | 'multiples';

/**
 * Small random networks: items made at a plant from items below them, moved on to a warehouse, bought at the bottom.
 * All numbers are whole, and yields are powers of two, so that sums are exact and laws can be checked with ===.
 */
export function arbitraryModel(lotChoice: LotChoice = 'any'): fc.Arbitrary<SupplyModel> {
  return fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 10 })).chain(
    ([itemCount, bucketCount]) =>
      fc
        .record({
          plant: fc.array(arbitraryPoint(bucketCount, lotChoice), {
            minLength: itemCount,
            maxLength: itemCount,
          }),
          warehouse: fc.option(arbitraryPoint(bucketCount, lotChoice)),
          usages: fc.array(fc.constantFrom(0, 0, 0, 1, 2), {
            minLength: itemCount ** 2,
            maxLength: itemCount ** 2,
          }),
        })
        .map((drawn) => assemble(bucketCount, drawn.plant, drawn.warehouse, drawn.usages))
        .filter((model) => buildNetwork(model).network !== null), // A deep chain may explode into too many orders.
  );
}

type Drawn = {
  readonly point: Omit<StockPointRow, 'item' | 'location' | 'source'>;
  readonly source: Omit<SupplySource, 'kind'>;
};

function arbitraryPoint(bucketCount: number, lotChoice: LotChoice): fc.Arbitrary<Drawn> {
  const perBucket = (max: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: 0, max }), { minLength: bucketCount, maxLength: bucketCount });
  const lots =
    lotChoice === 'multiples'
      ? fc.record({ lotMultiple: fc.constantFrom(undefined, 1, 4, 12) })
      : fc.constantFrom(
          {},
          { lotMinimum: 10 },
          { lotMultiple: 6 },
          { lotMinimum: 10, lotMultiple: 4, lotMaximum: 30 },
          { lotMaximum: 25 },
          { lotMinimum: 40, lotMaximum: 40 },
        );
  return fc.record({
    point: fc.record({
      onHand: fc.integer({ min: -20, max: 80 }),
      safetyStock: fc.constantFrom(0, 0, 15),
      independentDemand: perBucket(40),
      scheduledReceipts: fc.oneof(perBucket(0), perBucket(30)),
    }),
    source: fc
      .tuple(lots, fc.constantFrom(0, 3, 7, 14, 30), fc.constantFrom(1, 1, 0.5))
      .map(([lot, leadTimeDays, yieldRatio]) => ({ ...lot, leadTimeDays, yieldRatio })),
  });
}

function assemble(
  bucketCount: number,
  plant: Drawn[],
  warehouse: Drawn | null,
  usages: number[],
): SupplyModel {
  const components: ComponentRow[] = [];
  const stockPoints: StockPointRow[] = plant.map(({ point, source }, i) => {
    const below = plant.map((_, j) => (j > i ? usages[i * plant.length + j] : 0));
    below.forEach((quantityPer, j) => {
      if (quantityPer > 0)
        components.push({ item: `I${i}`, location: 'plant', component: `I${j}`, quantityPer });
    });
    const kind = below.some((quantityPer) => quantityPer > 0) ? 'make' : 'buy';
    return { ...point, item: `I${i}`, location: 'plant', source: { ...source, kind } };
  });
  if (warehouse !== null) {
    const source = { ...warehouse.source, kind: 'move', fromLocation: 'plant' } as const;
    stockPoints.push({ ...warehouse.point, item: 'I0', location: 'warehouse', source });
  }
  return {
    bucketStartDays: Array.from({ length: bucketCount + 1 }, (_, week) => 700 + week * 7),
    stockPoints,
    components,
  };
}
