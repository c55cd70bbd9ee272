/** The tables of runs, of the migrations 0002 and 0003, as Kysely sees them. What the columns mean stands in the migration. */
import type { ColumnType, Generated } from 'kysely';

/** Comes as a Date, is given as one or as ISO text. */
type Instant = ColumnType<Date, Date | string, Date | string>;
/** Comes parsed, is given as JSON text. */
type Json = ColumnType<unknown, string, string>;
/** A date: read it with to_char(), for drivers disagree on what a date is in JavaScript. */
type Day = ColumnType<unknown, string, string>;
/** Comes as whatever the driver makes of an array: read it through `seriesBytes`. */
type Doubles = ColumnType<unknown, string, never>;

export type PlanKeyTable = {
  id: Generated<number>;
  company_id: number;
  kind: 'demand' | 'stock' | 'resource';
  item: string;
  location: string;
  channel: string;
  resource: string;
};

export type ScenarioTable = {
  id: string;
  company_id: number;
  name: string;
  parent_id: string | null;
  published_run_id: string | null;
  published_at: Instant | null;
  created_at: Generated<Date>;
};

export type SnapshotTable = { company_id: number; hash: string; created_at: Generated<Date>; meta: Json };

export type SnapshotBlockTable = { company_id: number; hash: string; name: string; payload: Uint8Array };

export type RunTable = {
  id: string;
  company_id: number;
  scenario_id: string;
  status: 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'rejected';
  snapshot_hash: string;
  seed: number;
  engine_version: string;
  as_of: Day;
  calendar: Json;
  history_buckets: number;
  horizon_buckets: number;
  key_count: number;
  params: Json;
  stages: Json;
  issues: Json;
  summary: Json;
  created_by: string;
  created_at: Generated<Date>;
  started_at: Instant | null;
  finished_at: Instant | null;
  output_hash: string | null;
  failure: string | null;
  publish_on_success: boolean;
  replay_of: string | null;
  cancel_requested: Generated<boolean>;
  worker: string | null;
  lease_until: Instant | null;
  attempts: Generated<number>;
};

export type RunChunkTable = {
  run_id: string;
  stage: string;
  chunk: number;
  status: Generated<string>;
  seconds: number;
  output_hash: string;
  result: string | null;
  finished_at: Generated<Date>;
};

export type RunSeriesTable = { run_id: string; measure: string; key_id: number; values: Doubles };

type BacktestSums = {
  backtest_actual: number;
  backtest_absolute_error: number;
  backtest_error: number;
};

export type RunGroupTable = BacktestSums & {
  run_id: string;
  code: string;
  name: string;
  parent_code: string | null;
  depth: number;
  child_count: number;
  key_count: number;
  actual_quantity: number;
  plan_quantity: number;
  plan_revenue: number;
};

export type RunGroupSeriesTable = { run_id: string; group_code: string; measure: string; values: Doubles };

export type RunDemandKeyTable = BacktestSums & {
  run_id: string;
  key_id: number;
  item: string;
  item_name: string;
  location: string;
  channel: string;
  group_code: string;
  demand_class: string;
  method: string;
  explanation: string;
  actual_quantity: number;
  plan_quantity: number;
  plan_revenue: number;
  wape_ratio: number | null;
  mape_ratio: number | null;
  mape_dropped: number;
  smape_ratio: number | null;
  mase_ratio: number | null;
  bias_ratio: number | null;
  tracking_signal: number | null;
  coverage80_ratio: number | null;
  coverage95_ratio: number | null;
  planner: Generated<string>;
  value_class: Generated<string>;
  forecast_class: Generated<string>;
  life_stage: Generated<string>;
  money_error: Generated<number>;
  naive_absolute_error: Generated<number>;
  fitted_until: string | null;
  fit_inputs: Generated<string>;
};

export type RunAccuracyTable = {
  run_id: string;
  key_id: number;
  lag: number;
  bucket_count: number;
  actual: number;
  absolute_error: number;
  error: number;
  naive_absolute_error: number;
  inside80: number;
  inside95: number;
};

export type RunEventEffectTable = {
  run_id: string;
  number: number;
  event_code: string;
  name: string;
  kind: string;
  starts_on: Day;
  ends_on: Day;
  key_count: number;
  seen_count: number;
  uplift_ratio: number;
  lower80_ratio: number;
  upper80_ratio: number;
  after_ratio: number;
  cannibalised_ratio: number;
  actual_quantity: number;
  plan_quantity: number;
  explanation: string;
};

export type RunFindingTable = {
  run_id: string;
  number: number;
  key_id: number;
  kind: string;
  bucket: number | null;
  quantity_before: number | null;
  quantity_after: number | null;
  amount: number;
  detail: string;
};

export type RunStockPointTable = {
  run_id: string;
  key_id: number;
  item: string;
  item_name: string;
  item_kind: string;
  location: string;
  source: 'make' | 'buy' | 'move' | 'none';
  from_code: string;
  unit: string;
  unit_cost: number | null;
  on_hand: number;
  safety_stock: number;
  lead_time_days: number;
  cover_buckets: number | null;
  shortage_quantity: number;
  shortage_value: number;
  first_shortage: number | null;
  planned_quantity: number;
  stock_value: number;
  excess_quantity: number;
  excess_value: number;
};

export type RunResourceTable = {
  run_id: string;
  key_id: number;
  code: string;
  name: string;
  location: string | null;
  peak_ratio: number | null;
  mean_ratio: number | null;
  overloaded_buckets: number;
};

export type PlannedOrderTable = {
  run_id: string;
  number: number;
  kind: 'make' | 'buy' | 'move';
  item: string;
  item_name: string;
  location: string;
  from_code: string | null;
  release_on: Day;
  due_on: Day;
  quantity: number;
  unit: string;
  value: number;
  past_due: boolean;
  reason: string;
};

export type RunAlertTable = {
  run_id: string;
  number: number;
  severity: 'high' | 'medium' | 'low';
  kind: string;
  title: string;
  detail: string;
  item: string | null;
  location: string | null;
  resource: string | null;
  bucket: string | null;
  quantity: number | null;
  amount: number | null;
  stock_point_id: number | null;
};

export type RunKpiTable = {
  run_id: string;
  code: string;
  position: number;
  name: string;
  definition: string;
  unit: string;
  good_direction: string;
  value: number | null;
  numerator: number | null;
  denominator: number | null;
  target: number | null;
  status: string;
  trend: Json;
  note: string | null;
};

export type RunFinanceTable = {
  run_id: string;
  group_code: string;
  measure: 'revenue' | 'cost' | 'margin' | 'inventory';
  kind: 'actual' | 'plan' | 'budget' | 'lastYear';
  values: Doubles;
};

export type PlanTables = {
  plan_key: PlanKeyTable;
  scenario: ScenarioTable;
  snapshot: SnapshotTable;
  snapshot_block: SnapshotBlockTable;
  run: RunTable;
  run_chunk: RunChunkTable;
  run_series: RunSeriesTable;
  run_group: RunGroupTable;
  run_group_series: RunGroupSeriesTable;
  run_demand_key: RunDemandKeyTable;
  run_stock_point: RunStockPointTable;
  run_resource: RunResourceTable;
  planned_order: PlannedOrderTable;
  run_alert: RunAlertTable;
  run_kpi: RunKpiTable;
  run_finance: RunFinanceTable;
  run_accuracy: RunAccuracyTable;
  run_event_effect: RunEventEffectTable;
  run_finding: RunFindingTable;
};
