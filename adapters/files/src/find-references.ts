/** Looks after references: each leads to a row that is stored or comes with the import, and none back to itself. */
import type { TargetName } from '@planwright/contracts';
import { type Database, numberOf } from './duckdb.ts';
import { TARGET_PROBLEMS } from './finding-issue.ts';
import { blankedSql, soundRowsSql, type TargetPlan } from './staged-rows.ts';

/** The table of codes that a reference to the target is looked up in; undefined where nothing is known of it. */
export type CodeTables = ReadonlyMap<TargetName, string>;

const ORPHAN_ROUNDS = 50;
const LEVEL_LIMIT = 50;

/** Notes the references that lead nowhere, and those that lead in a circle. */
export async function findLostReferences(
  database: Database,
  plan: TargetPlan,
  codes: CodeTables,
): Promise<void> {
  const { number, target } = plan;
  for (const [index, column] of target.columns.entries()) {
    if (column.references === undefined) continue;
    const own = column.references === target.name;
    const known = codes.get(column.references);
    // A row that goes takes its code with it, so rows below it may lose their parent in the next round.
    for (let round = 0; round < (own ? ORPHAN_ROUNDS : 1); round++) {
      const tables = [
        ...(known === undefined ? [] : [`SELECT code FROM ${known}`]),
        ...(own ? [`SELECT v0 AS code FROM (${soundRowsSql(plan)})`] : []),
      ];
      const found = tables.length === 0 ? 'SELECT NULL AS code WHERE false' : tables.join(' UNION ALL ');
      const before = await numberOf(database, `SELECT count(*) FROM x${number}`);
      await database.connection.run(
        `INSERT INTO x${number} SELECT o.seq, CAST(${index} AS SMALLINT), ${TARGET_PROBLEMS.orphan}, o.v${index}, NULL
         FROM (${soundRowsSql(plan)}) o ANTI JOIN (${found}) k ON o.v${index} = k.code
         WHERE o.v${index} IS NOT NULL AND o.v${index} <> ''
           AND o.seq NOT IN (${blankedSql(plan, index)})`,
      );
      const after = await numberOf(database, `SELECT count(*) FROM x${number}`);
      if (after === before) break;
    }
    if (own) await findCircles(database, plan, index, known);
  }
}

/**
 * Notes the rows that never reach a row without parent (or one that is stored) by going from parent to parent:
 * A under B under A. Level by level from the top, at most 50 levels.
 */
async function findCircles(
  database: Database,
  plan: TargetPlan,
  column: number,
  known: string | undefined,
): Promise<void> {
  const { number } = plan;
  const parent = `v${column}`;
  const stored = known === undefined ? '' : `OR ${parent} IN (SELECT code FROM ${known})`;
  const top = `${parent} IS NULL OR seq IN (${blankedSql(plan, column)}) ${stored}`;
  await database.connection.run(
    `CREATE TABLE t${number} AS SELECT v0 AS code FROM (${soundRowsSql(plan)}) WHERE ${top}`,
  );
  for (let level = 0; level < LEVEL_LIMIT; level++) {
    const before = await numberOf(database, `SELECT count(*) FROM t${number}`);
    await database.connection.run(
      `INSERT INTO t${number} SELECT v0 FROM (${soundRowsSql(plan)})
       WHERE ${parent} IN (SELECT code FROM t${number}) AND v0 NOT IN (SELECT code FROM t${number})`,
    );
    if ((await numberOf(database, `SELECT count(*) FROM t${number}`)) === before) break;
  }
  await database.connection.run(
    `INSERT INTO x${number} SELECT seq, CAST(${column} AS SMALLINT), ${TARGET_PROBLEMS.circular}, ${parent}, NULL
     FROM (${soundRowsSql(plan)}) WHERE v0 NOT IN (SELECT code FROM t${number})`,
  );
  await database.connection.run(`DROP TABLE t${number}`);
}
