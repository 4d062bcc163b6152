import { binarySensor } from './binarySensor.ts';
import type { Platform } from './definition.ts';
import { sensor } from './sensor.ts';
import type { Settings } from './settings.ts';
import { siren } from './siren.ts';
import { switchPlatform } from './switch.ts';

export type PlatformName = Settings['component'];

/** Every platform that the hub takes in. */
export const PLATFORMS: {
  readonly [Name in PlatformName]: Platform<Extract<Settings, { component: Name }>>;
} = {
  sensor,
  binary_sensor: binarySensor,
  siren,
  switch: switchPlatform,
};

/** The platform of those settings: the table holds for each name the one whose settings carry it. */
export const platformOf = ({ component }: Settings): Platform<Settings> =>
  PLATFORMS[component] as unknown as Platform<Settings>;
