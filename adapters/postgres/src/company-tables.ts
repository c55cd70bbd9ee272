/** The tables of migration 0001 as Kysely sees them, without the targets. */
import type { ColumnType, Generated } from 'kysely';
import type { Role, STEP_KINDS, TargetName } from '@planwright/contracts';

/** Comes as a Date, is given as one or as ISO text. */
export type Instant = ColumnType<Date, Date | string, Date | string>;
export type OptionalInstant = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** Comes parsed, is given as JSON text: one driver would send an array as an array of the database. */
export type Json<T> = ColumnType<T, string, string>;
export type OptionalJson<T> = ColumnType<T | null, string | null | undefined, string | null>;

export type CompanyTable = {
  id: Generated<number>;
  slug: string;
  name: string;
  currency: string;
  calendar_kind: 'month' | 'iso-week' | '445';
  fiscal_year_start_month: number;
  as_of: string | null;
  north_star: OptionalJson<{ measure: 'revenue' | 'margin'; fiscalYear: number; amount: number }>;
  is_steady: Generated<boolean>;
  country: string | null;
  is_demo: Generated<boolean>;
  created_at: Generated<Date>;
};

export type MemberTable = {
  company_id: number;
  user_id: string;
  role: Role;
  disabled: Generated<boolean>;
  created_at: Generated<Date>;
  last_seen_at: OptionalInstant;
};

/** Written by the sign-in library; read here for names only. */
export type AuthUserTable = { id: string; name: string; email: string };
export type AuthSessionTable = { id: string; userId: string; expiresAt: Instant };

export type AuditEventTable = {
  id: Generated<number>;
  company_id: number;
  at: Generated<Date>;
  actor_id: string;
  actor: string;
  action: string;
  object_type: string;
  object_id: string;
  before: OptionalJson<unknown>;
  after: OptionalJson<unknown>;
  reason: string | null;
};

export type ImportStatus =
  | 'queued'
  | 'reading'
  | 'storing'
  | 'done'
  | 'refused'
  | 'failed'
  | 'cancelled'
  | 'undone';

export type ImportTargetCounts = {
  target: TargetName;
  read: number;
  rejected: number;
  inserted: number;
  updated: number;
  unchanged: number;
  removed: number;
};

export type ImportTable = {
  id: string;
  company_id: number;
  number: Generated<number>;
  name: string;
  status: ImportStatus;
  created_at: Generated<Date>;
  finished_at: OptionalInstant;
  created_by: string;
  created_by_name: string;
  files: Json<{ name: string; bytes: number }[]>;
  progress_ratio: Generated<number>;
  progress_text: Generated<string>;
  targets: ColumnType<ImportTargetCounts[], string | undefined, string>;
  error_count: Generated<number>;
  warning_count: Generated<number>;
  failure: string | null;
  cancel_requested: Generated<boolean>;
  rejects_files: ColumnType<{ target: TargetName; path: string }[], string | undefined, string>;
  settings_before: OptionalJson<Record<string, unknown>>;
  settings_after: OptionalJson<Record<string, unknown>>;
  stored_number: number | null;
  worker: OptionalJson<unknown>;
  lease_until: OptionalInstant;
};

export type ImportIssueTable = {
  import_id: string;
  number: number;
  severity: 'error' | 'warning';
  code: string;
  message: string;
  advice: string;
  target: string | null;
  file: string | null;
  row: number | null;
  column: string | null;
  value: string | null;
};

export type ImportBeforeTable = { import_id: string; target: string; row: Json<Record<string, unknown>> };

export type CycleTable = {
  id: string;
  company_id: number;
  name: string;
  period_start: string;
  status: Generated<'open' | 'approved' | 'closed'>;
  version: Generated<number>;
  run_id: string | null;
  approved_by: string | null;
  approved_by_name: string | null;
  approved_at: OptionalInstant;
  created_at: Generated<Date>;
};

export type CycleStepTable = {
  cycle_id: string;
  number: number;
  kind: (typeof STEP_KINDS)[number];
  name: string;
  question: string;
  owner_id: string | null;
  due_on: string;
  status: 'waiting' | 'open' | 'signed';
  signed_run_id: string | null;
  signed_by: string | null;
  signed_by_name: string | null;
  signed_at: OptionalInstant;
  note: string | null;
  waive_reason: string | null;
  signed_gate: OptionalJson<unknown>;
};

export type PlanOfRecordTable = {
  cycle_id: string;
  company_id: number;
  run_id: string;
  snapshot_hash: string;
  output_hash: string;
  approved_by: string;
  approved_by_name: string;
  approved_at: Instant;
  note: string | null;
  revenue: number;
  margin: number;
  currency: string;
};

export type CompanyTables = {
  company: CompanyTable;
  member: MemberTable;
  auth_user: AuthUserTable;
  auth_session: AuthSessionTable;
  audit_event: AuditEventTable;
  import: ImportTable;
  import_issue: ImportIssueTable;
  import_before: ImportBeforeTable;
  cycle: CycleTable;
  cycle_step: CycleStepTable;
  plan_of_record: PlanOfRecordTable;
};
