import type { Actuator, ResponseDefinition } from './definition.ts';

const isSwitch = ({ component }: Actuator): boolean => component === 'switch';
const isLight = ({ component }: Actuator): boolean => component === 'light';
const isValveOf = (deviceClass: string) => (actuator: Actuator) =>
  actuator.component === 'valve' && actuator.deviceClass === deviceClass;

/**
 * Fans on. Never for gas, smoke or heat: a spark lights gas, and air feeds a fire. Not by itself for carbon monoxide: a fan that draws air
 * out of a room can draw the fumes of a boiler back into it; whoever has a fan that blows in may choose it.
 */
const VENTILATE: ResponseDefinition = {
  id: 'ventilate',
  mayKinds: ['co2', 'oxygen-low', 'co', 'hydrogen-sulfide', 'air-quality', 'humidity', 'hot'],
  kinds: ['co2', 'oxygen-low'],
  fromLevel: 'warning',
  blockedBy: ['gas', 'smoke', 'heat'],
  command: { on: true },
  handsBack: { on: false },
  lasts: 'cleared',
  insists: false,
  mayUse: isSwitch,
  uses: 'nothing',
};

/** Fans off in smoke: they would spread it, and feed the fire. Source: safety.md AIR-5. */
const FANS_OFF: ResponseDefinition = {
  id: 'fans-off',
  mayKinds: ['smoke', 'heat'],
  kinds: ['smoke', 'heat'],
  fromLevel: 'alarm',
  blockedBy: ['gas'],
  command: { on: false },
  handsBack: null,
  lasts: 'cleared',
  insists: false,
  mayUse: isSwitch,
  uses: { sameAs: 'ventilate' },
};

/** A valve is shut at the first warning, and again when it opens before what was wrong has cleared; a person opens it. */
const SHUT = {
  fromLevel: 'warning',
  blockedBy: [],
  command: { do: 'close' },
  handsBack: null,
  lasts: 'cleared',
  insists: true,
} as const satisfies Partial<ResponseDefinition>;

/** Shuts off the gas. A valve of water is never the gas; one that does not say what it is may be chosen. Source: safety.md AIR-5. */
const GAS_VALVE: ResponseDefinition = {
  id: 'gas-valve',
  mayKinds: ['gas', 'co', 'smoke', 'heat'],
  kinds: ['gas'],
  ...SHUT,
  mayUse: (actuator) => actuator.component === 'valve' && actuator.deviceClass !== 'water',
  uses: isValveOf('gas'),
};

/** Shuts off the water. */
const WATER_VALVE: ResponseDefinition = {
  id: 'water-valve',
  mayKinds: ['water'],
  kinds: ['water'],
  ...SHUT,
  mayUse: (actuator) => actuator.component === 'valve' && actuator.deviceClass !== 'gas',
  uses: isValveOf('water'),
};

/** Light on the way out, until the alarm is put back to normal: people may still be on their way. Never for gas. */
const WAY_OUT: ResponseDefinition = {
  id: 'way-out',
  mayKinds: ['smoke', 'heat', 'co', 'oxygen-low', 'intrusion', 'panic'],
  kinds: ['smoke', 'heat', 'co'],
  fromLevel: 'alarm',
  blockedBy: ['gas'],
  command: { on: true },
  handsBack: { on: false },
  lasts: 'normal',
  insists: false,
  mayUse: (actuator) => isLight(actuator) || isSwitch(actuator),
  uses: isLight,
};

/** What the house does by itself, as far as this domain knows. In this order. */
export const OWN_RESPONSES: readonly ResponseDefinition[] = [
  GAS_VALVE,
  WATER_VALVE,
  VENTILATE,
  FANS_OFF,
  WAY_OUT,
];
