/** Rows of the lists of a run, stored many at a time. */
import type { PlanRows } from '@planwright/app';
import { isoFromDay } from '@planwright/time';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from './open-database.ts';
import { doublesText } from './sql-arrays.ts';

export async function insertPlanRows(tx: Tx, runId: string, rows: PlanRows): Promise<void> {
  await insertAll(tx, runId, 'run_demand_key', DEMAND_KEY, rows.demandKeys);
  await insertAll(tx, runId, 'run_stock_point', STOCK_POINT, rows.stockPoints);
  await insertAll(tx, runId, 'run_resource', RESOURCE, rows.resources);
  await insertAll(tx, runId, 'planned_order', ORDER, rows.orders);
  await insertAll(tx, runId, 'run_group', GROUP, rows.groups);
  await insertAll(tx, runId, 'run_group_series', GROUP_SERIES, rows.groupSeries);
  await insertAll(tx, runId, 'run_finance', FINANCE, rows.finance);
  await insertAll(tx, runId, 'run_alert', ALERT, rows.alerts);
  await insertAll(
    tx,
    runId,
    'run_kpi',
    KPI,
    rows.kpis?.map((kpi, position) => ({ ...kpi, position })),
  );
  await insertAll(tx, runId, 'run_accuracy', ACCURACY, rows.accuracy);
  await insertAll(tx, runId, 'run_event_effect', EVENT_EFFECT, rows.eventEffects);
  await insertAll(tx, runId, 'run_finding', FINDING, rows.findings);
  for (const { chunk, sums, plan } of rows.supplyPlans ?? []) {
    await sql`insert into run_supply_plan (run_id, chunk, figures, payload)
      values (${runId}::uuid, ${chunk}, ${JSON.stringify(sums)}::jsonb, ${Buffer.from(plan, 'base64')})`.execute(
      tx,
    );
  }
}

type Row<Name extends keyof PlanRows> = NonNullable<PlanRows[Name]>[number];

/** A column of a table: its SQL type and where its value comes from. */
type Column<R> = readonly [
  name: string,
  type: 'text' | 'int4' | 'float8' | 'bool' | 'date' | 'jsonb' | 'float8[]',
  read: (row: R) => unknown,
];

// The embedded database works on the server's own thread: between statements it can answer others.
const ROWS_PER_INSERT = 1_000;

/** One array a column. JSON carries the values: it is quoted and parsed the same on both drivers. */
async function insertAll<R>(
  tx: Tx,
  runId: string,
  table: string,
  columns: readonly Column<R>[],
  rows: readonly R[] | undefined,
): Promise<void> {
  if (rows === undefined) return;
  const names = sql.join(columns.map(([name]) => sql.ref(name)));
  const definition = sql.join(columns.map(([name, type]) => sql`${sql.ref(name)} ${typeOf(type)}`));
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const records = rows
      .slice(from, from + ROWS_PER_INSERT)
      .map((row) => Object.fromEntries(columns.map(([name, , read]) => [name, read(row)])));
    await sql`insert into ${sql.table(table)} (run_id, ${names})
      select ${runId}::uuid, ${names} from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (${definition})`.execute(
      tx,
    );
  }
}

function typeOf(type: Column<unknown>[1]): RawBuilder<unknown> {
  return sql.raw(type);
}

const DEMAND_KEY: readonly Column<Row<'demandKeys'>>[] = [
  ['key_id', 'int4', (row) => row.keyId],
  ['item', 'text', (row) => row.item],
  ['item_name', 'text', (row) => row.itemName],
  ['location', 'text', (row) => row.location],
  ['channel', 'text', (row) => row.channel],
  ['group_code', 'text', (row) => row.groupCode],
  ['demand_class', 'text', (row) => row.demandClass],
  ['method', 'text', (row) => row.method],
  ['explanation', 'text', (row) => row.explanation],
  ['actual_quantity', 'float8', (row) => row.actualQuantity],
  ['plan_quantity', 'float8', (row) => row.planQuantity],
  ['plan_revenue', 'float8', (row) => row.planRevenue],
  ['backtest_actual', 'float8', (row) => row.backtestActual],
  ['backtest_absolute_error', 'float8', (row) => row.backtestAbsoluteError],
  ['backtest_error', 'float8', (row) => row.backtestError],
  ['wape_ratio', 'float8', (row) => row.wapeRatio],
  ['mape_ratio', 'float8', (row) => row.mapeRatio],
  ['mape_dropped', 'int4', (row) => row.mapeDropped],
  ['smape_ratio', 'float8', (row) => row.smapeRatio],
  ['mase_ratio', 'float8', (row) => row.maseRatio],
  ['bias_ratio', 'float8', (row) => row.biasRatio],
  ['tracking_signal', 'float8', (row) => row.trackingSignal],
  ['coverage80_ratio', 'float8', (row) => row.coverage80Ratio],
  ['coverage95_ratio', 'float8', (row) => row.coverage95Ratio],
  ['planner', 'text', (row) => row.planner],
  ['value_class', 'text', (row) => row.valueClass],
  ['forecast_class', 'text', (row) => row.forecastClass],
  ['life_stage', 'text', (row) => row.lifeStage],
  ['money_error', 'float8', (row) => row.moneyError],
  ['naive_absolute_error', 'float8', (row) => row.naiveAbsoluteError],
  ['fitted_until', 'date', ({ fit }) => (fit.until === null ? null : isoFromDay(fit.until))],
  ['fit_inputs', 'text', ({ fit }) => fit.inputs],
];

const STOCK_POINT: readonly Column<Row<'stockPoints'>>[] = [
  ['key_id', 'int4', (row) => row.keyId],
  ['item', 'text', (row) => row.item],
  ['item_name', 'text', (row) => row.itemName],
  ['item_kind', 'text', (row) => row.itemKind],
  ['location', 'text', (row) => row.location],
  ['source', 'text', (row) => row.source],
  ['from_code', 'text', (row) => row.fromCode],
  ['unit', 'text', (row) => row.unit],
  ['unit_cost', 'float8', (row) => row.unitCost],
  ['on_hand', 'float8', (row) => row.onHand],
  ['safety_stock', 'float8', (row) => row.safetyStock],
  ['lead_time_days', 'float8', (row) => row.leadTimeDays],
  ['cover_buckets', 'float8', (row) => row.coverBuckets],
  ['shortage_quantity', 'float8', (row) => row.shortageQuantity],
  ['shortage_value', 'float8', (row) => row.shortageValue],
  ['first_shortage', 'int4', (row) => row.firstShortage],
  ['planned_quantity', 'float8', (row) => row.plannedQuantity],
  ['stock_value', 'float8', (row) => row.stockValue],
  ['excess_quantity', 'float8', (row) => row.excessQuantity],
  ['excess_value', 'float8', (row) => row.excessValue],
];

const RESOURCE: readonly Column<Row<'resources'>>[] = [
  ['key_id', 'int4', (row) => row.keyId],
  ['code', 'text', (row) => row.code],
  ['name', 'text', (row) => row.name],
  ['location', 'text', (row) => row.location],
  ['peak_ratio', 'float8', (row) => row.peakRatio],
  ['mean_ratio', 'float8', (row) => row.meanRatio],
  ['overloaded_buckets', 'int4', (row) => row.overloadedBuckets],
];

const ORDER: readonly Column<Row<'orders'>>[] = [
  ['number', 'int4', (row) => row.number],
  ['kind', 'text', (row) => row.kind],
  ['item', 'text', (row) => row.item],
  ['item_name', 'text', (row) => row.itemName],
  ['location', 'text', (row) => row.location],
  ['from_code', 'text', (row) => row.fromCode],
  ['release_on', 'date', (row) => row.releaseOn],
  ['due_on', 'date', (row) => row.dueOn],
  ['quantity', 'float8', (row) => row.quantity],
  ['unit', 'text', (row) => row.unit],
  ['value', 'float8', (row) => row.value],
  ['past_due', 'bool', (row) => row.pastDue],
  ['reason', 'text', (row) => row.reason],
];

const GROUP: readonly Column<Row<'groups'>>[] = [
  ['code', 'text', (row) => row.code],
  ['name', 'text', (row) => row.name],
  ['parent_code', 'text', (row) => row.parentCode],
  ['depth', 'int4', (row) => row.depth],
  ['child_count', 'int4', (row) => row.childCount],
  ['key_count', 'int4', (row) => row.keyCount],
  ['actual_quantity', 'float8', (row) => row.actualQuantity],
  ['plan_quantity', 'float8', (row) => row.planQuantity],
  ['plan_revenue', 'float8', (row) => row.planRevenue],
  ['backtest_actual', 'float8', (row) => row.backtestActual],
  ['backtest_absolute_error', 'float8', (row) => row.backtestAbsoluteError],
  ['backtest_error', 'float8', (row) => row.backtestError],
];

/** Array literals, for JSON has no NaN. */
const withNaN = (values: readonly (number | null)[]): string =>
  doublesText(values.map((value) => value ?? Number.NaN));

const GROUP_SERIES: readonly Column<Row<'groupSeries'>>[] = [
  ['group_code', 'text', (row) => row.group],
  ['measure', 'text', (row) => row.measure],
  ['values', 'float8[]', (row) => withNaN(row.values)],
];

const FINANCE: readonly Column<Row<'finance'>>[] = [
  ['group_code', 'text', (row) => row.group],
  ['measure', 'text', (row) => row.measure],
  ['kind', 'text', (row) => row.kind],
  ['values', 'float8[]', (row) => withNaN(row.values)],
];

const ALERT: readonly Column<Row<'alerts'>>[] = [
  ['number', 'int4', (row) => row.number],
  ['severity', 'text', (row) => row.severity],
  ['kind', 'text', (row) => row.kind],
  ['title', 'text', (row) => row.title],
  ['detail', 'text', (row) => row.detail],
  ['item', 'text', (row) => row.item],
  ['location', 'text', (row) => row.location],
  ['resource', 'text', (row) => row.resource],
  ['bucket', 'text', (row) => row.bucket],
  ['quantity', 'float8', (row) => row.quantity],
  ['amount', 'float8', (row) => row.amount],
  ['stock_point_id', 'int4', (row) => row.stockPointId],
];

const KPI: readonly Column<Row<'kpis'> & { readonly position: number }>[] = [
  ['code', 'text', (row) => row.code],
  ['position', 'int4', (row) => row.position],
  ['name', 'text', (row) => row.name],
  ['definition', 'text', (row) => row.definition],
  ['unit', 'text', (row) => row.unit],
  ['good_direction', 'text', (row) => row.goodDirection],
  ['value', 'float8', (row) => row.value],
  ['numerator', 'float8', (row) => row.numerator],
  ['denominator', 'float8', (row) => row.denominator],
  ['target', 'float8', (row) => row.target],
  ['status', 'text', (row) => row.status],
  ['trend', 'jsonb', (row) => row.trend],
  ['note', 'text', (row) => row.note],
];

const ACCURACY: readonly Column<Row<'accuracy'>>[] = [
  ['key_id', 'int4', (row) => row.keyId],
  ['lag', 'int4', (row) => row.lag],
  ['bucket_count', 'int4', (row) => row.bucketCount],
  ['actual', 'float8', (row) => row.actual],
  ['absolute_error', 'float8', (row) => row.absoluteError],
  ['error', 'float8', (row) => row.error],
  ['naive_absolute_error', 'float8', (row) => row.naiveAbsoluteError],
  ['inside80', 'int4', (row) => row.inside80],
  ['inside95', 'int4', (row) => row.inside95],
];

const EVENT_EFFECT: readonly Column<Row<'eventEffects'>>[] = [
  ['number', 'int4', (row) => row.number],
  ['event_code', 'text', (row) => row.eventCode],
  ['name', 'text', (row) => row.name],
  ['kind', 'text', (row) => row.kind],
  ['starts_on', 'date', (row) => row.startsOn],
  ['ends_on', 'date', (row) => row.endsOn],
  ['key_count', 'int4', (row) => row.keyCount],
  ['seen_count', 'int4', (row) => row.seenCount],
  ['uplift_ratio', 'float8', (row) => row.upliftRatio],
  ['lower80_ratio', 'float8', (row) => row.lower80Ratio],
  ['upper80_ratio', 'float8', (row) => row.upper80Ratio],
  ['after_ratio', 'float8', (row) => row.afterRatio],
  ['cannibalised_ratio', 'float8', (row) => row.cannibalisedRatio],
  ['actual_quantity', 'float8', (row) => row.actualQuantity],
  ['plan_quantity', 'float8', (row) => row.planQuantity],
  ['explanation', 'text', (row) => row.explanation],
];

const FINDING: readonly Column<Row<'findings'>>[] = [
  ['number', 'int4', (row) => row.number],
  ['key_id', 'int4', (row) => row.keyId],
  ['kind', 'text', (row) => row.kind],
  ['bucket', 'int4', (row) => row.bucket],
  ['quantity_before', 'float8', (row) => row.quantityBefore],
  ['quantity_after', 'float8', (row) => row.quantityAfter],
  ['amount', 'float8', (row) => row.amount],
  ['detail', 'text', (row) => row.detail],
];
