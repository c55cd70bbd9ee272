/** What the demand workbench shows of a run: accuracy from every side, segments, findings, effects of events. */
import type {
  AccuracyBucket,
  AccuracySide,
  AccuracySums,
  DemandKeyRow,
  DemandSelection,
  EventEffectRow,
  FindingRow,
  OrderedLine,
  RunHead,
  SegmentSums,
  SellingItem,
  WorkbenchReads,
} from '@planwright/app';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { KEY_COLUMNS, selected } from './plan-read-demand.ts';
import type { Database } from './schema.ts';

type Db = Kysely<Database>;

/** Sums over `run_accuracy a` joined to `run_demand_key k`. */
const ACCURACY_SUMS = sql`count(DISTINCT a.key_id)::int AS "keyCount", sum(a.bucket_count)::int AS "bucketCount",
  sum(a.actual) AS actual, sum(a.absolute_error) AS "absoluteError", sum(a.error) AS error,
  sum(a.naive_absolute_error) AS "naiveAbsoluteError", sum(a.inside80)::int AS inside80, sum(a.inside95)::int AS inside95,
  sum(k.money_error) AS "moneyError"`;

const ACCURACY = sql`run_demand_key k JOIN run_accuracy a ON a.run_id = k.run_id AND a.key_id = k.key_id`;

export function workbenchReads(db: Db): WorkbenchReads {
  return {
    async demandKey(runId, keyId) {
      const { rows } = await sql<DemandKeyRow>`SELECT ${KEY_COLUMNS} FROM run_demand_key k
        WHERE k.run_id = ${runId} AND k.key_id = ${keyId}`.execute(db);
      return rows[0];
    },
    async moneyError(runId) {
      const { rows } = await sql<{ total: number }>`SELECT coalesce(sum(money_error), 0) AS total
        FROM run_demand_key WHERE run_id = ${runId}`.execute(db);
      return rows[0]!.total;
    },
    accuracyBy: (runId, selection, side, lag) =>
      side === 'lag'
        ? accuracyByLag(db, runId, selection)
        : side === 'group'
          ? accuracyByChild(db, runId, selection, lag)
          : accuracyByColumn(db, runId, selection, SIDE_COLUMNS[side], lag),
    accuracyTrend: (run, selection, count) => accuracyTrend(db, run, selection, count),
    async segments(runId, selection) {
      const { rows } = await sql<SegmentSums>`SELECT k.value_class AS "valueClass",
          k.forecast_class AS "forecastClass", '' AS code, '' AS label, coalesce(sum(k.plan_revenue), 0) AS "planRevenue",
          count(*)::int AS "keyCount", coalesce(sum(a.bucket_count), 0)::int AS "bucketCount",
          coalesce(sum(a.actual), 0) AS actual, coalesce(sum(a.absolute_error), 0) AS "absoluteError",
          coalesce(sum(a.error), 0) AS error, coalesce(sum(a.naive_absolute_error), 0) AS "naiveAbsoluteError",
          coalesce(sum(a.inside80), 0)::int AS inside80, coalesce(sum(a.inside95), 0)::int AS inside95,
          coalesce(sum(k.money_error), 0) AS "moneyError"
        FROM run_demand_key k LEFT JOIN run_accuracy a ON a.run_id = k.run_id AND a.key_id = k.key_id AND a.lag = 1
        WHERE ${selected(runId, selection)} AND k.value_class <> '' GROUP BY 1, 2 ORDER BY 1, 2`.execute(db);
      return rows;
    },
    findings: (runId, filter, page) => readFindings(db, runId, filter, page),
    demandLines: (companyId, filter, page) => readLines(db, companyId, filter, page),
    async sellingItems(run) {
      const { rows } =
        await sql<SellingItem>`SELECT k.item, max(k.item_name) AS name, max(k.group_code) AS "group",
          coalesce(max(i.kind), '') AS kind, max(i.list_price)::float8 AS price, coalesce(max(i.unit), 'units') AS unit,
          sum(k.actual_quantity) AS "actualQuantity",
          min((SELECT v.position FROM unnest(s.values) WITH ORDINALITY AS v(value, position)
            WHERE v.value <> 'NaN' AND v.value <> 0 ORDER BY v.position LIMIT 1) - 1)::int AS "firstBucket"
        FROM run_demand_key k
          JOIN run_series s ON s.run_id = k.run_id AND s.key_id = k.key_id AND s.measure = 'actual'
          LEFT JOIN item i ON i.company_id = ${run.companyId} AND i.code = k.item
        WHERE k.run_id = ${run.runId} GROUP BY k.item
        HAVING sum(k.actual_quantity) > 0 ORDER BY k.item`.execute(db);
      return rows;
    },
    async itemHistories(run, items) {
      const { rows } = await sql<{ item: string; values: number[] }>`
        SELECT item, array_agg(coalesce(total, 'NaN') ORDER BY position) AS values FROM (
          SELECT k.item, v.position, sum(nullif(v.value, 'NaN')) AS total
          FROM run_demand_key k
            JOIN run_series s ON s.run_id = k.run_id AND s.key_id = k.key_id AND s.measure = 'actual',
            unnest(s.values) WITH ORDINALITY AS v(value, position)
          WHERE k.run_id = ${run.runId} AND k.item = ANY(${[...items]}) GROUP BY k.item, v.position) cells
        GROUP BY item`.execute(db);
      return new Map(rows.map(({ item, values }) => [item, values]));
    },
    async eventEffects(runId) {
      const { rows } = await sql<EventEffectRow>`SELECT number, event_code AS "eventCode", name, kind,
          starts_on::text AS "startsOn", ends_on::text AS "endsOn", key_count AS "keyCount", seen_count AS "seenCount", uplift_ratio AS "upliftRatio",
          lower80_ratio AS "lower80Ratio", upper80_ratio AS "upper80Ratio", after_ratio AS "afterRatio",
          cannibalised_ratio AS "cannibalisedRatio", actual_quantity AS "actualQuantity",
          plan_quantity AS "planQuantity", explanation
        FROM run_event_effect WHERE run_id = ${runId} ORDER BY number`.execute(db);
      return rows;
    },
  };
}

const SIDE_COLUMNS = {
  planner: sql`k.planner`,
  class: sql`k.demand_class`,
  value: sql`k.value_class || k.forecast_class`,
  method: sql`k.method`,
  location: sql`k.location`,
  channel: sql`k.channel`,
} as const satisfies Record<Exclude<AccuracySide, 'lag' | 'group'>, RawBuilder<unknown>>;

/** Rows of one page: there are few lags, planners, classes and methods, and what is beyond the largest 200 is dust. */
const ROWS_MAX = 200;

async function accuracyByColumn(
  db: Db,
  runId: string,
  selection: DemandSelection,
  column: RawBuilder<unknown>,
  lag: number,
): Promise<AccuracySums[]> {
  const { rows } = await sql<AccuracySums>`SELECT ${column} AS code, ${column} AS label, ${ACCURACY_SUMS}
    FROM ${ACCURACY} WHERE ${selected(runId, selection)} AND a.lag = ${lag}
    GROUP BY 1 ORDER BY "moneyError" DESC, 1 LIMIT ${ROWS_MAX}`.execute(db);
  return rows;
}

async function accuracyByLag(db: Db, runId: string, selection: DemandSelection): Promise<AccuracySums[]> {
  const { rows } = await sql<AccuracySums>`SELECT a.lag::text AS code, a.lag::text AS label, ${ACCURACY_SUMS}
    FROM ${ACCURACY} WHERE ${selected(runId, selection)} GROUP BY a.lag ORDER BY a.lag`.execute(db);
  return rows;
}

/** By the groups directly below the selected one, each with all below it, and the items that lie in it directly. */
async function accuracyByChild(
  db: Db,
  runId: string,
  selection: DemandSelection,
  lag: number,
): Promise<AccuracySums[]> {
  const { rows } = await sql<AccuracySums>`WITH RECURSIVE below AS (
      SELECT code, code AS top, name FROM run_group WHERE run_id = ${runId} AND parent_code = ${selection.group}
      UNION ALL
      SELECT child.code, below.top, below.name FROM run_group child
        JOIN below ON child.parent_code = below.code WHERE child.run_id = ${runId}
    )
    SELECT coalesce('group:' || below.top, 'item:' || k.item) AS code, coalesce(below.name, max(k.item_name)) AS label,
      ${ACCURACY_SUMS}
    FROM ${ACCURACY} LEFT JOIN below ON below.code = k.group_code
    WHERE ${selected(runId, selection)} AND a.lag = ${lag}
    GROUP BY 1, below.name ORDER BY "moneyError" DESC, 1 LIMIT ${ROWS_MAX}`.execute(db);
  return rows;
}

/** Each recent bucket against what was said of it one bucket before. */
async function accuracyTrend(
  db: Db,
  run: RunHead,
  selection: DemandSelection,
  count: number,
): Promise<AccuracyBucket[]> {
  const first = Math.max(0, run.historyBuckets - count);
  const span = sql`${first + 1}::int : ${run.historyBuckets}::int`;
  const { rows } = await sql<AccuracyBucket>`
    SELECT (v.position - 1 + ${first}::int)::int AS bucket, sum(v.actual) AS actual, sum(v.said) AS forecast,
      sum(abs(v.said - v.actual)) AS "absoluteError"
    FROM run_demand_key k
      JOIN run_series s ON s.run_id = k.run_id AND s.key_id = k.key_id AND s.measure = 'actual'
      JOIN run_series b ON b.run_id = k.run_id AND b.key_id = k.key_id AND b.measure = 'lag1',
      unnest(s.values[${span}], b.values[${span}]) WITH ORDINALITY AS v(actual, said, position)
    WHERE ${selected(run.runId, selection)} AND v.actual <> 'NaN' AND v.said <> 'NaN'
    GROUP BY v.position ORDER BY v.position`.execute(db);
  return rows;
}

/** As the freeze of a run places orders: the day a customer wants it, else the day they ordered it. */
const DEMAND_DAY = sql`coalesce(l.requested_on, l.ordered_on)`;

async function readLines(
  db: Db,
  companyId: number,
  filter: Parameters<WorkbenchReads['demandLines']>[1],
  page: Parameters<WorkbenchReads['demandLines']>[2],
): ReturnType<WorkbenchReads['demandLines']> {
  const { item, location, channel, fromDay, toDay } = filter;
  const day = (number: number): RawBuilder<unknown> => sql`date '1970-01-01' + ${number}::int`;
  const parts = [
    sql`l.company_id = ${companyId} AND l.item = ${item}`,
    sql`${DEMAND_DAY} BETWEEN ${day(fromDay)} AND ${day(toDay)}`,
  ];
  if (location !== undefined) parts.push(sql`l.location = ${location}`);
  if (channel !== undefined) parts.push(sql`l.channel = ${channel}`);
  const where = sql.join(parts, sql` AND `);
  const { after } = page;
  const behind =
    after === undefined
      ? sql`true`
      : sql`(${DEMAND_DAY}, l."order", l.line) > (${after[0]}::date, ${after[1]}::text, ${after[2]}::text)`;
  const { rows } = await sql<OrderedLine>`SELECT l."order", l.line, ${DEMAND_DAY}::text AS "demandOn",
      l.ordered_on::text AS "orderedOn", l.location, l.channel, l.account, a.name AS "accountName", l.quantity
    FROM sales_order_line l LEFT JOIN account a ON a.company_id = l.company_id AND a.code = l.account
    WHERE ${where} AND ${behind} ORDER BY ${DEMAND_DAY}, l."order", l.line LIMIT ${page.limit + 1}`.execute(
    db,
  );
  // Summed as the freeze of a run sums them: decimals, so that the order of rows cannot show.
  const whole = await sql<{ total: number; quantity: number }>`SELECT count(*)::int AS total,
    coalesce(sum(l.quantity::numeric), 0)::float8 AS quantity FROM sales_order_line l WHERE ${where}`.execute(
    db,
  );
  return { rows, ...whole.rows[0]! };
}

async function readFindings(
  db: Db,
  runId: string,
  filter: Parameters<WorkbenchReads['findings']>[1],
  page: Parameters<WorkbenchReads['findings']>[2],
): ReturnType<WorkbenchReads['findings']> {
  const { kind, keyId } = filter;
  const parts = [selected(runId, filter)];
  if (kind !== undefined) parts.push(sql`f.kind = ${kind}`);
  if (keyId !== undefined) parts.push(sql`f.key_id = ${keyId}`);
  const where = sql.join(parts, sql` AND `);
  const from = sql`run_finding f JOIN run_demand_key k ON k.run_id = f.run_id AND k.key_id = f.key_id`;
  const behind = page.after === undefined ? sql`true` : sql`f.number > ${page.after[0]}::int`;
  const { rows } =
    await sql<FindingRow>`SELECT f.number, f.key_id AS "keyId", k.item, k.item_name AS "itemName",
      k.location, k.channel, f.kind, f.bucket, f.quantity_before AS "quantityBefore",
      f.quantity_after AS "quantityAfter", f.amount, f.detail
    FROM ${from} WHERE ${where} AND ${behind} ORDER BY f.number LIMIT ${page.limit + 1}`.execute(db);
  const counted = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total FROM ${from} WHERE ${where}`.execute(db);
  return { rows, total: counted.rows[0]!.total };
}
