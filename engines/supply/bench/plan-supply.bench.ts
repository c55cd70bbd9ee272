import {
  buildNetwork,
  type ComponentRow,
  netRequirements,
  type StockPointRow,
  type SupplyModel,
  planSupply,
} from '@planwright/supply';

const BUCKET_COUNT = 104;
const bucketStartDays = Array.from({ length: BUCKET_COUNT + 1 }, (_, week) => week * 7);

/** A wave with its own phase and size for each item, so that no two items order in step. */
const demandOf = (item: number): number[] =>
  Array.from({ length: BUCKET_COUNT }, (_, t) =>
    Math.round(100 + (item % 37) + 40 * Math.sin((t + item) / 8.3)),
  );

/** `perLevel` items on each of `levelCount` levels; each consumes three of the level below. */
function layeredModel(perLevel: number, levelCount: number): SupplyModel {
  const stockPoints: StockPointRow[] = [];
  const components: ComponentRow[] = [];
  for (let level = 0; level < levelCount; level++) {
    const kind = level === levelCount - 1 ? 'buy' : 'make';
    for (let i = 0; i < perLevel; i++) {
      const item = `${level}-${i}`;
      const source = {
        kind,
        leadTimeDays: 7 * (1 + (i % 4)),
        lotMinimum: 48,
        lotMultiple: 12,
        yieldRatio: 0.95,
      } as const;
      const independentDemand = level === 0 ? demandOf(i) : undefined;
      stockPoints.push({ item, location: 'plant', onHand: 500, safetyStock: 50, independentDemand, source });
      if (kind === 'buy') continue;
      for (let use = 0; use < 3; use++) {
        const component = `${level + 1}-${(i * 7 + use * 13) % perLevel}`;
        components.push({ item, location: 'plant', component, quantityPer: 1 + (use % 2) });
      }
    }
  }
  return { bucketStartDays, stockPoints, components };
}

const flat = buildNetwork(layeredModel(10_000, 1)).network!;
const layeredRows = layeredModel(2_500, 4);
const layered = buildNetwork(layeredRows).network!;
const kernelInput = {
  grossDemand: Float64Array.from(demandOf(1)),
  scheduledReceipts: new Float64Array(BUCKET_COUNT),
  safetyStock: new Float64Array(BUCKET_COUNT).fill(50),
  onHandInitial: 200,
  lot: { minimum: 48, multiple: 12, maximum: Number.POSITIVE_INFINITY },
  yieldRatio: 1,
  firstReceiptBucket: 0,
};
const kernelOutput = {
  orderedQuantity: new Float64Array(BUCKET_COUNT),
  plannedReceipts: new Float64Array(BUCKET_COUNT),
  projectedOnHand: new Float64Array(BUCKET_COUNT),
  shortage: new Float64Array(BUCKET_COUNT),
};

function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

export const benchmarks = [
  {
    name: 'netRequirements: 10,000 stock points x 104 weeks',
    // Measured: 26 ms (2 cores).
    sketch: '1.04 M steps of about 10 flops and a lot now and then: 10-20 ms',
    budget: { most: 50 },
    run: () => {
      const seconds = secondsOf(() => {
        for (let key = 0; key < 10_000; key++) netRequirements(kernelInput, kernelOutput);
      });
      return { figure: seconds * 1000, unit: 'ms' };
    },
  },
  {
    name: 'planSupply: netting 10,000 stock points x 104 weeks, one level, with orders',
    // Measured: 94,000 keys/s (2 cores), which is 9.8 M stock point-buckets/s.
    sketch: 'the kernel, 60 MB of blocks to fill and 0.8 M orders to append: under 0.2 s, so 50,000 keys/s',
    budget: { least: 25_000 },
    run: () => {
      const seconds = secondsOf(() => planSupply(flat, { mode: 'unconstrained' }));
      return { figure: flat.stockPoints.length / seconds, unit: 'keys/s' };
    },
  },
  {
    name: 'planSupply: network of 10,000 items in 4 levels x 104 weeks',
    // Measured: 9.0 M (2 cores).
    sketch: 'the same and 22,500 component rows x 104 multiply-adds (2.3 M): as above',
    budget: { least: 1_000_000 },
    run: () => {
      const seconds = secondsOf(() => planSupply(layered, { mode: 'leadTimeFeasible' }));
      return { figure: (layered.stockPoints.length * BUCKET_COUNT) / seconds, unit: 'stock point-buckets/s' };
    },
  },
  {
    name: 'buildNetwork: check and index 10,000 items, 22,500 components',
    // Measured: 43 ms (2 cores).
    sketch: '10,000 rows x 104 buckets to check and copy (1 M steps), 50,000 map look-ups: under 50 ms',
    budget: { most: 150 },
    run: () => ({ figure: secondsOf(() => buildNetwork(layeredRows)) * 1000, unit: 'ms' }),
  },
];
