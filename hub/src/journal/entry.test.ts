import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at } from '../../test/builders.ts';
import type { Fact } from '../house/facts.ts';
import { areaOf, entryOf, entryOfStored, fieldsOf, ownEntry, typesOf } from './entry.ts';
import { isKept, KEPT } from './kept.ts';
import { JournalArea } from './schema.ts';
import { UNTOLD_MOVES } from './untold.ts';

const TYPES = Object.keys(KEPT) as (keyof typeof KEPT)[];

type Rule = {
  readonly who?: string;
  readonly place?: string;
  readonly why?: string;
  readonly more?: readonly string[];
};
const ruleOf = (type: keyof typeof KEPT): Rule => KEPT[type];
const namesOf = (type: keyof typeof KEPT): readonly string[] => {
  const { who, place, why, more = [] } = ruleOf(type);
  return [who, place, why, ...more].filter((name) => name !== undefined);
};

const fact = (type: string, fields: object): Fact => ({ type, event: 'shelved', ...fields }) as never;

/** What must never be written down, as it may be called. */
const SECRET = 's3cr3t-739164';
const SECRET_NAMES = [
  'pin',
  'PIN',
  'newPin',
  'duressPin',
  'duress_pin',
  'pins',
  'pinHash',
  'code',
  'password',
  'passwordHash',
  'secret',
  'token',
  'sessionToken',
  'credential',
  'pepper',
  'privateKey',
  'image',
  'jpeg',
  'picture',
  'photo',
  'embedding',
  'faceTemplate',
  'descriptor',
];

describe('a PIN, a picture or a face', () => {
  const harm = fc.oneof(
    fc.constant(SECRET),
    fc.constant([SECRET]),
    fc.constant({ value: SECRET }),
    fc.constant(Buffer.from(SECRET)),
    fc.constant({ data: new Uint8Array(Buffer.from(SECRET)) }),
  );
  const secrets = fc.dictionary(fc.constantFrom(...SECRET_NAMES), harm, { minKeys: 1, maxKeys: 4 });

  it('never gets into a row, with whatever fact and however deep it comes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TYPES),
        secrets,
        fc.nat(4),
        fc.boolean(),
        (type, hidden, depth, inList) => {
          let deep: unknown = { ...hidden, kept: 1 };
          for (let n = 0; n < depth; n++) deep = inList ? [deep] : { deep };
          const fields = Object.fromEntries(namesOf(type).map((name) => [name, deep]));
          const given = { ...hidden, unknown: SECRET, ...fields, event: 'shelved' };
          const entry = entryOf(fact(type, given), at(1));
          const written = JSON.stringify(entry);
          expect(written).not.toContain(SECRET);
          expect(written).not.toContain(Buffer.from(SECRET).toJSON().data.join());
          if (namesOf(type).length > 0 && depth < 3) expect(written).toContain('kept');
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('never gets into a row as bytes or as the numbers of a face', () => {
    const embedding = Array.from({ length: 512 }, (_, n) => n / 512);
    for (const type of TYPES) {
      const fields = Object.fromEntries(
        namesOf(type).map((name) => [name, { a: new Float32Array(embedding), b: embedding }]),
      );
      const { json = '{}' } = entryOf(fact(type, fields), at(1)) ?? {};
      expect(json.length).toBeLessThan(10_000);
      expect(json).not.toContain(String(embedding.at(-1)));
    }
  });

  it('is not even asked for by name', () => {
    const names = TYPES.flatMap(namesOf);
    expect(names.filter((name) => SECRET_NAMES.includes(name))).toEqual([]);
  });
});

it('of a PIN that was typed tells neither whether it was under duress nor on which device', () => {
  const typed = { type: 'pinUsed', personId: 'ana', purpose: 'check', origin: '10.0.0.7' } as const;
  const of = (underDuress: boolean, devices: string[]) => entryOf({ ...typed, underDuress, devices }, at(1));
  expect(of(true, ['phone'])).toEqual(of(false, ['panel']));
  expect(of(true, ['phone'])).toMatchObject({
    json: JSON.stringify({ type: 'pinUsed', personId: 'ana', origin: '10.0.0.7', purpose: 'check' }),
    sealed: null,
  });
});

describe('a row', () => {
  it('says who, where and why, and holds what the fact says', () => {
    const entry = entryOf(
      {
        type: 'commandWithheld',
        entityId: 'k.lamp',
        command: { on: true },
        by: 'Ana',
        reason: 'gas-interlock',
      },
      at(7),
    );
    expect(entry).toEqual({
      ...at(7),
      type: 'commandWithheld',
      who: 'Ana',
      place: 'k.lamp',
      why: 'gas-interlock',
      json: expect.any(String),
      sealed: null,
    });
    expect(fieldsOf(entry?.json ?? '')).toEqual({
      type: 'commandWithheld',
      by: 'Ana',
      entityId: 'k.lamp',
      reason: 'gas-interlock',
      command: { on: true },
    });
  });

  it('is written for every fact that is kept, with all the fields that are named', () => {
    for (const type of TYPES) {
      const names = new Set(namesOf(type));
      const fields = Object.fromEntries(
        [...names].map((name) => [name, name === 'event' ? 'shelved' : `${name}!`]),
      );
      const entry = entryOf(fact(type, fields), at(1));
      expect(fieldsOf(entry?.json ?? '')).toEqual({ type, ...fields });
      const { who, place, why } = ruleOf(type);
      const text = (name?: string) => (name === undefined ? null : fields[name]);
      expect([entry?.who, entry?.place, entry?.why]).toEqual([text(who), text(place), text(why)]);
    }
  });

  it('is not written for a reading', () => {
    expect(isKept('reading')).toBe(false);
    expect(entryOf(fact('reading', { value: 1 }), at(1))).toBeNull();
  });

  it('is written for what was done to an alarm, once', () => {
    for (const event of ['raised', 'level-changed', 'changed', 'cleared', 'acknowledged'])
      expect(entryOf(fact('alarmMoved', { event, by: 'Ana' }), at(1))).toBeNull();
    for (const event of UNTOLD_MOVES)
      expect(entryOf(fact('alarmMoved', { event, by: 'Ana', row: { state: 'x' } }), at(1))).toMatchObject({
        who: 'Ana',
        why: event,
        json: expect.not.stringContaining('row'),
      });
  });

  it('has no text that the database would give back differently', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('\ud800', '\udc00', ''), (text, half) => {
        const entry = entryOf(fact('deviceRemoved', { by: text + half, deviceId: 'd', name: text }), at(1));
        expect(Buffer.from(entry?.who ?? '').toString()).toBe(entry?.who);
        expect(Buffer.from(entry?.json ?? '').toString()).toBe(entry?.json);
        expect(entry?.who?.length).toBeLessThanOrEqual(1_000);
      }),
    );
  });

  it('of before the chain is told as one of today', () => {
    const json =
      '{"type":"alarmAcknowledged","alarmId":"a","kind":"co","level":"alarm","entityId":"k.co","by":"Ana"}';
    expect(entryOfStored({ ...at(3), type: 'alarmAcknowledged', json })).toEqual({
      ...at(3),
      type: 'alarmAcknowledged',
      who: 'Ana',
      place: 'k.co',
      why: 'co',
      json,
      sealed: null,
    });
    for (const damaged of ['', '{', '[]', 'null', '7'])
      expect(entryOfStored({ ...at(3), type: 'gone', json: damaged })).toMatchObject({
        who: null,
        json: damaged,
      });
  });
});

it('every type has one area, and every area its types', () => {
  const all = JournalArea.options.flatMap((area) => [...typesOf(area)]);
  expect(all.toSorted()).toEqual(
    [
      ...TYPES,
      'journalChained',
      'journalCounted',
      'journalCut',
      'journalKeyMade',
      'journalPlanted',
    ].toSorted(),
  );
  for (const area of JournalArea.options) for (const type of typesOf(area)) expect(areaOf(type)).toBe(area);
  expect(areaOf(ownEntry('journalCut', { from: 1, to: 2 }, at(1)).type)).toBe('journal');
});
