-- A guest's way through one door or into one area. selector: the first digits of its PIN, so that a door compares one hash. What is
-- over is deleted, and so are the passes of who is removed. Times are those of people (steady).
create table guest_pass (
  id text primary key,
  name text not null,
  place_id text not null,
  selector text not null unique,
  pin_hash text not null,
  from_utc integer not null,
  until_utc integer not null,
  weekly text not null,
  uses_left integer,
  created_utc integer not null,
  by_person text not null references person (id) on delete cascade
) strict;

-- What somebody agreed to, in the words of that version. withdrawn_utc: they took it back; the record of it stays, to show that it was
-- given. by_guardian: who agreed for a child. given_utc, withdrawn_utc: as the wall clock said; expire_utc: steady.
create table consent (
  id text primary key,
  person_id text not null references person (id) on delete cascade,
  purpose text not null,
  text_version integer not null,
  language text not null,
  given_utc integer not null,
  expire_utc integer not null,
  by_guardian text,
  withdrawn_utc integer
) strict;

create index consent_person on consent (person_id, purpose);
