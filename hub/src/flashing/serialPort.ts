import { spawn } from 'node:child_process';
import { constants, openSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isatty, ReadStream } from 'node:tty';

const { O_RDWR, O_RDONLY, O_NOCTTY, O_NONBLOCK } = constants;

/** 115,200 baud, 8N1, bytes as they are, no wish to hang up: a line that drops resets the board. */
const LINE = '115200 raw -echo cs8 -parenb -cstopb -crtscts clocal -hupcl min 1 time 0'.split(' ');

/** A port whose buffer is full is tried again after this, ms. */
const FULL_MS = 10;
/** So often: a board that takes nothing for so long takes nothing any more. */
const MOST_FULL = 200;

export type SerialLine = {
  /** Sends in the order of the calls. What cannot be sent closes the line. */
  send(bytes: Uint8Array): void;
  close(): void;
};

export type SerialListener = {
  readonly bytes: (bytes: Uint8Array) => void;
  /** Once, when it is gone by itself. */
  readonly closed: () => void;
};

/** A port that cannot be used; `code`: of the system, or `not-serial`. */
export class PortRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The serial port cannot be used: ${code}`);
    this.code = code;
  }
}

/**
 * Opens a serial port with what every POSIX system has: its file, and `stty` to set it.
 * @throws PortRefused
 */
export async function openSerial(address: string, listener: SerialListener): Promise<SerialLine> {
  const output = await open(address, O_RDWR | O_NOCTTY | O_NONBLOCK).catch(refusePort);
  try {
    // Before anything is written: a wrong address might be a disk.
    if (!isatty(output.fd)) throw new PortRefused('not-serial');
    await setLine(output.fd);
    return createLine(output, openInput(address), listener);
  } catch (error) {
    await output.close();
    throw error;
  }
}

const refusePort = (error: unknown): never => {
  throw new PortRefused((error as NodeJS.ErrnoException).code ?? 'unknown');
};

/** Read by the event loop, not by a thread that would wait for the next byte for ever. */
function openInput(address: string): ReadStream {
  try {
    return new ReadStream(openSync(address, O_RDONLY | O_NOCTTY | O_NONBLOCK));
  } catch (error) {
    return refusePort(error);
  }
}

function setLine(fd: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const stty = spawn('stty', LINE, { stdio: [fd, 'ignore', 'ignore'] });
    stty.once('error', () => reject(new PortRefused('no-stty')));
    stty.once('close', (status) => (status === 0 ? resolve() : reject(new PortRefused('not-serial'))));
  });
}

function createLine(output: FileHandle, input: ReadStream, listener: SerialListener): SerialLine {
  let isOpen = true;
  let sending: Promise<void> = Promise.resolve();
  const close = () => {
    isOpen = false;
    input.destroy();
    void sending.then(() => output.close()).catch(() => {});
  };
  const lose = () => {
    if (!isOpen) return;
    close();
    listener.closed();
  };
  input.on('data', (bytes: Buffer) => {
    if (isOpen) listener.bytes(bytes);
  });
  for (const event of ['error', 'end', 'close']) input.on(event, lose);
  return {
    send(bytes) {
      if (!isOpen) return;
      sending = sending.then(() => writeAll(output, bytes, () => isOpen)).catch(lose);
    },
    close() {
      if (isOpen) close();
    },
  };
}

async function writeAll(output: FileHandle, bytes: Uint8Array, isWanted: () => boolean): Promise<void> {
  let written = 0;
  for (let full = 0; written < bytes.length && isWanted(); ) {
    try {
      written += (await output.write(bytes, written)).bytesWritten;
    } catch (error) {
      full += 1;
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN' || full > MOST_FULL) throw error;
      await sleep(FULL_MS);
    }
  }
}
