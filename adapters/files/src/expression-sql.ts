/**
 * Turns a mapping expression into SQL that can do nothing but compute a value of one row.
 *
 * The text is parsed by DuckDB, and the parsed form is walked: every node must be of a known kind and every
 * function, type and column must be on its list. The SQL that runs is printed here from the nodes that were
 * understood, so what this file does not know how to print cannot run.
 */
import {
  ALLOWED_CAST_TYPES,
  ALLOWED_FUNCTIONS,
  CONSTANT_ARGUMENTS,
  EXPRESSION_LIMITS,
  NUMERIC_TYPES,
} from './expression-allow-list.ts';
import { lengthOfCall } from './expression-length.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import { type DecimalSign, strictNumberSql } from './number-text.ts';
import { shownValue } from './shown-value.ts';

/** Where a column of an expression comes from. */
export type ColumnBinding = {
  /** SQL of the column: a trimmed text, NULL where the cell is empty. */
  readonly sql: string;
  readonly decimal: DecimalSign;
};

/** Finds a column by its parts (`column` or `source`, `column`); throws ExpressionRefusal where it cannot. */
export type ColumnLookup = (parts: readonly string[]) => ColumnBinding;

/** Runs `SELECT json_serialize_sql(<literal>)` and gives its JSON text. */
export type SqlParser = (selectSql: string) => Promise<string>;

export type ExpressionSql = {
  readonly sql: string;
  /** Set where the expression is one column and nothing else. */
  readonly column?: ColumnBinding;
};

type Json = Record<string, unknown>;
/** SQL of a node, and the most characters its text can have. */
type Printed = {
  readonly sql: string;
  readonly length: number;
  readonly column?: ColumnBinding;
  readonly constant?: unknown;
};

/** The SQL of `text`. Throws ExpressionRefusal with a sentence for people where the text is not allowed. */
export async function compiledExpression(
  text: string,
  lookup: ColumnLookup,
  parse: SqlParser,
): Promise<ExpressionSql> {
  const column = wholeColumn(text, lookup);
  if (column !== undefined) return { sql: column.sql, column };
  if (text.length > EXPRESSION_LIMITS.characters) {
    throw new ExpressionRefusal(`is longer than ${EXPRESSION_LIMITS.characters} characters`);
  }
  if (depthOf(text) > EXPRESSION_LIMITS.depth) throw new ExpressionRefusal('nests too deeply');
  const tree = singleExpression(await parsedSelect(text, parse));
  const walker = new Walker(lookup);
  const printed = walker.print(tree, 0);
  return { sql: printed.sql, column: printed.column };
}

/** A text that is exactly a column's name needs no parser, whatever words or spaces are in it. */
function wholeColumn(text: string, lookup: ColumnLookup): ColumnBinding | undefined {
  const candidates = [[text]];
  const dot = text.indexOf('.');
  if (dot > 0) candidates.push([text.slice(0, dot), text.slice(dot + 1)]);
  for (const parts of candidates) {
    try {
      return lookup(parts);
    } catch (error) {
      if (!(error instanceof ExpressionRefusal) || error.code === 'COLUMN_AMBIGUOUS') throw error;
    }
  }
  return undefined;
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const sign of text) {
    if (sign === '(' || sign === '[' || sign === '{') depth++;
    else if (sign === ')' || sign === ']' || sign === '}') depth--;
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

async function parsedSelect(text: string, parse: SqlParser): Promise<Json> {
  try {
    return JSON.parse(await parse(`SELECT ${text}`)) as Json;
  } catch {
    // The parser gave up, or printed a number such as 1e400 that JSON cannot hold.
    throw new ExpressionRefusal('cannot be read');
  }
}

function singleExpression(parsed: Json): Json {
  if (parsed.error === true) {
    const message =
      typeof parsed.error_message === 'string' ? parsed.error_message.split('\n')[0] : 'it cannot be read';
    throw new ExpressionRefusal(`is not an expression: ${shownValue(message)}`);
  }
  const statements = parsed.statements as readonly Json[];
  if (statements.length !== 1) throw new ExpressionRefusal('must be one expression, without a semicolon');
  const node = statements[0].node as Json;
  const list = node.select_list as readonly Json[] | undefined;
  const from = node.from_table as Json | undefined;
  const clean =
    node.type === 'SELECT_NODE' &&
    from?.type === 'EMPTY' &&
    isEmptyList(node.modifiers) &&
    isEmptyList((node.cte_map as Json | undefined)?.map) &&
    isEmptyList(node.group_expressions) &&
    isEmptyList(node.group_sets) &&
    [node.where_clause, node.having, node.qualify, node.sample].every((part) => part === null) &&
    isEmptyList(statements[0].named_param_map);
  if (!clean || list?.length !== 1)
    throw new ExpressionRefusal('must be one expression and nothing else of a query');
  return list[0];
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

const COMPARISONS: Readonly<Record<string, string>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
  COMPARE_DISTINCT_FROM: 'IS DISTINCT FROM',
  COMPARE_NOT_DISTINCT_FROM: 'IS NOT DISTINCT FROM',
};

class Walker {
  readonly #lookup: ColumnLookup;
  #nodes = 0;

  constructor(lookup: ColumnLookup) {
    this.#lookup = lookup;
  }

  print(node: Json, depth: number): Printed {
    if (++this.#nodes > EXPRESSION_LIMITS.nodes) {
      throw new ExpressionRefusal(`has more than ${EXPRESSION_LIMITS.nodes} parts`);
    }
    if (depth > EXPRESSION_LIMITS.depth) throw new ExpressionRefusal('nests too deeply');
    switch (node.class) {
      case 'COLUMN_REF': {
        const column = this.#lookup(node.column_names as string[]);
        return { sql: column.sql, length: EXPRESSION_LIMITS.cellCharacters, column };
      }
      case 'CONSTANT':
        return printedConstant(node.value as Json);
      case 'CASE':
        return this.#case(node, depth);
      case 'CAST':
        return this.#cast(node, depth);
      case 'COMPARISON': {
        const sign = COMPARISONS[String(node.type)];
        if (sign === undefined)
          throw new ExpressionRefusal(`uses ${shownValue(String(node.type))}, which is not allowed`);
        return plain(`(${this.#sql(node.left, depth)} ${sign} ${this.#sql(node.right, depth)})`);
      }
      case 'CONJUNCTION': {
        const word = node.type === 'CONJUNCTION_OR' ? ' OR ' : ' AND ';
        return plain(`(${this.#sqls(node.children, depth).join(word)})`);
      }
      case 'BETWEEN': {
        const [input, lower, upper] = [node.input, node.lower, node.upper].map((part) =>
          this.#sql(part, depth),
        );
        return plain(`(${input} BETWEEN ${lower} AND ${upper})`);
      }
      case 'OPERATOR':
        return this.#operator(node, depth);
      case 'FUNCTION':
        return this.#call(node, depth);
      default:
        throw new ExpressionRefusal(refusedClass(String(node.class)));
    }
  }

  #case(node: Json, depth: number): Printed {
    const checks = node.case_checks as readonly Json[];
    const branches = checks.map((check) => ({
      when: this.#sql(check.when_expr, depth),
      result: this.print(check.then_expr as Json, depth + 1),
    }));
    const otherwise = this.print(node.else_expr as Json, depth + 1);
    const body = branches.map(({ when, result }) => ` WHEN ${when} THEN ${result.sql}`).join('');
    const length = Math.max(otherwise.length, ...branches.map(({ result }) => result.length));
    return { sql: `(CASE${body} ELSE ${otherwise.sql} END)`, length };
  }

  #cast(node: Json, depth: number): Printed {
    const type = castType(node.cast_type as Json);
    const child = this.print(node.child as Json, depth + 1);
    const length = type === 'VARCHAR' ? Math.max(child.length, 64) : 64;
    const [kind = ''] = type.split('(');
    if (child.column !== undefined && NUMERIC_TYPES.has(kind) && node.try_cast !== true) {
      return { sql: `(${strictNumberSql(child.sql, child.column.decimal, type)})`, length };
    }
    return { sql: `${node.try_cast === true ? 'TRY_CAST' : 'CAST'}(${child.sql} AS ${type})`, length };
  }

  #operator(node: Json, depth: number): Printed {
    const children = (node.children as readonly Json[]).map((child) => this.print(child, depth + 1));
    const sqls = children.map((child) => child.sql);
    const [first, ...others] = sqls;
    switch (node.type) {
      case 'OPERATOR_COALESCE':
        return {
          sql: `coalesce(${sqls.join(', ')})`,
          length: Math.max(...children.map((child) => child.length)),
        };
      case 'OPERATOR_IS_NULL':
        return plain(`(${first} IS NULL)`);
      case 'OPERATOR_IS_NOT_NULL':
        return plain(`(${first} IS NOT NULL)`);
      case 'OPERATOR_NOT':
        return plain(`(NOT ${first})`);
      case 'COMPARE_IN':
        return plain(`(${first} IN (${others.join(', ')}))`);
      case 'COMPARE_NOT_IN':
        return plain(`(${first} NOT IN (${others.join(', ')}))`);
      default:
        throw new ExpressionRefusal(`uses ${shownValue(String(node.type))}, which is not allowed`);
    }
  }

  #call(node: Json, depth: number): Printed {
    const name = String(node.function_name).toLowerCase();
    const allowed = ALLOWED_FUNCTIONS.get(name);
    if (allowed === undefined)
      throw new ExpressionRefusal(`uses ${shownValue(name)}(), which is not on the list of functions`);
    const orders = (node.order_bys as Json | null)?.orders;
    const bare =
      (node.schema === '' || node.schema === 'main') &&
      node.catalog === '' &&
      node.filter === null &&
      node.distinct === false &&
      node.export_state === false &&
      (orders === undefined || isEmptyList(orders));
    if (!bare) throw new ExpressionRefusal(`calls ${name}() with more than its arguments`);
    const children = (node.children as readonly Json[]).map((child) => this.print(child, depth + 1));
    if (children.length < allowed.least || children.length > allowed.most) {
      throw new ExpressionRefusal(`calls ${name}() with ${children.length} arguments`);
    }
    for (const position of CONSTANT_ARGUMENTS.get(name) ?? [])
      checkConstant(name, children[position], position);
    const length = allowed.kind === 'text' ? lengthOfCall(name, children) : 64;
    if (length > EXPRESSION_LIMITS.resultCharacters) {
      throw new ExpressionRefusal(
        `can make a text of more than ${EXPRESSION_LIMITS.resultCharacters} characters; cut its parts with left(text, 200)`,
      );
    }
    return { sql: callSql(name, children), length };
  }

  #sql(node: unknown, depth: number): string {
    return this.print(node as Json, depth + 1).sql;
  }

  #sqls(nodes: unknown, depth: number): string[] {
    return (nodes as readonly Json[]).map((node) => this.#sql(node, depth));
  }
}

function callSql(name: string, children: readonly Printed[]): string {
  const sqls = children.map((child) => child.sql);
  if (name === 'number')
    return `(${strictNumberSql(`CAST(${sqls[0]} AS VARCHAR)`, children[0].column?.decimal ?? '.', 'DOUBLE')})`;
  if (/^[a-z_]+$/.test(name)) return `${name}(${sqls.join(', ')})`;
  return sqls.length === 1 ? `(${name} ${sqls[0]})` : `(${sqls[0]} ${name} ${sqls[1]})`;
}

function checkConstant(name: string, child: Printed | undefined, position: number): void {
  if (child === undefined) return;
  if (child.constant === undefined) {
    throw new ExpressionRefusal(`needs a written-out value as argument ${position + 1} of ${name}()`);
  }
  if (typeof child.constant === 'string' && child.constant.length > EXPRESSION_LIMITS.patternCharacters) {
    throw new ExpressionRefusal(
      `has a pattern longer than ${EXPRESSION_LIMITS.patternCharacters} characters in ${name}()`,
    );
  }
}

function plain(sql: string): Printed {
  return { sql, length: 64 };
}

function castType(type: Json): string {
  const id = String(type.id);
  if (!ALLOWED_CAST_TYPES.has(id)) {
    const info = type.type_info as { readonly name?: string } | null;
    throw new ExpressionRefusal(
      `casts to ${shownValue(info?.name ?? id)}, which is not on the list of types`,
    );
  }
  if (id !== 'DECIMAL') return id;
  const info = type.type_info as { width: number; scale: number };
  return `DECIMAL(${Number(info.width)},${Number(info.scale)})`;
}

function printedConstant(value: Json): Printed {
  const type = value.type as Json;
  if (value.is_null === true) return { sql: 'NULL', length: 0, constant: null };
  const raw = value.value;
  if (type.id === 'VARCHAR' && typeof raw === 'string') {
    return { sql: `'${raw.replaceAll("'", "''")}'`, length: raw.length, constant: raw };
  }
  if (typeof raw === 'boolean') return { sql: String(raw), length: 64, constant: raw };
  if (typeof raw !== 'number' || !Number.isFinite(raw) || Math.abs(raw) > 1e15) {
    throw new ExpressionRefusal('has a number that is too large');
  }
  if (type.id !== 'DECIMAL')
    return { sql: `(${raw}${type.id === 'DOUBLE' ? '::DOUBLE' : ''})`, length: 64, constant: raw };
  const { scale } = type.type_info as { scale: number };
  return { sql: `(${decimalText(raw, Number(scale))})`, length: 64, constant: raw / 10 ** scale };
}

function decimalText(unscaled: number, scale: number): string {
  const digits = String(Math.abs(unscaled)).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${unscaled < 0 ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

function refusedClass(kind: string): string {
  if (kind === 'SUBQUERY') return 'has a query inside, which is not allowed';
  if (kind === 'STAR') return 'uses *, which is not allowed';
  if (kind === 'WINDOW') return 'uses a window function, which is not allowed';
  return `has a part of kind ${shownValue(kind)}, which is not allowed`;
}
