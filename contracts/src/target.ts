/**
 * The target tables of an import: what a company's files may fill.
 *
 * This list is the one home of the column names, types, keys and references of master and transaction
 * data. The importer validates against it, the migrations and the repositories follow it, the demo
 * company is written in it, and the mapping help on the page prints it. A table in the database has the
 * target's name; a column has the column's name in snake_case, behind `company_id`.
 */

/**
 * text: trimmed, '' is missing. day: ISO date. number: finite double. integer: whole number.
 * money: decimal with four places, kept as a decimal string until it is stored. flag: true or false.
 */
export type ColumnType = 'text' | 'day' | 'number' | 'integer' | 'money' | 'flag';

export type TargetColumn = {
  readonly name: string;
  readonly type: ColumnType;
  /** A row without a value here is refused. */
  readonly required?: true;
  /** Part of the source key: the same key again replaces the row. Key columns are never null ('' when optional text). */
  readonly key?: true;
  /** The value must be the `code` of a row of this target. */
  readonly references?: TargetName;
  /** Used where the mapping gives nothing. */
  readonly fallback?: string | number | boolean;
  readonly oneOf?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly unit?: string;
  readonly about: string;
};

export type Target = {
  readonly name: TargetName;
  readonly label: string;
  readonly about: string;
  readonly columns: readonly TargetColumn[];
};

export const TARGET_NAMES = [
  'item_group',
  'location',
  'item',
  'item_location',
  'territory',
  'employee',
  'account',
  'supplier',
  'item_supplier',
  'bom_row',
  'resource',
  'routing_step',
  'planned_stop',
  'machine_failure',
  'on_hand',
  'stock_balance',
  'sales_order',
  'sales_order_line',
  'purchase_order_line',
  'work_order',
  'seller_territory',
  'quota',
  'ledger_line',
  'fx_rate',
  'demand_event',
  'stock_out',
  'launch',
  'succession',
  'lead',
  'opportunity',
  'opportunity_event',
] as const;

export type TargetName = (typeof TARGET_NAMES)[number];
