-- token_hash: SHA-256 of the token, which is shown once and never stored. Used, revoked and outlived ones are deleted; so
-- are those of a person who is removed.
create table invitation (
  id text primary key,
  token_hash text not null unique,
  name text not null,
  role text not null,
  until_utc integer,
  created_utc integer not null,
  expire_utc integer not null,
  by_person text not null references person (id) on delete cascade
) strict;

-- How a session is called in a list; its token and the hash of it stay out of sight.
alter table session add column id text;
update session set id = lower(hex(randomblob(8)));
create unique index session_id on session (id);
alter table session add column device_name text;
alter table session add column browser text;
alter table session add column system text;
