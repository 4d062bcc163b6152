import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const text = (words: string): Buffer => {
  const bytes = Buffer.from(words);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 0xff]), bytes]);
};

function packet(first: number, body: Buffer): Buffer {
  const length: number[] = [];
  for (let left = body.length; ; ) {
    const part = left & 0x7f;
    left >>= 7;
    length.push(left > 0 ? part | 0x80 : part);
    if (left === 0) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

/** CONNECT of MQTT 3.1.1, clean session. */
export function connectPacket(clientId: string, login?: { username: string; password: string }): Buffer {
  const flags = login === undefined ? 0x02 : 0xc2;
  const parts = [text('MQTT'), Buffer.from([4, flags, 0, 60]), text(clientId)];
  if (login !== undefined) parts.push(text(login.username), text(login.password));
  return packet(0x10, Buffer.concat(parts));
}

/** PUBLISH on whatever topic: no client library would send it. With QoS 1 its number is 0: to be written over. */
export const publishPacket = (topic: string, payload: string, qos: 0 | 1 = 0): Buffer =>
  packet(0x30 | (qos << 1), Buffer.concat([text(topic), Buffer.alloc(2 * qos), Buffer.from(payload)]));

/** Bytes that are no MQTT, or MQTT that may not be. */
export const BAD_PACKETS: readonly Buffer[] = [
  Buffer.from('GET / HTTP/1.1\r\nHost: a\r\n\r\n'),
  Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0xff]),
  Buffer.from([0x30, 0x02, 0xff, 0xff]),
  Buffer.from([0x36, 0x05, 0x00, 0x01, 0x61, 0x00, 0x00]),
  Buffer.from([0x82, 0x00]),
  Buffer.from([0xf0, 0x00]),
  Buffer.alloc(4_096, 0xff),
  publishPacket('homeward/a\u0000b/alarm', '{}'),
  publishPacket('homeward/+/alarm', '{}'),
  publishPacket('homeward/#', '{}'),
  publishPacket('', '{}'),
];

/** Sends packets on a connection of its own and leaves without a word. Never fails: to be cut off is an answer. */
export async function sendRaw(port: number, packets: readonly Buffer[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  for (const each of packets) {
    if (socket.destroyed) return;
    socket.write(each);
    await sleep(20);
  }
  socket.destroy();
}
