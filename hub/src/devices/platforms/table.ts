import { binarySensor } from './binarySensor.ts';
import { button } from './button.ts';
import { cover } from './cover.ts';
import type { Platform } from './definition.ts';
import { deviceAutomation, tag } from './deviceAutomation.ts';
import { event } from './event.ts';
import { light } from './light.ts';
import { lock } from './lock.ts';
import { number } from './number.ts';
import { camera, image } from './picture.ts';
import { select } from './select.ts';
import { sensor } from './sensor.ts';
import type { Settings } from './settings.ts';
import { siren } from './siren.ts';
import { switchPlatform } from './switch.ts';
import { text } from './text.ts';
import { deviceTracker } from './tracker.ts';
import { update } from './update.ts';
import { valve } from './valve.ts';

export type PlatformName = Settings['component'];

/** Every platform that the hub takes in. */
export const PLATFORMS: {
  readonly [Name in PlatformName]: Platform<Extract<Settings, { component: Name }>>;
} = {
  sensor,
  binary_sensor: binarySensor,
  switch: switchPlatform,
  siren,
  light,
  lock,
  cover,
  valve,
  button,
  number,
  select,
  text,
  event,
  camera,
  image,
  update,
  device_tracker: deviceTracker,
  device_automation: deviceAutomation,
  tag,
};

/** The platform of those settings: the table holds for each name the one whose settings carry it. */
export const platformOf = ({ component }: Settings): Platform<Settings> =>
  PLATFORMS[component] as unknown as Platform<Settings>;
