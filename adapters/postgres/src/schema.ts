import type { CompanyTables } from './company-tables.ts';
import type { PlanTables } from './plan-tables.ts';
import type { TargetTables } from './target-tables.ts';

/** Every table, for Kysely. One file of table interfaces a capability, merged here. */
export type Database = CompanyTables & TargetTables & PlanTables;
