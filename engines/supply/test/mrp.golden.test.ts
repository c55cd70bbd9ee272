import { describe, expect, test } from 'vitest';
import { rowOf, type SeriesBlock } from '@planwright/series';
import {
  buildNetwork,
  checkPlanningModel,
  compileFiniteNetwork,
  planningModelFrom,
  planSupply,
  planUnconstrained,
  type StockPointRow,
  type SupplyModel,
} from '@planwright/supply';
import explosions from '../golden/mrp-explosion.json' with { type: 'json' };
import records from '../golden/mrp-record.json' with { type: 'json' };

type Blocks = Record<'projectedOnHand' | 'plannedReceipts' | 'plannedReleases', SeriesBlock>;

const weeks = (count: number): number[] => Array.from({ length: count + 1 }, (_, week) => week * 7);

/** Both planners: that of the simple model, and that of the planning model the same rows are told to. */
const PLANNERS: [string, (model: SupplyModel) => Blocks][] = [
  [
    'planSupply',
    (model) => {
      const { network, issues } = buildNetwork(model);
      expect(issues).toEqual([]);
      return planSupply(network!, { mode: 'unconstrained' });
    },
  ],
  [
    'planUnconstrained',
    (model) => {
      const planning = planningModelFrom(model);
      expect(checkPlanningModel(planning).filter(({ severity }) => severity === 'error')).toEqual([]);
      return planUnconstrained(compileFiniteNetwork(planning));
    },
  ],
];

// Golden values come from print, never from our own output: each case names its source.
describe.each(records)('MRP record: $name ($source)', ({ input, expected }) => {
  const { leadTimeWeeks, onHand, safetyStock, grossDemand, scheduledReceipts, ...lot } = input;
  const source = { kind: 'buy', leadTimeDays: leadTimeWeeks * 7, ...lot } as const;
  const point: StockPointRow = {
    item: 'X',
    location: 'L',
    onHand,
    safetyStock,
    independentDemand: grossDemand,
    scheduledReceipts,
    source,
  };
  const model = { bucketStartDays: weeks(grossDemand.length), stockPoints: [point], components: [] };

  describe.each(PLANNERS)('%s', (_, planOf) => {
    test.each(['projectedOnHand', 'plannedReceipts', 'plannedReleases'] as const)('%s', (block) =>
      expect([...rowOf(planOf(model)[block], 0)]).toEqual(expected[block]),
    );
  });
});

type ExplodedItem = {
  readonly item: string;
  readonly leadTimeWeeks: number;
  readonly onHand: number;
  readonly lotMultiple?: number;
  readonly demand?: Record<string, number>;
  readonly receipts?: Record<string, number>;
};

describe.each(explosions)('MRP explosion: $name ($source)', ({ input, expected }) => {
  const items: readonly ExplodedItem[] = input.items as ExplodedItem[];
  const byWeek = (amounts: Record<string, number> = {}): number[] =>
    Array.from({ length: input.weeks }, (_, week) => amounts[String(week + 1)] ?? 0);
  const model: SupplyModel = {
    bucketStartDays: weeks(input.weeks),
    stockPoints: items.map(({ item, leadTimeWeeks, onHand, lotMultiple, demand, receipts }) => ({
      item,
      location: 'L',
      onHand,
      independentDemand: byWeek(demand),
      scheduledReceipts: byWeek(receipts),
      source: {
        kind: 'make',
        leadTimeDays: leadTimeWeeks * 7,
        ...(lotMultiple === undefined ? {} : { lotMultiple }),
      },
    })),
    components: input.components.map(([item, component, quantityPer]) => ({
      item: String(item),
      location: 'L',
      component: String(component),
      quantityPer: Number(quantityPer),
    })),
  };

  describe.each(PLANNERS)('%s', (_, planOf) => {
    test.each(Object.entries(expected.releases))('releases of %s', (item, releases) => {
      const s = items.findIndex((row) => row.item === item);
      expect([...rowOf(planOf(model).plannedReleases, s)]).toEqual(
        byWeek(releases as Record<string, number>),
      );
    });
  });
});
