-- Each row of the journal holds a hash over itself and the row before it. Rows from before get theirs at the next start, in
-- one transaction (journal/store.ts), with a row that says so.
-- who, place, why: what the row is about; also in json. sealed: a part that only the owner opens.
alter table journal add column who text;
alter table journal add column place text;
alter table journal add column why text;
alter table journal add column sealed blob;
alter table journal add column hash blob;

-- What the hub's key signed: no, seq, first, hash, mono and utc. seq: the last row that it covers; first: the oldest that is kept.
create table journal_checkpoint (
  seq integer primary key,
  no integer not null,
  first integer not null,
  hash blob not null,
  mono integer not null,
  utc integer not null,
  key blob not null,
  signature blob not null
) strict;
