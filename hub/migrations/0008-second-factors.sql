-- secret: of an authenticator app, sealed with a key made of the pepper, which stands outside this database. proven: a code of it came
-- back, so it is asked for. used_step: the last 30 s of which a code was used; failures: wrong codes since the last right one.
create table second_factor (
  person_id text primary key references person (id) on delete cascade,
  secret text not null,
  made_utc integer not null,
  proven integer not null default 0,
  used_step integer not null default -1,
  failures integer not null default 0
) strict;

-- hash: keyed with the pepper; each code is deleted with its one use.
create table recovery_code (
  person_id text not null references person (id) on delete cascade,
  hash text not null,
  primary key (person_id, hash)
) without rowid, strict;
