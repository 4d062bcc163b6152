-- What the embedded broker repeats to whoever subscribes: the last retained message of each topic.
create table retained (
  topic text primary key,
  payload blob not null,
  qos integer not null
) without rowid, strict;
