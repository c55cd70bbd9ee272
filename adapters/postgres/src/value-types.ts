/**
 * How column types become JavaScript values, the same on both drivers:
 *   int8           number while it is safe, otherwise bigint
 *   numeric        decimal text, digit for digit
 *   date           'YYYY-MM-DD' text: a calendar day has no time zone
 *   timestamptz    Date: an instant (the sign-in library compares them)
 *   float8, float8[]   number, NaN included
 *   bytea          Uint8Array
 * Everything else keeps the default of the driver, which is the same on both.
 */
export type ValueParser = (text: string) => unknown;

const OID = {
  bytea: 17,
  int8: 20,
  date: 1082,
  numeric: 1700,
  int4Array: 1007,
  int8Array: 1016,
  float8Array: 1022,
  dateArray: 1182,
  numericArray: 1231,
} as const;

export const BYTEA_OID = OID.bytea;

function safeInteger(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text);
}

/** Elements of an array of plain values: no quotes, no nesting, NULL where there is none. */
function elementsOf<T>(text: string, parse: (element: string) => T): (T | null)[] {
  if (text === '{}') return [];
  const elements = text.slice(1, -1).split(',');
  return elements.map((element) => (element === 'NULL' ? null : parse(element)));
}

const asText = (text: string): string => text;

export const VALUE_PARSERS: Readonly<Record<number, ValueParser>> = {
  [OID.int8]: safeInteger,
  [OID.numeric]: asText,
  [OID.date]: asText,
  [OID.bytea]: (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex')),
  [OID.int4Array]: (text) => elementsOf(text, Number),
  [OID.int8Array]: (text) => elementsOf(text, safeInteger),
  [OID.float8Array]: (text) => elementsOf(text, Number),
  [OID.dateArray]: (text) => elementsOf(text, asText),
  [OID.numericArray]: (text) => elementsOf(text, asText),
};
