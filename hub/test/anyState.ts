import fc from 'fast-check';
import type { Command } from '../src/devices/command.ts';
import { HOSTILE_KEYS, objectText, spoiled, wordsOf, written } from './anyJson.ts';

const STATE_WORDS = [
  ...wordsOf(
    'ON OFF on off open closed opening closing stopped LOCKED UNLOCKED JAMMED OPENING None home not_home',
  ),
  ...wordsOf(
    'a b press unknown 0 1 50 100 255 -1 1e400 NaN 20.5 1,2,3 120,50 0.3,0.3 2026-11-22 1.2.3 {} [] null',
  ),
  '',
  ' ',
];
const STATE_KEYS = [
  ...wordsOf(
    'a state brightness color color_mode color_temp effect r g b x y h s position tilt_position tone duration',
  ),
  ...wordsOf(
    'installed_version latest_version in_progress update_percentage event_type in_zones latitude volume_level',
  ),
  ...HOSTILE_KEYS,
];
const stateScalars = fc.oneof(
  fc.constantFrom<unknown>(...STATE_WORDS, 'rgb', 'xy', 'color_temp'),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
const stateObjects = fc
  .array(
    fc.tuple(
      fc.constantFrom(...STATE_KEYS),
      fc.oneof(
        { weight: 4, arbitrary: stateScalars },
        {
          weight: 1,
          arbitrary: fc
            .array(fc.tuple(fc.constantFrom(...STATE_KEYS), stateScalars), { maxLength: 5 })
            .map(objectText),
        },
        { weight: 1, arbitrary: fc.array(stateScalars, { maxLength: 3 }) },
      ),
    ),
    { maxLength: 6 },
  )
  .map(objectText)
  .map(written);

const SIGNATURES = ['ffd8ff', '89504e470d0a1a0a', '474946383961', '52494646aaaaaaaa57454250'].map((hex) =>
  Uint8Array.from(Buffer.from(hex, 'hex')),
);
const pictures = fc
  .tuple(fc.constantFrom(...SIGNATURES), fc.uint8Array({ maxLength: 40 }))
  .map(([signature, rest]) => Uint8Array.from([...signature, ...rest]));

/** What a device may say on any of its topics. */
export const anyState: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STATE_WORDS) },
  { weight: 4, arbitrary: stateObjects },
  { weight: 1, arbitrary: spoiled(stateObjects) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  { weight: 1, arbitrary: pictures },
  { weight: 1, arbitrary: pictures.map((bytes) => Buffer.from(bytes).toString('base64')) },
);

const percents = fc.oneof(fc.constantFrom(0, 1, 50, 100), fc.double({ min: 0, max: 100, noNaN: true }));

/** Whatever a person may ask of an entity, also of one that does not offer it. */
export const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record(
    {
      on: fc.boolean(),
      tone: fc.constantFrom('fire', '"', 'é'),
      durationS: fc.double({ min: 1, max: 86_400, noNaN: true }),
      volume: fc.double({ min: 0, max: 1, noNaN: true }),
      brightness: percents,
      colorTempK: fc.integer({ min: 1_000, max: 20_000 }),
      hue: fc.double({ min: 0, max: 360, noNaN: true }),
      saturation: percents,
      effect: fc.constantFrom('a', 'rainbow', '{{ x }}'),
      transitionS: fc.integer({ min: 0, max: 3_600 }),
    },
    { requiredKeys: ['on'] },
  ),
  fc.constantFrom<Command>(
    ...(['lock', 'unlock', 'open', 'close', 'stop', 'press', 'install'] as const).map((verb) => ({
      do: verb,
    })),
  ),
  percents.map((position) => ({ position })),
  percents.map((tilt) => ({ tilt })),
  fc
    .oneof(fc.double(), fc.constantFrom('a', 'b', '', '"}'), fc.string({ maxLength: 255 }))
    .map((set) => ({ set })),
);
