-- Until when somebody has access; null: for good.
alter table person add column until_utc integer;

-- PINs stand apart: who was invited chooses one later, and a panel has none.
create table person_pin (
  person_id text not null references person (id) on delete cascade,
  kind text not null check (kind in ('own', 'duress')),
  hash text not null,
  primary key (person_id, kind)
) without rowid, strict;

insert into person_pin (person_id, kind, hash) select id, 'own', pin_hash from person;
alter table person drop column pin_hash;
