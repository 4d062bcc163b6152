import { describe, expect, it } from 'vitest';
import { aDevice, aHouse, anAlarm, anEntity, NOW } from '../../test/unit/houses.ts';
import { gablePhrase } from './gable.ts';
import { cellOf, roomCards, roomState } from './rooms.ts';
import { verdictView } from './verdict.ts';

const LIVE = { live: true, now: NOW };
const keys = (view: ReturnType<typeof verdictView>) => view.why.map((phrase) => phrase.key);
const door = (value: boolean | null) =>
  aDevice({ id: 'd1', name: 'Back door' }, [
    anEntity({
      id: 'd1.door',
      component: 'binary_sensor',
      quantity: 'door',
      value,
      safety: false,
      reportEveryMs: null,
    }),
  ]);

describe('the verdict', () => {
  it('is safe only when every sensor was heard, and says how many', () => {
    const view = verdictView(aHouse(), LIVE);
    expect(view).toMatchObject({
      state: 'safe',
      why: [{ key: 'home.why.heard', n: 1 }],
      next: { key: 'home.step.nothing' },
    });
  });

  it('says "just now" only of sensors that report and have just done so', () => {
    const steady = anEntity();
    const keyWith = (given: Parameters<typeof anEntity>[0]) =>
      keys(
        verdictView(aHouse({ devices: [aDevice({}, [steady, anEntity({ id: 's', ...given })])] }), LIVE),
      )[0];
    const old = NOW - 200 * 86_400_000;
    expect(keyWith({})).toBe('home.why.heard');
    expect(keyWith({ component: 'binary_sensor', value: false, reportEveryMs: null, at: old })).toBe(
      'home.why.there',
    );
    expect(keyWith({ reportEveryMs: 14_400_000, at: NOW - 14_400_000 })).toBe('home.why.there');
  });

  it('counts no sensor that nobody would miss, and asks to test it', () => {
    const smoke = anEntity({ id: 's1.smoke', quantity: 'smoke', value: false, supervised: false });
    const alarm = aDevice({ id: 's1', name: 'Bedroom smoke alarm' }, [smoke]);
    expect(verdictView(aHouse({ devices: [aDevice(), alarm] }), LIVE).why[0]).toMatchObject({ n: 1 });
    const view = verdictView(aHouse({ verdict: 'check', devices: [aDevice(), alarm] }), LIVE);
    expect(view).toMatchObject({
      why: [
        { key: 'home.why.mute', n: 1, with: { device: 'Bedroom smoke alarm' } },
        { key: 'home.why.muteWhat', n: 1 },
      ],
      next: { key: 'home.step.test', n: 1 },
      action: { kind: 'device', deviceId: 's1' },
    });
  });

  const finding = { state: 'disabled', priority: 4, since: NOW, until: null, detail: null } as const;
  const health = {
    state: 'disabled',
    findings: { disabled: finding },
    tested: null,
    madeOn: null,
    lifeMonths: null,
    testHour: null,
    lowVolts: null,
    technology: null,
  } as const;
  const unused = (more: Parameters<typeof anEntity>[0]) =>
    aDevice({ id: 's1', name: 'Bedroom' }, [anEntity({ id: 's1.x', health, safety: false, ...more })]);

  it('says that something a life would depend on is out of use', () => {
    const shown = (device: ReturnType<typeof unused>) =>
      verdictView(aHouse({ verdict: 'check', devices: [aDevice(), device] }), LIVE);
    expect(shown(unused({ quantity: 'smoke', value: false }))).toMatchObject({
      why: [
        { key: 'home.why.outOfUse', n: 1, with: { device: 'Bedroom' } },
        { key: 'home.why.outOfUseWhat', n: 1 },
      ],
      next: { key: 'air.todo.disabled' },
      action: { kind: 'device', deviceId: 's1' },
    });
    expect(keys(shown(unused({ quantity: 'temperature', value: 20 })))).not.toContain('home.why.outOfUse');
  });

  it('speaks of a value over its limit before a sensor that nobody would miss', () => {
    const mute = anEntity({ supervised: false });
    const damp = anEntity({
      id: 'h',
      quantity: 'humidity',
      unit: '%',
      value: 78,
      level: 'check',
      safety: false,
    });
    const house = aHouse({ verdict: 'check', devices: [aDevice({}, [mute, damp])] });
    expect(keys(verdictView(house, LIVE))).toEqual(['home.why.reading']);
  });

  it('says that doors are closed only when all are known to be', () => {
    expect(keys(verdictView(aHouse({ devices: [aDevice(), door(false)] }), LIVE))).toContain(
      'home.why.closed',
    );
    expect(keys(verdictView(aHouse({ devices: [aDevice(), door(true)] }), LIVE))).toContain('home.why.open');
    expect(keys(verdictView(aHouse({ devices: [aDevice(), door(null)] }), LIVE))).toEqual(['home.why.heard']);
  });

  it('asks for a sensor when none watches', () => {
    const view = verdictView(aHouse({ devices: [door(false)] }), LIVE);
    expect(view.why[0]?.key).toBe('home.why.noSensor');
    expect(view.action).toEqual({ kind: 'add' });
  });

  it('is blind when nothing watches, and asks for a sensor', () => {
    const view = verdictView(aHouse({ verdict: 'blind', devices: [door(false)] }), LIVE);
    expect(view).toMatchObject({
      state: 'blind',
      why: [{ key: 'home.why.noSensor' }],
      action: { kind: 'add' },
    });
  });

  it('is blind when all that would watch is out of use, and asks for no other', () => {
    const house = aHouse({ verdict: 'blind', devices: [unused({ quantity: 'smoke', value: false })] });
    expect(verdictView(house, LIVE)).toMatchObject({
      state: 'blind',
      why: [
        { key: 'home.why.outOfUse', n: 1, with: { device: 'Bedroom' } },
        { key: 'home.why.outOfUseWhat', n: 1 },
      ],
      next: { key: 'air.todo.disabled' },
      action: { kind: 'device', deviceId: 's1' },
    });
    const siren = unused({ component: 'siren', quantity: 'siren', value: false });
    expect(keys(verdictView(aHouse({ verdict: 'blind', devices: [siren] }), LIVE))).toEqual([
      'home.why.noSensor',
    ]);
  });

  it('names the room whose sensor tells what cannot be', () => {
    const view = verdictView(aHouse({ verdict: 'blind', rooms: { bed: 'blind' } }), LIVE);
    expect(view.why[0]).toEqual({ key: 'home.why.odd', with: { room: 'Bedroom' } });
  });

  it('says it once when the broker is gone', () => {
    const view = verdictView({ ...aHouse({ verdict: 'blind' }), brokerConnected: false }, LIVE);
    expect(view).toMatchObject({ why: [{ key: 'home.why.blindAll' }], next: { key: 'home.step.broker' } });
  });

  it('is blind without word from the hub, whatever was heard before', () => {
    const view = verdictView(aHouse(), { ...LIVE, live: false });
    expect(view).toMatchObject({ state: 'blind', why: [{ key: 'home.why.silent' }] });
  });

  it('stays as the hub has it while one report is late', () => {
    const late = aDevice({}, [anEntity({ at: NOW - 170_000, reportEveryMs: 30_000 })]);
    expect(verdictView(aHouse({ devices: [late] }), LIVE).state).toBe('safe');
  });

  it('is blind, and says since when, for a sensor that the hub hears no more', () => {
    const old = aDevice({}, [anEntity({ at: NOW - 26 * 60_000, available: false })]);
    const view = verdictView(aHouse({ devices: [old] }), LIVE);
    expect(view).toMatchObject({ state: 'blind', action: { kind: 'device', deviceId: 'a1' } });
    expect(keys(view)).toEqual(['home.why.lost', 'home.why.blind']);
  });

  it('keeps a danger on the screen when the hub falls silent', () => {
    const house = aHouse({ verdict: 'alarm', alarms: [anAlarm()] });
    expect(verdictView(house, { ...LIVE, live: false }).state).toBe('alarm');
  });

  it('names place, kind and step of an alarm, and who answers', () => {
    const view = verdictView(aHouse({ verdict: 'alarm', alarms: [anAlarm()] }), LIVE);
    expect(view.why).toEqual([
      { key: 'home.why.over', with: { room: 'Bedroom', kind: { key: 'kindIn.co' } } },
      { key: 'home.why.nobody' },
    ]);
    expect(view).toMatchObject({ next: { key: 'alarms.step.co.one' }, action: { kind: 'show' } });
  });

  it('lets a warning be answered and tells the value of now, not of then', () => {
    const device = aDevice({}, [
      anEntity({ id: 'a1.co2', quantity: 'carbon_dioxide', value: 2140, level: 'warning', safety: false }),
    ]);
    const alarm = anAlarm({ kind: 'co2', level: 'warning', entityId: 'a1.co2', value: 2010 });
    const view = verdictView(aHouse({ verdict: 'warning', devices: [device], alarms: [alarm] }), LIVE);
    expect(view.why[1]).toMatchObject({
      key: 'home.why.reads',
      with: { value: '\u20662,140\u00a0ppm\u2069' },
    });
    expect(view).toMatchObject({ next: { key: 'home.step.co2' }, action: { kind: 'mine' } });
  });

  it('offers to put an answered alarm that is over back to normal', () => {
    const alarm = anAlarm({ state: 'latched', active: false, acknowledgedBy: 'Salma' });
    const view = verdictView(aHouse({ verdict: 'alarm', alarms: [alarm] }), LIVE);
    expect(view).toMatchObject({ next: { key: 'home.step.reset' }, action: { kind: 'reset' } });
  });

  it('names a danger that was put aside, and trouble by the part that fails', () => {
    const service = { since: NOW, by: 'Omar', reason: 'paint' };
    const aside = anAlarm({ state: 'outOfService', service });
    expect(verdictView(aHouse({ verdict: 'warning', alarms: [aside] }), LIVE)).toMatchObject({
      why: [{ key: 'alarms.banner.service' }],
      next: { key: 'home.step.aside' },
      action: null,
    });
    const trouble = anAlarm({ kind: 'trouble', level: 'warning', cause: 'battery' });
    expect(verdictView(aHouse({ verdict: 'check', alarms: [trouble] }), LIVE)).toMatchObject({
      why: [{ key: 'home.why.over', with: { room: 'Air board' } }, { key: 'alarms.cause.battery' }],
      urgent: false,
      action: { kind: 'device', deviceId: 'a1' },
    });
  });

  it('says what is over its limit even without an alarm', () => {
    const device = aDevice({}, [anEntity({ quantity: 'humidity', unit: '%', value: 78, level: 'check' })]);
    const view = verdictView(aHouse({ verdict: 'check', devices: [device] }), LIVE);
    expect(view.why[0]).toMatchObject({ key: 'home.why.reading', with: { room: 'Bedroom' } });
    expect(view.urgent).toBe(false);
  });

  it('has never more than two sentences', () => {
    for (const verdict of ['safe', 'check', 'warning', 'alarm', 'blind'] as const)
      expect(verdictView(aHouse({ verdict, alarms: [anAlarm()] }), LIVE).why.length).toBeLessThanOrEqual(2);
  });
});

describe('rooms', () => {
  const many = aDevice({}, [
    anEntity({ id: 't', quantity: 'temperature', safety: false }),
    anEntity({ id: 'h', quantity: 'humidity', safety: false }),
    anEntity({ id: 'c2', quantity: 'carbon_dioxide', safety: false, level: 'warning' }),
    anEntity({ id: 'co', quantity: 'carbon_monoxide' }),
    anEntity({ id: 'o2', quantity: 'oxygen' }),
    anEntity({ id: 'bat', quantity: 'battery', safety: false }),
  ]);

  it('show three tiles: danger and life safety before comfort, and never a battery', () => {
    const [card] = roomCards(aHouse({ devices: [many] }), true);
    expect(card?.tiles.map((tile) => tile.entity.id)).toEqual(['o2', 'co', 'c2']);
  });

  it('show the worse of two sensors of a kind', () => {
    const two = aDevice({}, [anEntity({ id: 'one' }), anEntity({ id: 'two', available: false })]);
    const [card] = roomCards(aHouse({ devices: [two] }), true);
    expect(card?.tiles).toMatchObject([{ entity: { id: 'two' }, state: 'blind' }]);
    expect(card && roomState(card, true)).toBe('blind');
  });

  it('are never good without word from the hub', () => {
    const [card] = roomCards(aHouse(), true);
    expect(card && roomState(card, true)).toBe('safe');
    expect(card && roomState(card, false)).toBe('blind');
    expect(roomCards(aHouse(), false)[0]?.tiles).toMatchObject([{ entity: { id: 'a1.co' }, state: 'blind' }]);
  });

  it('without a sensor that life depends on are never called good, but show what is wrong', () => {
    const device = aDevice({}, [anEntity({ quantity: 'temperature', safety: false })]);
    const [card] = roomCards(aHouse({ devices: [device] }), true);
    expect(card && roomState(card, true)).toBe('unwatched');
    const [damp] = roomCards(aHouse({ devices: [device], rooms: { bed: 'check' } }), true);
    expect(damp && roomState(damp, true)).toBe('check');
    expect(card && cellOf(roomState(card, true))).toBe('empty');
  });

  it('are summed up in one line', () => {
    expect(gablePhrase(['safe', 'safe'])).toEqual({ key: 'home.gable.good', n: 2 });
    expect(gablePhrase(['warning', 'blind', 'safe']).key).toBe('home.gable.both');
    expect(gablePhrase(['blind'])).toEqual({ key: 'home.gable.onlyBlind', n: 1 });
    expect(gablePhrase(['safe', 'unwatched', 'safe'])).toEqual({ key: 'home.gable.watched', n: 2 });
    expect(gablePhrase(['unwatched'])).toEqual({ key: 'home.gable.none' });
  });
});
