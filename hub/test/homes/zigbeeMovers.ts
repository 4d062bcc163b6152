import type { GoldenDevice } from './golden.ts';
import { type ZigbeeKind, zigbee, zigbeeDevice, zigbeeEntity } from './zigbee.ts';

const BLIND: ZigbeeKind = {
  ieee: '0x680ae2fffe7c6d0c',
  name: 'Blind bedroom',
  vendor: 'IKEA',
  model: 'FYRTUR roller blind, block-out',
  modelId: 'E1757',
};
const blind = zigbee(BLIND);
const blindSet = `${blind.own}/set`;
const blindState = { battery: 63, linkquality: 112, position: 100, state: 'OPEN' };

export const BLIND_COVER: GoldenDevice = zigbeeDevice(BLIND, blindState, [
  blind.add(
    'cover',
    'cover',
    {
      command_topic: blindSet,
      name: null,
      position_template: '{{ value_json["position"] }}',
      position_topic: blind.own,
      set_position_template: '{ "position": {{ position }} }',
      set_position_topic: blindSet,
      state_closed: 'CLOSE',
      state_open: 'OPEN',
      state_stopped: 'STOP',
      state_topic: blind.own,
      value_template: '{{ value_json["state"] }}',
    },
    {
      quantity: 'cover',
      control: { is: 'cover', moves: true, stops: true, position: true, tilt: false },
      shows: { value: true, attributes: { position: 100 } },
      commands: [
        {
          asks: { do: 'close' },
          sends: [{ topic: blindSet, payload: 'CLOSE' }],
          answers: [{ topic: blind.own, payload: { ...blindState, position: 0, state: 'CLOSE' } }],
          after: { value: false, attributes: { position: 0 } },
        },
        {
          asks: { position: 30 },
          sends: [{ topic: blindSet, payload: { position: 30 } }],
          answers: [{ topic: blind.own, payload: { ...blindState, position: 30 } }],
          after: { value: true, attributes: { position: 30 } },
        },
        {
          asks: { do: 'open' },
          sends: [{ topic: blindSet, payload: 'OPEN' }],
          answers: [{ topic: blind.own, payload: blindState }],
          after: { value: true, attributes: { position: 100 } },
        },
      ],
    },
  ),
  blind.battery(63),
  blind.linkQuality(112),
]);

const CURTAIN: ZigbeeKind = {
  ieee: '0xa4c13855667788ad',
  name: 'Curtain living room',
  vendor: 'Tuya',
  model: 'Curtain motor',
  modelId: 'TS0601_cover_1',
};
const curtain = zigbee(CURTAIN);

/** Where it is, else where it goes, else what it last was told. */
const MOTOR_STATE =
  '{% if "position" in value_json and value_json["position"] == 0 and "state" in value_json and value_json["state"] == "CLOSE" %}CLOSE' +
  '{% elif "position" in value_json and value_json["position"] == 100 and "state" in value_json and value_json["state"] == "OPEN" %}OPEN' +
  '{% elif "motor_state" in value_json and value_json["motor_state"] == "opening" %}opening' +
  '{% elif "motor_state" in value_json and value_json["motor_state"] == "closing" %}closing' +
  '{% elif "motor_state" in value_json and value_json["motor_state"] == "stopped" and "position" in value_json %}' +
  '{% if value_json["position"] == 0 %}CLOSE{% else %}OPEN{% endif %}' +
  '{% elif "state" in value_json and value_json["state"] == "OPEN" %}OPEN' +
  '{% elif "state" in value_json and value_json["state"] == "CLOSE" %}CLOSE{% else %}stopped{% endif %}';

/** Tells where it goes in a state of its own. */
export const CURTAIN_COVER: GoldenDevice = zigbeeDevice(
  CURTAIN,
  { linkquality: 88, motor_state: 'stopped', position: 40, state: 'OPEN' },
  [
    curtain.add(
      'cover',
      'cover',
      {
        command_topic: `${curtain.own}/set`,
        name: null,
        position_template: '{{ value_json["position"] }}',
        position_topic: curtain.own,
        set_position_template: '{ "position": {{ position }} }',
        set_position_topic: `${curtain.own}/set`,
        state_closed: 'CLOSE',
        state_closing: 'closing',
        state_open: 'OPEN',
        state_opening: 'opening',
        state_stopped: 'stopped',
        state_topic: curtain.own,
        value_template: MOTOR_STATE,
      },
      {
        quantity: 'cover',
        control: { is: 'cover', moves: true, stops: true, position: true, tilt: false },
        shows: { value: true, attributes: { position: 40 } },
        tells: [
          {
            topic: curtain.own,
            payload: { motor_state: 'closing', position: 20 },
            value: true,
            attributes: { position: 20, moving: 'closing' },
          },
          {
            topic: curtain.own,
            payload: { motor_state: 'stopped', position: 0 },
            value: false,
            attributes: { position: 0 },
          },
        ],
      },
    ),
    curtain.linkQuality(88),
  ],
);

const LOCK: ZigbeeKind = {
  ieee: '0x000d6f00112233ee',
  name: 'Lock front door',
  vendor: 'Yale',
  model: 'Assure lock',
  modelId: 'YRD426NRSC',
};
const lock = zigbee(LOCK);
const lockState = { battery: 80, linkquality: 71, lock_state: 'locked', state: 'LOCK' };

export const DOOR_LOCK: GoldenDevice = zigbeeDevice(LOCK, lockState, [
  lock.add(
    'lock',
    'lock',
    {
      command_topic: `${lock.own}/set`,
      name: null,
      state_locked: 'LOCK',
      state_topic: lock.own,
      state_unlocked: 'UNLOCK',
      value_template: '{{ value_json["state"] }}',
    },
    {
      quantity: 'lock',
      control: { is: 'lock', opens: false },
      shows: { value: false },
      tells: [
        { topic: lock.own, payload: { ...lockState, state: 'UNLOCK', lock_state: 'unlocked' }, value: true },
      ],
      commands: [
        {
          asks: { do: 'lock' },
          sends: [{ topic: `${lock.own}/set`, payload: 'LOCK' }],
          answers: [{ topic: lock.own, payload: lockState }],
          after: { value: false },
        },
      ],
    },
  ),
  lock.add(
    'sensor',
    'lock_state',
    {
      name: 'Lock state',
      state_topic: lock.own,
      value_template: '{{ value_json["lock_state"] }}',
    },
    { name: 'Lock state', quantity: 'other', shows: { value: 'locked' } },
  ),
  lock.battery(80),
  lock.linkQuality(71),
]);

const SIREN: ZigbeeKind = {
  ieee: '0x00158d00045566ff',
  name: 'Siren hall',
  vendor: 'HEIMAN',
  model: 'Smart siren',
  modelId: 'HS2WD-E',
};
const siren = zigbee(SIREN);
const sirenSet = `${siren.own}/set`;
const TONES = ['burglar', 'fire', 'emergency', 'police_panic', 'fire_panic', 'emergency_panic'];

export const WARNING_SIREN: GoldenDevice = zigbeeDevice(
  SIREN,
  { battery: 100, linkquality: 133, max_duration: 240 },
  [
    siren.add(
      'siren',
      'siren',
      {
        available_tones: TONES,
        command_off_template: '{"warning": {"mode": "stop"}}',
        command_template:
          '{"warning": {"mode": "{{ tone | default(\'emergency\') }}", "level": "' +
          '{% if volume_level is defined %}{% if volume_level | float <= 0.25 %}low' +
          '{% elif volume_level | float <= 0.5 %}medium{% elif volume_level | float <= 0.75 %}high' +
          '{% else %}very_high{% endif %}{% else %}medium{% endif %}", ' +
          '"duration": {{ duration | default(10) }}}}',
        command_topic: sirenSet,
        name: null,
        optimistic: true,
        support_duration: true,
        support_volume_set: true,
      },
      {
        quantity: 'siren',
        control: { is: 'siren', tones: TONES },
        commands: [
          {
            asks: { on: true },
            sends: [
              {
                topic: sirenSet,
                // Half an hour, not the ten seconds of the template: nobody said how long.
                payload: { warning: { mode: 'emergency', level: 'medium', duration: 1_800 } },
              },
            ],
            answers: [],
            after: { value: true },
          },
          {
            asks: { on: true, tone: 'fire', durationS: 30, volume: 1 },
            sends: [
              { topic: sirenSet, payload: { warning: { mode: 'fire', level: 'very_high', duration: 30 } } },
            ],
            answers: [],
            after: { value: true },
          },
          {
            asks: { on: false },
            sends: [{ topic: sirenSet, payload: { warning: { mode: 'stop' } } }],
            answers: [],
            after: { value: false },
          },
        ],
      },
    ),
    siren.battery(100),
    siren.linkQuality(133),
  ],
);

const TRV: ZigbeeKind = {
  ieee: '0x842e14fffe0d1ea0',
  name: 'Radiator study',
  vendor: 'Danfoss',
  model: 'Ally thermostat',
  modelId: '014G2461',
};
const trv = zigbee(TRV);

/** Homeward heats nothing: the climate entity is passed over, what else it tells is taken. */
export const RADIATOR: GoldenDevice = zigbeeDevice(
  TRV,
  {
    battery: 55,
    linkquality: 84,
    local_temperature: 19.6,
    occupied_heating_setpoint: 20,
    open_window: false,
    pi_heating_demand: 12,
  },
  [
    trv.number(
      'pi_heating_demand',
      {
        enabled_by_default: true,
        name: 'PI heating demand',
        unit_of_measurement: '%',
        value_template: '{{ value_json["pi_heating_demand"] }}',
      },
      { name: 'PI heating demand', quantity: 'other', unit: '%', shows: { value: 12 } },
    ),
    trv.battery(55),
    trv.linkQuality(84),
  ],
  {
    passedOver: [
      zigbeeEntity(TRV, 'climate', 'climate', {
        action_template:
          "{% set values = {None:None,'idle':'idle','heat':'heating','cool':'cooling','fan_only':'fan'} %}{{ values[value_json[\"running_state\"]] }}",
        action_topic: trv.own,
        current_temperature_template: '{{ value_json["local_temperature"] }}',
        current_temperature_topic: trv.own,
        max_temp: '35',
        min_temp: '5',
        mode_command_topic: `${trv.own}/set/system_mode`,
        mode_state_template: '{{ value_json["system_mode"] }}',
        mode_state_topic: trv.own,
        modes: ['heat'],
        name: null,
        temp_step: 0.5,
        temperature_command_topic: `${trv.own}/set/occupied_heating_setpoint`,
        temperature_state_template: '{{ value_json["occupied_heating_setpoint"] }}',
        temperature_state_topic: trv.own,
        temperature_unit: 'C',
      }),
    ],
  },
);
