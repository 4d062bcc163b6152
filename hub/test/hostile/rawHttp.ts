import { connect } from 'node:net';

/** What came back for some bytes: the statuses of all answers, and whether the connection was ended by the hub. */
export type RawReply = {
  readonly statuses: readonly number[];
  readonly text: string;
  readonly wasClosed: boolean;
};

/**
 * Sends bytes as they are over a connection of their own, and hears until it is closed or long enough silent.
 * @param quietMs how long without a word counts as the end of what it has to say
 */
export function sendRaw(port: number, bytes: string | Buffer, quietMs = 1_500): Promise<RawReply> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    let wasClosed = false;
    socket.setEncoding('latin1').on('data', (some: string) => {
      text += some;
    });
    socket.on('error', () => {});
    socket.on('end', () => {
      wasClosed = true;
    });
    socket.on('close', () => {
      const statuses = Array.from(text.matchAll(/HTTP\/1\.1 (\d{3}) /g), ([, status]) => Number(status));
      resolve({ statuses, text, wasClosed });
    });
    socket.setTimeout(quietMs, () => socket.destroy());
    socket.write(bytes, 'latin1' as BufferEncoding);
  });
}
