import type { Incident, IncidentRow } from '@homeward/hub/api';
import { NOW } from './houses.ts';
import { aRow } from './journals.ts';

/** House time at which the alarm of the tests was raised, ms. */
const RAISED_MS = 1_000_000;
export const SINCE = NOW - 900_000;

/** A row of the incident, so long after the alarm. ms */
export const aStep = (seq: number, afterMs: number, given: Partial<IncidentRow> = {}): IncidentRow => ({
  part: 'alarm',
  ...aRow({ seq, area: 'alarms', at: SINCE + afterMs, houseMs: RAISED_MS + afterMs, ...given }),
  ...(given.part === undefined ? {} : { part: given.part }),
});

const ID = 'co.a1.co.x1';
const REF = { alarmId: ID, kind: 'co', level: 'alarm', entityId: 'a1.co' };

/** Carbon monoxide in the bedroom: raised, sounded, taken on, over. */
export const anIncident = (given: Partial<Incident> = {}): Incident => ({
  alarm: {
    id: ID,
    kind: 'co',
    peak: 'critical',
    cause: 'dose',
    room: { id: 'bed', name: 'Bedroom' },
    entityId: 'a1.co',
    since: SINCE,
    endedAt: SINCE + 300_000,
    unit: 'ppm',
    transitions: [
      {
        at: SINCE,
        event: 'raised',
        from: 'normal',
        to: 'unacknowledged',
        level: 'alarm',
        value: 84,
        by: null,
      },
      {
        at: SINCE + 42_000,
        event: 'acknowledged',
        from: 'unacknowledged',
        to: 'acknowledged',
        level: 'alarm',
        value: 90,
        by: 'Mona',
      },
    ],
  },
  from: SINCE - 600_000,
  to: SINCE + 900_000,
  isOver: true,
  isCut: false,
  rows: [
    aStep(10, -90_000, { part: 'other', area: 'devices', type: 'boardStarted', where: 'a1' }),
    aStep(11, 0, { type: 'alarmRaised', where: 'a1.co', fact: { ...REF, value: 84 } }),
    aStep(12, 4, {
      part: 'deed',
      area: 'devices',
      type: 'commandSent',
      who: ID,
      where: 's1.siren',
      fact: { command: { on: true, tone: 'co_t4' } },
    }),
    aStep(13, 42_000, { type: 'alarmAcknowledged', who: 'Mona', where: 'a1.co', fact: REF }),
    aStep(14, 300_000, { type: 'alarmReturned', where: 'a1.co', fact: REF }),
  ],
  moreRows: false,
  series: [
    {
      entityId: 'a1.co',
      device: 'Air board',
      name: null,
      room: { id: 'bed', name: 'Bedroom' },
      quantity: 'carbon_monoxide',
      unit: 'ppm',
      isCause: true,
      states: false,
    },
  ],
  contacts: [
    {
      entityId: 'd1.door',
      device: 'Hall door',
      name: null,
      room: { id: 'kit', name: 'Kitchen' },
      quantity: 'door',
      before: false,
      changes: [{ at: SINCE + 60_000, isOn: true }],
      isWhole: true,
    },
  ],
  moreContacts: 0,
  loggedIn: [{ name: 'Mona', lastSeenAt: SINCE + 42_000 }],
  told: [],
  toldWhy: 'no-channel',
  ...given,
});
