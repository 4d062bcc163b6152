-- Who retained the message: nobody else may change it on topics that are claimed. Null: from before, or the hub itself.
alter table retained add column owner text;
