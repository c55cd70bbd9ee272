import { guaranteedService, modelStages, type PlanningModel } from '@planwright/supply';
import { describe, expect, test } from 'vitest';

/** Bikes of frames and wheels; wheels are sold as spares too, and frames come from another plant. */
const model: PlanningModel = {
  asOfDay: 0,
  bucketStartDays: [0, 30],
  stockPoints: [
    { item: 'BIKE', location: 'P', unitCost: 730 },
    { item: 'FRAME', location: 'P', unitCost: 365 },
    { item: 'FRAME', location: 'Q', unitCost: 292 },
    { item: 'WHEEL', location: 'P', unitCost: 73, holdingRatioPerYear: 0.5 },
    { item: 'BELL', location: 'P', unitCost: 4 },
  ],
  sources: [
    { source: 'make BIKE', kind: 'make', item: 'BIKE', location: 'P', leadTimeDays: 5 },
    { source: 'move FRAME', kind: 'move', item: 'FRAME', location: 'P', fromLocation: 'Q', leadTimeDays: 3 },
    { source: 'make FRAME', kind: 'make', item: 'FRAME', location: 'Q', leadTimeDays: 20 },
    { source: 'buy WHEEL', kind: 'buy', item: 'WHEEL', location: 'P', leadTimeDays: 30 },
  ],
  components: [
    { source: 'make BIKE', component: 'FRAME', quantityPer: 1 },
    { source: 'make BIKE', component: 'WHEEL', quantityPer: 2 },
  ],
  resources: [],
  loads: [],
  demands: [],
  forecasts: [],
  receipts: [],
};
const demands = [
  { item: 'BIKE', location: 'P', meanPerDay: 10, sdPerDay: 3, promiseDays: 7 },
  { item: 'WHEEL', location: 'P', meanPerDay: 4, sdPerDay: 8 },
];

describe('modelStages', () => {
  const { network, pointOfStage } = modelStages(model, demands, { safetyFactor: 1.645 });

  test('makes a stage of every stock point, and one for customers of what is consumed too', () => {
    expect(network.stages.map((stage) => stage.name)).toEqual([
      'BIKE at P',
      'FRAME at P',
      'FRAME at Q',
      'WHEEL at P',
      'BELL at P',
      'WHEEL at P, for customers',
    ]);
    expect([...pointOfStage]).toEqual([0, 1, 2, 3, 4, 3]);
    expect(network.stages.map((stage) => stage.processingTime)).toEqual([5, 3, 20, 30, 0, 0]);
    // 730 x 0.2 / 365 a day; a wheel 73 x 0.5 / 365.
    expect(network.stages[0]!.holdingCost).toBeCloseTo(0.4, 12);
    expect(network.stages[3]!.holdingCost).toBeCloseTo(0.1, 12);
    expect(network.arcs).toEqual([
      { from: 'FRAME at P', to: 'BIKE at P', quantityPer: 1 },
      { from: 'WHEEL at P', to: 'BIKE at P', quantityPer: 2 },
      { from: 'FRAME at Q', to: 'FRAME at P', quantityPer: 1 },
      { from: 'WHEEL at P', to: 'WHEEL at P, for customers' },
    ]);
  });

  test('places stock that keeps both promises', () => {
    const plan = guaranteedService(network);
    expect(plan.isOptimal).toBe(true);
    const stage = (name: string) => plan.stages.find((row) => row.name === name)!;
    // Two wheels a bike and the spares: 2 x 10 + 4 a day, spread sqrt((2 x 3)^2 + 8^2) = 10.
    expect(stage('WHEEL at P').demandMean).toBe(24);
    expect(stage('WHEEL at P').demandSd).toBeCloseTo(10, 12);
    expect(stage('BIKE at P').outboundTime).toBeLessThanOrEqual(7);
    expect(stage('WHEEL at P, for customers').outboundTime).toBe(0);
    expect(stage('BELL at P').safetyStock).toBe(0);
  });

  test('counts in weeks when told to: times round up, demand and cost are those of a week', () => {
    const weekly = modelStages(model, demands, { safetyFactor: 1.645, timeUnitDays: 7 }).network;
    expect(weekly.stages.map((stage) => stage.processingTime)).toEqual([1, 1, 3, 5, 0, 0]);
    expect(weekly.stages[0]).toMatchObject({ outboundTimeMost: 1, demandMean: 70 });
    expect(weekly.stages[0]!.holdingCost).toBeCloseTo(2.8, 12);
  });
});
