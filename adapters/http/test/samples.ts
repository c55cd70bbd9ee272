import { z } from 'zod';

/** As much of JSON Schema as our contracts use. */
export type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
};

export const UUID = '7d5a8e52-7f1c-4f0e-9a43-0c1c4b9a2f10';

const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: UUID,
  date: '2026-11-01',
  email: 'new.person@example.com',
};

export function schemaOf(type: z.ZodType, io: 'input' | 'output'): Schema {
  return z.toJSONSchema(type, { io, unrepresentable: 'any' }) as Schema;
}

/** A value that the schema accepts, with every optional field given. */
export function sampleOf(schema: Schema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.anyOf !== undefined) return sampleOf(schema.anyOf[0], name);
  switch (schema.type) {
    case 'object':
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([key, value]) => [key, sampleOf(value, key)]),
      );
    case 'array':
      return schema.items === undefined ? [] : [sampleOf(schema.items, name)];
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1, 1);
    case 'boolean':
      return false;
    case 'string':
      if (schema.format !== undefined && BY_FORMAT[schema.format] !== undefined)
        return BY_FORMAT[schema.format];
      if (name === 'currency') return 'EUR';
      if (name === 'country') return 'DE';
      if (name === 'company') return 'acme';
      if (name === 'slug') return 'new-company';
      if (name === 'predecessor') return 'older';
      return 'x'.repeat(Math.max(schema.minLength ?? 1, 6));
    default:
      return null;
  }
}

/** The query parameters without which the route refuses. */
export function requiredParameters(endpoint: { readonly query: z.ZodType }): [string, string][] {
  const { properties = {}, required = [] } = schemaOf(endpoint.query, 'input');
  return required.map((name) => [name, String(sampleOf(properties[name], name))]);
}

/** The same as they stand in an address. */
export function requiredQuery(endpoint: { readonly query: z.ZodType }): string {
  const given = requiredParameters(endpoint);
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
