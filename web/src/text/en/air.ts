import { finding, health, healthState, todo } from './airHealth.ts';

export const air = {
  title: 'Air',
  also: 'Also here',
  gone: 'Nothing is measured there',
  toAll: 'To all rooms',
  care: 'What looks after it',
  whyNot: '{name}: why is there an alarm, or none?',
  why: {
    safe: 'What is measured here is within its limits.',
    unwatched: 'Nothing here watches for smoke, CO or gas.',
    unheard: 'Not heard: {quantities}.',
  },
  trend: { rising: 'Rising', falling: 'Falling', steady: 'Steady' },
  mean: 'Mean over {span}',
  tooLittle: 'Not known: only {share} of it was heard',
  aqi: 'Air quality index (US)',
  aqiBeyond: 'Beyond its end, over 500',
  heatIndex: 'Felt warmth',
  mould: {
    name: 'Mould',
    damp: 'The walls have been damp for days. Air and heat more.',
    dry: 'The walls are dry enough',
  },
  outlook: {
    title: 'Where the oxygen is going',
    off: {
      'no-climate':
        'It cannot be told: this room’s warmth and humidity are not measured. The limits hold all the same.',
      doubtful: 'It cannot be told: the sensor is in doubt. The limits hold all the same.',
      'too-few': 'It cannot be told: too little was heard. The limits hold all the same.',
      other: 'It cannot be told now. The limits hold all the same.',
    },
    learning: 'Still learning how it moves here. That takes about 20 minutes.',
    steady: 'It stays where it is.',
    rising: 'It is rising.',
    falling: 'It is falling.',
    fallingBy: 'It is falling by {rate} an hour.',
    about: 'If it goes on so, under {limit} in about {likely} ({range}).',
    perhaps: 'If it goes on so, under {limit} in {soonest} at the soonest, perhaps never.',
    displacement:
      'Oxygen falls and carbon dioxide does not rise. Another gas may be pushing it out. Leave the room and air it.',
    dry: 'As dry air: {value}.',
  },
  exposure: {
    title: 'What adds up',
    dose: 'Share of the alarm dose',
    doseWhat: 'At 100 % the alarm sounds. In clean air it fades.',
    cohb: 'Modelled exposure of a person in this room: {value} COHb.',
    model:
      'A model of the air here, not a medical value. Whoever feels unwell goes outside and calls for help.',
  },
  health,
  healthState,
  finding,
  todo,
};
