-- The device on which a passkey was made, so that whoever ends its session there ends the passkey too. Null: made before that was kept.
alter table passkey add column device_id text;
