-- The life of every alarm, one row a transition; the last of a point says where it stands. `row_json`: what stands after it;
-- null: back to normal. `point`: "<kind>:<entity>".
create table alarm_transition (
  seq integer primary key autoincrement,
  point text not null,
  alarm_id text not null,
  kind text not null,
  entity_id text not null,
  room_id text not null,
  event text not null,
  from_state text not null,
  to_state text not null,
  level text not null,
  value_json text not null,
  actor text,
  mono integer not null,
  utc integer not null,
  row_json text
) strict;

create index alarm_transition_point on alarm_transition (point, seq);
create index alarm_transition_episode on alarm_transition (alarm_id, seq);
create index alarm_transition_time on alarm_transition (mono);

-- Where episodes begin: the history is read from there.
create index alarm_transition_begin on alarm_transition (seq) where from_state = 'normal';
create index alarm_transition_begin_kind on alarm_transition (kind, seq) where from_state = 'normal';
create index alarm_transition_begin_entity on alarm_transition (entity_id, seq) where from_state = 'normal';
create index alarm_transition_begin_room on alarm_transition (room_id, seq) where from_state = 'normal';

-- Alarms that stood in the house are taken over as they were; how they came to be so is in the journal only.
insert into alarm_transition
  (point, alarm_id, kind, entity_id, room_id, event, from_state, to_state, level, value_json, actor, mono, utc, row_json)
select
  id, json ->> '$.alarmId', json ->> '$.kind', json ->> '$.entityId', json ->> '$.roomId', 'raised', 'normal',
  json ->> '$.state', json ->> '$.level', coalesce(json -> '$.value', 'null'), null,
  coalesce(json ->> '$.since.mono', 0), coalesce(json ->> '$.since.utc', 0), json
from house_state
where domain = 'alarms';
delete from house_state where domain = 'alarms';
