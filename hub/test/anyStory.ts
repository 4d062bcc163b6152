import fc from 'fast-check';
import type { Fact } from '../src/house/facts.ts';
import {
  availability,
  availableAt,
  carbonMonoxide,
  deviceAnnounced,
  houseWith,
  lamp,
  oxygen,
  reading,
  siren,
  smoke,
  smokeReading,
} from './builders.ts';

/** A kitchen that measures and a siren in the hall. */
export const SMALL_HOME = houseWith({
  kitchen: [oxygen('o2', { expireAfterMs: 60_000 }), carbonMonoxide(), smoke(), lamp()],
  hall: [siren('siren', { availability: [availableAt('a')] })],
});

/** Everything that may come from outside, about the small home. */
export const anyFact: fc.Arbitrary<Fact> = fc.oneof(
  fc.constantFrom(17, 19.4, 20.1, 20.9, null).map((value) => reading('kitchen.o2', value)),
  fc.constantFrom(0, 30, 300).map((value) => reading('kitchen.co', value, { quantity: 'carbon_monoxide' })),
  fc
    .tuple(fc.boolean(), fc.boolean())
    .map(([on, retained]) => smokeReading('kitchen.smoke', on, { retained })),
  fc.boolean().map((on) => reading('kitchen.lamp', on, { quantity: 'switch' })),
  fc.boolean().map((online) => availability('hall.siren', online)),
  fc
    .tuple(fc.constantFrom('kitchen.lamp', 'hall.siren'), fc.boolean())
    .map(([entityId, on]): Fact => ({ type: 'commandAsked', entityId, on, tone: null, by: 'Ana' })),
  fc.constantFrom<Fact>(
    { type: 'clockReached' },
    { type: 'houseResumed' },
    { type: 'brokerLost' },
    { type: 'brokerFound' },
    { type: 'deviceRemoveAsked', deviceId: 'hall', by: 'Ana' },
    { type: 'announcementWithdrawn', discoveryTopic: 'homeassistant/device/kitchen/config' },
    deviceAnnounced('kitchen', [oxygen('o2', { expireAfterMs: 60_000 }), smoke()]),
    deviceAnnounced('hall', [siren('siren', { availability: [availableAt('a')] })]),
    { type: 'devicePaired', deviceId: 'board', name: 'B', kind: 'board' },
    { type: 'boardStarted', deviceId: 'kitchen', boot: 'b1' },
    {
      type: 'boardAlarmHeard',
      deviceId: 'kitchen',
      entityId: 'kitchen.smoke',
      boot: 'b1',
      seq: 1,
      value: true,
      ageMs: 0,
    },
  ),
);
/** Facts one after the other, each with its house time, ms. */
export const anyStory = fc
  .array(fc.tuple(fc.constantFrom(0, 1, 5_000, 10_000, 60_000, 400_000), anyFact), {
    maxLength: 40,
    size: 'max',
  })
  .map((steps) => {
    let mono = 0;
    return steps.map(([later, fact]) => {
      mono += later;
      return [mono, fact] as const;
    });
  });
