-- Whether a run holds numbers of the published plan that differ from it by no more than noise.
alter table company add column is_steady boolean not null default false;
