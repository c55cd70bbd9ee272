/** What is drawn together anew in a what-if, and what goes as it went: each case is one that a slip of the journal gets wrong. */
import { describe, expect, test } from 'vitest';
import {
  compileFiniteNetwork,
  type FinitePlan,
  planFinite,
  type PlanningModel,
  planToReplan,
  recompiledNetwork,
  replanFinite,
} from '../src/index.ts';

const location = 'L';
const options = { joinsWeeks: true };
const ITEMS = ['A', 'B', 'C', 'P'];

type Due = Readonly<Record<string, readonly [day: number, quantity: number][]>>;
type Receipt = readonly [day: number, quantity: number];
type Source = PlanningModel['sources'][number];
type Changes = {
  readonly source?: Partial<Source>;
  readonly sources?: readonly string[];
  readonly onHand?: number;
  readonly hours?: number;
};

/** Orders of A, B and C, each unit of one P. Of P so much lies there and so much comes, for its machine has no hours. */
function ofOneWeek(
  due: Due,
  onHand: number,
  [dueDay, quantity]: Receipt,
  loads: PlanningModel['loads'] = [],
): PlanningModel {
  return {
    asOfDay: 4, // A Monday.
    bucketStartDays: [4, 11, 18],
    stockPoints: ITEMS.map((item) => ({ item, location, unitCost: 10, onHand: item === 'P' ? onHand : 0 })),
    sources: ITEMS.map((item) => ({
      source: `make ${item}`,
      kind: 'make',
      item,
      location,
      leadTimeDays: 0,
      lotMultiple: 1,
    })),
    components: ['A', 'B', 'C'].map((item) => ({ source: `make ${item}`, component: 'P', quantityPer: 1 })),
    resources: [
      { resource: 'M', capacityHours: [0, 0] },
      { resource: 'N', capacityHours: [100, 100] },
    ],
    loads: [{ source: 'make P', resource: 'M', hoursPerUnit: 1 }, ...loads],
    demands: Object.entries(due).flatMap(([item, rows]) =>
      rows.map(([day, units]) => ({
        demand: `${item}${day}`,
        item,
        location,
        dueDay: day,
        quantity: units,
        priority: 1,
      })),
    ),
    forecasts: [],
    receipts: [{ receipt: 'PO', kind: 'purchase', item: 'P', location, dueDay, quantity }],
  };
}

/** The model with another rule of the sources of some items, other stock of P, or other hours of N. */
function edited(model: PlanningModel, { source, sources = [], onHand, hours }: Changes): PlanningModel {
  return {
    ...model,
    sources: model.sources.map((row) => (sources.includes(row.item) ? { ...row, ...source } : row)),
    stockPoints: model.stockPoints.map((row) =>
      row.item === 'P' && onHand !== undefined ? { ...row, onHand } : row,
    ),
    resources: model.resources.map((row) =>
      row.resource === 'N' && hours !== undefined ? { ...row, capacityHours: [hours, 100] } : row,
    ),
  };
}

/** The plan by the journals of before, which has to be that of a full run. */
function replanned(before: PlanningModel, after: PlanningModel): FinitePlan {
  const network = compileFiniteNetwork(before);
  const next = recompiledNetwork(after, network);
  const plan = replanFinite(next, planToReplan(network, options), network.subnetworks.points, options);
  expect(plan).toEqual(planFinite(next, options));
  return plan;
}

/** Start days of the orders of an item before an edit and after it. */
function startDays(item: string, before: PlanningModel, changes: Changes): { was: number[]; is: number[] } {
  const after = edited(before, changes);
  const of = ({ orders }: FinitePlan): number[] =>
    [...orders.startDay.subarray(0, orders.count)].filter(
      (_, row) => before.sources[orders.source[row]].item === item,
    );
  const was = of(planFinite(compileFiniteNetwork(before), options));
  return { was, is: of(replanned(before, after)) };
}

const TWICE: [day: number, quantity: number][] = [
  [5, 1],
  [7, 1],
];
const LARGE_ENOUGH = { lotMaximum: 5 };

describe('orders of one week that take of the same spare stock', () => {
  test('join where those before them leave more, though nobody is promised anything else', () => {
    const before = ofOneWeek({ A: TWICE, B: TWICE }, 3, [6, 1]);
    const changes = { sources: ['A'], source: { lotMaximum: 1 } };
    expect(startDays('B', before, changes)).toEqual({ was: [5, 7], is: [5] });
  });

  test('do not join by what another takes that goes as it went, before somebody looked at it or after', () => {
    const first: [day: number, quantity: number][] = [
      [5, 1],
      [7, 2],
    ];
    const looked = ofOneWeek({ A: first, B: TWICE, C: TWICE }, 4, [6, 4]);
    const changes = { sources: ['A', 'C'], source: LARGE_ENOUGH };
    expect(startDays('C', looked, changes)).toEqual({ was: [5, 7], is: [5, 7] });
    const unseen = ofOneWeek({ B: TWICE, C: TWICE }, 3, [6, 1]);
    expect(startDays('C', unseen, { ...changes, sources: ['C'] })).toEqual({ was: [5, 7], is: [5, 7] });
  });

  test('join where there is more of it, of which one that goes as it went takes once', () => {
    const before = ofOneWeek({ B: TWICE, C: TWICE }, 3, [6, 1]);
    expect(startDays('C', before, { onHand: 4 })).toEqual({ was: [5, 7], is: [5] });
  });

  test('join by all of it where the first of them would have joined before', () => {
    const due: Due = { B: [...TWICE, [6, 1]] };
    const before = ofOneWeek(due, 2, [7, 1]);
    expect(startDays('B', before, { onHand: 3 })).toEqual({ was: [5, 7], is: [5] });
  });

  test('join by all of it where hours are what changed', () => {
    const load = { source: 'make B', resource: 'N', hoursPerUnit: 1 };
    const before = ofOneWeek({ B: TWICE }, 5, [12, 1], [load]);
    expect(startDays('B', before, { onHand: 2, hours: 90 })).toEqual({ was: [5], is: [5] });
  });

  test('no longer join where larger lots of another take it', () => {
    const before = ofOneWeek({ A: [[5, 1]], B: TWICE }, 3, [6, 2]);
    const changes = { sources: ['A'], source: { lotMultiple: 2 } };
    expect(startDays('B', before, changes)).toEqual({ was: [5], is: [5, 7] });
  });
});

test('orders are placed anew where hours are others, though each finds as many of them booked as before', () => {
  const make = (item: string, lots: Partial<Source>): Source => ({
    source: `make ${item}`,
    kind: 'make',
    item,
    location,
    leadTimeDays: 0,
    ...lots,
  });
  const before: PlanningModel = {
    asOfDay: 0,
    bucketStartDays: [0, 7, 14, 21],
    stockPoints: [
      { item: 'cheap', location, unitCost: 1 },
      { item: 'dear', location, unitCost: 90 },
    ],
    sources: [make('cheap', { lotMinimum: 11 }), make('dear', { lotMultiple: 5 })],
    components: [],
    resources: [{ resource: 'M', capacityHours: [20, 10, 11] }],
    loads: ['cheap', 'dear'].map((item) => ({ source: `make ${item}`, resource: 'M', hoursPerUnit: 1 })),
    demands: [
      { demand: 'c', item: 'cheap', location, dueDay: 20, quantity: 11, priority: 1 },
      { demand: 'd', item: 'dear', location, dueDay: 20, quantity: 5, priority: 2 },
    ],
    forecasts: [],
    receipts: [],
  };
  const after = { ...before, resources: [{ resource: 'M', capacityHours: [20, 12, 11] }] };
  const startOfCheap = ({ orders }: FinitePlan): number => orders.startDay[orders.source.indexOf(0)];
  expect(startOfCheap(planFinite(compileFiniteNetwork(before), options))).toBe(6);
  expect(startOfCheap(replanned(before, after))).toBe(13);
});
