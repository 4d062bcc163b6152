/** The six states of the design language; each has one shape, one word, one pattern, one colour. */
export type StateName = 'safe' | 'check' | 'warning' | 'alarm' | 'blind' | 'trouble';

/** A room may also be one that nobody can speak of: no sensor that life depends on stands there. */
export type RoomState = StateName | 'unwatched';
