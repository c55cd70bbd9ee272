/**
 * From a block of the mapping to one SQL statement: read the joined rows, compute each target column in a
 * TRY so that a failing expression costs one value, convert, check, and note what is wrong beside the values.
 */
import type { MappingBlock, Target, TargetColumn, TargetName } from '@planwright/contracts';
import { BlockScope, mentionedSql, type ScopedColumn, type SourcePlan } from './block-scope.ts';
import { type CheckedColumn, checkedColumn, PROBLEMS, type RawValue } from './column-checks.ts';
import type { Database } from './duckdb.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import { compiledExpression, type ExpressionSql, type SqlParser } from './expression-sql.ts';

/** Number that stands for the `where` of a block among column numbers. */
const WHERE_COLUMN = -1;

type ColumnPlan = {
  readonly column: TargetColumn;
  readonly index: number;
  readonly expression?: CompiledColumn;
};

type CompiledColumn = ExpressionSql & {
  readonly text: string;
  readonly mentioned: readonly ScopedColumn[];
  /** Set by `bindTypes`. */
  type: string;
};

export type BlockPlan = {
  readonly target: Target;
  readonly block: MappingBlock;
  readonly scope: BlockScope;
  readonly from: SourcePlan;
  readonly columns: readonly ColumnPlan[];
  readonly where?: CompiledColumn;
  /** SQL of FROM with its joins over the source views. */
  readonly joinedSql: string;
};

/** Where in the mapping a refusal belongs. */
export type PlanProblem = {
  readonly target: TargetName;
  readonly column?: string;
  readonly expression?: string;
  readonly refusal: ExpressionRefusal;
};

/** Compiles a block. Problems are collected, so that a person sees all of them at once. */
export async function planBlock(
  target: Target,
  block: MappingBlock,
  sourceOf: (name: string) => SourcePlan,
  parse: SqlParser,
  problems: PlanProblem[],
): Promise<BlockPlan | undefined> {
  const scope = new BlockScope();
  const guard = async <T>(
    column: string | undefined,
    expression: string | undefined,
    work: () => Promise<T>,
  ): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ExpressionRefusal)) throw error;
      problems.push({ target: target.name, column, expression, refusal: error });
      return undefined;
    }
  };
  const joinedSql = await guard('joins', undefined, () => planJoins(scope, block, sourceOf, parse));
  if (joinedSql === undefined) return undefined;

  const compile = async (text: string): Promise<CompiledColumn> => {
    const mentioned: ScopedColumn[] = [];
    return {
      ...(await compiledExpression(text, scope.rowLookup(mentioned), parse)),
      text,
      mentioned,
      type: 'VARCHAR',
    };
  };
  const known = new Set(target.columns.map((column) => column.name));
  for (const name of Object.keys(block.columns)) {
    if (known.has(name)) continue;
    const refusal = new ExpressionRefusal(
      `is no column of ${target.name}; it has ${[...known].join(', ')}`,
      'COLUMN_MISSING',
    );
    problems.push({ target: target.name, column: name, refusal });
  }
  const columns: ColumnPlan[] = [];
  for (const [index, column] of target.columns.entries()) {
    const text = Object.hasOwn(block.columns, column.name) ? block.columns[column.name] : undefined;
    if (
      text === undefined &&
      (column.required === true || column.key === true) &&
      column.fallback === undefined
    ) {
      const refusal = new ExpressionRefusal(
        'is needed for every row, and the mapping does not fill it',
        'COLUMN_MISSING',
      );
      problems.push({ target: target.name, column: column.name, refusal });
    }
    const expression = text === undefined ? undefined : await guard(column.name, text, () => compile(text));
    columns.push({ column, index, expression });
  }
  const whereText = block.where;
  const where =
    whereText === undefined ? undefined : await guard('where', whereText, () => compile(whereText));
  return { target, block, scope, from: sourceOf(block.from), columns, where, joinedSql };
}

async function planJoins(
  scope: BlockScope,
  block: MappingBlock,
  sourceOf: (name: string) => SourcePlan,
  parse: SqlParser,
): Promise<string> {
  const first = scope.add(block.from, sourceOf(block.from));
  let sql = `v${first.plan.number} AS ${first.alias}`;
  for (const join of block.joins) {
    const before = [...scope.sources];
    const source = scope.add(join.as ?? join.source, sourceOf(join.source));
    const pairs: string[] = [];
    for (const [leftText, rightText] of Object.entries(join.on)) {
      const left = await compiledExpression(leftText, scope.tableLookup(before), parse);
      const right = await compiledExpression(rightText, scope.tableLookup([source]), parse);
      pairs.push(`${tried(left)} = ${tried(right)}`);
    }
    sql += ` ${join.kind === 'left' ? 'LEFT' : 'INNER'} JOIN v${source.plan.number} AS ${source.alias} ON ${pairs.join(' AND ')}`;
  }
  return sql;
}

/** Both sides of a join are compared as texts; a side that fails matches nothing. */
function tried(expression: ExpressionSql): string {
  return expression.column === undefined ? `TRY(CAST(${expression.sql} AS VARCHAR))` : expression.sql;
}

/** Binds every expression over the (empty) source views: a type that does not fit is found before any row is read. */
export async function bindTypes(plan: BlockPlan, database: Database, problems: PlanProblem[]): Promise<void> {
  const rows = rowsSql(plan);
  const bind = async (name: string, expression: CompiledColumn): Promise<void> => {
    try {
      const statement = await database.connection.prepare(`SELECT ${expression.sql} AS x FROM (${rows})`);
      expression.type = statement.columnType(0).toString();
      statement.destroySync();
      const column = plan.columns.find((candidate) => candidate.column.name === name);
      if (column !== undefined) checkedColumn(column.column, rawValue(column));
      else if (expression.type !== 'BOOLEAN')
        throw new ExpressionRefusal(`gives ${expression.type}, but must be true or false`);
    } catch (error) {
      const refusal = error instanceof ExpressionRefusal ? error : new ExpressionRefusal(bindMessage(error));
      problems.push({ target: plan.target.name, column: name, expression: expression.text, refusal });
    }
  };
  for (const { column, expression } of plan.columns)
    if (expression !== undefined) await bind(column.name, expression);
  if (plan.where !== undefined) await bind('where', plan.where);
}

function bindMessage(error: unknown): string {
  const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  const plain = message.replace(/^(Binder|Conversion|Parser|Invalid Input) Error: /, '').replace(/\.$/, '');
  const hint = /explicit type casts|No function matches/.test(error instanceof Error ? error.message : '')
    ? '; cells are texts: write number(x) or x::DATE'
    : '';
  return `cannot be computed: ${plain}${hint}`;
}

function rawValue(plan: ColumnPlan): RawValue {
  const { expression, index } = plan;
  if (expression === undefined) return { sql: 'NULL', type: 'VARCHAR', decimal: '.' };
  if (expression.column !== undefined)
    return { sql: expression.sql, type: 'VARCHAR', decimal: expression.column.decimal };
  // What an expression leaves empty is missing, as an empty cell is.
  const sql = expression.type === 'VARCHAR' ? `nullif(trim(x${index}.v), '')` : `x${index}.v`;
  return { sql, type: expression.type, decimal: '.' };
}

/** The joined rows with the columns that the block's expressions name. */
function rowsSql({ scope, joinedSql }: BlockPlan): string {
  const columns = scope.columns.map(({ sql }, index) => `, ${sql} AS a${index}`).join('');
  const order = scope.sources
    .slice(1)
    .map(({ alias }, index) => `, ${alias}.f AS f${index}, ${alias}.r AS r${index}`)
    .join('');
  return `SELECT t0.f AS f, t0.r AS r${order}${columns} FROM ${joinedSql}`;
}

const isTried = (expression: CompiledColumn | undefined): expression is CompiledColumn =>
  expression !== undefined && expression.column === undefined;

/**
 * SELECT of a block's rows as `f, r, v0, v1, ..., errs`: file, row, one value a target column, and the list of
 * `{col, code, text}` of what is wrong, NULL where nothing is. `ordered` sorts by file and row, which joins need.
 */
export function stageSql(plan: BlockPlan, ordered: boolean): string {
  const checks = plan.columns.map((column) => checkedColumn(column.column, rawValue(column)));
  const tries = plan.columns.flatMap(({ expression, index }) =>
    isTried(expression) ? [`TRY(struct_pack(v := ${expression.sql})) AS x${index}`] : [],
  );
  if (plan.where !== undefined) tries.push(`TRY(struct_pack(v := ${plan.where.sql})) AS xw`);
  const computed = `SELECT ${['*', ...tries].join(', ')} FROM (${rowsSql(plan)})`;
  const kept = plan.where === undefined ? computed : `SELECT * FROM (${computed}) WHERE xw IS NULL OR xw.v`;
  const conversions = checks.map((check, index) => `${check.converted} AS u${index}`);
  const converted = `SELECT *, ${conversions.join(', ')} FROM (${kept})`;
  const values = checks.map(
    (check, index) => `CAST(${check.value(`u${index}`)} AS ${check.type}) AS v${index}`,
  );
  const valued = `SELECT *, ${values.join(', ')} FROM (${converted})`;
  const problems = plan.columns.map(
    (column, index) => `CAST(${problemSql(column, checks[index])} AS UTINYINT) AS p${index}`,
  );
  problems.push(
    `CAST(${plan.where === undefined ? '0' : `CASE WHEN xw IS NULL THEN ${PROBLEMS.expressionFailed} ELSE 0 END`} AS UTINYINT) AS pw`,
  );
  const judged = `SELECT *, ${problems.join(', ')} FROM (${valued})`;
  const order = plan.scope.sources
    .slice(1)
    .map((_, index) => `, f${index}, r${index}`)
    .join('');
  const names = checks.map((_, index) => `v${index}`).join(', ');
  return `SELECT f, r, ${names}, ${errsSql(plan, checks)} AS errs FROM (${judged})${ordered ? ` ORDER BY f, r${order}` : ''}`;
}

function problemSql({ expression, index }: ColumnPlan, check: CheckedColumn): string {
  const problem = check.problem(`u${index}`, `v${index}`);
  return isTried(expression)
    ? `CASE WHEN x${index} IS NULL THEN ${PROBLEMS.expressionFailed} ELSE ${problem} END`
    : problem;
}

function errsSql(plan: BlockPlan, checks: readonly CheckedColumn[]): string {
  const entry = (column: number, problem: string, text: string): string =>
    `CASE WHEN ${problem} > 0 THEN struct_pack(col := CAST(${column} AS SMALLINT), code := ${problem}, text := left(${text}, 200)) END`;
  const entries = plan.columns.map(({ expression, index }) => {
    const shown = checks[index].shown;
    const failed = isTried(expression)
      ? `CASE WHEN p${index} = ${PROBLEMS.expressionFailed} THEN ${mentionedSql(expression.mentioned)} ELSE ${shown} END`
      : shown;
    return entry(index, `p${index}`, failed);
  });
  entries.push(
    entry(WHERE_COLUMN, 'pw', plan.where === undefined ? `''` : mentionedSql(plan.where.mentioned)),
  );
  const any = [...plan.columns.map(({ index }) => `p${index} > 0`), 'pw > 0'].join(' OR ');
  return `CASE WHEN ${any} THEN list_filter([${entries.join(', ')}], lambda e: e IS NOT NULL) END`;
}
