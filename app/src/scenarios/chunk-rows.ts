/** What a finished chunk leaves in the store: the rows of lists, from what its stage found, and those of measures. */
import { isoFromDay } from '@planwright/time';
import type {
  AccuracyRow,
  AlertRow,
  DemandKeyRow,
  EventEffectRow,
  KeyIds,
  PlannedOrderRow,
  PlanRows,
  ResourceRow,
  SeriesRows,
  StockPointRow,
} from './ports.ts';
import type { Snapshot } from './snapshot.ts';
import { rowsOf } from './stages/compute-chunk.ts';
import { MEASURES, measuresOf, rowIn, type RunBlocks, type StageName } from './stages/run-blocks.ts';
import { keyRange } from './stages/stage-plan.ts';
import type {
  EarlierResults,
  FinanceResult,
  ForecastResult,
  KpisResult,
  ReconcileResult,
  StageResults,
  SupplyResult,
} from './stages/stage-results.ts';

export function chunkRows(
  snapshot: Snapshot,
  ids: KeyIds,
  stage: StageName,
  chunk: number,
  value: StageResults[StageName],
  earlier: EarlierResults,
): PlanRows {
  switch (stage) {
    case 'forecast':
      return {
        accuracy: accuracyRows(ids, keyRange(snapshot.meta, stage, chunk).from, value as ForecastResult),
      };
    case 'reconcile':
      return { groupSeries: (value as ReconcileResult).groupSeries };
    case 'supply': {
      const result = value as SupplyResult;
      return { stockPoints: stockPointRows(snapshot, ids, result), orders: orderRows(snapshot, result) };
    }
    case 'capacity':
      return { resources: resourceRows(snapshot, ids, value as StageResults['capacity']) };
    case 'constrained': {
      const result = value as StageResults['constrained'];
      return { supplyPlans: [{ chunk, ...result }] };
    }
    case 'finance': {
      const result = value as FinanceResult;
      const { groups, groupSeries, finance } = result;
      return {
        demandKeys: demandKeyRows(snapshot, ids, result, earlier),
        groups,
        groupSeries,
        finance,
      };
    }
    case 'kpis': {
      const result = value as KpisResult;
      return {
        kpis: result.kpis,
        alerts: alertRows(ids, result),
        eventEffects: eventEffectRows(result),
        findings: result.findings.map(({ key, ...finding }, index) => ({
          ...finding,
          number: index + 1,
          keyId: ids.demand[key],
        })),
      };
    }
    default:
      return {};
  }
}

type ItemNames = {
  name(code: string): string;
  unit(code: string): string;
  kind(code: string): string;
  group(code: string): string;
  planner(code: string): string;
};

function itemNames({ items, groups }: Snapshot): ItemNames {
  const indexOf = new Map(items.code.map((code, item) => [code, item]));
  const at = (column: readonly (string | null)[], code: string): string =>
    column[indexOf.get(code) ?? -1] ?? '';
  return {
    name: (code) => at(items.name, code),
    unit: (code) => at(items.unit, code),
    kind: (code) => at(items.kind, code),
    planner: (code) => at(items.planner, code),
    group: (code) => groups.groups[groups.groupOfItem[indexOf.get(code) ?? -1] ?? 0].code,
  };
}

function demandKeyRows(
  snapshot: Snapshot,
  ids: KeyIds,
  result: FinanceResult,
  earlier: EarlierResults,
): DemandKeyRow[] {
  const { keys } = snapshot;
  const names = itemNames(snapshot);
  const forecasts = earlier.forecast.flatMap((chunk) => chunk.keys);
  const held = earlier.reconcile.flatMap((chunk) => chunk.held);
  return result.keys.map((totals, key) => {
    const item = keys.item[key];
    return {
      ...totals,
      ...forecasts[key],
      explanation: [forecasts[key].explanation, held[key] ?? ''].filter((text) => text !== '').join(' '),
      keyId: ids.demand[key],
      item,
      itemName: names.name(item),
      location: keys.location[key],
      channel: keys.channel[key],
      groupCode: names.group(item),
      planner: names.planner(item),
    };
  });
}

function stockPointRows(snapshot: Snapshot, ids: KeyIds, result: SupplyResult): StockPointRow[] {
  const names = itemNames(snapshot);
  return result.points.map(({ point, ...figures }) => {
    const { item, location, onHand, safetyStock = 0, source } = snapshot.supply.points[point];
    return {
      ...figures,
      keyId: ids.stock[point],
      item,
      itemName: names.name(item),
      itemKind: names.kind(item),
      unit: names.unit(item),
      location,
      onHand,
      safetyStock,
      leadTimeDays: source?.leadTimeDays ?? 0,
    };
  });
}

function orderRows(snapshot: Snapshot, result: SupplyResult): PlannedOrderRow[] {
  const names = itemNames(snapshot);
  return result.orders.map(({ point, releaseDay, dueDay, ...order }) => {
    const { item, location } = snapshot.supply.points[point];
    return {
      ...order,
      item,
      itemName: names.name(item),
      unit: names.unit(item),
      location,
      releaseOn: isoFromDay(releaseDay),
      dueOn: isoFromDay(dueDay),
    };
  });
}

function resourceRows(snapshot: Snapshot, ids: KeyIds, result: StageResults['capacity']): ResourceRow[] {
  return result.resources.map(({ resource, ...figures }) => {
    const { code, name, location } = snapshot.capacity.resources[resource];
    return { ...figures, keyId: ids.resource[resource], code, name, location };
  });
}

function alertRows(ids: KeyIds, result: KpisResult): AlertRow[] {
  return result.alerts.map(({ point, ...alert }, index) => ({
    ...alert,
    number: index + 1,
    stockPointId: point === null ? null : ids.stock[point],
  }));
}

/** Lags that could be judged. */
function accuracyRows(ids: KeyIds, from: number, result: ForecastResult): AccuracyRow[] {
  return result.keys.flatMap(({ lags }, offset) =>
    lags
      .filter(({ bucketCount }) => bucketCount > 0)
      .map((sums) => ({ ...sums, keyId: ids.demand[from + offset] })),
  );
}

function eventEffectRows(result: KpisResult): EventEffectRow[] {
  return result.eventEffects.map((effect, index) => ({
    ...effect,
    number: index + 1,
    startsOn: isoFromDay(effect.startsOn),
    endsOn: isoFromDay(effect.endsOn),
  }));
}

/** The rows of the measures that a chunk wrote. */
export function seriesRows(
  snapshot: Snapshot,
  blocks: RunBlocks,
  ids: KeyIds,
  stage: StageName,
  chunk: number,
): SeriesRows[] {
  return measuresOf(stage).map((measure) => {
    const rows = rowsOf(snapshot, stage, chunk, MEASURES[measure].kind);
    const values = rows.map((row) => rowIn(blocks, snapshot.meta, measure, row));
    const keyIds = rows.map((row) => ids[MEASURES[measure].kind][row]);
    return { measure, keyIds, width: values[0]?.length ?? 0, values };
  });
}
