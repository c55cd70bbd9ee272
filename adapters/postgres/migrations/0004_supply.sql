-- What a constrained plan rests on, what planners decide about supply, and what leaves the house. See docs/supply.md.

-- Rules of replenishment beyond the first ones. Null: no such rule.
alter table item_location
  add column lot_maximum double precision,
  add column storage_maximum double precision,
  add column build_ahead_days double precision,
  add column shelf_life_days double precision;
alter table item_supplier
  -- Planned share of what is bought, 0 to 1.
  add column share_ratio double precision,
  add column maximum_per_week double precision,
  add column effective_from date,
  add column effective_to date;
alter table resource
  add column overtime_hours_per_week double precision,
  add column overtime_cost_per_hour numeric(18,4);
-- A resource that may do the step instead.
alter table routing_step add column alternate_resource text;
-- Who is served first, and how: 1 before 2.
alter table account add column priority integer;
alter table sales_order_line
  add column priority integer,
  add column ship_policy text,
  add column lateness_max_days double precision;
-- The proposal that an order was made from: from then on the order counts, not the proposal.
alter table purchase_order_line add column proposal text;
alter table work_order add column proposal text;

-- Days on which a resource stands still.
create table planned_stop (
  company_id integer not null,
  resource text not null,
  starts_on date not null,
  ends_on date not null,
  note text,
  import_id uuid,
  primary key (company_id, resource, starts_on)
);

-- When a machine stopped itself, and how long it took to run again.
create table machine_failure (
  company_id integer not null,
  resource text not null,
  failed_on date not null,
  number integer not null,
  repair_hours double precision not null,
  cause text,
  import_id uuid,
  primary key (company_id, resource, failed_on, number)
);

-- Measures of run_series from here on, for the constrained plan. Stock keys: constrainedReceipts, constrainedDependent,
-- constrainedOnHand, constrainedShortage; resource keys: constrainedHours, overtimeHours (horizon).

-- The constrained plan of a run: its columns as bytes, one row a chunk (see app/src/scenarios/stages/plan-bytes.ts).
create table run_supply_plan (
  run_id uuid not null references run (id) on delete cascade,
  chunk int not null,
  -- Sums of the chunk: see ServiceSums.
  figures jsonb not null,
  payload bytea not null,
  primary key (run_id, chunk)
);

-- What planners decided: rows are added and marked undone, never changed otherwise.
create table supply_decision (
  id uuid primary key,
  company_id integer not null,
  number bigint generated always as identity,
  edit jsonb not null,
  item text,
  location text,
  resource text,
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null default clock_timestamp(),
  undone_by text,
  undone_at timestamptz
);
create index supply_decision_newest on supply_decision (company_id, number desc);

create table release_rules (
  company_id integer primary key,
  rules jsonb not null
);

-- Proposals that someone acted upon. Those of a run that nobody touched are in the plan of the run alone.
create table supply_proposal (
  id uuid primary key,
  company_id integer not null,
  -- What other systems call it: 'PW-12'.
  number bigint generated always as identity,
  -- The run and its number there: of many that act at once, one is first.
  run_id uuid not null,
  run_number text not null,
  kind text not null check (kind in ('make', 'buy', 'move', 'expedite', 'cancel', 'reschedule')),
  status text not null check (status in ('proposed', 'approved', 'released', 'rejected', 'withdrawn')),
  item text not null,
  item_name text not null,
  location text not null,
  from_code text,
  start_on date not null,
  due_on date not null,
  -- As started, before yield; good_quantity is what arrives.
  quantity double precision not null,
  good_quantity double precision not null,
  unit text not null,
  value double precision not null,
  -- The open order it is about.
  order_ref text,
  order_due_on date,
  reason text not null,
  -- [{ userId, by, at }]
  approvals jsonb not null default '[]',
  approvals_needed integer not null,
  released_by text,
  released_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  unique (run_id, run_number)
);
create index supply_proposal_by_status on supply_proposal (company_id, status, start_on, number);

create table supply_webhook (
  id uuid primary key,
  company_id integer not null,
  url text not null,
  secret text not null,
  active boolean not null default true,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp()
);
create index supply_webhook_by_company on supply_webhook (company_id, created_at);

create table webhook_delivery (
  id uuid primary key,
  company_id integer not null,
  webhook_id uuid not null references supply_webhook (id) on delete cascade,
  number bigint generated always as identity,
  event text not null,
  payload text not null,
  status text not null default 'pending' check (status in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  last_attempt_at timestamptz,
  next_attempt_at timestamptz default clock_timestamp(),
  answer_status integer,
  problem text
);
create index webhook_delivery_newest on webhook_delivery (webhook_id, number desc);
create index webhook_delivery_waiting on webhook_delivery (next_attempt_at) where status = 'pending';

-- The inbox. `fingerprint` says what an exception is about: the same one keeps its row from run to run.
create table supply_exception (
  id uuid primary key,
  company_id integer not null,
  fingerprint text not null,
  rule text not null,
  title text not null,
  detail text not null,
  item text,
  location text,
  resource text,
  supplier text,
  stock_point_id integer,
  resource_id integer,
  bucket text,
  bucket_on date,
  size double precision not null,
  unit text not null,
  amount double precision,
  action jsonb,
  expires_on date,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_run_id uuid not null,
  owner text,
  status text not null check (status in ('open', 'snoozed', 'accepted', 'closed')),
  snoozed_until date,
  version integer not null default 1,
  unique (company_id, fingerprint)
);
create index supply_exception_by_amount on supply_exception (company_id, status, (coalesce(amount, 0)) desc, id);

create table exception_comment (
  exception_id uuid not null references supply_exception (id) on delete cascade,
  number bigint generated always as identity,
  by_name text not null,
  at timestamptz not null default clock_timestamp(),
  text text not null,
  primary key (exception_id, number)
);

-- What was last drawn from a published run: exceptions and automatic releases.
create table supply_follow_up (
  company_id integer primary key,
  run_id uuid not null,
  followed_at timestamptz not null
);

-- Optimal plans, worked out on demand.
create table supply_optimum (
  id uuid primary key,
  company_id integer not null,
  run_id uuid not null references run (id) on delete cascade,
  status text not null check (status in ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
  params jsonb not null,
  created_by text not null,
  created_at timestamptz not null default clock_timestamp(),
  started_at timestamptz,
  finished_at timestamptz,
  progress_ratio double precision not null default 0,
  cancel_requested boolean not null default false,
  -- Until when the others take its worker for alive.
  lease_until timestamptz,
  failure text,
  result jsonb
);
create index supply_optimum_newest on supply_optimum (company_id, run_id, created_at desc);
