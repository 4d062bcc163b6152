import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { isLoopback } from './origin.ts';

/** A broker that has not answered by then is not waited for, ms. */
const ANSWER_MS = 3_000;

/** CONNECT of MQTT 3.1.1, without a name and a secret: a clean session of 60 s as `homeward-probe`. */
const NAME = 'homeward-probe';
const CONNECT = Buffer.concat([
  Buffer.from([0x10, 12 + NAME.length, 0, 4]),
  Buffer.from('MQTT'),
  Buffer.from([4, 0x02, 0, 60, 0, NAME.length]),
  Buffer.from(NAME),
]);
const DISCONNECT = Buffer.from([0xe0, 0]);

/** What CONNACK says: taken in · wrong name or secret · not authorised. */
const [ACCEPTED, BAD_LOGIN, NOT_AUTHORISED] = [0, 4, 5];

export type ProbedBroker = {
  /** As the hub itself reaches it. */
  readonly url: string;
  /** PEM of the authority of its certificate; null: those that Node trusts. */
  readonly ca: string | null;
};

/** Whether the broker lets in who shows no name and no secret; null: it does not answer, or something else. Never throws. */
export function isAnonymousBroker({ url, ca }: ProbedBroker, answerMs = ANSWER_MS): Promise<boolean | null> {
  const { hostname, port, protocol } = new URL(url);
  const secure = protocol === 'mqtts:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const to = { host, port: Number(port) || (secure ? 8883 : 1883) };
  return new Promise((resolve) => {
    const socket: Socket = secure ? connectTls({ ...to, ...(ca === null ? {} : { ca }) }) : connect(to);
    let heard = Buffer.alloc(0);
    const settle = (answer: boolean | null): void => {
      resolve(answer);
      socket.destroy();
    };
    const timer = setTimeout(() => settle(null), answerMs);
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(null);
    });
    socket.on('error', () => settle(null));
    socket.once(secure ? 'secureConnect' : 'connect', () => socket.write(CONNECT));
    socket.on('data', (some: Buffer) => {
      heard = Buffer.concat([heard, some]);
      if (heard.length < 4) return;
      const answer = answerOf(heard);
      if (answer === true) socket.write(DISCONNECT);
      settle(answer);
    });
  });
}

/** CONNACK is four bytes: 0x20, 2, flags, code. */
function answerOf(heard: Buffer): boolean | null {
  if (heard[0] !== 0x20 || heard[1] !== 2) return null;
  const code = heard[3];
  if (code === ACCEPTED) return true;
  return code === BAD_LOGIN || code === NOT_AUTHORISED ? false : null;
}

/** Whether names and secrets go over the network to that broker for everybody to read. */
export function isUnencryptedBroker(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'mqtt:' && host !== 'localhost' && !isLoopback(host);
}
