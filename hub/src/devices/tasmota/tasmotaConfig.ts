import { z } from 'zod';
import { ok, type Result, refused } from '../../shared/result.ts';
import { isTopic } from '../announcements/announcedOption.ts';
import { parseJson } from '../json.ts';

/*
 * Tasmota announces itself in a form of its own, in two retained messages: what it is (`tasmota/discovery/<MAC>/config`) and what its
 * sensors tell (`…/sensors`). Source: Tasmota 15 `xdrv_12_discovery`; no standard build has published Home Assistant's form since 12.0.
 */

const Text = z.string().max(255);
const Flag = z.number().int().min(0).max(65_535);
const Flags = z.array(z.number().int().min(-1).max(255)).max(64);
const Names = z.array(Text.nullable()).max(64);

const Config = z.object({
  /** Device name, and one name a relay. */
  dn: Text,
  fn: Names,
  hn: Text.default(''),
  /** Its address: 12 hex digits. */
  mac: z.string().regex(/^[0-9A-Fa-f]{12}$/),
  /** Module or template. */
  md: Text.default(''),
  sw: Text.default(''),
  /** Words of its last will. */
  ofln: Text.default('Offline'),
  onln: Text.default('Online'),
  /** Words for off and on, and two that are no state. */
  state: z.array(Text).min(2).max(4),
  /** Topic, full topic with its places, and the three words for commands, answers and reports. */
  t: Text.min(1),
  ft: Text.min(1),
  tp: z.array(Text).length(3),
  /** Relays: 0 none, 1 relay, 2 light, 3 half of a shutter. */
  rl: Flags,
  /** Modes of switches that report, or -1; and their names. */
  swc: Flags.default([]),
  swn: Names.default([]),
  /** Buttons that report. */
  btn: Flags.default([]),
  /** SetOptions by number. */
  so: z.record(z.string().max(8), Flag).default({}),
  /** Colour and white are one light. */
  lk: Flag.default(1),
  /** Light: 0 none, 1 dimmer, 2 cold and warm, 3 RGB, 4 RGBW, 5 RGBCW. */
  lt_st: Flag.default(0),
  /** Has a battery; sleeps deeply. */
  bat: Flag.default(0),
  dslp: Flag.default(0),
  /** Shutters: options (1: inverted), and lowest tilt, highest tilt, duration. */
  sho: Flags.default([]),
  sht: z.array(z.array(z.number()).length(3)).max(64).default([]),
});

/** What a Tasmota says it is, with its topics worked out. */
export type TasmotaConfig = z.infer<typeof Config> & {
  readonly topics: { readonly command: string; readonly answer: string; readonly report: string };
};

/** `%prefix%/%topic%/` with the places filled in, and a slash at its end. */
function fullTopic(config: z.infer<typeof Config>, prefix: string): string {
  const filled = config.ft
    .replaceAll('%hostname%', config.hn)
    .replaceAll('%id%', config.mac.slice(-6))
    .replaceAll('%prefix%', prefix)
    .replaceAll('%topic%', config.t);
  return filled.endsWith('/') ? filled : `${filled}/`;
}

/** Refused: `not-json` and its kin, `bad-tasmota: <option>`. */
export function readTasmotaConfig(payload: string): Result<TasmotaConfig> {
  const json = parseJson(payload);
  if (!json.ok) return json;
  const read = Config.safeParse(json.value);
  if (!read.success)
    return refused(`bad-tasmota: ${read.error.issues[0]?.path.join('.') ?? ''}`.slice(0, 64));
  const [command = '', answer = '', report = ''] = read.data.tp.map((word) => fullTopic(read.data, word));
  if (![command, answer, report].every(isTopic)) return refused('bad-tasmota: ft');
  return ok({ ...read.data, mac: read.data.mac.toUpperCase(), topics: { command, answer, report } });
}

/** Whether SetOption `number` is on. */
export const hasOption = ({ so }: TasmotaConfig, number: number): boolean =>
  (Object.hasOwn(so, String(number)) ? so[String(number)] : 0) === 1;
