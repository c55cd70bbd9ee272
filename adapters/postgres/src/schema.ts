/** Every table, for Kysely. One file of table interfaces a capability, merged here. */
export type Database = Record<string, never>;
