-- How far the chunk under way is, 0 to 1: of stages that are one long chunk, such as learning from all streams.
alter table run add column chunk_share double precision not null default 0;
