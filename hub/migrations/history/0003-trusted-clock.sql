-- Where the clock stood when it was last believed, epoch ms: nothing is deleted by one that leapt ahead.
alter table stand add column trusted integer not null default 0;
