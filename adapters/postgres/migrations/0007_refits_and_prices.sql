-- The price that a planned event will have, as a change: -0.2 is a price 20 % lower.
alter table demand_event add column price_change_ratio double precision;

-- The country whose working days and feasts hold where a location does not say its own; ISO 3166-1.
alter table company add column country text;

-- What the method of a stream was fitted on, so that a later run can keep what has not broken: the first day behind that
-- history (none where a launch or a succession made the forecast), and a digest of it and of what was known of it.
alter table run_demand_key
  add column fitted_until date,
  add column fit_inputs text not null default '';
