-- The import that is being taken in, or that was taken in last. phase: readings, hours (nothing of it may stay if it ends
-- now), undoing; rolling, cleaning, done (it stays). series, t, v: the row that was laid ready and taken in last.
create table import_run (
  one integer primary key check (one = 1),
  id text not null,
  phase text not null,
  series integer not null,
  t integer not null,
  v real not null,
  rows integer not null,
  doubles integer not null
) strict;

-- What it wrote, so that it can be taken back. Written with it, deleted with it, or when the whole of it is there.
create table import_reading (
  series integer not null,
  t integer not null,
  primary key (series, t)
) without rowid, strict;

create table import_hour (
  series integer not null,
  hour integer not null,
  primary key (series, hour)
) without rowid, strict;
