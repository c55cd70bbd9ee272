/** Which columns an expression of one block can see, and under which SQL names. */
import type { MappingSource } from '@planwright/contracts';
import { EXPRESSION_LIMITS } from './expression-allow-list.ts';
import { ExpressionRefusal } from './expression-refusal.ts';
import type { ColumnBinding, ColumnLookup } from './expression-sql.ts';
import { shownValue } from './shown-value.ts';
import type { TableHead } from './source-table.ts';

/** A source of the mapping with its files' heads. `used` grows while expressions are compiled. */
export type SourcePlan = {
  readonly number: number;
  readonly name: string;
  readonly definition: MappingSource;
  readonly heads: readonly TableHead[];
  /** Columns that some expression names; column `c<i>` of the source's table is `used[i]`. */
  readonly used: string[];
};

/** A source inside a block, under the name that the block gives it. */
export type ScopedSource = { readonly alias: string; readonly label: string; readonly plan: SourcePlan };

/** A column that some expression of the block names: `a<i>` of the joined rows. */
export type ScopedColumn = { readonly sql: string; readonly label: string };

export class BlockScope {
  readonly sources: ScopedSource[] = [];
  readonly columns: ScopedColumn[] = [];

  /** Adds the next source of the block; its table is `t<i>`. */
  add(label: string, plan: SourcePlan): ScopedSource {
    if (this.sources.some((source) => source.label === label)) {
      throw new ExpressionRefusal(
        `joins ${shownValue(label)} twice; give the second one another name with "as"`,
      );
    }
    const source = { alias: `t${this.sources.length}`, label, plan };
    this.sources.push(source);
    return source;
  }

  /** Finds columns as they stand in the tables being joined: `t0.c3`. */
  tableLookup(sources: readonly ScopedSource[]): ColumnLookup {
    return (parts) => {
      const { source, column } = found(sources, parts);
      return { sql: tableColumn(source, column), decimal: source.plan.definition.decimal ?? '.' };
    };
  }

  /** Finds columns of the joined rows: `a3`. What was found is kept in `mentioned`. */
  rowLookup(mentioned: ScopedColumn[]): ColumnLookup {
    return (parts): ColumnBinding => {
      const { source, column } = found(this.sources, parts);
      const sql = tableColumn(source, column);
      let index = this.columns.findIndex((known) => known.sql === sql);
      if (index < 0) index = this.columns.push({ sql, label: column }) - 1;
      mentioned.push({ sql: `a${index}`, label: column });
      return { sql: `a${index}`, decimal: source.plan.definition.decimal ?? '.' };
    };
  }
}

function tableColumn(source: ScopedSource, column: string): string {
  const { used } = source.plan;
  let index = used.indexOf(column);
  if (index < 0) index = used.push(column) - 1;
  return `${source.alias}.c${index}`;
}

function found(
  sources: readonly ScopedSource[],
  parts: readonly string[],
): { source: ScopedSource; column: string } {
  if (parts.length > 2)
    throw new ExpressionRefusal(`names ${shownValue(parts.join('.'))}; write source.column`);
  const column = parts[parts.length - 1];
  const label = parts.length === 2 ? parts[0] : undefined;
  const candidates = label === undefined ? sources : sources.filter((source) => source.label === label);
  if (candidates.length === 0) {
    throw new ExpressionRefusal(
      `names the source ${shownValue(label ?? '')}, which the block does not use`,
      'COLUMN_MISSING',
    );
  }
  const hits = candidates.flatMap((source) => {
    const name = columnOf(source, column);
    return name === undefined ? [] : [{ source, column: name }];
  });
  if (hits.length === 1) return hits[0];
  if (hits.length > 1) {
    const labels = hits.map((hit) => hit.source.label).join(' and ');
    throw new ExpressionRefusal(
      `names the column ${shownValue(column)}, which ${labels} both have; write ${hits[0].source.label}.${column}`,
      'COLUMN_AMBIGUOUS',
    );
  }
  throw new ExpressionRefusal(
    `names the column ${shownValue(column)}, which ${missingIn(candidates)}`,
    'COLUMN_MISSING',
  );
}

function columnOf(source: ScopedSource, column: string): string | undefined {
  const { columns } = source.plan.heads[0];
  if (columns.includes(column)) return column;
  const plain = column.toLowerCase();
  return columns.find((name) => name.toLowerCase() === plain);
}

function missingIn(sources: readonly ScopedSource[]): string {
  return sources
    .map(({ plan }) => {
      const [head] = plan.heads;
      const other = head.columns.length === 1 ? /[,;\t|]/.exec(head.columns[0])?.[0] : undefined;
      const hint =
        other === undefined ? '' : ` (its header holds ${shownValue(other)}: is that the delimiter?)`;
      const names = head.columns
        .slice(0, 12)
        .map((name) => shownValue(name, 40))
        .join(', ');
      return `${shownValue(head.file.name)} does not have${hint}; it has ${names}${head.columns.length > 12 ? ', …' : ''}`;
    })
    .join(' and ');
}

/** SQL of what an expression's columns held, for the message about a row where it failed. */
export function mentionedSql(mentioned: readonly ScopedColumn[]): string {
  const shown = mentioned.slice(0, 4).map(({ sql, label }) => {
    const name = `${label} = `.replaceAll("'", "''");
    return `'${name}' || coalesce(left(${sql}, ${EXPRESSION_LIMITS.patternCharacters}), 'empty')`;
  });
  return shown.length === 0 ? `''` : `concat_ws(', ', ${shown.join(', ')})`;
}
