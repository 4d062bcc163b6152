-- The time of the people as it stood at a start, with the speed of the house from then on: until now only when it had begun.
insert into setting (key, json)
  select 'people-time', json_object('at', json(json), 'mono', 0, 'speed', 1) from setting where key = 'people-began';
delete from setting where key = 'people-began';
