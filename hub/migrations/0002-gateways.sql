-- A gateway knows its topic filters, so that what is announced by another on its topics can be told. They stood only with
-- its broker identity.
update house_state
set json = json_set(json, '$.topics', json(coalesce(
  (select json_group_array(filter.value)
   from broker_identity, json_each(broker_identity.publish_json) as filter
   where broker_identity.username = house_state.id and filter.value not like 'homeassistant/%'),
  '[]')))
where domain = 'devices' and json_extract(json, '$.kind') = 'gateway';
