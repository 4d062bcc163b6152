-- Wrong codes since the last right one, on devices that are known and at the hub itself: those of strangers stand in failures.
alter table second_factor add column known_failures integer not null default 0;
