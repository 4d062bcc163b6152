import { parseArgs } from 'node:util';
import { FlashNode, PortAddress } from '../../hub/src/flashing/schema.ts';

export const USAGE = `npm run flash -- --node air [--port /dev/ttyUSB0]

From an empty ESP32 that is plugged into this machine to a board of your house.

  --node    air, motion, door or cam
  --port    where it is plugged in; without it, where there is only one
  --hub     address of the hub. Default http://localhost:8080
  --ca      file with the hub's certificate authority, for an https address
  --name    what you call it. Default: it is asked
  --ssid    name of your Wi-Fi. Default: it is asked
  --list    only say what is plugged in

Passwords are asked, one line each, and never stand in a command.`;

export type FlashOptions = {
  readonly node: FlashNode | null;
  readonly port: string | null;
  readonly hub: URL;
  readonly caFile: string | null;
  readonly name: string | null;
  readonly ssid: string | null;
  /** Only the ports are asked for. */
  readonly isList: boolean;
};

/** What stands in the command is not usable, in plain words. */
export class WrongOptions extends Error {}

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  node: TEXT,
  port: TEXT,
  hub: TEXT,
  ca: TEXT,
  name: TEXT,
  ssid: TEXT,
  list: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Null: help was asked for. @throws WrongOptions */
export function readOptions(args: readonly string[]): FlashOptions | null {
  const given = valuesOf(args);
  if (given.help === true) return null;
  const isList = given.list === true;
  const node = FlashNode.safeParse(given.node);
  if (!isList && !node.success) {
    throw new WrongOptions(`--node must be one of ${FlashNode.options.join(', ')}.`);
  }
  if (given.port !== undefined && !PortAddress.safeParse(given.port).success) {
    throw new WrongOptions(`--port ${given.port} is none: it must be a device, like /dev/ttyUSB0.`);
  }
  return {
    node: node.data ?? null,
    port: given.port ?? null,
    hub: hubOf(given.hub ?? 'http://localhost:8080'),
    caFile: given.ca ?? null,
    name: given.name ?? null,
    ssid: given.ssid ?? null,
    isList,
  };
}

function valuesOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new WrongOptions(error instanceof Error ? error.message : String(error));
  }
}

function hubOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new WrongOptions(`--hub ${address} is none: it must be like https://homeward.local:8443.`);
  }
  return url;
}
