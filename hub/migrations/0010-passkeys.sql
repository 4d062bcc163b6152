-- Public keys by which people log in, and nothing secret. host: the name of the hub under which it works; counter: signatures that the
-- authenticator says it made. Times are those of people (steady).
create table passkey (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  name text not null,
  public_key blob not null,
  counter integer not null,
  transports text not null,
  host text not null,
  synced integer not null,
  made_utc integer not null,
  used_utc integer
) strict;

create index passkey_person on passkey (person_id, made_utc);
