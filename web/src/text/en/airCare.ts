/** What a person knows of a sensor that it cannot tell. */
export const upkeep = {
  lastTested: 'Last tested:',
  madeOn: 'Made in',
  madeOnHint: 'Year and month, as on its label: 2026-03. Empty: not known.',
  madeOnWrong: 'Write year and month like 2026-03.',
  life: 'Lives for, months',
  lifeHint: 'As its leaflet says. Empty: what is usual.',
  lifeWrong: 'Write whole months, from {least} to {most}.',
  technology: 'How it measures',
  lowVolts: 'Its battery is low under, V',
  lowVoltsHint: 'As its leaflet says. Empty: 80 % of the most that it told.',
  lowVoltsWrong: 'Write volts, from {least} to {most}.',
  testHour: 'Ask for its test at, o’clock',
  testHourHint:
    'By the clock of the hub. A siren once a week, a smoke or carbon monoxide alarm once a month.',
  testHourWrong: 'Write a whole hour, from {least} to {most}.',
  tested: 'I tested it just now',
  disable: 'Take it out of use',
  disableAsk: 'Nobody would be told that it is silent or worn out. Dangerous values still alarm.',
  disableYes: 'Yes, take it out of use',
  enable: 'Put it back to use',
};

export const technology = {
  unknown: 'Not known',
  electrochemical: 'Electrochemical cell',
  galvanic: 'Galvanic oxygen cell',
  ndir: 'Infrared (NDIR)',
  mox: 'Heated metal oxide (MOX)',
  mq: 'Heated MQ type',
  sgp4x: 'Sensirion SGP4x',
  optical: 'Light and dust (optical)',
  other: 'In another way',
};

/** Showing an oxygen cell fresh air. */
export const calibration = {
  title: 'Show it fresh air',
  what: 'An oxygen cell drifts. Outdoor air holds the same oxygen everywhere: with it the cell finds back.',
  never: 'It has not been shown fresh air yet.',
  last: 'Last on {day}, by {name}.',
  due: 'Next by {day}.',
  moved: 'Since then it was moved by {value} by itself.',
  go: 'Calibrate it',
  history: 'Earlier ones',
  row: '{kind}: read {raw}, times {factor}.',
  kind: { 'fresh-air': 'Fresh air', baseline: 'By itself' },
  outside: 'Take it outside',
  outsideWhat:
    'With its thermometer, out of the sun and the wind, two metres from people, engines and smoke.',
  isOutside: 'It is outside',
  settle: 'Let it settle',
  watching: 'Watching it for five minutes.',
  moving: 'It still moves. Wait a little.',
  settled: 'It has settled.',
  do: 'Calibrate',
  doWhat: 'The hub takes the middle of the last five minutes. Nothing was changed until now.',
  button: 'Calibrate it now',
  done: 'Done. What it reads is now taken times {factor}.',
  backIn: 'Take it back in.',
  toSensor: 'Back to the sensor',
  refused: {
    'not-oxygen': 'This is no oxygen cell that gives a number.',
    'too-few': 'It was not heard well for five minutes. Wait and try again.',
    'not-outdoors':
      'There is too much carbon dioxide around it: that is not outdoor air. Take it further out.',
    'not-steady': 'It still moves. Wait until it has settled.',
    'no-climate': 'Warmth or humidity beside it is missing. Take their sensor along.',
    span: 'It would be off by more than 15 %. Either that is not outdoor air, or the cell is broken.',
    'worn-out': 'The cell gives less than 70 % of what it gave at first. Replace it.',
    other: 'It cannot be calibrated now. Wait and try again.',
  },
};
