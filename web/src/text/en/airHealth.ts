/** How far sensors can be believed. */
export const health = {
  title: 'Sensor health',
  what: 'Everything that measures or sounds. A sensor that cannot be believed never makes a room good.',
  allWell: 'All that measures or sounds is well',
  some: 'One needs you | {n} need you',
  none: 'Nothing to look after yet',
  noneWhat: 'As soon as a sensor or a siren is heard, it stands here.',
  of: 'How far it can be believed',
  group: { needs: 'Needs you', well: 'Well' },
};

export const healthState = {
  ok: 'Well',
  'warming-up': 'Warming up',
  suspect: 'To be looked at',
  'end-of-life': 'Worn out',
  fault: 'Not to be believed',
  lost: 'Silent',
  disabled: 'Out of use',
};

/** What is wrong. */
export const finding = {
  silent: { late: 'It is heard less often than usual.', lost: 'It is silent.' },
  range: { once: 'It told a value that cannot be.', always: 'It keeps telling values that cannot be.' },
  malformed: { is: 'Much of what it says cannot be read.' },
  rate: { is: 'Its value jumped further than air can.' },
  stuck: { is: 'Its value has not moved for too long.' },
  disagrees: { is: 'It and another one in this room do not agree. The worse value counts.' },
  'warm-up': {
    is: 'It warms up for another {span}. Dangerous values count already.',
    nearly: 'It is warming up. Dangerous values count already.',
  },
  calibration: {
    is: 'It was last checked one day ago. | It was last checked {n} days ago.',
  },
  'self-test': {
    is: 'It was last tested one day ago. | It was last tested {n} days ago.',
  },
  'end-of-life': {
    soon: 'Its life ends in one day. | Its life ends in {n} days.',
    over: 'Its life is over. What it tells may be wrong.',
  },
  battery: {
    low: 'Its battery is low: {detail} %.',
    empty: 'Its battery is nearly empty: {detail} %.',
    told: 'Its battery is low.',
  },
  'battery-volts': { is: 'Its battery is low: {detail} V.' },
  signal: { weak: 'Its radio is weak: −{detail} dBm.', lossy: '{detail} % of its messages are lost.' },
  clock: { is: 'Its clock is {detail} s off.' },
  restarts: { is: 'It keeps restarting.' },
  unreadable: { is: 'It speaks in a way that we do not understand.' },
  disabled: { is: 'Somebody took it out of use. Its dangerous values still count.' },
};

/** What to do about it. */
export const todo = {
  silent: 'Check its power and the home network.',
  range: 'Take its power for a moment. If it goes on, replace it.',
  malformed: 'Look at its settings, or take its power for a moment.',
  rate: 'If it happens again, look at its cable and its place.',
  stuck: 'Test it: breathe on it, or press its test button.',
  disagrees: 'Put both side by side for an hour, then replace the one that is wrong.',
  'warm-up': 'Nothing to do: it ends by itself.',
  calibration: 'Test or calibrate it.',
  'self-test':
    'Press its test button, or let it sound for a moment. A siren that says that it sounds, and an alarm that is heard, are tested by that.',
  'end-of-life': 'Replace it, and write down the month of the new one.',
  battery: 'Change its battery.',
  'battery-volts': 'Change its battery.',
  signal: 'Move it, or put a repeater between.',
  clock: 'Let it fetch the time from the hub’s network.',
  restarts: 'Check its plug and cable.',
  unreadable: 'Look at its settings.',
  disabled: 'Put it back to use when you rely on it.',
};
