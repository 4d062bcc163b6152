-- State of the house, one row a thing: the domain's name, the id inside it, and the row as JSON.
create table house_state (
  domain text not null,
  id text not null,
  json text not null,
  primary key (domain, id)
) without rowid, strict;

-- What happened. Written in the same transaction as the state that followed from it.
create table journal (
  seq integer primary key autoincrement,
  mono integer not null,
  utc integer not null,
  type text not null,
  json text not null
) strict;

-- Where the house's own time stood when something was last saved.
create table house_clock (
  one integer primary key check (one = 1),
  mono integer not null,
  utc integer not null,
  boot_id text not null,
  uptime_ms integer not null
) strict;

create table setting (
  key text primary key,
  json text not null
) without rowid, strict;

create table person (
  id text primary key,
  name text not null,
  name_key text not null unique,
  role text not null,
  language text not null,
  password_hash text not null,
  pin_hash text not null,
  created_utc integer not null
) strict;

-- token_hash: SHA-256 of the token; the token itself is never stored.
create table session (
  token_hash text primary key,
  person_id text not null references person (id) on delete cascade,
  created_utc integer not null,
  last_seen_utc integer not null,
  via text not null check (via in ('cookie', 'bearer'))
) without rowid, strict;

create index session_person on session (person_id);

-- Tries of a caller or an account; kept so that a restart forgives nobody.
create table login_try (
  key text primary key,
  points integer not null,
  expire_utc integer
) without rowid, strict;

-- Identities that the hub gave out. secret_hash: SHA-256 of at least 128 random bits.
create table broker_identity (
  username text primary key,
  secret_hash text not null,
  publish_json text not null,
  subscribe_json text not null,
  created_utc integer not null
) strict;
