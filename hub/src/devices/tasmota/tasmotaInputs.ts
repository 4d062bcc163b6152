import type { TasmotaConfig } from './tasmotaConfig.ts';
import { answersOf, quoted, SENSORS, sensorTopics, stateOf, type TasmotaPart } from './tasmotaPart.ts';

/** Modes in which a switch has two states; the others only tell that it was used. Source: Tasmota "Buttons and Switches". */
const TWO_STATES: ReadonlySet<number> = new Set([1, 2, 3, 4, 5, 6, 9, 10, 13, 14, 15, 16]);
/** Modes that say on and never off: a motion sensor. It is off after a second. */
const ONLY_ON: ReadonlySet<number> = new Set([13, 14]);

function switched(config: TasmotaConfig, index: number, mode: number): TasmotaPart {
  const own = `${SENSORS}[${quoted(config.swn[index] ?? `Switch${index + 1}`)}]`;
  return {
    component: 'binary_sensor',
    key: `switch_${index + 1}`,
    options: {
      name: config.swn[index] ?? `Switch ${index + 1}`,
      state_topic: answersOf(config),
      value_template: `{{ ${own}.Action | default(${own}) | is_defined }}`,
      payload_off: config.state[0],
      payload_on: config.state[1],
      ...(ONLY_ON.has(mode) ? { off_delay: 1 } : {}),
    },
    echoes: ONLY_ON.has(mode) ? [] : sensorTopics(config),
  };
}

const PRESSES = ['SINGLE', 'DOUBLE', 'TRIPLE', 'QUAD', 'PENTA', 'HOLD'] as const;

/** What was done with a key, on the topic of answers. */
function pressed(
  config: TasmotaConfig,
  key: string,
  name: string,
  word: string,
  types: readonly string[],
): TasmotaPart {
  return {
    component: 'event',
    key,
    options: {
      name,
      device_class: 'button',
      event_types: types,
      state_topic: answersOf(config),
      value_template: `{"event_type":{{ value_json[${quoted(word)}].Action | is_defined | tojson }}}`,
    },
    echoes: [],
  };
}

function* keyParts(config: TasmotaConfig): Generator<TasmotaPart> {
  for (const [index, mode] of config.swc.entries()) {
    if (mode < 0) continue;
    const word = config.swn[index] ?? `Switch${index + 1}`;
    const name = config.swn[index] ?? `Switch ${index + 1}`;
    if (TWO_STATES.has(mode)) yield switched(config, index, mode);
    else yield pressed(config, `switch_${index + 1}`, name, word, config.state);
  }
  for (const [index, reports] of config.btn.entries()) {
    if (reports !== 1) continue;
    yield pressed(config, `button_${index + 1}`, `Button ${index + 1}`, `Button${index + 1}`, PRESSES);
  }
}

/** What its report of itself tells besides. */
function ownPart(
  config: TasmotaConfig,
  key: string,
  told: string,
  deviceClass: string,
  unit: string,
): TasmotaPart {
  return {
    component: 'sensor',
    key,
    options: {
      device_class: deviceClass,
      unit_of_measurement: unit,
      entity_category: 'diagnostic',
      name: key === 'battery' ? 'Battery' : 'Signal',
      state_topic: stateOf(config),
      value_template: `{{ value_json.${told} | is_defined }}`,
    },
    echoes: [answersOf(config)],
  };
}

/** Its switches and buttons that report, and what it tells of itself. */
export function inputParts(config: TasmotaConfig): readonly TasmotaPart[] {
  const signal = ownPart(config, 'signal', 'Wifi.Signal', 'signal_strength', 'dBm');
  const battery = ownPart(config, 'battery', 'BatteryPercentage', 'battery', '%');
  return [...keyParts(config), signal, ...(config.bat === 1 ? [battery] : [])];
}
