import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContract } from '../../test/contractFile.ts';
import type { ToolAnswer, ToolCall } from './arduinoCli.ts';
import { type FlashDeed, type FlashHappening, isUnderWay, nextLook, viewFlash } from './flash.ts';
import { identityBytes } from './identity.ts';
import { startFlash, stepFlash } from './journey.ts';
import { FlashFailure, FlashJob, type FlashRequest } from './schema.ts';

const ORDER: FlashRequest = {
  node: 'air',
  port: '/dev/ttyUSB0',
  name: 'Kitchen air',
  wifi: { ssid: 'MyWirelessAP', password: 'mysecurepassword' },
};
const golden = new Map(readContract('improv.csv').map(({ what = '', hex = '' }) => [what, hex]));
/** What a board of ours says; `info` as that of the air node. */
const says = (what: string): FlashHappening => {
  const hex = golden.get(what);
  if (hex === undefined) throw new Error(`improv.csv holds no ${what}`);
  return { is: 'bytesCame', bytes: Uint8Array.from(Buffer.from(hex, 'hex')) };
};
const IDENTITY = {
  host: 'homeward.local',
  port: 8883,
  tls: true,
  ca: 'a'.repeat(300),
  username: 'kitchen-air-48213',
  password: 'not-a-secret-0123456789abcdefghij',
};
const paired: FlashHappening = { is: 'paired', deviceId: 'kitchen-air-48213', identity: IDENTITY };
const ok = (out: unknown): ToolAnswer => ({ exit: 0, out: JSON.stringify(out), err: '' });
const answered = (call: ToolCall, answer: ToolAnswer): FlashHappening => ({
  is: 'toolAnswered',
  call,
  answer,
});
const version = answered('version', ok({ VersionString: '1.5.1' }));
const compiled = answered(
  'compile',
  ok({ success: true, builder_result: { build_properties: ['build.mcu=esp32'] } }),
);
const uploaded = answered('upload', ok(''));
const opened: FlashHappening = { is: 'portOpened' };
const closed: FlashHappening = { is: 'portClosed' };
const stopAsked: FlashHappening = { is: 'stopAsked' };
const notOpened = (code: string): FlashHappening => ({ is: 'portNotOpened', code });

/** A journey with a clock; what was to be done is written down. */
function travel(order = ORDER) {
  let now = 0;
  let { flash, deeds } = startFlash(order, now);
  const done: FlashDeed[] = [...deeds];
  const trip = {
    done,
    flash: () => flash,
    view: () => viewFlash(flash),
    now: () => now,
    go(...happenings: FlashHappening[]) {
      for (const happening of happenings) {
        ({ flash, deeds } = stepFlash(flash, happening, now));
        done.push(...deeds);
      }
      return trip;
    },
    /** Time passes, and whatever is due happens. */
    wait(ms: number) {
      const until = now + ms;
      for (let at = nextLook(flash); at !== null && at <= until; at = nextLook(flash)) {
        now = Math.max(now, at);
        trip.go({ is: 'timePassed' });
      }
      now = until;
      return trip;
    },
    /** The bytes of packets that were sent, hex, without header and newline. */
    sent: () => done.flatMap((deed) => (deed.do === 'send' ? [Buffer.from(deed.bytes).toString('hex')] : [])),
    did: () => done.map((deed) => deed.do),
  };
  return trip;
}
const atBoard = () => travel().go(version, compiled, uploaded, opened);
const atPairing = () => atBoard().go(says('state ready'), says('result info'));
/** Every piece is answered as a board does. */
function handedOver() {
  const trip = atPairing().go(paired, says('result begin'));
  for (let held = 0; held < identityBytes(IDENTITY).length; ) {
    held = Math.min(held + 192, identityBytes(IDENTITY).length);
    trip.go(result(0xa1, String(held)));
  }
  return trip;
}
const result = (of: number, ...texts: string[]): FlashHappening => {
  const list = texts.flatMap((text) => [text.length, ...Buffer.from(text)]);
  const bytes = [...Buffer.from('IMPROV'), 1, 4, list.length + 2, of, list.length, ...list];
  return { is: 'bytesCame', bytes: Uint8Array.from([...bytes, bytes.reduce((a, b) => (a + b) & 255, 0)]) };
};
const atWifi = () => handedOver().go(says('result keep'));

describe('from an empty board to its first word', () => {
  it('goes step by step, identity before Wi-Fi', () => {
    const trip = travel();
    const stages = [trip.view().stage];
    const go = (...happenings: FlashHappening[]) => stages.push(trip.go(...happenings).view().stage);
    go(version);
    go(compiled);
    go(uploaded);
    go(opened, says('state ready'), says('result info'));
    go(paired);
    expect(stages).toEqual(['tool', 'compile', 'upload', 'greet', 'pair', 'hand-over']);
    expect(trip.done.slice(0, 5)).toEqual([
      { do: 'callTool', call: 'version' },
      { do: 'callTool', call: 'compile' },
      { do: 'noteBuild', chip: 'esp32' },
      { do: 'callTool', call: 'upload' },
      { do: 'openPort' },
    ]);
    const end = atWifi();
    expect(end.view()).toMatchObject({ stage: 'join', deviceId: 'kitchen-air-48213' });
    expect(end.sent().at(-1)).toBe(`${golden.get('call wifi')}0a`);
    end.go(says('state joining'), says('state joined'), says('result wifi url'));
    expect(end.view().stage).toBe('first-word');
    expect(end.did().slice(-2)).toEqual(['closePort', 'listen']);
    expect(end.wait(3_000).did().slice(-4)).toEqual(['listen', 'listen', 'listen', 'listen']);
    expect(end.go({ is: 'spoke' }).view()).toMatchObject({ state: 'done', failure: null });
    expect(end.did()).not.toContain('remove');
    expect(nextLook(end.flash())).toBeNull();
  });

  it('shows how far the upload is, and nothing secret at any time', () => {
    const trip = travel().go(version, compiled);
    trip.go({ is: 'uploadTold', text: 'Writing at 0x00010000... (40 %)' });
    trip.go({ is: 'uploadTold', text: 'Hard resetting' });
    expect(trip.view().share).toBe(0.4);
    expect(trip.go(uploaded).view().share).toBeNull();
    const shown = JSON.stringify([handedOver().view(), atWifi().view()]);
    for (const secret of [ORDER.wifi.password, IDENTITY.password]) expect(shown).not.toContain(secret);
    expect(Object.keys(FlashJob.parse(trip.view()))).toHaveLength(10);
  });

  it('keeps no secret longer than it is needed', () => {
    const trip = atWifi();
    expect(trip.flash().identity).toBeNull();
    trip.go(says('result wifi'));
    expect(JSON.stringify(trip.flash())).not.toContain(ORDER.wifi.password);
  });
});

describe('a board that is slow, or a wire that is bad', () => {
  it('is asked until it answers', () => {
    const trip = atBoard().wait(9_000);
    expect(trip.sent()).toHaveLength(5);
    expect(trip.go(says('state ready')).sent().at(-1)).toBe(`${golden.get('call info')}0a`);
  });

  it('is given a piece again that was lost, and goes on where it was', () => {
    const trip = atPairing().go(paired, says('result begin'));
    const [lost] = trip.sent().slice(-1);
    trip.go(says('error malformed')).wait(2_000);
    expect(trip.sent().at(-1)).toBe(lost);
    // Both copies are answered: the second answer moves nothing.
    trip.go(result(0xa1, '192'), result(0xa1, '192'));
    expect(trip.flash().held).toBe(192);
    expect(trip.go(result(0xa1, '7')).flash().held).toBe(192);
  });

  it('is opened anew when its chip is the USB device and starts', () => {
    const trip = travel().go(version, compiled, uploaded, notOpened('ENOENT')).wait(500);
    expect(trip.did().at(-1)).toBe('openPort');
    trip.go(opened, closed).wait(500);
    expect(trip.did().at(-1)).toBe('openPort');
    expect(trip.go(opened, says('state ready')).view().state).toBe('running');
  });

  it('is not asked for the Wi-Fi twice', () => {
    const trip = atWifi();
    const before = trip.sent().length;
    expect(trip.wait(50_000).sent()).toHaveLength(before);
  });

  it('that waits for a button is asked on', () => {
    expect(atBoard().go(says('state locked')).wait(4_000).view().stage).toBe('greet');
  });
});

describe('a wrong password of the Wi-Fi', () => {
  const refused = () => atWifi().go(says('error none'), says('state joining'), says('error no wifi'));

  it('asks a person, with what the board sees', () => {
    const trip = refused().go(
      says('result scan network'),
      says('result scan network'),
      says('result scan end'),
    );
    expect(trip.view()).toMatchObject({ state: 'wifi-asked', stage: 'join', networks: ['MyWirelessAP'] });
    trip.go({ is: 'wifiGiven', wifi: { ssid: 'MyWirelessAP', password: 'another one' } });
    expect(trip.view()).toMatchObject({ state: 'running', networks: [] });
    expect(trip.go(says('result wifi'), { is: 'spoke' }).view().state).toBe('done');
  });

  it.each([
    ['says nothing', (trip: ReturnType<typeof refused>) => trip.wait(15_000)],
    ['cannot look around', (trip: ReturnType<typeof refused>) => trip.go(says('error unknown call'))],
  ])('asks also when the board %s', (_, meet) => {
    expect(meet(refused()).view()).toMatchObject({ state: 'wifi-asked', networks: [] });
  });

  it('waits a quarter of an hour, and keeps what the board has stored', () => {
    const trip = refused()
      .go(says('result scan end'))
      .wait(15 * 60_000);
    expect(trip.view()).toMatchObject({
      state: 'failed',
      failure: 'wifi-refused',
      deviceId: 'kitchen-air-48213',
    });
    expect(trip.did()).not.toContain('remove');
    expect(trip.did().at(-1)).toBe('closePort');
  });

  it('is nothing that can be given when nobody asks', () => {
    const wifi = { ssid: 'Other', password: '' };
    expect(atWifi().go({ is: 'wifiGiven', wifi }).flash().order.wifi.ssid).toBe('MyWirelessAP');
  });
});

const ENDS: readonly (readonly [string, () => ReturnType<typeof travel>, string])[] = [
  [
    'no arduino-cli',
    () => travel().go(answered('version', { exit: null, out: '', err: '' })),
    'tool-missing',
  ],
  ['an old one', () => travel().go(answered('version', ok({ VersionString: '1.2.2' }))), 'tool-old'],
  ['no answer of the tool', () => travel().wait(60_000), 'too-slow'],
  [
    'an error of ours in the sketch',
    () => travel().go(version, answered('compile', { exit: 1, out: '', err: '' })),
    'compile-failed',
  ],
  ['an hour of compiling', () => travel().go(version).wait(3_600_000), 'too-slow'],
  [
    'a busy port',
    () => travel().go(version, compiled, answered('upload', { exit: 1, out: '', err: '[Errno 16]' })),
    'port-busy',
  ],
  ['a forbidden port', () => travel().go(version, compiled, uploaded, notOpened('EACCES')), 'port-forbidden'],
  [
    'a board that is gone',
    () => {
      const trip = travel().go(version, compiled, uploaded);
      while (isUnderWay(trip.flash()) && trip.now() < 60_000) trip.go(notOpened('ENOENT')).wait(500);
      return trip;
    },
    'port-gone',
  ],
  [
    'a port that stays busy',
    () => {
      const trip = travel().go(version, compiled, uploaded);
      while (isUnderWay(trip.flash()) && trip.now() < 60_000) trip.go(notOpened('EBUSY')).wait(500);
      return trip;
    },
    'port-busy',
  ],
  ['a silent board', () => atBoard().wait(30_000), 'board-silent'],
  [
    'a board with another firmware',
    () => atBoard().go(says('state ready'), result(3, 'ESPHome', '2026.1')),
    'board-foreign',
  ],
  [
    'a board that knows no identity',
    () => atPairing().go(paired, says('error unknown call')),
    'board-foreign',
  ],
  ['a hub that refuses', () => atPairing().go({ is: 'notPaired', reason: 'no' }), 'not-paired'],
  ['a hub that does not answer', () => atPairing().wait(30_000), 'not-paired'],
  ['a board that does not take it', () => atPairing().go(paired, says('error identity')), 'board-refused'],
  ['a board that is full', () => handedOver().go(says('error other')), 'board-refused'],
  ['a board that keeps another', () => handedOver().go(result(0xa2, 'somebody')), 'board-refused'],
  ['a board that falls silent', () => atPairing().go(paired).wait(20_000), 'board-silent'],
  ['a cable pulled out at the identity', () => handedOver().go(closed), 'unplugged'],
  ['a cable pulled out at the Wi-Fi', () => atWifi().go(closed), 'unplugged'],
  ['no answer about the Wi-Fi', () => atWifi().wait(60_000), 'board-silent'],
  ['no first word', () => atWifi().go(says('result wifi')).wait(120_000), 'no-first-word'],
  ['a bug', () => handedOver().go({ is: 'broke' }), 'bug'],
];

describe('a journey that ends early', () => {
  it.each(ENDS)('because of %s says why, and leaves nothing behind', (_, meet, failure) => {
    const trip = meet();
    expect(trip.view()).toMatchObject({ state: 'failed', failure });
    const hadDevice = trip.did().includes('send') && trip.sent().some((hex) => hex.includes('a006'));
    const isKept = trip.flash().isKept;
    expect(trip.did().includes('remove')).toBe(hadDevice && !isKept);
    expect(trip.flash()).toMatchObject({
      port: 'shut',
      identity: null,
      call: null,
      giveUpAt: null,
      againAt: null,
    });
    const before = trip.done.length;
    trip.go(version, opened, says('state ready'), { is: 'spoke' }, stopAsked).wait(10_000_000);
    expect(trip.view()).toMatchObject({ state: 'failed', failure });
    expect(trip.done).toHaveLength(before);
  });

  it('can be met by every reason that it has, but for those of the tool that its own test meets', () => {
    const met = ENDS.map(([, , failure]) => failure);
    const elsewhere = ['tool-config', 'tool-network', 'tool-broken', 'node-missing', 'core-missing'];
    const more = ['board-not-ready', 'upload-failed', 'wifi-refused'];
    expect([...new Set([...met, ...elsewhere, ...more])].sort()).toEqual([...FlashFailure.options].sort());
  });
});

describe('a person who stops', () => {
  it('ends the tool', () => {
    expect(travel().go(version, stopAsked).did().at(-1)).toBe('stopTool');
  });

  it('takes an identity back that the board has not stored', () => {
    const trip = handedOver().go(stopAsked);
    expect(trip.view()).toMatchObject({ state: 'stopped', deviceId: null });
    expect(trip.done.slice(-2)).toEqual([
      { do: 'closePort' },
      { do: 'remove', deviceId: 'kitchen-air-48213' },
    ]);
  });

  it('takes one back, too, that comes afterwards', () => {
    const trip = atPairing().go(stopAsked, paired);
    expect(trip.done.at(-1)).toEqual({ do: 'remove', deviceId: 'kitchen-air-48213' });
  });
});

it('whatever happens in whatever order: no identity is left alone, no secret stays, the port is shut', () => {
  const happening = fc.constantFrom<FlashHappening>(
    version,
    compiled,
    uploaded,
    opened,
    opened,
    closed,
    paired,
    paired,
    stopAsked,
    { is: 'spoke' },
    says('state ready'),
    says('result info'),
    says('result begin'),
    result(0xa1, '192'),
    result(0xa1, '384'),
    result(0xa1, '454'),
    says('result keep'),
    says('result wifi'),
    says('error no wifi'),
    says('error identity'),
    says('result scan end'),
    { is: 'wifiGiven', wifi: ORDER.wifi },
    { is: 'notPaired', reason: 'x' },
    notOpened('EIO'),
  );
  const moves = fc.array(fc.oneof(happening, fc.nat(40_000)), { maxLength: 60 });
  fc.assert(
    fc.property(moves, (list) => {
      const trip = travel();
      for (const move of list) typeof move === 'number' ? trip.wait(move) : trip.go(move);
      trip.wait(5_000_000);
      const { deviceId, isKept, order, identity, port, state } = trip.flash();
      expect(isUnderWay(trip.flash())).toBe(false);
      expect([order.wifi.password, identity, port]).toEqual(['', null, 'shut']);
      expect(deviceId === null || isKept).toBe(true);
      if (state === 'done') expect(isKept).toBe(true);
      const given = list.filter((move) => move === paired).length;
      const back = trip.did().filter((deed) => deed === 'remove').length;
      expect(back).toBe(given - (deviceId === null ? 0 : 1));
    }),
    { numRuns: 2_000 },
  );
});
