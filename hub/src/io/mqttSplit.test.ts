import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSplit, type PlainMessage } from './mqttSplit.ts';

const lengthOf = (length: number): number[] => {
  const bytes: number[] = [];
  for (let left = length; ; left = Math.floor(left / 128)) {
    bytes.push((left % 128) | (left >= 128 ? 0x80 : 0));
    if (left < 128) return bytes;
  }
};
const packet = (first: number, body: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([first, ...lengthOf(body.length)]), body]);

function publish(first: number, topic: string, payload: Uint8Array): Buffer {
  const words = Buffer.from(topic);
  const id = (first & 0x06) === 0 ? [] : [0, 7];
  const head = Buffer.concat([Buffer.from([words.length >> 8, words.length & 0xff]), words, Buffer.from(id)]);
  return packet(first, Buffer.concat([head, payload]));
}

const encode = ({ topic, payload, retain }: PlainMessage) => publish(retain ? 0x31 : 0x30, topic, payload);

/** What came out, in order: whole messages, and what the library was given. */
type Out = { readonly plain: PlainMessage } | { readonly passed: Buffer };

/** A library that is as slow as it is told to be. */
function listen() {
  const out: Out[] = [];
  const waiting: (() => void)[] = [];
  const events: string[] = [];
  const split = createSplit({
    // The bytes are a piece of what came: a copy is what was told.
    onPlain: (message) => {
      expect(waiting).toEqual([]);
      out.push({ plain: { ...message, payload: Buffer.from(message.payload) } });
    },
    pass: (bytes, dealtWith) => {
      expect(waiting).toEqual([]);
      out.push({ passed: Buffer.from(bytes) });
      waiting.push(dealtWith);
    },
    pause: () => void events.push('pause'),
    resume: () => void events.push('resume'),
  });
  const answer = () => waiting.shift()?.();
  const answerAll = () => {
    while (waiting.length > 0) answer();
  };
  return { split, out, events, answer, answerAll, isBusy: () => waiting.length > 0 };
}

const told = (out: readonly Out[]) => out.flatMap((each) => ('plain' in each ? [each.plain] : []));
const asBytes = (out: readonly Out[]) =>
  Buffer.concat(out.map((each) => ('plain' in each ? encode(each.plain) : each.passed)));

const body = fc.uint8Array({ maxLength: 300 });
const anyPlain = fc
  .tuple(fc.boolean(), fc.string({ maxLength: 20 }), body)
  .map(([retain, topic, payload]) => publish(retain ? 0x31 : 0x30, topic, payload));
const anyOther = fc.oneof(
  fc
    .tuple(fc.constantFrom(0x32, 0x33, 0x34, 0x3a, 0x38), body)
    .map(([first, payload]) => publish(first, 'a/b', payload)),
  fc.tuple(fc.constantFrom(0x20, 0x40, 0x62, 0x90, 0xb0, 0xd0), body).map(([first, it]) => packet(first, it)),
);
const anyPackets = fc.array(
  fc.oneof({ weight: 3, arbitrary: anyPlain }, { weight: 1, arbitrary: anyOther }),
  {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  },
);
const isPlain = (bytes: Buffer) => bytes[0] === 0x30 || bytes[0] === 0x31;

it('however the bytes are cut and however slow the library is, everything comes out once and in its order', () => {
  fc.assert(
    fc.property(
      anyPackets,
      fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.boolean()), { minLength: 1 }),
      (packets, cuts) => {
        const bytes = Buffer.concat(packets);
        const { split, out, answer, answerAll, events } = listen();
        for (let at = 0, nth = 0; at < bytes.length; nth++) {
          const [size, isQuick] = cuts[nth % cuts.length] as [number, boolean];
          split.take(bytes.subarray(at, at + size));
          if (isQuick) answer();
          at += size;
        }
        answerAll();
        expect(asBytes(out).equals(bytes)).toBe(true);
        expect(told(out).map(encode)).toEqual(packets.filter(isPlain));
        expect(events.filter((event) => event === 'pause')).toHaveLength(
          events.filter((event) => event === 'resume').length,
        );
      },
    ),
    { numRuns: 500 },
  );
});

it('nothing is told while the library is at work, and what comes then is held back at its source', () => {
  const { split, out, events, answer } = listen();
  const alarm = publish(0x32, 'smoke', Buffer.from('ON'));
  split.take(Buffer.concat([alarm, publish(0x30, 'air', Buffer.from('1'))]));
  expect(told(out)).toEqual([]);
  expect(events).toEqual([]);
  split.take(publish(0x30, 'air', Buffer.from('2')));
  split.take(publish(0x30, 'air', Buffer.from('3')));
  expect(events).toEqual(['pause']);
  answer();
  expect(told(out).map(({ payload }) => String(payload))).toEqual(['1', '2', '3']);
  expect(events).toEqual(['pause', 'resume']);
});

it('a large message is left to the library, piece by piece, and is copied nowhere', () => {
  const { split, out, answer } = listen();
  const large = publish(0x30, 'camera', Buffer.alloc(300_000, 7));
  const after = publish(0x31, 'air', Buffer.from('4'));
  const bytes = Buffer.concat([large, after]);
  for (let at = 0; at < bytes.length; at += 65_536) {
    split.take(bytes.subarray(at, at + 65_536));
    answer();
  }
  expect(told(out)).toMatchObject([{ topic: 'air', retain: true, qos: 0, dup: false }]);
  expect(out.slice(0, -1).map((each) => 'passed' in each && each.passed.length)).toEqual([
    65_536,
    65_536,
    65_536,
    65_536,
    300_000 + 4 + 8 - 4 * 65_536,
  ]);
});

it.each([
  ['a topic that is longer than its packet', Buffer.from([0x30, 3, 0, 9, 0x61])],
  ['no topic at all', Buffer.from([0x30, 1, 0])],
])('%s is the library’s to judge', (_what, bad) => {
  const { split, out, answer } = listen();
  split.take(Buffer.concat([bad, publish(0x30, 'air', Buffer.from('5'))]));
  expect(out).toEqual([{ passed: bad }]);
  answer();
  expect(told(out)).toHaveLength(1);
});

it('what is no MQTT goes to the library as it is, and nothing after it is believed', () => {
  const { split, out, answerAll } = listen();
  const noise = Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 0xff]);
  split.take(publish(0x30, 'air', Buffer.from('6')));
  split.take(noise);
  answerAll();
  split.take(publish(0x30, 'air', Buffer.from('7')));
  answerAll();
  expect(told(out)).toHaveLength(1);
  expect(asBytes(out.slice(1)).subarray(0, noise.length)).toEqual(noise);
});
