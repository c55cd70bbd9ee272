/**
 * What a mapping expression may use. Everything else is refused by name.
 *
 * The list holds functions that are pure, cheap and whose result is bounded by their input. Left out on
 * purpose: everything that repeats or pads text (repeat, lpad, rpad, format, printf), makes lists
 * (unnest, range, string_split, regexp_extract_all), reads settings, files or the clock, or draws random numbers.
 */

/** Type of a result as far as the length of text is concerned. */
type FunctionKind = 'text' | 'plain';

type AllowedFunction = {
  readonly kind: FunctionKind;
  readonly least: number;
  readonly most: number;
};

const plain = (least: number, most = least): AllowedFunction => ({ kind: 'plain', least, most });
const text = (least: number, most = least): AllowedFunction => ({ kind: 'text', least, most });

export const ALLOWED_FUNCTIONS: ReadonlyMap<string, AllowedFunction> = new Map([
  // Arithmetic
  ['+', plain(1, 2)],
  ['-', plain(1, 2)],
  ['*', plain(2)],
  ['/', plain(2)],
  ['//', plain(2)],
  ['%', plain(2)],
  ['mod', plain(2)],
  ['abs', plain(1)],
  ['sign', plain(1)],
  ['ceil', plain(1)],
  ['ceiling', plain(1)],
  ['floor', plain(1)],
  ['round', plain(1, 2)],
  ['trunc', plain(1)],
  ['sqrt', plain(1)],
  ['greatest', text(1, 20)],
  ['least', text(1, 20)],
  ['nullif', text(2)],
  // Text
  ['||', text(2)],
  ['concat', text(1, 40)],
  ['concat_ws', text(2, 40)],
  ['lower', text(1)],
  ['upper', text(1)],
  ['trim', text(1, 2)],
  ['ltrim', text(1, 2)],
  ['rtrim', text(1, 2)],
  ['left', text(2)],
  ['right', text(2)],
  ['substring', text(2, 3)],
  ['substr', text(2, 3)],
  ['split_part', text(3)],
  ['replace', text(3)],
  ['regexp_replace', text(3, 4)],
  ['regexp_extract', text(2, 3)],
  ['regexp_matches', plain(2, 3)],
  ['regexp_full_match', plain(2, 3)],
  ['~~', plain(2)],
  ['!~~', plain(2)],
  ['~~*', plain(2)],
  ['!~~*', plain(2)],
  ['contains', plain(2)],
  ['starts_with', plain(2)],
  ['prefix', plain(2)],
  ['suffix', plain(2)],
  ['ends_with', plain(2)],
  ['length', plain(1)],
  ['strpos', plain(2)],
  ['position', plain(2)],
  ['instr', plain(2)],
  // Dates
  ['strptime', plain(2)],
  ['try_strptime', plain(2)],
  ['strftime', text(2)],
  ['make_date', plain(3)],
  ['date_part', plain(2)],
  ['date_trunc', plain(2)],
  ['date_diff', plain(3)],
  ['datediff', plain(3)],
  ['date_add', plain(2)],
  ['last_day', plain(1)],
  ['year', plain(1)],
  ['quarter', plain(1)],
  ['month', plain(1)],
  ['week', plain(1)],
  ['day', plain(1)],
  ['isodow', plain(1)],
  ['to_days', plain(1)],
  ['to_weeks', plain(1)],
  ['to_months', plain(1)],
  ['to_years', plain(1)],
  // Ours: a number as the source writes it, with its decimal sign; anything else is an error of the row.
  ['number', plain(1)],
]);

/** Arguments that must be written out, so that no file decides how the function works: name -> positions. */
export const CONSTANT_ARGUMENTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['left', [1]],
  ['right', [1]],
  ['round', [1]],
  ['split_part', [1]],
  ['replace', [1, 2]],
  ['regexp_replace', [1, 2, 3]],
  ['regexp_extract', [1, 2]],
  ['regexp_matches', [1, 2]],
  ['regexp_full_match', [1, 2]],
  ['strptime', [1]],
  ['try_strptime', [1]],
  ['strftime', [1]],
  ['date_part', [0]],
  ['date_trunc', [0]],
  ['date_diff', [0]],
  ['datediff', [0]],
]);

export const ALLOWED_CAST_TYPES: ReadonlySet<string> = new Set([
  'VARCHAR',
  'DOUBLE',
  'FLOAT',
  'DECIMAL',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'DATE',
  'TIMESTAMP',
  'BOOLEAN',
  'INTERVAL',
]);

export const NUMERIC_TYPES: ReadonlySet<string> = new Set([
  'DOUBLE',
  'FLOAT',
  'DECIMAL',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
]);

export const EXPRESSION_LIMITS = {
  characters: 2_000,
  nodes: 200,
  depth: 40,
  /** Longest text a row's expression may make, in characters, by what its parts can grow to. */
  resultCharacters: 100_000,
  /** Longest cell that an expression sees; what is longer is cut and refused as a value. */
  cellCharacters: 10_000,
  patternCharacters: 200,
} as const;
