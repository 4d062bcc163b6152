/** What is compared. */
export const measure = {
  value: 'Each reading',
  mean: 'Mean over {span}',
  rate: 'Change in a minute, over {span}',
  dose: 'Share of the alarm dose',
  cohb: 'Modelled exposure, % COHb',
  nowCast: 'Weighted mean of 12 h (NowCast)',
  heatIndex: 'Felt warmth',
  surfaceHumidity: 'Humidity at the coldest wall, estimated',
  minutesLeft: 'Minutes until 19.5 % oxygen, from the last {span}',
};

export const crosses = {
  below: 'under {limit}',
  atMost: '{limit} or less',
  above: 'over {limit}',
  atLeast: '{limit} or more',
};

export const level = {
  advisory: 'Check',
  warning: 'Warning',
  alarm: 'Alarm',
  critical: 'Alarm, the worst',
};

export const limit = {
  at: '{measure}: {crosses}.',
  for: '{measure}: {crosses}, for {span}.',
  contact: 'As soon as the detector reports it.',
  contactFor: 'When the detector reports it for {span}.',
  ends: 'It ends as soon as it is clear.',
  endsAfter: 'It ends when it has been clear for {span}. Silence is not clear.',
  latches: 'Then it waits until somebody has seen it.',
  more: 'How it ends, and where it comes from',
  source: 'Where it comes from:',
};

/** How a comparison stands. */
export const phase = {
  clear: 'It is clear.',
  wasClear: 'It was clear when it was last heard.',
  pending: 'It is over the limit.',
  pendingSince: 'It is over the limit since {time}.',
  pendingUntil: 'If it stays so, it is raised at {time}.',
  holds: 'It is raised.',
  holdsSince: 'It is raised since {time}.',
  clearing: 'It is clear again, and still raised.',
  clearingSince: 'It is clear again since {time}, and still raised.',
  clearingUntil: 'If it stays so, it ends at {time}.',
  'not-computable': 'It cannot be compared now. That is not the same as clear.',
  noOutlook: 'Nothing says now that it will get there.',
  tooLittle:
    'It cannot be compared now: {share} of that time was heard, 75 % are needed. That is not the same as clear.',
};

export const now = {
  is: 'Now {value}.',
  was: 'At last {value}.',
  quiet: 'Now the detector reports nothing.',
  wasQuiet: 'At last the detector reported nothing.',
  reports: 'Now the detector reports it.',
  wasReports: 'At last the detector reported it.',
};

export const suppressor = {
  'warming-up': 'The sensor is warming up: only dangerous values count.',
  doubtful: 'The sensor is in doubt: its value clears nothing, and a dangerous one still warns.',
  silent: 'The sensor is silent: nothing new can be compared.',
  shelved: 'Somebody put this alarm aside for a while.',
  'out-of-service': 'Somebody took this alarm out of service.',
  suppressed: 'It is explained by another alarm, and told there.',
  hushed: 'It is silent for now. It still holds.',
};

export const trace = {
  title: 'Why, and why not',
  what: 'Everything that this sensor is compared with, and how it stands. What is raised comes first.',
  none: 'It is compared with nothing.',
};

export const limits = {
  title: 'Limits',
  row: 'From where on the house tells you, and why there',
  what: 'From where on the house tells you. Any of them may be made stricter; those on which lives depend never weaker.',
  standard: 'Carbon monoxide is judged as in',
  profile: {
    EN: {
      name: 'Europe (EN 50291-1)',
      what: 'Alarm after 60 to 90 min at 50 ppm, after 3 min at most at 300 ppm.',
    },
    US: {
      name: 'United States (UL 2034)',
      what: 'Alarm after 60 to 240 min at 70 ppm, after 4 to 15 min at 400 ppm.',
    },
  },
  sensitive: 'Children or somebody pregnant live here',
  sensitiveWhat: 'Their bodies take up carbon monoxide faster. The model counts half as much again.',
  holds: 'Saved. It holds from now on.',
  all: 'All limits',
  count: '1 limit | {n} limits',
  countOwn: 'One is your own | {n} are your own',
  own: 'Your own. The standard is {standard}.',
  fixed: 'This one cannot be changed.',
  change: 'Change it',
  figure: 'New limit',
  figureIn: 'New limit, in {unit}',
  bounds: 'From {least} to {most}.',
  stricterOnly: 'It can only be made stricter.',
  outside: 'Write a number from {least} to {most}.',
  save: 'Save this limit',
  toStandard: 'Back to the standard',
};

/** What a limit would have done. */
export const whatIf = {
  button: 'See what it would have done',
  looking: 'Looking through the last 30 days.',
  days: 'the last day | the last {n} days',
  never: 'In {span} it would not have been raised.',
  times: 'In {span} it would have been raised once. | In {span} it would have been raised {n} times.',
  noNight: 'Never at night (22 to 7 o’clock, by the clock of the hub).',
  night:
    'Once at night (22 to 7 o’clock, by the clock of the hub). | {n} times at night (22 to 7 o’clock, by the clock of the hub).',
  now: 'With the limit that holds now: once. | With the limit that holds now: {n} times.',
  nowNever: 'With the limit that holds now: never.',
  little: 'Only {share} of that time was heard.',
  nothing: 'Nothing was heard in the last 30 days, so nobody can tell.',
  anyway: 'You can save it all the same.',
};
