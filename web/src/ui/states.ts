/** The six states of the design language; each has one shape, one word, one pattern, one colour. */
export type StateName = 'safe' | 'check' | 'warning' | 'alarm' | 'blind' | 'trouble';
