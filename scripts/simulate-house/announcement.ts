import { areaOf, type Board, type BoardKind, batteryPct } from './boards.ts';

/** Tones that the siren knows: fire (ISO 8201 T3), CO (T4), gas, intrusion, trouble (one chirp in 45 s) and a chime (safety.md §1.5). */
export const SIREN_TONES = ['fire_t3', 'co_t4', 'gas', 'steady', 'chirp', 'chime'] as const;

/** Everything that one board says and hears. */
export type BoardTopics = {
  readonly discovery: string;
  readonly availability: string;
  readonly state: string;
  readonly frame: string;
  /** Alarm messages, and the hub's answers to them. */
  readonly alarm: string;
  readonly ack: string;
  /** Filter of all command topics. */
  readonly commands: string;
};

export function boardTopics(deviceId: string): BoardTopics {
  const own = `homeward/${deviceId}`;
  return {
    discovery: `homeassistant/device/${deviceId}/config`,
    availability: `${own}/availability`,
    state: `${own}/state`,
    frame: `${own}/frame`,
    alarm: `${own}/alarm`,
    ack: `${own}/ack`,
    commands: `${own}/+/set`,
  };
}

/** Entity of a command topic `homeward/<deviceId>/<entity>/set`. */
export function commandedEntity(topic: string): string | null {
  return /^homeward\/[^/]+\/([^/]+)\/set$/.exec(topic)?.[1] ?? null;
}

type Component = { readonly p: string; readonly [option: string]: unknown };

/** Options of a component beside its platform. */
type Options = Readonly<Record<string, unknown>>;

const MODELS: Readonly<Record<BoardKind, string>> = {
  air: 'Virtual air node',
  smoke: 'Virtual smoke contact',
  contact: 'Virtual door node',
  motion: 'Virtual motion node',
  light: 'Virtual light switch',
  fan: 'Virtual fan switch',
  lock: 'Virtual door lock',
  camera: 'Virtual camera',
  siren: 'Virtual siren',
  valve: 'Virtual gas valve',
};

/**
 * The retained discovery message of a board, device form, abbreviated (ha-mqtt-discovery.md §2, §4).
 * @param expireS after this long without a report its values are old, s as the house's clock shows it
 */
export function announcement(board: Board, deviceId: string, expireS: number): Record<string, unknown> {
  const topics = boardTopics(deviceId);
  const cmps: Record<string, Component> = {};
  const components = { ...componentsOf(board, deviceId), ...batteryOf(board) };
  for (const [key, component] of Object.entries(components)) {
    const expires = component.p === 'sensor' || component.p === 'binary_sensor';
    cmps[key] = {
      ...component,
      uniq_id: `${deviceId}_${key}`,
      ...(expires ? { exp_aft: Math.ceil(expireS) } : {}),
    };
  }
  return {
    dev: {
      ids: [deviceId],
      name: board.name,
      mf: 'Homeward',
      mdl: MODELS[board.kind],
      sw: '1.0.0',
      sa: areaOf(board),
    },
    o: { name: 'homeward-simulate-house', sw: '1.0.0' },
    avty: [{ t: topics.availability }],
    stat_t: topics.state,
    qos: 1,
    cmps,
  };
}

function componentsOf(board: Board, deviceId: string): Readonly<Record<string, Component>> {
  const commandTopic = (entity: string) => `homeward/${deviceId}/${entity}/set`;
  switch (board.kind) {
    case 'air':
      return airComponents(board);
    case 'smoke':
      return { smoke: contact('smoke') };
    case 'contact':
      return { open: contact(board.opening?.endsWith('door') === true ? 'door' : 'window') };
    case 'motion':
      return { motion: contact('motion') };
    case 'light':
      return { light: switched('light', commandTopic('light'), 'switch') };
    case 'fan':
      return { fan: switched('fan', commandTopic('fan'), 'switch') };
    case 'lock':
      return { lock: { p: 'lock', name: null, cmd_t: commandTopic('lock'), val_tpl: value('lock') } };
    case 'camera':
      return { camera: { p: 'camera', name: null, t: boardTopics(deviceId).frame } };
    case 'siren':
      return {
        siren: {
          p: 'siren',
          name: null,
          cmd_t: commandTopic('siren'),
          stat_val_tpl: value('siren'),
          av_tones: SIREN_TONES,
          sup_dur: true,
          sup_vol: false,
        },
      };
    case 'valve':
      return {
        valve: {
          p: 'valve',
          name: null,
          dev_cla: 'gas',
          cmd_t: commandTopic('valve'),
          val_tpl: value('valve'),
          stat_open: 'OPEN',
          stat_clsd: 'CLOSED',
        },
      };
  }
}

function airComponents(board: Board): Readonly<Record<string, Component>> {
  const gas = { lel_methane: sensor('lel_methane', 'Gas', '%LEL', { hw_quantity: 'lel_methane' }) };
  const pressure = {
    pressure: sensor('pressure', 'Air pressure', 'hPa', { dev_cla: 'atmospheric_pressure' }),
  };
  return {
    oxygen: sensor('oxygen', 'Oxygen', '%', { hw_quantity: 'oxygen' }),
    co: sensor('co', 'Carbon monoxide', 'ppm', { dev_cla: 'carbon_monoxide' }),
    co2: sensor('co2', 'Carbon dioxide', 'ppm', { dev_cla: 'carbon_dioxide' }),
    temperature: sensor('temperature', 'Temperature', '°C', { dev_cla: 'temperature' }),
    humidity: sensor('humidity', 'Humidity', '%', { dev_cla: 'humidity' }),
    ...(board.room === 'kitchen' ? gas : {}),
    ...(board.room === 'hall' ? pressure : {}),
  };
}

function batteryOf(board: Board): Readonly<Record<string, Component>> {
  if (batteryPct(board) === null) return {};
  return { battery: sensor('battery', 'Battery', '%', { dev_cla: 'battery', ent_cat: 'diagnostic' }) };
}

function sensor(key: string, name: string, unit: string, kind: Options): Component {
  return { p: 'sensor', name, unit_of_meas: unit, stat_cla: 'measurement', val_tpl: value(key), ...kind };
}

function contact(deviceClass: 'smoke' | 'door' | 'window' | 'motion'): Component {
  const key = deviceClass === 'door' || deviceClass === 'window' ? 'open' : deviceClass;
  return { p: 'binary_sensor', name: null, dev_cla: deviceClass, val_tpl: value(key) };
}

function switched(key: string, commandTopic: string, deviceClass: string): Component {
  return { p: 'switch', name: null, dev_cla: deviceClass, cmd_t: commandTopic, val_tpl: value(key) };
}

function value(key: string): string {
  return `{{ value_json.${key} }}`;
}
