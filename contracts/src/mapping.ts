/**
 * The mapping file: how a company's files fill the target tables.
 *
 * Written by people in YAML, kept with the company, versioned. It is read strictly: a key that is not named
 * here is refused, so a typing error never silently leaves a column empty.
 */
import { z } from 'zod';
import { TARGET_NAMES, type TargetName } from './targets.ts';

/** The name of a source inside the mapping; also the first part of `source.column`. */
const SourceName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'a source name has letters, digits and _ and starts with a letter');

/** A DuckDB SQL expression over the columns of the sources; a bare column name is one too. */
const ExpressionText = z.string().trim().min(1).max(2_000);
/** YAML writes numbers and true/false without quotes: they are expressions as well. */
const Expression = z
  .union([ExpressionText, z.number(), z.boolean()])
  .transform((value) => (typeof value === 'string' ? value : String(value)));

export const SOURCE_FORMATS = ['csv', 'xlsx', 'parquet'] as const;
export const SOURCE_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;

export const MappingSource = z.strictObject({
  /** File name or path inside the import folder. `*` and `?` stand for any letters of one name. */
  file: z.string().min(1).max(1_000),
  /** Told from the name where it is missing: .csv .txt .tsv (also .gz), .xlsx, .parquet. */
  format: z.enum(SOURCE_FORMATS).optional(),
  /** Told from the file where it is missing. `\t` is a tab. */
  delimiter: z
    .string()
    .transform((text) => (text === '\\t' || text === 'tab' ? '\t' : text))
    .refine((text) => text === '\t' || /^[!#-/:-@[-`{-~ ]$/.test(text), 'one character such as , ; or \\t')
    .optional(),
  encoding: z.enum(SOURCE_ENCODINGS).optional(),
  /** The sign before the decimals: `,` reads 1.234,56. */
  decimal: z.enum(['.', ',']).optional(),
  /** Name of the sheet in a workbook; the first one where missing. */
  sheet: z.string().max(100).optional(),
  /** Line of the column names, 1 where missing; 0 means there are none, and columns are column1, column2, ... */
  header: z.int().min(0).max(1_000).optional(),
});
export type MappingSource = z.infer<typeof MappingSource>;

const MappingJoin = z.strictObject({
  source: SourceName,
  /** A second name for the source, needed where it is joined twice. */
  as: SourceName.optional(),
  kind: z.enum(['inner', 'left']).default('inner'),
  /** Expression over what is joined so far: expression over the source that is joined. All pairs must be equal. */
  on: z
    .record(ExpressionText, Expression)
    .refine((pairs) => Object.keys(pairs).length > 0, 'name at least one pair of columns')
    .refine((pairs) => Object.keys(pairs).length <= 8, 'at most 8 pairs of columns'),
});
export type MappingJoin = z.infer<typeof MappingJoin>;

export const DUPLICATE_RULES = ['error', 'first', 'last', 'sum'] as const;
export type DuplicateRule = (typeof DUPLICATE_RULES)[number];

const MappingBlock = z.strictObject({
  from: SourceName,
  joins: z.array(MappingJoin).max(12).default([]),
  where: Expression.optional(),
  /** Target column: expression. */
  columns: z.record(z.string().max(100), Expression),
  /** upsert adds and replaces by source key; replace also removes what the files no longer have. */
  mode: z.enum(['upsert', 'replace']).default('upsert'),
  /** Two rows of one key: refuse the later one, keep one, or add up quantities and amounts. */
  onDuplicate: z.enum(DUPLICATE_RULES).default('error'),
});
export type MappingBlock = z.infer<typeof MappingBlock>;

const MappingCompany = z.strictObject({
  name: z.string().min(1).max(200).optional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'an ISO 4217 code such as USD')
    .optional(),
  calendar: z.enum(['month', 'iso-week', '445']).optional(),
  fiscalYearStartMonth: z.int().min(1).max(12).optional(),
  /** The day the plan starts from, 'YYYY-MM-DD'; today where missing. */
  asOf: z.iso.date().optional(),
});

const blocks = z
  .union([MappingBlock, z.array(MappingBlock).min(1).max(50)])
  .transform((value) => (Array.isArray(value) ? value : [value]));

export const Mapping = z.strictObject({
  version: z.literal(1),
  company: MappingCompany.optional(),
  sources: z
    .record(SourceName, MappingSource)
    .refine((sources) => Object.keys(sources).length <= 200, 'at most 200 sources'),
  targets: z.partialRecord(z.enum(TARGET_NAMES), blocks),
});
export type Mapping = z.infer<typeof Mapping>;

/** The mode of a target's rows. All blocks of a target have the same. */
export function modeOf(mapping: Mapping, target: TargetName): 'upsert' | 'replace' {
  return mapping.targets[target]?.[0]?.mode ?? 'upsert';
}
