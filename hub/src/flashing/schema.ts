import { z } from 'zod';

/** The boards whose program comes with Homeward: a folder `firmware/<node>_node` each. */
export const FlashNode = z.enum(['air', 'motion', 'door', 'cam']).meta({ id: 'FlashNode' });
export type FlashNode = z.infer<typeof FlashNode>;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The Wi-Fi that a board joins. Only 2.4 GHz: an ESP32 has no other radio. */
export const BoardWifi = z
  .strictObject({
    ssid: z
      .string()
      .refine((ssid) => bytesOf(ssid) >= 1 && bytesOf(ssid) <= 32, 'must have 1 to 32 bytes')
      .describe('name of the network, 1 to 32 bytes of UTF-8 (IEEE 802.11)'),
    password: z
      .string()
      .refine(
        (password) => password === '' || (bytesOf(password) >= 8 && bytesOf(password) <= 64),
        'must be empty, or have 8 to 64 bytes',
      )
      .describe(
        'empty: the network is open; else 8 to 64 bytes (WPA). It is handed to the board and kept nowhere',
      ),
  })
  .meta({ id: 'BoardWifi' });
export type BoardWifi = z.infer<typeof BoardWifi>;

/** Address of a serial port. */
export const PortAddress = z
  .string()
  .max(200)
  .regex(/^\/dev\/(?!.*\.\.)[A-Za-z0-9._:+/-]+$/, 'must be a device, like /dev/ttyUSB0');

/** POST /api/flashing: which board, on which port, what it is called and where it belongs. */
export const FlashRequest = z
  .strictObject({
    node: FlashNode,
    port: PortAddress.describe('one of those that GET /api/flashing/ports named last'),
    name: z.string().trim().min(1).max(64).describe('what the owner calls it'),
    wifi: BoardWifi,
  })
  .meta({ id: 'FlashRequest' });
export type FlashRequest = z.infer<typeof FlashRequest>;

/** Where it is: the steps in their order. */
export const FlashStage = z
  .enum(['tool', 'compile', 'upload', 'greet', 'pair', 'hand-over', 'join', 'first-word'])
  .meta({ id: 'FlashStage' });
export type FlashStage = z.infer<typeof FlashStage>;

/** Why it ended without a paired board, or why no port can be named. Each has one next step, which the app and the command say. */
export const FlashFailure = z
  .enum([
    'tool-missing',
    'tool-old',
    'tool-config',
    'tool-network',
    'tool-broken',
    'node-missing',
    'core-missing',
    'compile-failed',
    'port-gone',
    'port-busy',
    'port-forbidden',
    'board-not-ready',
    'upload-failed',
    'board-silent',
    'board-foreign',
    'board-refused',
    'unplugged',
    'not-paired',
    'wifi-refused',
    'no-first-word',
    'too-slow',
    'bug',
  ])
  .meta({ id: 'FlashFailure' });
export type FlashFailure = z.infer<typeof FlashFailure>;

/** A board on its way into the house. Nothing in it is secret. */
export const FlashJob = z
  .object({
    node: FlashNode,
    port: z.string(),
    name: z.string(),
    stage: FlashStage,
    state: z
      .enum(['running', 'wifi-asked', 'done', 'failed', 'stopped'])
      .describe('"wifi-asked": the board could not join; it waits for another name or password'),
    share: z.number().min(0).max(1).nullable().describe('of the upload; null: nobody can tell'),
    failure: FlashFailure.nullable(),
    detail: z.string().nullable().describe("what the compiler or the uploader said, or the hub's reason"),
    networks: z.array(z.string()).describe('that the board saw when it could not join, strongest first'),
    deviceId: z.string().nullable().describe('the board in this house; null: it has no identity yet'),
  })
  .meta({ id: 'FlashJob' });
export type FlashJob = z.infer<typeof FlashJob>;

/** GET /api/flashing. `job`: the one that runs, or the last since the hub started; null: there was none. */
export const FlashStatus = z.object({ job: FlashJob.nullable() }).meta({ id: 'FlashStatus' });
export type FlashStatus = z.infer<typeof FlashStatus>;

export const SerialPort = z
  .object({ address: z.string(), label: z.string().describe('what it says of itself; empty: nothing') })
  .meta({ id: 'SerialPort' });
export type SerialPort = z.infer<typeof SerialPort>;

/** GET /api/flashing/ports: what can be flashed from this hub, now. */
export const FlashPorts = z
  .object({
    version: z.string().nullable().describe('of arduino-cli; null: it cannot be used'),
    failure: FlashFailure.nullable().describe('why it cannot be used'),
    detail: z.string().nullable(),
    nodes: z.array(FlashNode).describe('whose program is here'),
    images: z.array(FlashNode).describe('of which a merged image was built here'),
    ports: z.array(SerialPort),
  })
  .meta({ id: 'FlashPorts' });
export type FlashPorts = z.infer<typeof FlashPorts>;

/** What ESP Web Tools reads: https://esphome.github.io/esp-web-tools/ */
export const ImageManifest = z
  .object({
    name: z.string(),
    version: z.string(),
    new_install_prompt_erase: z.boolean(),
    new_install_improv_wait_time: z.number().int().describe('seconds'),
    builds: z.array(
      z.object({
        chipFamily: z.string(),
        parts: z.array(z.object({ path: z.string(), offset: z.number().int() })),
      }),
    ),
  })
  .meta({ id: 'ImageManifest' });
export type ImageManifest = z.infer<typeof ImageManifest>;
