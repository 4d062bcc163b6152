-- Devices on which somebody has logged in: nobody elsewhere can keep that person from logging in there again.
create table known_device (
  device_id text not null,
  person_id text not null references person (id) on delete cascade,
  seen_utc integer not null,
  primary key (device_id, person_id)
) without rowid, strict;

create index known_device_person on known_device (person_id, seen_utc);

-- The device of a session: whoever ends the session trusts the device no more.
alter table session add column device_id text;
