/**
 * The tables that a company's files fill, as Kysely sees them: one a target of `contracts/src/targets.ts`.
 * Days are 'YYYY-MM-DD' text and money is decimal text, on both drivers.
 */
type Row = { company_id: number; import_id: string | null };

export type ItemGroupTable = Row & {
  code: string;
  name: string;
  parent_code: string | null;
};

export type LocationTable = Row & {
  code: string;
  name: string;
  kind: string;
  country: string | null;
  latitude: number | null;
  longitude: number | null;
  supplied_from: string | null;
  transit_days: number;
};

export type ItemTable = Row & {
  code: string;
  name: string;
  group_code: string | null;
  kind: string;
  unit: string;
  source: string;
  home_location: string | null;
  standard_cost: string | null;
  list_price: string | null;
  currency: string | null;
  lead_time_days: number | null;
  lot_minimum: number | null;
  lot_multiple: number | null;
  safety_stock: number | null;
  yield_ratio: number;
  active_from: string | null;
  active_to: string | null;
  successor_code: string | null;
  planner: string | null;
};

export type ItemLocationTable = Row & {
  item: string;
  location: string;
  source: string | null;
  source_location: string | null;
  lead_time_days: number | null;
  lot_minimum: number | null;
  lot_multiple: number | null;
  safety_stock: number | null;
  lot_maximum: number | null;
  storage_maximum: number | null;
  build_ahead_days: number | null;
  shelf_life_days: number | null;
};

export type TerritoryTable = Row & {
  code: string;
  name: string;
  region: string | null;
  country: string | null;
};

export type EmployeeTable = Row & {
  code: string;
  name: string;
  title: string | null;
  department: string | null;
  manager_code: string | null;
  hired_on: string | null;
  left_on: string | null;
  is_seller: boolean;
};

export type AccountTable = Row & {
  code: string;
  name: string;
  segment: string | null;
  channel: string | null;
  territory: string | null;
  seller: string | null;
  country: string | null;
  region: string | null;
  city: string | null;
  postal_code: string | null;
  latitude: number | null;
  longitude: number | null;
  annual_revenue: string | null;
  employees: number | null;
  priority: number | null;
};

export type SupplierTable = Row & {
  code: string;
  name: string;
  country: string | null;
  rating: string | null;
  preferred: boolean;
  active: boolean;
  latitude: number | null;
  longitude: number | null;
};

export type ItemSupplierTable = Row & {
  item: string;
  supplier: string;
  lead_time_days: number | null;
  price: string | null;
  currency: string | null;
  minimum_quantity: number | null;
  multiple_quantity: number | null;
  priority: number;
  share_ratio: number | null;
  maximum_per_week: number | null;
  effective_from: string | null;
  effective_to: string | null;
};

export type BomRowTable = Row & {
  parent: string;
  component: string;
  quantity_per: number;
  unit: string | null;
  scrap_ratio: number;
  effective_from: string | null;
  effective_to: string | null;
};

export type ResourceTable = Row & {
  code: string;
  name: string;
  location: string | null;
  kind: string;
  hours_per_week: number | null;
  efficiency_ratio: number;
  cost_per_hour: string | null;
  currency: string | null;
  overtime_hours_per_week: number | null;
  overtime_cost_per_hour: string | null;
};

export type RoutingStepTable = Row & {
  item: string;
  sequence: number;
  resource: string;
  setup_hours: number;
  hours_per_unit: number;
  alternate_resource: string | null;
};

export type OnHandTable = Row & {
  item: string;
  location: string;
  quantity: number;
  as_of: string | null;
};

export type StockBalanceTable = Row & {
  item: string;
  location: string;
  on: string;
  quantity: number;
  unit_cost: string | null;
};

export type SalesOrderTable = Row & {
  code: string;
  account: string | null;
  territory: string | null;
  seller: string | null;
  channel: string | null;
  ordered_on: string;
  requested_on: string | null;
  shipped_on: string | null;
  currency: string | null;
  net_amount: string | null;
  tax_amount: string | null;
  freight_amount: string | null;
  total_amount: string | null;
};

export type SalesOrderLineTable = Row & {
  order: string;
  line: string;
  item: string;
  location: string;
  channel: string;
  account: string | null;
  ordered_on: string;
  requested_on: string | null;
  shipped_on: string | null;
  quantity: number;
  shipped_quantity: number | null;
  net_amount: string | null;
  currency: string | null;
  priority: number | null;
  ship_policy: string | null;
  lateness_max_days: number | null;
};

export type PurchaseOrderLineTable = Row & {
  order: string;
  line: string;
  supplier: string;
  item: string;
  location: string | null;
  ordered_on: string;
  due_on: string | null;
  received_on: string | null;
  quantity: number;
  received_quantity: number | null;
  rejected_quantity: number | null;
  price: string | null;
  currency: string | null;
  status: string;
  proposal: string | null;
};

export type WorkOrderTable = Row & {
  code: string;
  item: string;
  location: string | null;
  start_on: string | null;
  due_on: string | null;
  end_on: string | null;
  quantity: number;
  completed_quantity: number | null;
  scrapped_quantity: number | null;
  status: string;
  proposal: string | null;
};

export type SellerTerritoryTable = Row & {
  seller: string;
  territory: string;
  starts_on: string;
  ends_on: string | null;
};

export type QuotaTable = Row & {
  seller: string;
  period_start: string;
  period_end: string | null;
  amount: string;
  currency: string | null;
};

export type LedgerLineTable = Row & {
  scenario: string;
  organisation: string;
  department: string;
  account: string;
  item_group: string;
  posted_on: string;
  account_type: string;
  amount: string;
  currency: string | null;
};

export type FxRateTable = Row & {
  from_currency: string;
  to_currency: string;
  on: string;
  rate: number;
};

export type DemandEventTable = Row & {
  code: string;
  name: string;
  kind: string;
  item_group: string | null;
  item: string | null;
  channel: string | null;
  starts_on: string;
  ends_on: string;
  uplift_ratio: number | null;
  location: string | null;
  strength: number;
  note: string | null;
  price_change_ratio: number | null;
};

export type StockOutTable = Row & {
  item: string;
  location: string;
  starts_on: string;
  ends_on: string;
};

export type LaunchTable = Row & {
  item: string;
  location: string;
  channel: string;
  starts_on: string;
  like_items: string | null;
  level_quantity: number | null;
  note: string | null;
};

export type SuccessionTable = Row & {
  predecessor: string;
  successor: string;
  switch_on: string;
  conversion_ratio: number;
  ramp_days: number;
  kept_ratio: number;
  note: string | null;
};

export type LeadTable = Row & {
  code: string;
  name: string;
  origin: string | null;
  status: string;
  seller: string | null;
  created_on: string;
  opportunity_code: string | null;
};

export type OpportunityTable = Row & {
  code: string;
  name: string;
  account: string | null;
  seller: string | null;
  item_group: string | null;
  stage: string;
  outcome: string;
  win_ratio: number | null;
  amount: string | null;
  currency: string | null;
  created_on: string;
  expected_close_on: string | null;
  closed_on: string | null;
};

export type OpportunityEventTable = Row & {
  opportunity: string;
  sequence: number;
  on: string;
  stage: string;
  amount: string | null;
  expected_close_on: string | null;
};

export type PlannedStopTable = Row & {
  resource: string;
  starts_on: string;
  ends_on: string;
  note: string | null;
};

export type MachineFailureTable = Row & {
  resource: string;
  failed_on: string;
  number: number;
  repair_hours: number;
  cause: string | null;
};

export type TargetTables = {
  item_group: ItemGroupTable;
  location: LocationTable;
  item: ItemTable;
  item_location: ItemLocationTable;
  territory: TerritoryTable;
  employee: EmployeeTable;
  account: AccountTable;
  supplier: SupplierTable;
  item_supplier: ItemSupplierTable;
  bom_row: BomRowTable;
  resource: ResourceTable;
  routing_step: RoutingStepTable;
  planned_stop: PlannedStopTable;
  machine_failure: MachineFailureTable;
  on_hand: OnHandTable;
  stock_balance: StockBalanceTable;
  sales_order: SalesOrderTable;
  sales_order_line: SalesOrderLineTable;
  purchase_order_line: PurchaseOrderLineTable;
  work_order: WorkOrderTable;
  seller_territory: SellerTerritoryTable;
  quota: QuotaTable;
  ledger_line: LedgerLineTable;
  fx_rate: FxRateTable;
  demand_event: DemandEventTable;
  stock_out: StockOutTable;
  launch: LaunchTable;
  succession: SuccessionTable;
  lead: LeadTable;
  opportunity: OpportunityTable;
  opportunity_event: OpportunityEventTable;
};
