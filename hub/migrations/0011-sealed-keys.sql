-- The key of the house to which sealed parts of the journal are sealed; the newest one counts. Its private half stands only in seal_share.
create table seal_key (
  id integer primary key autoincrement,
  public_key blob not null,
  made_utc integer not null
) strict;

-- A key of each owner. wrapped: its private half, under a key that only their password makes; for_hash: the password's hash then.
create table seal_owner (
  person_id text primary key references person (id) on delete cascade,
  public_key blob not null,
  salt blob not null,
  wrapped blob not null,
  for_hash text not null
) strict;

-- The private half of a key of the house, sealed to an owner's own.
create table seal_share (
  key_id integer not null references seal_key (id) on delete cascade,
  person_id text not null references seal_owner (person_id) on delete cascade,
  sealed blob not null,
  primary key (key_id, person_id)
) strict;

-- Rows with a sealed part are found without going through all others.
create index journal_sealed on journal (seq) where sealed is not null;
