import type { GoldenDevice, GoldenEntity, Json, Message } from './golden.ts';

/*
 * Tasmota 15. Since release 12 no standard build publishes Home Assistant's discovery (`SetOption19 1` only takes its own away); what
 * it publishes is `tasmota/discovery/<MAC>/config` and `…/sensors`, retained.
 */

export type TasmotaKind = {
  /** MQTT topic of the device, as set with `Topic`. */
  readonly topic: string;
  readonly deviceName: string;
  /** 12 capital hex digits. */
  readonly mac: string;
  readonly module: string;
  /** 0 none, 1 relay, 2 light, 3 half of a shutter; in order. */
  readonly relays?: readonly number[];
  readonly friendlyNames?: readonly string[];
  /** Light: 1 dimmer, 2 cold and warm, 3 RGB, 4 RGBW, 5 RGBCW. */
  readonly lightType?: number;
  /** Switch modes, with `SetOption114 1`; -1 is unused. */
  readonly switches?: readonly number[];
  readonly switchNames?: readonly string[];
  /** Buttons, with `SetOption73 1`. */
  readonly buttons?: readonly number[];
  readonly shutters?: readonly number[];
  readonly sleeps?: boolean;
};

export const tele = ({ topic }: TasmotaKind, what: string): string => `tele/${topic}/${what}`;
export const stat = ({ topic }: TasmotaKind, what: string): string => `stat/${topic}/${what}`;
export const cmnd = ({ topic }: TasmotaKind, what: string): string => `cmnd/${topic}/${what}`;

const filled = <T>(some: readonly T[] | undefined, length: number, rest: T): T[] =>
  Array.from({ length }, (_, at) => some?.[at] ?? rest);

/** The message that says what it is. */
const configOf = (kind: TasmotaKind): { readonly [key: string]: Json } => ({
  ip: '192.168.1.60',
  dn: kind.deviceName,
  fn: filled<string | null>(kind.friendlyNames ?? [kind.deviceName], 8, null),
  hn: `${kind.topic}-${Number.parseInt(kind.mac.slice(-4), 16) % 8_192}`,
  mac: kind.mac,
  md: kind.module,
  ty: 0,
  if: 0,
  cam: 0,
  ofln: 'Offline',
  onln: 'Online',
  state: ['OFF', 'ON', 'TOGGLE', 'HOLD'],
  sw: '15.1.0',
  t: kind.topic,
  ft: '%prefix%/%topic%/',
  tp: ['cmnd', 'stat', 'tele'],
  rl: filled(kind.relays, 32, 0),
  swc: filled(kind.switches, 28, -1),
  swn: filled<string | null>(kind.switchNames, 28, null),
  btn: filled(kind.buttons, 32, 0),
  so: {
    4: 0,
    11: 0,
    13: 0,
    17: 0,
    20: 0,
    30: 0,
    68: 0,
    73: kind.buttons === undefined ? 0 : 1,
    82: 0,
    114: kind.switches === undefined ? 0 : 1,
    117: 0,
  },
  lk: 1,
  lt_st: kind.lightType ?? 0,
  bat: kind.sleeps === true ? 1 : 0,
  dslp: kind.sleeps === true ? 1 : 0,
  sho: kind.shutters ?? [],
  sht: (kind.shutters ?? []).map(() => [0, 0, 0]),
  ver: 1,
});

/** What every `tele/…/STATE` carries besides the power. */
export const stateOf = (more: { readonly [key: string]: Json }): Json => ({
  Time: '2026-11-22T20:15:00',
  Uptime: '1T02:03:04',
  UptimeSec: 93_784,
  Heap: 27,
  SleepMode: 'Dynamic',
  Sleep: 50,
  LoadAvg: 19,
  MqttCount: 1,
  ...more,
  Wifi: {
    AP: 1,
    SSId: 'home',
    BSSId: '00:00:5E:00:53:01',
    Channel: 6,
    Mode: '11n',
    RSSI: 82,
    Signal: -59,
    LinkCount: 1,
    Downtime: '0T00:00:03',
  },
});

/** The strength of its radio, which each of them tells. */
const SIGNAL: GoldenEntity = {
  key: 'signal',
  component: 'sensor',
  name: 'Signal',
  quantity: 'signal_strength',
  unit: 'dBm',
  control: null,
  shows: { value: -59 },
};

export function tasmotaDevice(
  kind: TasmotaKind,
  state: { readonly [key: string]: Json },
  sensors: { readonly [key: string]: Json },
  entities: readonly GoldenEntity[],
): GoldenDevice {
  const now: { readonly [key: string]: Json } = { Time: '2026-11-22T20:15:00', ...sensors };
  const will: Message = { topic: tele(kind, 'LWT'), payload: 'Online', retain: true };
  const hasSensors = Object.keys(sensors).length > 0;
  return {
    system: 'tasmota',
    identifier: kind.mac,
    name: kind.deviceName,
    manufacturer: 'Tasmota',
    model: kind.module,
    announces: [
      { topic: `tasmota/discovery/${kind.mac}/config`, payload: configOf(kind), retain: true },
      { topic: `tasmota/discovery/${kind.mac}/sensors`, payload: { sn: now, ver: 1 }, retain: true },
    ],
    availability: [will],
    states: [
      { topic: tele(kind, 'STATE'), payload: stateOf(state) },
      ...(hasSensors ? [{ topic: tele(kind, 'SENSOR'), payload: now }] : []),
    ],
    entities: [...entities, SIGNAL],
  };
}
