-- One line on a chart. An entity has another series for each unit, and for on and off. unit: '' for none.
create table series (
  id integer primary key,
  entity text not null,
  unit text not null,
  states integer not null,
  unique (entity, unit, states)
) strict;

-- Every reading. t: 32 keys to each millisecond since 1970, so that several readings of one millisecond are kept.
-- v: on and off are 1 and 0.
create table reading (
  series integer not null,
  t integer not null,
  v real not null,
  primary key (series, t)
) without rowid, strict;

-- One row an hour (since 1970) in which something was heard. total: sum of the values; for states the milliseconds that
-- it was on. last: states only, what held at the end of the hour.
create table hourly (
  series integer not null,
  hour integer not null,
  n integer not null,
  low real not null,
  high real not null,
  total real not null,
  last real,
  primary key (series, hour)
) without rowid, strict;

-- Hours with readings that their hourly row does not know yet. Written with the reading, deleted with the hourly row.
create table unrolled (
  series integer not null,
  hour integer not null,
  primary key (series, hour)
) without rowid, strict;

-- rows: number of readings. run, batch: what was written last, so that nothing is written twice.
-- pruned_before: readings of hours before this one are kept no more.
create table stand (
  one integer primary key check (one = 1),
  rows integer not null,
  run text not null,
  batch integer not null,
  pruned_before integer not null
) strict;

insert into stand (one, rows, run, batch, pruned_before) values (1, 0, '', 0, 0);
