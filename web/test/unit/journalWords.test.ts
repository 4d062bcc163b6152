import type { JournalRow } from '@homeward/hub/api';
import { afterEach, describe, expect, it } from 'vitest';
import { defineComponent } from 'vue';
import { typesOf } from '../../../hub/src/journal/entry.ts';
import { KEPT } from '../../../hub/src/journal/kept.ts';
import type { Known } from '../../src/journal/known.ts';
import { asSentence, SENTENCES, sentencesOf } from '../../src/journal/sentences.ts';
import { i18n, speak } from '../../src/text/i18n.ts';
import { type Say, useSay } from '../../src/text/say.ts';
import { aDevice, aHouse, anEntity } from './houses.ts';
import { aRow } from './journals.ts';
import { mountInApp } from './mount.ts';

/** What the hub writes: facts that it keeps, and rows of its own. */
const TYPES = [...Object.keys(KEPT), ...typesOf('journal')];

const known: Known = {
  house: aHouse({
    devices: [
      aDevice({}, [anEntity()]),
      aDevice({ id: 's1', name: 'Hall siren', roomId: 'kit' }, [
        anEntity({ id: 's1.siren', component: 'siren', quantity: 'siren', unit: null, value: false }),
      ]),
    ],
  }),
  people: new Map([['p2', 'Omar']]),
  t: (key) => (i18n.global as unknown as { t: (key: string) => string }).t(key),
};

let say: Say = () => '';
const Speaker = defineComponent({
  setup() {
    say = useSay();
    return () => null;
  },
});
mountInApp(Speaker);

const saidOf = (row: JournalRow): string =>
  sentencesOf(row, known)
    .map((one) => asSentence(say(one)))
    .join(' ')
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\u00a0/g, ' ');
const said = (type: string, given: Partial<JournalRow> = {}): string =>
  saidOf(aRow({ type, ...given, fact: { type, ...given.fact } }));

afterEach(async () => {
  await speak('en');
});

describe('the words of the journal', () => {
  it('are there for every fact that the hub keeps', () => {
    expect(TYPES.filter((type) => !Object.hasOwn(SENTENCES, type))).toEqual([]);
  });

  /** A row as it should be, one of which only the type is left, and one in which nothing is what it should be. */
  const full = {
    type: '',
    alarmId: 'co.a1.co.x1',
    kind: 'co',
    level: 'alarm',
    entityId: 'a1.co',
    event: 'hushed',
    value: 84,
    cause: 'radio',
    rung: 'contacts',
    role: 'adult',
    right: 'devices.pair',
    name: 'Salma',
    personId: 'p2',
    deviceId: 'a1',
    deviceIds: ['a1', 's1'],
    sessions: 2,
    times: 4,
    passkeys: 2,
    left: 3,
    purpose: 'face',
    answered: ['s1.siren'],
    mute: ['a', 'b'],
    fileName: 'old.db',
    series: 3,
    rawDays: 30,
    command: { on: true },
    reason: 'gas-interlock',
    upkeep: { tested: true },
    patch: { enabled: false, profile: 'EN', own: [{}], kinds: ['co'], entityIds: ['a1.co'] },
    from: 1,
    to: 3,
  };
  const broken = Object.fromEntries(Object.keys(full).map((name) => [name, [{ 7: null }]]));

  const rows = [full, {}, broken].flatMap((fact) =>
    ['Mona', null].flatMap((who) => ['a1.co', 'gone.part', null].map((where) => ({ fact, who, where }))),
  );
  const SOUND = { en: /^(“?\p{Lu}|gone\.part).*[.?!]$/u, ar: /[\u0600-\u06ff]/ } as const;

  it.each(Object.keys(SENTENCES))(
    '%s is said whole in both languages, whatever its row holds',
    async (type) => {
      for (const language of ['en', 'ar'] as const) {
        await speak(language);
        for (const row of rows) {
          const text = said(type, { ...row, why: 'co' });
          expect(text).toMatch(SOUND[language]);
          expect(text).not.toMatch(/[{}]|undefined|null|NaN|\[object|journal\.\w|alarms\.\w|problem\.\w/);
        }
      }
    },
  );

  it.each([
    ['personLoggedIn', { who: 'Mona' }, 'Mona logged in.'],
    ['passUsed', { fact: { name: 'Cleaner', left: 2 } }, 'The guest pass of Cleaner opened.'],
    [
      'loginRefused',
      { where: '192.168.1.20' },
      'Somebody tried to log in from 192.168.1.20 and was refused.',
    ],
    [
      'rightRefused',
      { who: 'Omar', fact: { role: 'guest', right: 'alarms.see', times: 3 } },
      'Omar was refused as a guest: see alarms. 3 times.',
    ],
    [
      'requestRefused',
      { who: 'Mona', why: 'last-owner' },
      'What Mona asked for was refused. A house needs an owner. Make somebody else an owner first.',
    ],
    ['requestRefused', { who: 'Mona', why: 'gone' }, 'What Mona asked for was refused.'],
    ['personChanged', { who: 'Mona', fact: { personId: 'p2', role: 'owner' } }, 'Mona made Omar an owner.'],
    [
      'deviceCorrected',
      { who: 'Mona', where: 'a1', fact: { name: 'Bedside', room: '' } },
      'Mona changed Air board. Its name is now “Bedside”. It is in no room now.',
    ],
    ['deviceRemoved', { who: 'Mona', fact: { name: 'Old board' } }, 'Mona removed Old board.'],
    [
      'commandSent',
      { who: 'Mona', where: 's1.siren', fact: { command: { on: true } } },
      'Mona asked Siren, Kitchen: sound.',
    ],
    [
      'commandSent',
      { who: 'co.a1.co.x1', where: 's1.siren', fact: { command: { on: false } } },
      'The house asked Siren, Kitchen: be silent.',
    ],
    [
      'commandWithheld',
      { who: 'Mona', where: 'a1.co', fact: { command: { on: true }, reason: 'gas-interlock' } },
      'Mona wanted CO, Bedroom: on. It was not sent. While there is gas nothing is switched: a spark could light it.',
    ],
    [
      'troubleBegan',
      { where: 'a1.co', fact: { cause: 'battery' } },
      'Trouble: CO, Bedroom. Its battery is nearly empty.',
    ],
    [
      'upkeepChanged',
      { who: 'Mona', where: 'a1.co', fact: { upkeep: { tested: true } } },
      'Mona tested CO, Bedroom.',
    ],
    [
      'alarmRaised',
      { where: 'a1.co', fact: { kind: 'co', entityId: 'a1.co', level: 'critical', value: 84 } },
      'Carbon monoxide, Bedroom. Raised: highest alarm. Measured: 84 ppm.',
    ],
    [
      'alarmAcknowledged',
      { who: 'Mona', fact: { kind: 'co', entityId: 'a1.co', level: 'alarm' } },
      'Carbon monoxide, Bedroom. Mona is on it.',
    ],
    [
      'alarmMoved',
      { who: 'Mona', why: 'hushed', fact: { kind: 'co', entityId: 'a1.co', level: 'alarm' } },
      'Carbon monoxide, Bedroom. Mona silenced it.',
    ],
    [
      'alarmReturned',
      { fact: { kind: 'smoke', entityId: 'gone.smoke', level: 'alarm' } },
      'Smoke. Back to normal by itself.',
    ],
    [
      'responseRan',
      { where: 'ventilate', fact: { withheld: true } },
      'The house held back: “Bring in fresh air”. Gas forbids it.',
    ],
    [
      'journalCut',
      { fact: { from: 12, to: 15 } },
      'When the hub started, rows of this journal were missing. Rows 12 to 15.',
    ],
    [
      'dropOutBegan',
      { where: '~power', fact: { cause: 'power', deviceIds: ['a', 'b'] } },
      /^“Power cut\?” 2 parts were lost at once\. /,
    ],
  ] as const)('%s %j reads: %s', (type, given, text) => {
    if (typeof text === 'string') expect(said(type, given)).toBe(text);
    else expect(said(type, given)).toMatch(text);
  });

  it('say of what this screen does not know that there is something', () => {
    expect(said('moonRose')).toBe('Something happened for which this screen has no words: moonRose.');
    expect(said('constructor')).toContain('no words');
  });

  it('let no name break out of its place in the sentence', () => {
    const [phrase] = sentencesOf(aRow({ who: '\u202e<b>Mona</b>\u2069' }), known);
    expect(phrase && say(phrase)).toBe('\u2068<b>Mona</b>\u2069 logged in.');
  });

  it('never read the text of a key out of a name', () => {
    expect(said('personLoggedIn', { who: '{name} | @:brand' })).toBe('{name} | @:brand logged in.');
  });
});
