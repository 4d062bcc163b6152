-- States only: milliseconds of the hour in which it was known what held; null: all of them. From here on a reading of -1
-- of on and off is none: it says that from then on it was not known any more, and last is null after it.
alter table hourly add column known real;
