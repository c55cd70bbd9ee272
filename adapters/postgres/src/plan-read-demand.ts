import type {
  DemandFilter,
  DemandKeyRow,
  DemandSelection,
  DemandSort,
  DemandSums,
  DemandTotals,
  GroupNode,
  ItemNode,
  PageRequest,
  PlanReader,
  RunHead,
} from '@planwright/app';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Database } from './schema.ts';

type Reads = Pick<
  PlanReader,
  | 'groupNode'
  | 'childGroups'
  | 'childItems'
  | 'itemsBelow'
  | 'demandTotals'
  | 'demandSums'
  | 'demandMethods'
  | 'demandKeys'
  | 'demandScopes'
>;

const GROUP_COLUMNS = sql`code, name, parent_code AS "parentCode", child_count AS "childCount", key_count AS "keyCount",
  actual_quantity AS "actualQuantity", plan_quantity AS "planQuantity", plan_revenue AS "planRevenue",
  backtest_actual AS "backtestActual", backtest_absolute_error AS "backtestAbsoluteError", backtest_error AS "backtestError"`;

/** Sums over `run_demand_key k`. */
const TOTALS = sql`count(*)::int AS "keyCount",
  coalesce(sum(k.actual_quantity), 0) AS "actualQuantity", coalesce(sum(k.plan_quantity), 0) AS "planQuantity",
  coalesce(sum(k.plan_revenue), 0) AS "planRevenue", coalesce(sum(k.backtest_actual), 0) AS "backtestActual",
  coalesce(sum(k.backtest_absolute_error), 0) AS "backtestAbsoluteError", coalesce(sum(k.backtest_error), 0) AS "backtestError"`;

export const KEY_COLUMNS = sql`k.key_id AS "keyId", k.item, k.item_name AS "itemName", k.location, k.channel,
  k.demand_class AS "demandClass", k.method, k.explanation, 1 AS "keyCount",
  k.actual_quantity AS "actualQuantity", k.plan_quantity AS "planQuantity", k.plan_revenue AS "planRevenue",
  k.backtest_actual AS "backtestActual", k.backtest_absolute_error AS "backtestAbsoluteError", k.backtest_error AS "backtestError",
  k.wape_ratio AS "wapeRatio", k.mape_ratio AS "mapeRatio", k.mape_dropped AS "mapeDropped", k.smape_ratio AS "smapeRatio",
  k.mase_ratio AS "maseRatio", k.bias_ratio AS "biasRatio", k.tracking_signal AS "trackingSignal",
  k.coverage80_ratio AS "coverage80Ratio", k.coverage95_ratio AS "coverage95Ratio", k.planner,
  k.value_class AS "valueClass", k.forecast_class AS "forecastClass", k.life_stage AS "lifeStage",
  k.money_error AS "moneyError", k.naive_absolute_error AS "naiveAbsoluteError",
  (SELECT count(*)::int FROM run_finding f WHERE f.run_id = k.run_id AND f.key_id = k.key_id) AS "findingCount"`;

/** The condition on `run_demand_key k` that selects the keys, groups with all below them. */
export function selected(runId: string, selection: DemandSelection & DemandFilter): RawBuilder<unknown> {
  const { group, item, location, channel, valueClass, forecastClass, planner } = selection;
  const parts = [sql`k.run_id = ${runId}`];
  if (group !== '') {
    parts.push(sql`k.group_code IN (
      WITH RECURSIVE below AS (
        SELECT code FROM run_group WHERE run_id = ${runId} AND code = ${group}
        UNION ALL
        SELECT child.code FROM run_group child JOIN below ON child.parent_code = below.code WHERE child.run_id = ${runId}
      ) SELECT code FROM below)`);
  }
  if (item !== undefined) parts.push(sql`k.item = ${item}`);
  if (location !== undefined) parts.push(sql`k.location = ${location}`);
  if (channel !== undefined) parts.push(sql`k.channel = ${channel}`);
  if (valueClass !== undefined) parts.push(sql`k.value_class = ${valueClass}`);
  if (forecastClass !== undefined) parts.push(sql`k.forecast_class = ${forecastClass}`);
  if (planner !== undefined) parts.push(sql`k.planner = ${planner}`);
  return sql.join(parts, sql` AND `);
}

export function demandReads(db: Kysely<Database>): Reads {
  return {
    async groupNode(runId, code) {
      const { rows } =
        await sql<GroupNode>`SELECT ${GROUP_COLUMNS} FROM run_group WHERE run_id = ${runId} AND code = ${code}`.execute(
          db,
        );
      return rows[0];
    },
    childGroups: (runId, selection) => readGroups(db, runId, selection),
    childItems: (runId, selection, page) => readItems(db, runId, selection, page),
    async itemsBelow(runId, group) {
      const { rows } = await sql<{ item: string }>`SELECT DISTINCT k.item FROM run_demand_key k
        WHERE ${selected(runId, { group })}`.execute(db);
      return rows.map(({ item }) => item);
    },
    async demandTotals(runId, selection) {
      const { rows } =
        await sql<DemandTotals>`SELECT ${TOTALS} FROM run_demand_key k WHERE ${selected(runId, selection)}`.execute(
          db,
        );
      return rows[0]!;
    },
    demandSums: (run, selection) => readSums(db, run, selection),
    async demandMethods(runId, selection) {
      const { rows } = await sql<{
        method: string;
        keyCount: number;
      }>`SELECT k.method, count(*)::int AS "keyCount"
        FROM run_demand_key k WHERE ${selected(runId, selection)} GROUP BY k.method ORDER BY 2 DESC, 1`.execute(
        db,
      );
      return rows;
    },
    demandKeys: (runId, selection, sort, page) => readKeys(db, runId, selection, sort, page),
    async demandScopes(runId) {
      const { rows } = await sql<{ locations: string[]; channels: string[] }>`SELECT
        coalesce(array_agg(DISTINCT location ORDER BY location), '{}') AS locations,
        coalesce(array_agg(DISTINCT channel ORDER BY channel), '{}') AS channels FROM run_demand_key WHERE run_id = ${runId}`.execute(
        db,
      );
      return rows[0]!;
    },
  };
}

/** The run kept the totals of whole groups; narrowed to a location or channel they are summed here, all in one read. */
async function readGroups(
  db: Kysely<Database>,
  runId: string,
  { group, location, channel }: DemandSelection,
): Promise<GroupNode[]> {
  if (location === undefined && channel === undefined) {
    const { rows } = await sql<GroupNode>`SELECT ${GROUP_COLUMNS} FROM run_group
      WHERE run_id = ${runId} AND parent_code = ${group} AND key_count > 0 ORDER BY plan_revenue DESC, code`.execute(
      db,
    );
    return rows;
  }
  const { rows } = await sql<GroupNode>`WITH RECURSIVE below AS (
      SELECT code, code AS top FROM run_group WHERE run_id = ${runId} AND parent_code = ${group}
      UNION ALL
      SELECT child.code, below.top FROM run_group child
        JOIN below ON child.parent_code = below.code WHERE child.run_id = ${runId}
    )
    SELECT g.code, g.name, g.parent_code AS "parentCode", g.child_count AS "childCount", ${TOTALS}
    FROM below JOIN run_demand_key k ON k.group_code = below.code
      JOIN run_group g ON g.run_id = k.run_id AND g.code = below.top
    WHERE ${selected(runId, { group: '', location, channel })}
    GROUP BY g.code, g.name, g.parent_code, g.child_count ORDER BY "planRevenue" DESC, g.code`.execute(db);
  return rows;
}

async function readItems(
  db: Kysely<Database>,
  runId: string,
  { group, ...narrow }: DemandSelection,
  page: PageRequest,
) {
  const where = sql`${selected(runId, { group: '', ...narrow })} AND k.group_code = ${group}`;
  const { after } = page;
  const behind =
    after === undefined
      ? sql`true`
      : sql`(i."planRevenue" < ${after[0]}::float8
          OR (i."planRevenue" = ${after[0]}::float8 AND i.code > ${after[1]}::text))`;
  const { rows } = await sql<ItemNode>`SELECT i.* FROM (
      SELECT k.item AS code, max(k.item_name) AS name, max(k.group_code) AS "groupCode", ${TOTALS}
      FROM run_demand_key k WHERE ${where} GROUP BY k.item) i
    WHERE ${behind} ORDER BY i."planRevenue" DESC, i.code LIMIT ${page.limit + 1}`.execute(db);
  const counted = await sql<{ total: number }>`SELECT count(DISTINCT k.item)::int AS total
    FROM run_demand_key k WHERE ${where}`.execute(db);
  return { rows, total: counted.rows[0]!.total };
}

const SUMMED = [
  'actual',
  'baseline',
  'consensus',
  'lower80',
  'upper80',
  'lower95',
  'upper95',
  'revenue',
] as const;

/** Whole groups were summed by the run; anything narrower is summed here. */
async function readSums(db: Kysely<Database>, run: RunHead, selection: DemandSelection): Promise<DemandSums> {
  const { group, item, location, channel } = selection;
  if (item === undefined && location === undefined && channel === undefined) {
    const { rows } = await sql<{
      measure: string;
      values: number[];
    }>`SELECT measure, values FROM run_group_series
      WHERE run_id = ${run.runId} AND group_code = ${group}`.execute(db);
    return sumsFrom(new Map(rows.map((row) => [row.measure, row.values])));
  }
  const where = selected(run.runId, selection);
  const plain = await sql<{ measure: string; values: number[] }>`
    SELECT measure, array_agg(total ORDER BY position) AS values FROM (
      SELECT s.measure, v.position, sum(nullif(v.value, 'NaN')) AS total
      FROM run_demand_key k JOIN run_series s ON s.run_id = k.run_id AND s.key_id = k.key_id,
        unnest(s.values) WITH ORDINALITY AS v(value, position)
      WHERE ${where} AND s.measure IN ('actual', 'baseline', 'consensus', 'revenue')
      GROUP BY s.measure, v.position) sums GROUP BY measure`.execute(db);
  const bands = await sql<{ measure: string; values: number[] }>`
    SELECT measure, array_agg(distance ORDER BY position) AS values FROM (
      SELECT s.measure, v.position, sqrt(sum((v.value - v.middle) ^ 2)) AS distance
      FROM run_demand_key k
        JOIN run_series s ON s.run_id = k.run_id AND s.key_id = k.key_id
        JOIN run_series b ON b.run_id = k.run_id AND b.key_id = k.key_id AND b.measure = 'baseline',
        unnest(s.values, b.values) WITH ORDINALITY AS v(value, middle, position)
      WHERE ${where} AND s.measure IN ('lower80', 'upper80', 'lower95', 'upper95')
      GROUP BY s.measure, v.position) distances GROUP BY measure`.execute(db);

  const values = new Map(
    plain.rows.map((row) => [row.measure, row.values.map((value) => value ?? Number.NaN)]),
  );
  const baseline = values.get('baseline') ?? [];
  for (const { measure, values: distances } of bands.rows) {
    const sign = measure.startsWith('lower') ? -1 : 1;
    values.set(
      measure,
      distances.map((distance, index) => Math.max(0, baseline[index]! + sign * distance)),
    );
  }
  return sumsFrom(values);
}

function sumsFrom(values: ReadonlyMap<string, readonly number[]>): DemandSums {
  return Object.fromEntries(SUMMED.map((measure) => [measure, values.get(measure) ?? []])) as DemandSums;
}

const SORT_COLUMNS = {
  value: sql`k.plan_revenue`,
  error: sql`k.backtest_absolute_error`,
  worth: sql`k.money_error`,
  item: sql`k.item`,
} as const satisfies Record<DemandSort, RawBuilder<unknown>>;

async function readKeys(
  db: Kysely<Database>,
  runId: string,
  selection: DemandSelection & DemandFilter,
  sort: DemandSort,
  page: PageRequest,
) {
  const where = selected(runId, selection);
  const column = SORT_COLUMNS[sort];
  const order =
    sort === 'item' ? sql`k.item, k.location, k.channel, k.key_id` : sql`${column} DESC, k.key_id`;
  const { after } = page;
  let behind = sql`true`;
  if (after !== undefined && sort === 'item') {
    behind = sql`(k.item, k.location, k.channel, k.key_id) > (${after[0]}, ${after[1]}, ${after[2]}, ${after[3]}::int)`;
  } else if (after !== undefined) {
    const value = sql`${after[0]}::float8`;
    behind = sql`(${column} < ${value} OR (${column} = ${value} AND k.key_id > ${after[1]}::int))`;
  }
  const { rows } = await sql<DemandKeyRow>`SELECT ${KEY_COLUMNS} FROM run_demand_key k
    WHERE ${where} AND ${behind} ORDER BY ${order} LIMIT ${page.limit + 1}`.execute(db);
  const counted = await sql<{
    total: number;
  }>`SELECT count(*)::int AS total FROM run_demand_key k WHERE ${where}`.execute(db);
  return { rows, total: counted.rows[0]!.total };
}
