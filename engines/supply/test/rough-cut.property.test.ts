import { blockFromRows, makeBlock, rowOf } from '@planwright/series';
import {
  bottlenecks,
  capacityBill,
  capacityBillLoad,
  loadByGroup,
  type PlanningModel,
  resourceProfileLoad,
  storageLoad,
  supplierLoad,
} from '@planwright/supply';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const weeks = (count: number) => Array.from({ length: count + 1 }, (_, t) => t * 7);

/** A bicycle from a frame and two wheels; frames are moved from another plant, where they are welded. */
const bicycles: PlanningModel = {
  asOfDay: 0,
  bucketStartDays: weeks(4),
  stockPoints: [
    { item: 'BIKE', location: 'P' },
    { item: 'FRAME', location: 'P' },
    { item: 'FRAME', location: 'Q' },
    { item: 'WHEEL', location: 'P' },
  ],
  sources: [
    {
      source: 'make BIKE',
      kind: 'make',
      item: 'BIKE',
      location: 'P',
      leadTimeDays: 7,
      yieldRatio: 0.8,
      lotMinimum: 10,
    },
    { source: 'move FRAME', kind: 'move', item: 'FRAME', location: 'P', fromLocation: 'Q', leadTimeDays: 3 },
    { source: 'make FRAME', kind: 'make', item: 'FRAME', location: 'Q', leadTimeDays: 14 },
    { source: 'buy FRAME', kind: 'buy', item: 'FRAME', location: 'Q', leadTimeDays: 30, priority: 2 },
    { source: 'make WHEEL', kind: 'make', item: 'WHEEL', location: 'P', leadTimeDays: 7, shareRatio: 0.75 },
    { source: 'buy WHEEL', kind: 'buy', item: 'WHEEL', location: 'P', leadTimeDays: 7, shareRatio: 0.25 },
  ],
  components: [
    { source: 'make BIKE', component: 'FRAME', quantityPer: 1 },
    { source: 'make BIKE', component: 'WHEEL', quantityPer: 2, scrapRatio: 0.2 },
    { source: 'make BIKE', component: 'FRAME', quantityPer: 9, effectiveFromDay: 500 },
  ],
  resources: [
    { resource: 'assembly' },
    { resource: 'welding' },
    { resource: 'spokes' },
    { resource: 'robot' },
  ],
  loads: [
    { source: 'make BIKE', resource: 'assembly', hoursPerUnit: 0.5, setupHoursPerOrder: 2, offsetDays: 2 },
    { source: 'make FRAME', resource: 'welding', hoursPerUnit: 1, alternateGroup: 'w', alternatePriority: 1 },
    { source: 'make FRAME', resource: 'robot', hoursPerUnit: 0.1, alternateGroup: 'w', alternatePriority: 2 },
    { source: 'make WHEEL', resource: 'spokes', hoursPerUnit: 0.4 },
  ],
  demands: [],
  forecasts: [],
  receipts: [],
};

describe('capacityBill', () => {
  const bill = capacityBill(bicycles, [
    { item: 'BIKE', location: 'P' },
    { item: 'WHEEL', location: 'P' },
  ]);
  const rows = [...bill.product.keys()].map((row) => [
    bill.product[row],
    bicycles.resources[bill.resource[row]!]!.resource,
    Number(bill.hoursPerUnit[row]!.toFixed(9)),
    bill.offsetDays[row],
  ]);

  // 1 / 0.8 bikes are started for a good one; 2 hours of set-up over lots of 10; 2 wheels / 0.8; three of four wheels are made.
  test('adds hours and lead times through every level', () => {
    expect(rows).toEqual([
      [0, 'assembly', 0.875, -5],
      [0, 'welding', 1.25, -24],
      [0, 'spokes', 0.9375, -14],
      [1, 'spokes', 0.3, -7],
    ]);
  });

  test('refuses what supplies itself', () => {
    const loop: PlanningModel = {
      ...bicycles,
      components: [...bicycles.components, { source: 'make WHEEL', component: 'BIKE', quantityPer: 1 }],
    };
    expect(() => capacityBill(loop, [{ item: 'BIKE', location: 'P' }])).toThrow('supply itself');
  });
});

describe('resourceProfileLoad', () => {
  const cells = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 16, maxLength: 16 });
  const billRows = fc.array(
    fc.record({
      product: fc.nat(1),
      resource: fc.nat(2),
      hours: fc.integer({ min: 0, max: 9 }),
      offset: fc.integer({ min: -40, max: 0 }),
    }),
    { maxLength: 12 },
  );
  test('moves hours ahead and loses none; without offsets it is the bill of capacity', () => {
    fc.assert(
      fc.property(cells, billRows, (values, list) => {
        const completed = makeBlock(2, 8, Float64Array.from(values));
        const bill = {
          product: Int32Array.from(list, (row) => row.product),
          resource: Int32Array.from(list, (row) => row.resource),
          hoursPerUnit: Float64Array.from(list, (row) => row.hours),
          offsetDays: Float64Array.from(list, (row) => row.offset),
        };
        const plain = capacityBillLoad(completed, 3, bill);
        const profile = resourceProfileLoad(completed, 3, bill, weeks(8));
        for (let resource = 0; resource < 3; resource++) {
          const kept = rowOf(profile.load, resource).reduce((sum, hours) => sum + hours, 0);
          const all = rowOf(plain, resource).reduce((sum, hours) => sum + hours, 0);
          expect(kept + profile.pastDueHours[resource]!).toBe(all);
        }
        const still = { ...bill, offsetDays: new Float64Array(list.length) };
        expect(resourceProfileLoad(completed, 3, still, weeks(8)).load.values).toEqual(plain.values);
      }),
    );
  });

  test('puts a load into the week it falls in', () => {
    const bill = {
      product: Int32Array.of(0, 0),
      resource: Int32Array.of(0, 0),
      hoursPerUnit: Float64Array.of(1, 1),
      offsetDays: Float64Array.of(-7, -6),
    };
    const { load, pastDueHours } = resourceProfileLoad(blockFromRows([[0, 5, 0, 2]], 4), 1, bill, weeks(4));
    // Finished on the last day of a week: 7 days before is a week earlier, 6 days before the first day of the same.
    expect([...load.values]).toEqual([5, 5, 2, 2]);
    expect(pastDueHours[0]).toBe(0);
  });
});

describe('bottlenecks', () => {
  test('ranks by money, and gives up the cheapest hours first', () => {
    const uses = {
      resource: Int32Array.of(0, 0, 1, 1),
      bucket: Int32Array.of(2, 2, 1, 1),
      hours: Float64Array.of(8, 6, 10, 4),
      value: Float64Array.of(80, 600, 5000, 20),
    };
    const ranked = bottlenecks({
      loadHours: blockFromRows(
        [
          [0, 10, 14],
          [0, 14, 0],
          [3, 3, 3],
        ],
        3,
      ),
      capacityHours: blockFromRows(
        [
          [10, 10, 10],
          [2, 8, 8],
          [Infinity, 0, 5],
        ],
        3,
      ),
      buildAheadBuckets: 1,
      uses,
    });
    expect(ranked.map((row) => row.resource)).toEqual([0, 1, 2]);
    const [first, second, third] = [ranked[0]!, ranked[1]!, ranked[2]!];
    // 4 hours missing in bucket 2, and the bucket before is full: half of the use that makes 80 in 8 hours.
    expect([first.overloadedBuckets, first.stuckTotal, first.valueAtStake]).toEqual([[2], 4, 40]);
    // 6 hours missing in bucket 1, 2 of them fit into bucket 0; the 4 stuck are all of the use that makes 20.
    expect([second.missingTotal, second.stuckTotal, second.valueAtStake]).toEqual([6, 4, 20]);
    expect([third.peakUtilisationRatio, third.missingTotal, third.valueAtStake]).toEqual([Infinity, 3, 0]);
  });

  const block = fc
    .array(fc.integer({ min: 0, max: 20 }), { minLength: 10, maxLength: 10 })
    .map((values) => makeBlock(1, 10, Float64Array.from(values)));
  test('leaves less stuck the further ahead work may move, down to what the horizon lacks at best', () => {
    fc.assert(
      fc.property(block, block, (loadHours, capacityHours) => {
        const stuck = [0, 1, 2, 3, 9].map((buildAheadBuckets) => {
          const [row] = bottlenecks({ loadHours, capacityHours, buildAheadBuckets });
          return row!.stuckTotal;
        });
        expect(stuck).toEqual(stuck.toSorted((a, b) => b - a));
        let [asked, available, lacking] = [0, 0, 0];
        for (let t = 0; t < 10; t++) {
          asked += loadHours.values[t]!;
          available += capacityHours.values[t]!;
          lacking = Math.max(lacking, asked - available);
        }
        expect(stuck[4]).toBeCloseTo(lacking, 9);
      }),
    );
  });
});

describe('suppliers, stores and groups are resources too', () => {
  test('suppliers give what all their sources may, without a limit where one has none', () => {
    const sources = [
      { kind: 'buy', supplier: 'Ace', maximumPerBucket: 10 },
      { kind: 'buy', supplier: 'Ace', maximumPerBucket: [5, 0] },
      { kind: 'make' },
      { kind: 'buy', supplier: 'Bolt' },
    ] as const;
    const suppliers = supplierLoad(
      sources,
      blockFromRows(
        [
          [4, 4],
          [5, 1],
          [9, 9],
          [7, 7],
        ],
        2,
      ),
    );
    expect(suppliers.names).toEqual(['Ace', 'Bolt']);
    expect([...suppliers.load.values]).toEqual([9, 5, 7, 7]);
    expect([...suppliers.capacity.values]).toEqual([15, 10, Infinity, Infinity]);
  });

  test('stores hold what is there, not what is owed', () => {
    const stores = storageLoad(
      blockFromRows(
        [
          [10, -4],
          [3, 3],
          [8, 8],
        ],
        2,
      ),
      ['hall', 'hall', undefined],
      [0.5, 2, 1],
      new Map([['hall', 12]]),
    );
    expect([...stores.load.values]).toEqual([11, 6]);
    expect([...stores.capacity.values]).toEqual([12, 12]);
  });

  test('labour adds up by skill', () => {
    const people = [
      { resource: 'Ann', kind: 'labour', skill: 'welder' },
      { resource: 'Bo', kind: 'labour', skill: 'welder' },
      { resource: 'press', kind: 'machine' },
    ] as const;
    const grouped = loadByGroup(
      people,
      blockFromRows([[5], [6], [7]], 1),
      blockFromRows([[8], [8], [9]], 1),
      'skill',
    );
    expect(grouped.names).toEqual(['welder', 'press']);
    expect([...grouped.load.values, ...grouped.capacity.values]).toEqual([11, 7, 16, 9]);
  });
});
