/** Arrays as single parameters, the same on both drivers: text that the server reads as an array. */
import { type CalendarDay, isoFromDay } from '@planwright/time';
import { type RawBuilder, sql } from 'kysely';

/** date[] of days since 1970-01-01. */
export function dayArray(days: ArrayLike<CalendarDay>): RawBuilder<unknown> {
  return sql`${`{${Array.from(days, isoFromDay).join(',')}}`}::date[]`;
}

/** int4[]. */
export function intArray(values: ArrayLike<number>): RawBuilder<unknown> {
  return sql`${`{${Array.from(values).join(',')}}`}::int4[]`;
}

/** float8[]; NaN and null become 'NaN' and NULL. */
export function doubleArray(values: ArrayLike<number | null>): RawBuilder<unknown> {
  return sql`${doublesText(values)}::float8[]`;
}

/** The text of a float8[]: shortest digits that read back as the same double. */
export function doublesText(values: ArrayLike<number | null>): string {
  return `{${Array.from(values, (value) => (value === null ? 'NULL' : String(value))).join(',')}}`;
}

/** text[]. Quotes and backslashes inside an element are escaped. */
export function textArray(values: readonly (string | null)[]): RawBuilder<unknown> {
  const quoted = values.map((value) =>
    value === null ? 'NULL' : `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`,
  );
  return sql`${`{${quoted.join(',')}}`}::text[]`;
}
