-- Companies, their people, what was imported, who did what, and the planning cycle.

create table company (
  id integer generated always as identity primary key,
  slug text not null unique,
  name text not null,
  currency text not null,
  calendar_kind text not null check (calendar_kind in ('month', 'iso-week', '445')),
  fiscal_year_start_month integer not null check (fiscal_year_start_month between 1 and 12),
  as_of date,
  north_star jsonb,
  is_demo boolean not null default false,
  created_at timestamptz not null default now()
);

-- Sign-in. Column names are those of the library that writes these tables; the prefix keeps its `account`
-- apart from the customers of a company.

create table auth_user (
  id text primary key,
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);

create table auth_session (
  id text primary key,
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now(),
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth_user (id) on delete cascade
);
create index auth_session_user on auth_session ("userId");

create table auth_account (
  id text primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth_user (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_account_user on auth_account ("userId");

create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index auth_verification_identifier on auth_verification (identifier);

create table auth_rate_limit (
  id text primary key,
  key text not null unique,
  count integer not null,
  "lastRequest" bigint not null
);

-- No reference to auth_user: a member stays in the record after the person has gone.
create table member (
  company_id integer not null references company (id),
  user_id text not null,
  role text not null check (role in ('admin', 'planner', 'finance', 'sales', 'executive', 'viewer')),
  disabled boolean not null default false,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz,
  primary key (company_id, user_id)
);
create index member_user on member (user_id);

-- The trail of every write. Rows are only ever added: the trigger below refuses anything else.
create table audit_event (
  id bigint generated always as identity primary key,
  company_id integer not null references company (id),
  at timestamptz not null default now(),
  actor_id text not null,
  actor text not null,
  action text not null,
  object_type text not null,
  object_id text not null,
  before jsonb,
  after jsonb,
  reason text
);
create index audit_event_company on audit_event (company_id, id);
create index audit_event_action on audit_event (company_id, action, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The rows of % are only ever added.', tg_table_name using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_event_is_append_only before update or delete or truncate on audit_event
  for each statement execute function refuse_change();

-- Imports.

create table import (
  id uuid primary key,
  company_id integer not null references company (id),
  -- Order of creation, for paging.
  number bigint generated always as identity unique,
  name text not null,
  status text not null check
    (status in ('queued', 'reading', 'storing', 'done', 'refused', 'failed', 'cancelled', 'undone')),
  created_at timestamptz not null default now(),
  finished_at timestamptz,
  created_by text not null,
  created_by_name text not null,
  files jsonb not null default '[]',
  progress_ratio double precision not null default 0,
  progress_text text not null default '',
  targets jsonb not null default '[]',
  error_count integer not null default 0,
  warning_count integer not null default 0,
  failure text,
  cancel_requested boolean not null default false,
  -- Files with the refused rows: [{target, name, path}], paths relative to the data folder.
  rejects_files jsonb not null default '[]',
  -- Company settings before and after, where the mapping changed them.
  settings_before jsonb,
  settings_after jsonb,
  -- Order of storing, which is the order of undoing; null until the rows are stored.
  stored_number bigint,
  -- The process at work, and until when it must have shown a sign of life.
  worker jsonb,
  lease_until timestamptz
);
-- Rows of imports under way wait here in tables of their own, which are never read by others.
create schema staging;
create sequence import_stored_number;
create index import_company on import (company_id, number);
create index import_stored on import (company_id, stored_number) where status = 'done';

create table import_issue (
  import_id uuid not null references import (id),
  number integer not null,
  severity text not null check (severity in ('error', 'warning')),
  code text not null,
  message text not null,
  advice text not null,
  target text,
  file text,
  row integer,
  "column" text,
  value text,
  primary key (import_id, number)
);

-- The rows that an import changed or removed, as they were: what undoing puts back.
create table import_before (
  import_id uuid not null references import (id),
  target text not null,
  row jsonb not null
);
create index import_before_import on import_before (import_id, target);

-- The planning cycle. Runs are named without a reference: they are kept by another part of the schema.

create table cycle (
  id uuid primary key,
  company_id integer not null references company (id),
  name text not null,
  period_start date not null,
  status text not null default 'open' check (status in ('open', 'approved', 'closed')),
  version integer not null default 0,
  run_id uuid,
  approved_by text,
  approved_by_name text,
  approved_at timestamptz,
  created_at timestamptz not null default now(),
  unique (company_id, period_start)
);

create table cycle_step (
  cycle_id uuid not null references cycle (id),
  number integer not null,
  kind text not null check (kind in ('product', 'demand', 'supply', 'financial', 'pre-sop', 'executive')),
  name text not null,
  question text not null,
  owner_id text,
  due_on date not null,
  status text not null check (status in ('waiting', 'open', 'signed')),
  signed_run_id uuid,
  signed_by text,
  signed_by_name text,
  signed_at timestamptz,
  note text,
  waive_reason text,
  -- The checks as they stood when the step was signed.
  signed_gate jsonb,
  primary key (cycle_id, number)
);

create table plan_of_record (
  cycle_id uuid primary key references cycle (id),
  company_id integer not null references company (id),
  run_id uuid not null,
  snapshot_hash text not null,
  output_hash text not null,
  approved_by text not null,
  approved_by_name text not null,
  approved_at timestamptz not null,
  note text,
  revenue double precision not null,
  margin double precision not null,
  currency text not null
);
create trigger plan_of_record_is_append_only before update or delete or truncate on plan_of_record
  for each statement execute function refuse_change();

-- What a company's files fill: one table a target, see contracts/src/targets.ts. `import_id` is the import that
-- wrote the row last. No foreign keys: rows come in bulk, already checked, and companies are never deleted.

create table item_group (
  company_id integer not null,
  code text not null,
  name text not null,
  parent_code text,
  import_id uuid,
  primary key (company_id, code)
);

create table location (
  company_id integer not null,
  code text not null,
  name text not null,
  kind text not null,
  country text,
  latitude double precision,
  longitude double precision,
  supplied_from text,
  transit_days double precision not null,
  import_id uuid,
  primary key (company_id, code)
);

create table item (
  company_id integer not null,
  code text not null,
  name text not null,
  group_code text,
  kind text not null,
  unit text not null,
  source text not null,
  home_location text,
  standard_cost numeric(18,4),
  list_price numeric(18,4),
  currency text,
  lead_time_days double precision,
  lot_minimum double precision,
  lot_multiple double precision,
  safety_stock double precision,
  yield_ratio double precision not null,
  active_from date,
  active_to date,
  successor_code text,
  import_id uuid,
  primary key (company_id, code)
);

create table item_location (
  company_id integer not null,
  item text not null,
  location text not null,
  source text,
  source_location text,
  lead_time_days double precision,
  lot_minimum double precision,
  lot_multiple double precision,
  safety_stock double precision,
  import_id uuid,
  primary key (company_id, item, location)
);

create table territory (
  company_id integer not null,
  code text not null,
  name text not null,
  region text,
  country text,
  import_id uuid,
  primary key (company_id, code)
);

create table employee (
  company_id integer not null,
  code text not null,
  name text not null,
  title text,
  department text,
  manager_code text,
  hired_on date,
  left_on date,
  is_seller boolean not null,
  import_id uuid,
  primary key (company_id, code)
);

create table account (
  company_id integer not null,
  code text not null,
  name text not null,
  segment text,
  channel text,
  territory text,
  seller text,
  country text,
  region text,
  city text,
  postal_code text,
  latitude double precision,
  longitude double precision,
  annual_revenue numeric(18,4),
  employees double precision,
  import_id uuid,
  primary key (company_id, code)
);

create table supplier (
  company_id integer not null,
  code text not null,
  name text not null,
  country text,
  rating text,
  preferred boolean not null,
  active boolean not null,
  latitude double precision,
  longitude double precision,
  import_id uuid,
  primary key (company_id, code)
);

create table item_supplier (
  company_id integer not null,
  item text not null,
  supplier text not null,
  lead_time_days double precision,
  price numeric(18,4),
  currency text,
  minimum_quantity double precision,
  multiple_quantity double precision,
  priority integer not null,
  import_id uuid,
  primary key (company_id, item, supplier)
);

create table bom_row (
  company_id integer not null,
  parent text not null,
  component text not null,
  quantity_per double precision not null,
  unit text,
  scrap_ratio double precision not null,
  effective_from date,
  effective_to date,
  import_id uuid,
  primary key (company_id, parent, component)
);

create table resource (
  company_id integer not null,
  code text not null,
  name text not null,
  location text,
  kind text not null,
  hours_per_week double precision,
  efficiency_ratio double precision not null,
  cost_per_hour numeric(18,4),
  currency text,
  import_id uuid,
  primary key (company_id, code)
);

create table routing_step (
  company_id integer not null,
  item text not null,
  sequence integer not null,
  resource text not null,
  setup_hours double precision not null,
  hours_per_unit double precision not null,
  import_id uuid,
  primary key (company_id, item, sequence)
);

create table on_hand (
  company_id integer not null,
  item text not null,
  location text not null,
  quantity double precision not null,
  as_of date,
  import_id uuid,
  primary key (company_id, item, location)
);

create table stock_balance (
  company_id integer not null,
  item text not null,
  location text not null,
  "on" date not null,
  quantity double precision not null,
  unit_cost numeric(18,4),
  import_id uuid,
  primary key (company_id, item, location, "on")
);

create table sales_order (
  company_id integer not null,
  code text not null,
  account text,
  territory text,
  seller text,
  channel text,
  ordered_on date not null,
  requested_on date,
  shipped_on date,
  currency text,
  net_amount numeric(18,4),
  tax_amount numeric(18,4),
  freight_amount numeric(18,4),
  total_amount numeric(18,4),
  import_id uuid,
  primary key (company_id, code)
);

create table sales_order_line (
  company_id integer not null,
  "order" text not null,
  line text not null,
  item text not null,
  location text not null,
  channel text not null,
  account text,
  ordered_on date not null,
  requested_on date,
  shipped_on date,
  quantity double precision not null,
  shipped_quantity double precision,
  net_amount numeric(18,4),
  currency text,
  import_id uuid,
  primary key (company_id, "order", line)
);

create table purchase_order_line (
  company_id integer not null,
  "order" text not null,
  line text not null,
  supplier text not null,
  item text not null,
  location text,
  ordered_on date not null,
  due_on date,
  received_on date,
  quantity double precision not null,
  received_quantity double precision,
  rejected_quantity double precision,
  price numeric(18,4),
  currency text,
  status text not null,
  import_id uuid,
  primary key (company_id, "order", line)
);

create table work_order (
  company_id integer not null,
  code text not null,
  item text not null,
  location text,
  start_on date,
  due_on date,
  end_on date,
  quantity double precision not null,
  completed_quantity double precision,
  scrapped_quantity double precision,
  status text not null,
  import_id uuid,
  primary key (company_id, code)
);

create table seller_territory (
  company_id integer not null,
  seller text not null,
  territory text not null,
  starts_on date not null,
  ends_on date,
  import_id uuid,
  primary key (company_id, seller, territory, starts_on)
);

create table quota (
  company_id integer not null,
  seller text not null,
  period_start date not null,
  period_end date,
  amount numeric(18,4) not null,
  currency text,
  import_id uuid,
  primary key (company_id, seller, period_start)
);

create table ledger_line (
  company_id integer not null,
  scenario text not null,
  organisation text not null,
  department text not null,
  account text not null,
  item_group text not null,
  posted_on date not null,
  account_type text not null,
  amount numeric(18,4) not null,
  currency text,
  import_id uuid,
  primary key (company_id, scenario, organisation, department, account, item_group, posted_on)
);

create table fx_rate (
  company_id integer not null,
  from_currency text not null,
  to_currency text not null,
  "on" date not null,
  rate double precision not null,
  import_id uuid,
  primary key (company_id, from_currency, to_currency, "on")
);

create table demand_event (
  company_id integer not null,
  code text not null,
  name text not null,
  kind text not null,
  item_group text,
  item text,
  channel text,
  starts_on date not null,
  ends_on date not null,
  uplift_ratio double precision,
  import_id uuid,
  primary key (company_id, code)
);

create table lead (
  company_id integer not null,
  code text not null,
  name text not null,
  origin text,
  status text not null,
  seller text,
  created_on date not null,
  opportunity_code text,
  import_id uuid,
  primary key (company_id, code)
);

create table opportunity (
  company_id integer not null,
  code text not null,
  name text not null,
  account text,
  seller text,
  item_group text,
  stage text not null,
  outcome text not null,
  win_ratio double precision,
  amount numeric(18,4),
  currency text,
  created_on date not null,
  expected_close_on date,
  closed_on date,
  import_id uuid,
  primary key (company_id, code)
);

create table opportunity_event (
  company_id integer not null,
  opportunity text not null,
  sequence integer not null,
  "on" date not null,
  stage text not null,
  amount numeric(18,4),
  expected_close_on date,
  import_id uuid,
  primary key (company_id, opportunity, sequence)
);


-- For the reads of the plan and of the data screens.
create index sales_order_line_stream on sales_order_line (company_id, item, location, channel);
create index sales_order_line_ordered on sales_order_line (company_id, ordered_on);
create index sales_order_line_account on sales_order_line (company_id, account);
create index sales_order_ordered on sales_order (company_id, ordered_on);
create index bom_row_component on bom_row (company_id, component);
create index purchase_order_line_item on purchase_order_line (company_id, item) where status = 'open';
create index work_order_item on work_order (company_id, item) where status = 'open';
create index item_supplier_supplier on item_supplier (company_id, supplier);
create index opportunity_event_day on opportunity_event (company_id, "on");
