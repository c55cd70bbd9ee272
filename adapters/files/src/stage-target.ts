/**
 * One target after another: its rows are computed and checked, then compared with each other (keys) and with
 * the targets before it (references). What remains is sound and in the order of the files.
 *
 * Tables of target number n: `r<n>` rows (b, f, r, v0.., errs), `x<n>` findings (seq, col, code, text, other),
 * `m<n>` rows merged away by onDuplicate, `k<n>` codes that later targets may refer to.
 */
import type { TargetColumn } from '@planwright/contracts';
import { type Database, numberOf, rowsOf } from './duckdb.ts';
import { type CodeTables, findLostReferences } from './find-references.ts';
import { TARGET_PROBLEMS } from './finding-issue.ts';
import {
  blankedSql,
  isOptionalReference,
  REFERENCE_PROBLEMS,
  refusedSql,
  soundRowsSql,
  type TargetPlan,
} from './staged-rows.ts';
import { type BlockPlan, stageSql } from './target-plan.ts';

export type TargetCount = {
  /** Rows that the mapping makes of the files. */
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Rows that onDuplicate first, last or sum made one with another. */
  readonly merged: number;
};

/** Computes and checks the rows of a target. */
export async function stageTarget(
  database: Database,
  plan: TargetPlan,
  codes: CodeTables,
): Promise<TargetCount> {
  const { number, target, blocks } = plan;
  for (const [index, block] of blocks.entries()) {
    const ordered = await needsOrder(database, block);
    const rows = `SELECT CAST(${index} AS INTEGER) AS b, * FROM (${stageSql(block, ordered)})`;
    await database.connection.run(
      index === 0 ? `CREATE TABLE r${number} AS ${rows}` : `INSERT INTO r${number} ${rows}`,
    );
  }
  await database.connection.run(
    `CREATE TABLE x${number} AS SELECT n AS seq, e.col AS col, CAST(e.code AS SMALLINT) AS code, e.text AS text, CAST(NULL AS BIGINT) AS other
     FROM (SELECT rowid AS n, unnest(errs) AS e FROM r${number} WHERE errs IS NOT NULL)`,
  );
  await database.connection.run(`CREATE TABLE m${number} (seq BIGINT)`);
  await findDuplicates(database, plan);
  await findLostReferences(database, plan, codes);
  const read = await numberOf(database, `SELECT count(*) FROM r${number}`);
  const rejected = await numberOf(database, `SELECT count(DISTINCT seq) FROM (${refusedSql(plan)})`);
  const merged = await numberOf(
    database,
    `SELECT count(*) FROM m${number} ANTI JOIN (${refusedSql(plan)}) USING (seq)`,
  );
  if (target.columns[0].name === 'code') {
    await database.connection.run(
      `CREATE TABLE k${number} AS SELECT DISTINCT v0 AS code FROM (${soundRowsSql(plan)})`,
    );
  }
  return { read, accepted: read - rejected - merged, rejected, merged };
}

async function needsOrder(database: Database, block: BlockPlan): Promise<boolean> {
  if (block.block.joins.length > 0) return true;
  return (await numberOf(database, `SELECT count(*) FROM g${block.from.number}`)) > 1;
}

async function findDuplicates(database: Database, plan: TargetPlan): Promise<void> {
  const { number, target, onDuplicate } = plan;
  const keys = target.columns.flatMap((column, index) => (column.key === true ? [`v${index}`] : []));
  const sound = `SELECT rowid AS seq, ${keys.join(', ')} FROM r${number} WHERE errs IS NULL`;
  const groups = `SELECT ${keys.join(', ')}, min(seq) AS first_seq, max(seq) AS last_seq FROM (${sound}) GROUP BY ALL HAVING count(*) > 1`;
  const pairs = `SELECT seq, first_seq, last_seq, ${keys.join(', ')} FROM (${sound}) JOIN (${groups}) USING (${keys.join(', ')})`;
  if (onDuplicate === 'error') {
    const shown = `concat_ws(' / ', ${keys.map((key) => `CAST(${key} AS VARCHAR)`).join(', ')})`;
    await database.connection.run(
      `INSERT INTO x${number} SELECT seq, CAST(${keys[0].slice(1)} AS SMALLINT), ${TARGET_PROBLEMS.duplicate}, ${shown}, first_seq FROM (${pairs}) WHERE seq <> first_seq`,
    );
  } else {
    const keptSeq = onDuplicate === 'last' ? 'last_seq' : 'first_seq';
    await database.connection.run(
      `INSERT INTO m${number} SELECT seq FROM (${pairs}) WHERE seq <> ${keptSeq}`,
    );
  }
}

/** Columns that `onDuplicate: sum` adds up: what is counted in units or money of the row, never rates or prices. */
function isAdditive(column: TargetColumn): boolean {
  return (column.type === 'number' || column.type === 'money') && /(quantity|amount)$/i.test(column.name);
}

/** SELECT of the sound rows, one SQL column a target column, in the order of the files. */
export async function soundSql(database: Database, plan: TargetPlan): Promise<string> {
  const { number, target } = plan;
  const blanked = await rowsOf(
    database,
    `SELECT DISTINCT col FROM x${number} WHERE code IN (${REFERENCE_PROBLEMS.join(', ')})`,
  );
  const blankColumns = new Set(blanked.map(([col]) => Number(col)));
  const values = target.columns.map((column, index) => {
    if (!blankColumns.has(index) || !isOptionalReference(column)) return `v${index}`;
    return `CASE WHEN seq IN (${blankedSql(plan, index)}) THEN NULL ELSE v${index} END AS v${index}`;
  });
  const summed =
    plan.onDuplicate === 'sum' && (await numberOf(database, `SELECT count(*) FROM m${number}`)) > 0;
  const rows = `SELECT seq, ${values.join(', ')} FROM (${summed ? summedRowsSql(plan) : soundRowsSql(plan)})`;
  const outputs = target.columns.map((column, index) => outputSql(column, `v${index}`));
  return `SELECT ${outputs.join(', ')} FROM (${rows}) ORDER BY seq`;
}

/** The rows of one key become its first row with the quantities and amounts of all of them. */
function summedRowsSql(plan: TargetPlan): string {
  const { number, target } = plan;
  const keys = target.columns.flatMap((column, index) => (column.key === true ? [`v${index}`] : []));
  const values = target.columns.flatMap((column, index) => {
    if (column.key === true) return [`v${index}`];
    const type = column.type === 'money' ? 'DECIMAL(18,4)' : 'DOUBLE';
    return [
      isAdditive(column)
        ? `CAST(sum(v${index}) AS ${type}) AS v${index}`
        : `first(v${index} ORDER BY seq) AS v${index}`,
    ];
  });
  return `SELECT min(seq) AS seq, ${values.join(', ')} FROM (SELECT * FROM (SELECT rowid AS seq, * FROM r${number}) ANTI JOIN (${refusedSql(plan)}) USING (seq)) GROUP BY ${keys.join(', ')}`;
}

function outputSql(column: TargetColumn, name: string): string {
  if (column.type === 'day' || column.type === 'money') return `CAST(${name} AS VARCHAR)`;
  if (column.type === 'integer') return `CAST(${name} AS DOUBLE)`;
  return name;
}

/** Loads the codes that exist already into a table of their own and gives its name. */
export async function loadCodes(
  database: Database,
  number: number,
  codes: readonly string[],
): Promise<string> {
  const name = `e${number}`;
  await database.connection.run(`CREATE TABLE ${name} (code VARCHAR)`);
  const appender = await database.connection.createAppender(name);
  for (const code of codes) {
    appender.appendVarchar(code);
    appender.endRow();
  }
  appender.closeSync();
  return name;
}

/** A view of several tables of codes. */
export async function joinCodes(
  database: Database,
  number: number,
  tables: readonly string[],
): Promise<string> {
  const name = `w${number}`;
  await database.connection.run(
    `CREATE VIEW ${name} AS ${tables.map((table) => `SELECT code FROM ${table}`).join(' UNION ALL ')}`,
  );
  return name;
}
