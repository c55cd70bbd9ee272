-- What planners know of demand beside its history, and what a run learns about it. See docs/forecasting.md.

-- Who plans an item's demand, and where an event is limited to.
alter table item add column planner text;
alter table demand_event add column location text;
-- How strong the event is: 0.2 for 20 % off, 1 where it is simply on.
alter table demand_event add column strength double precision not null default 1;
alter table demand_event add column note text;
-- Rows that an undo would bring back are whole rows of their table: those of before need the new column too.
update import_before set row = row || '{"strength": 1}' where target = 'demand_event';

-- Days on which an item could not be sold at a location for want of stock: demand then is more than what was ordered.
create table stock_out (
  company_id integer not null,
  item text not null,
  location text not null,
  starts_on date not null,
  ends_on date not null,
  import_id uuid,
  primary key (company_id, item, location, starts_on)
);

-- An item that starts without a history. Location and channel '' stand for all of them.
create table launch (
  company_id integer not null,
  item text not null,
  location text not null,
  channel text not null,
  starts_on date not null,
  -- Codes of the items it is expected to resemble, separated by commas; empty: the nearest by their attributes.
  like_items text,
  -- Expected quantity a bucket once the start is over; null: what the like-items reached.
  level_quantity double precision,
  note text,
  import_id uuid,
  primary key (company_id, item, location, channel)
);

-- An item that takes over from another.
create table succession (
  company_id integer not null,
  predecessor text not null,
  successor text not null,
  switch_on date not null,
  -- Units of the successor for one of the predecessor.
  conversion_ratio double precision not null,
  -- Days over which demand moves.
  ramp_days double precision not null,
  -- Share of its demand that the predecessor keeps.
  kept_ratio double precision not null,
  note text,
  import_id uuid,
  primary key (company_id, predecessor, successor)
);

-- What a planner decided about one bucket of history: 'keep' it as it was ordered, or 'set' it to a quantity.
create table cleansing_decision (
  company_id integer not null,
  item text not null,
  location text not null,
  channel text not null,
  -- First day of the bucket.
  bucket_on date not null,
  decision text not null check (decision in ('keep', 'set')),
  quantity double precision check ((decision = 'set') = (quantity is not null)),
  reason text not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (company_id, item, location, channel, bucket_on)
);

-- Measures of run_series from here on, for demand keys: cleansed and reason (history; the reason codes of the forecast
-- engine), uplift (whole: what events added or will add), level, trend and season (horizon; with uplift they add up to the baseline before
-- reconciliation), reconciled (horizon: what agreeing with the groups changed), lag1 (history: the forecast made one bucket before).
alter table run_demand_key
  add column planner text not null default '',
  add column value_class text not null default '',
  -- X, Y or Z: how well it can be forecast, by its back-test and not by how much it varies.
  add column forecast_class text not null default '',
  add column life_stage text not null default '',
  -- Absolute error of the back-test times the price: what an hour of work could save.
  add column money_error double precision not null default 0,
  add column naive_absolute_error double precision not null default 0;
create index run_demand_key_by_money_error on run_demand_key (run_id, money_error desc, key_id);

-- Sums of the back-test by key and lag: they add up to any selection. The naive forecast is the yardstick.
create table run_accuracy (
  run_id uuid not null references run (id) on delete cascade,
  key_id int not null,
  lag int not null,
  bucket_count int not null,
  actual double precision not null,
  absolute_error double precision not null,
  error double precision not null,
  naive_absolute_error double precision not null,
  inside80 int not null,
  inside95 int not null,
  primary key (run_id, key_id, lag)
);

-- What the events of a kind or a name did, as the run estimated it. Ratios are changes: 0.2 is 20 % more.
create table run_event_effect (
  run_id uuid not null references run (id) on delete cascade,
  number int not null,
  -- The event it is about, or the code of a calendar effect such as 'easter'.
  event_code text not null,
  name text not null,
  kind text not null,
  starts_on date not null,
  ends_on date not null,
  key_count int not null,
  seen_count int not null,
  uplift_ratio double precision not null,
  lower80_ratio double precision not null,
  upper80_ratio double precision not null,
  after_ratio double precision not null,
  cannibalised_ratio double precision not null,
  -- What it added to history and adds to the plan.
  actual_quantity double precision not null,
  plan_quantity double precision not null,
  explanation text not null,
  primary key (run_id, number)
);

-- What was found in the history or the forecast of a key, most expensive first.
create table run_finding (
  run_id uuid not null references run (id) on delete cascade,
  number int not null,
  key_id int not null,
  kind text not null,
  -- Index of the bucket, history first; null where it is about the whole.
  bucket int,
  quantity_before double precision,
  quantity_after double precision,
  amount double precision not null,
  detail text not null,
  primary key (run_id, number)
);
create index run_finding_by_key on run_finding (run_id, key_id, number);
