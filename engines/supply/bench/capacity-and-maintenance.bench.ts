import { makeBlock } from '@planwright/series';
import {
  bottlenecks,
  capacityBill,
  type PlanningModel,
  poissonDemand,
  resourceProfileLoad,
  type SerialStage,
  serialBaseStock,
  stopProposal,
  weibullFit,
} from '@planwright/supply';

const WEEKS = 78;
const bucketStartDays = Array.from({ length: WEEKS + 1 }, (_, week) => week * 7);

/** 2,000 end items over four levels of 2,000 items each, three components an item, one of 200 resources a source. */
function layeredModel(): PlanningModel {
  const [levels, perLevel, resourceCount] = [4, 2_000, 200];
  const model = {
    asOfDay: 0,
    bucketStartDays,
    stockPoints: [] as PlanningModel['stockPoints'][number][],
    sources: [] as PlanningModel['sources'][number][],
    components: [] as PlanningModel['components'][number][],
    resources: Array.from({ length: resourceCount }, (_, r) => ({ resource: `R${r}` })),
    loads: [] as PlanningModel['loads'][number][],
    demands: [],
    forecasts: [],
    receipts: [],
  };
  for (let level = 0; level < levels; level++) {
    for (let i = 0; i < perLevel; i++) {
      const item = `${level}-${i}`;
      model.stockPoints.push({ item, location: 'P' });
      model.sources.push({
        source: item,
        kind: 'make',
        item,
        location: 'P',
        leadTimeDays: 7 * (1 + (i % 3)),
      });
      model.loads.push({ source: item, resource: `R${(i * 13 + level) % resourceCount}`, hoursPerUnit: 0.1 });
      if (level === levels - 1) continue;
      for (let use = 0; use < 3; use++) {
        const component = `${level + 1}-${(i * 7 + use * 13) % perLevel}`;
        model.components.push({ source: item, component, quantityPer: 1 });
      }
    }
  }
  return model;
}

const model = layeredModel();
const products = Array.from({ length: 2_000 }, (_, i) => ({ item: `0-${i}`, location: 'P' }));
const bill = capacityBill(model, products);
const completed = makeBlock(
  2_000,
  WEEKS,
  Float64Array.from({ length: 2_000 * WEEKS }, (_, cell) => (cell * 37) % 91),
);
const { load } = resourceProfileLoad(completed, 200, bill, bucketStartDays);
const capacity = makeBlock(
  200,
  WEEKS,
  load.values.map((hours, cell) => hours * (0.8 + (cell % 7) / 15)),
);
const USES = 300_000;
const uses = {
  resource: Int32Array.from({ length: USES }, (_, use) => use % 200),
  bucket: Int32Array.from({ length: USES }, (_, use) => (use * 31) % WEEKS),
  hours: Float64Array.from({ length: USES }, (_, use) => 1 + (use % 17)),
  value: Float64Array.from({ length: USES }, (_, use) => (use * 13) % 1009),
};

const spells = Float64Array.from({ length: 60 }, (_, i) => 200 + ((i * 137) % 900));
const ended = Uint8Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 0 : 1));
const even = (value: number) => new Float64Array(WEEKS).fill(value);

const stages: SerialStage[] = Array.from({ length: 5 }, (_, j) => ({
  echelonHoldingCost: 1 + (j % 2),
  leadTimeDemand: poissonDemand(120),
  leadTimeDemandThrough: poissonDemand(120 * (j + 1)),
}));

function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

export const benchmarks = [
  {
    name: 'capacityBill: 2,000 products through 4 levels, 8,000 sources',
    // Measured: 245 ms of one core.
    sketch: '8,000 explosions; an end item merges 39 parts of parts, in all 0.5 M look-ups in maps: 100 ms',
    budget: { most: 1_000 },
    run: () => ({ figure: secondsOf(() => capacityBill(model, products)) * 1000, unit: 'ms' }),
  },
  {
    name: 'resourceProfileLoad: 2,000 products x 78 weeks, bills of about 40 rows',
    sketch: '80,000 rows x 78 multiply-adds: 6 M, 20 ms',
    // Measured: 37 ms of one core.
    budget: { most: 300 },
    run: () => {
      const seconds = secondsOf(() => resourceProfileLoad(completed, 200, bill, bucketStartDays));
      return { figure: seconds * 1000, unit: 'ms' };
    },
  },
  {
    name: 'bottlenecks: 200 resources x 78 weeks, 300,000 uses',
    // Measured: 15 ms of one core.
    sketch: '300,000 uses into 15,600 lists, those of short cells sorted (20 each): 60 ms',
    budget: { most: 400 },
    run: () => {
      const input = { loadHours: load, capacityHours: capacity, buildAheadBuckets: 4, uses };
      return { figure: secondsOf(() => bottlenecks(input)) * 1000, unit: 'ms' };
    },
  },
  {
    name: 'weibullFit and stopProposal: 60 spells, 78 weeks, machines a second',
    // Measured: 380 of one core.
    sketch:
      '240 halvings of 60 powers, and 205 lives x 78 weeks of two powers: 46,000 powers, 2 ms a machine',
    budget: { least: 50 },
    run: () => {
      const seconds = secondsOf(() => {
        for (let machine = 0; machine < 50; machine++) {
          const life = weibullFit(spells, ended)!;
          stopProposal({
            life,
            ageHours: 300 + machine,
            runHours: even(100),
            freeHours: even(8),
            lostHourCost: even(90),
            plannedStop: { cost: 800, downHours: 12 },
            failure: { cost: 4000, downHours: 60 },
          });
        }
      });
      return { figure: 50 / seconds, unit: 'machines/s' };
    },
  },
  {
    name: 'serialBaseStock: 5 stages, Poisson demand of 120 a stage',
    // Measured: 3.3 ms of one core.
    sketch: '5 stages x 1,600 levels x 160 demands: 1.3 M multiply-adds, 2 ms',
    budget: { most: 40 },
    run: () => {
      const seconds = secondsOf(() => {
        for (let n = 0; n < 10; n++) serialBaseStock({ stages, backorderCost: 20 });
      });
      return { figure: seconds * 100, unit: 'ms' };
    },
  },
];
