import type { PlannedOrder } from '@planwright/contracts';
import type {
  PageRequest,
  PlanReader,
  ResourceRecord,
  StockPointFilter,
  StockPointRecord,
} from '@planwright/app';
import { type Kysely, sql } from 'kysely';
import type { Database } from './schema.ts';
import { intArray, textArray } from './sql-arrays.ts';

type Reads = Pick<
  PlanReader,
  | 'unitOf'
  | 'stockPoints'
  | 'stockPoint'
  | 'stockTotals'
  | 'series'
  | 'seriesOf'
  | 'orderTotals'
  | 'plannedOrders'
  | 'resources'
>;

/**
 * Stock points of a run with the shortage of the constrained plan, which the run wrote by bucket. Runs of versions without that
 * plan have none.
 */
const STOCK_POINTS = sql`run_stock_point p LEFT JOIN LATERAL (
    SELECT sum(s.quantity) AS constrained_quantity, sum(s.quantity) * coalesce(p.unit_cost, 0) AS constrained_value,
      min(s.place) FILTER (WHERE s.quantity > 0) - 1 AS constrained_first
    FROM run_series r, unnest(r.values) WITH ORDINALITY AS s (quantity, place)
    WHERE r.run_id = p.run_id AND r.key_id = p.key_id AND r.measure = 'constrainedShortage'
  ) c ON true`;

const STOCK_COLUMNS = sql`key_id AS "stockPointId", item, item_name AS "itemName", item_kind AS "itemKind", location, source, unit,
  on_hand AS "onHand", safety_stock AS "safetyStock", lead_time_days AS "leadTimeDays", cover_buckets AS "coverBuckets",
  shortage_quantity AS "shortageQuantity", shortage_value AS "shortageValue", first_shortage AS "firstShortage",
  constrained_quantity AS "constrainedShortageQuantity", constrained_value AS "constrainedShortageValue",
  constrained_first::int AS "constrainedFirstShortage", planned_quantity AS "plannedQuantity", stock_value AS "stockValue"`;

export function supplyReads(db: Kysely<Database>): Reads {
  return {
    async unitOf(runId, item) {
      const { rows } = await sql<{
        unit: string;
      }>`SELECT unit FROM run_stock_point WHERE run_id = ${runId} AND item = ${item} LIMIT 1`.execute(db);
      return rows[0]?.unit;
    },
    stockPoints: (runId, filter, page) => readStockPoints(db, runId, filter, page),
    async stockPoint(runId, stockPointId) {
      const { rows } = await sql<StockPointRecord>`SELECT ${STOCK_COLUMNS} FROM ${STOCK_POINTS}
        WHERE run_id = ${runId} AND key_id = ${stockPointId}`.execute(db);
      return rows[0];
    },
    async stockTotals(runId) {
      const { rows } = await sql<
        Awaited<ReturnType<PlanReader['stockTotals']>>
      >`SELECT count(*)::int AS "stockPointCount",
        count(*) FILTER (WHERE shortage_quantity > 0)::int AS "shortCount",
        coalesce(sum(shortage_quantity), 0) AS "shortageQuantity", coalesce(sum(shortage_value), 0) AS "shortageValue"
        FROM run_stock_point WHERE run_id = ${runId}`.execute(db);
      return rows[0]!;
    },
    async series(runId, keyId) {
      const { rows } = await sql<{ measure: string; values: number[] }>`SELECT measure, values FROM run_series
        WHERE run_id = ${runId} AND key_id = ${keyId}`.execute(db);
      return new Map(rows.map((row) => [row.measure, row.values]));
    },
    async seriesOf(runId, keyIds, measures) {
      const { rows } = await sql<{ keyId: number; measure: string; values: number[] }>`
        SELECT key_id AS "keyId", measure, values FROM run_series
        WHERE run_id = ${runId} AND key_id = any(${intArray(keyIds)}) AND measure = any(${textArray(measures)})`.execute(
        db,
      );
      return rows;
    },
    async orderTotals(runId) {
      const { rows } = await sql<{
        count: number;
        value: number;
        pastDueCount: number;
      }>`SELECT count(*)::int AS count,
        coalesce(sum(value), 0) AS value, count(*) FILTER (WHERE past_due)::int AS "pastDueCount"
        FROM planned_order WHERE run_id = ${runId}`.execute(db);
      return rows[0]!;
    },
    plannedOrders: (runId, filter, page) => readOrders(db, runId, filter, page),
    async resources(runId) {
      const { rows } = await sql<ResourceRecord>`SELECT r.key_id AS "resourceId", r.code, r.name, r.location,
        r.peak_ratio AS "peakRatio", r.mean_ratio AS "meanRatio", r.overloaded_buckets AS "overloadedBuckets",
        load.values AS "loadHours", capacity.values AS "capacityHours", overtime.values AS "overtimeHours"
        FROM run_resource r
          JOIN run_series load ON load.run_id = r.run_id AND load.key_id = r.key_id AND load.measure = 'loadHours'
          JOIN run_series capacity ON capacity.run_id = r.run_id AND capacity.key_id = r.key_id AND capacity.measure = 'capacityHours'
          LEFT JOIN run_series overtime ON overtime.run_id = r.run_id AND overtime.key_id = r.key_id AND overtime.measure = 'overtimeHours'
        WHERE r.run_id = ${runId}`.execute(db);
      return rows;
    },
  };
}

/** `%` and `_` of what people type mean themselves. */
function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
}

async function readStockPoints(
  db: Kysely<Database>,
  runId: string,
  filter: StockPointFilter,
  page: PageRequest,
) {
  const { q, location, kind, only, plan } = filter;
  const isConstrained = plan === 'constrained';
  const shortQuantity = sql.raw(isConstrained ? 'coalesce(constrained_quantity, 0)' : 'shortage_quantity');
  const shortValue = sql.raw(isConstrained ? 'coalesce(constrained_value, 0)' : 'shortage_value');
  const parts = [sql`run_id = ${runId}`];
  if (location !== undefined) parts.push(sql`location = ${location}`);
  if (kind !== undefined) parts.push(sql`item_kind = ${kind}`);
  if (only === 'short') parts.push(sql`${shortQuantity} > 0`);
  if (only === 'excess') parts.push(sql`excess_quantity > 0`);
  if (q !== undefined && q !== '')
    parts.push(sql`(item ILIKE ${containing(q)} OR item_name ILIKE ${containing(q)})`);
  const where = sql.join(parts, sql` AND `);
  let behind = sql`true`;
  if (page.after !== undefined) {
    const [shortage, stock, id] = page.after;
    behind = sql`(${shortValue} < ${shortage}::float8 OR (${shortValue} = ${shortage}::float8 AND
      (stock_value < ${stock}::float8 OR (stock_value = ${stock}::float8 AND key_id > ${id}::int))))`;
  }
  const { rows } =
    await sql<StockPointRecord>`SELECT ${STOCK_COLUMNS} FROM ${STOCK_POINTS} WHERE ${where} AND ${behind}
    ORDER BY ${shortValue} DESC, stock_value DESC, key_id LIMIT ${page.limit + 1}`.execute(db);
  // All rows are counted: their other plan is looked up only where it decides.
  const counted = isConstrained && only === 'short' ? STOCK_POINTS : sql`run_stock_point`;
  const count = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total FROM ${counted} WHERE ${where}`.execute(db);
  return { rows, total: count.rows[0]!.total };
}

async function readOrders(
  db: Kysely<Database>,
  runId: string,
  filter: Parameters<PlanReader['plannedOrders']>[1],
  page: PageRequest,
) {
  const parts = [sql`run_id = ${runId}`];
  if (filter.kind !== undefined) parts.push(sql`kind = ${filter.kind}`);
  if (filter.item !== undefined) parts.push(sql`item = ${filter.item}`);
  if (filter.pastDue !== undefined) parts.push(sql`past_due = ${filter.pastDue}`);
  const where = sql.join(parts, sql` AND `);
  const behind =
    page.after === undefined
      ? sql`true`
      : sql`(release_on, number) > (${page.after[0]}::date, ${page.after[1]}::int)`;
  const { rows } =
    await sql<PlannedOrder>`SELECT number, kind, item, item_name AS "itemName", location, from_code AS "from",
    release_on AS "releaseOn", due_on AS "dueOn", quantity, unit, value, past_due AS "pastDue", reason
    FROM planned_order WHERE ${where} AND ${behind} ORDER BY release_on, number LIMIT ${page.limit + 1}`.execute(
      db,
    );
  const counted = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total FROM planned_order WHERE ${where}`.execute(db);
  return { rows, total: counted.rows[0]!.total };
}
