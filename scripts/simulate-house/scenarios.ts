import type { HouseEvent } from './house-event.ts';

/** What a scenario does to boards, as radio and firmware would. */
export type BoardEvent =
  /** The program stands still: the connection lives, nothing is said any more. */
  | { readonly type: 'boardsHung'; readonly boardIds: readonly string[] }
  /** Power or radio is gone: the connection breaks without a goodbye. */
  | { readonly type: 'boardsDropped'; readonly boardIds: readonly string[] }
  | { readonly type: 'boardsReturned'; readonly boardIds: readonly string[] };

export type ScenarioEvent = HouseEvent | BoardEvent;

export const SCENARIO_NAMES = [
  'heater',
  'co',
  'gas',
  'smoke',
  'sensor-dies',
  'burglar',
  'radio-lost',
] as const;
export type ScenarioName = (typeof SCENARIO_NAMES)[number];

export type Scenario = {
  /** What happens, told to whoever watches. */
  readonly story: string;
  /** Events by seconds of house time after the scenario began. */
  readonly events: readonly { readonly atS: number; readonly event: ScenarioEvent }[];
};

const MINUTE_S = 60;
const RADIO_BOARDS = ['air-living', 'air-bedroom', 'air-children', 'smoke-bedroom', 'contact-living-window'];

export const SCENARIOS: Readonly<Record<ScenarioName, Scenario>> = {
  heater: {
    story:
      'A 4.2 kW gas heater without a flue burns in the living room, door shut, vents taped up: oxygen falls below ' +
      '19.5 % after about 35 minutes and carbon monoxide rises. After 75 minutes somebody airs the room.',
    events: [
      {
        atS: 0,
        event: { type: 'troubleBegan', room: 'living', trouble: { heaterKw: 4.2, sealed: true } },
      },
      { atS: 75 * MINUTE_S, event: { type: 'troubleEnded', room: 'living' } },
      { atS: 75 * MINUTE_S, event: { type: 'openingMoved', opening: 'living-window', open: true } },
      { atS: 105 * MINUTE_S, event: { type: 'openingMoved', opening: 'living-window', open: false } },
    ],
  },
  co: {
    story:
      'Everybody sleeps; the boiler in the kitchen spills its flue gas, 2.5 litres of carbon monoxide a minute: over ' +
      '300 ppm in the kitchen within ten minutes, in the bedroom within the hour. After 90 minutes it stops.',
    events: [
      { atS: 0, event: { type: 'peopleSent', to: 'asleep' } },
      { atS: 10, event: { type: 'troubleBegan', room: 'kitchen', trouble: { coLpm: 2.5 } } },
      { atS: 90 * MINUTE_S, event: { type: 'troubleEnded', room: 'kitchen' } },
      { atS: 90 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: true } },
      { atS: 90 * MINUTE_S, event: { type: 'openingMoved', opening: 'bedroom-window', open: true } },
      { atS: 90 * MINUTE_S, event: { type: 'peopleSent', to: null } },
      { atS: 150 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: false } },
      { atS: 150 * MINUTE_S, event: { type: 'openingMoved', opening: 'bedroom-window', open: false } },
    ],
  },
  gas: {
    story:
      'The hose of the hob tears: 60 litres of natural gas a minute into the kitchen. It would be over 10 % of the ' +
      'explosive limit within five minutes, but at half of that the house shuts the gas valve. After 20 minutes the ' +
      'hose is mended and the garden door opened.',
    events: [
      { atS: 0, event: { type: 'troubleBegan', room: 'kitchen', trouble: { gasLpm: 60, sealed: true } } },
      { atS: 20 * MINUTE_S, event: { type: 'troubleEnded', room: 'kitchen' } },
      { atS: 20 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: true } },
      { atS: 60 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: false } },
    ],
  },
  smoke: {
    story:
      'A pan smoulders on the hob: the kitchen smoke alarm trips within half a minute, the hall follows. ' +
      'After 4 minutes the pan is out and the windows are opened.',
    events: [
      { atS: 0, event: { type: 'troubleBegan', room: 'kitchen', trouble: { smoke: 0.22, coLpm: 0.05 } } },
      { atS: 4 * MINUTE_S, event: { type: 'troubleEnded', room: 'kitchen' } },
      { atS: 4 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: true } },
      { atS: 4 * MINUTE_S, event: { type: 'openingMoved', opening: 'kitchen-window', open: true } },
      { atS: 40 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: false } },
      { atS: 40 * MINUTE_S, event: { type: 'openingMoved', opening: 'kitchen-window', open: false } },
    ],
  },
  'sensor-dies': {
    story:
      'The air node of the bedroom hangs: its connection lives but it says nothing more. After 10 minutes its power ' +
      'fails too, and the broker tells that it is gone. It does not come back.',
    events: [
      { atS: 0, event: { type: 'boardsHung', boardIds: ['air-bedroom'] } },
      { atS: 10 * MINUTE_S, event: { type: 'boardsDropped', boardIds: ['air-bedroom'] } },
    ],
  },
  burglar: {
    story:
      'Everybody goes out. Five minutes later the living-room window is forced and somebody walks through living room, ' +
      'hall and kitchen and leaves by the garden door.',
    events: [
      { atS: 0, event: { type: 'peopleSent', to: 'away' } },
      { atS: 5 * MINUTE_S, event: { type: 'openingMoved', opening: 'living-window', open: true } },
      { atS: 5 * MINUTE_S + 8, event: { type: 'intruderMoved', room: 'living' } },
      { atS: 6 * MINUTE_S + 30, event: { type: 'intruderMoved', room: 'hall' } },
      { atS: 7 * MINUTE_S + 30, event: { type: 'intruderMoved', room: 'kitchen' } },
      { atS: 9 * MINUTE_S, event: { type: 'openingMoved', opening: 'garden-door', open: true } },
      { atS: 9 * MINUTE_S, event: { type: 'intruderMoved', room: null } },
    ],
  },
  'radio-lost': {
    story: 'The access point fails: five boards drop off at once. They come back after 15 minutes.',
    events: [
      { atS: 0, event: { type: 'boardsDropped', boardIds: RADIO_BOARDS } },
      { atS: 15 * MINUTE_S, event: { type: 'boardsReturned', boardIds: RADIO_BOARDS } },
    ],
  },
};

/** A scenario by its name; nothing or "none": a quiet day. Throws RangeError on any other word. */
export function readScenarioName(word: string | undefined): ScenarioName | null {
  if (word === undefined || word === 'none') return null;
  const name = SCENARIO_NAMES.find((one) => one === word);
  if (name === undefined) throw new RangeError(`"${word}" is no scenario: ${SCENARIO_NAMES.join(', ')}`);
  return name;
}

/** Whether an event happens to a board rather than to the house. */
export function isBoardEvent(event: ScenarioEvent): event is BoardEvent {
  return event.type === 'boardsHung' || event.type === 'boardsDropped' || event.type === 'boardsReturned';
}
