import type { Options } from '../abbreviations.ts';
import type { PlatformName } from '../platforms/table.ts';
import type { TasmotaConfig } from './tasmotaConfig.ts';

/** One entity of a Tasmota in the words of Home Assistant's discovery. */
export type TasmotaPart = {
  readonly component: PlatformName;
  readonly key: string;
  readonly options: Options;
  /** Topics on which it tells the same as on its state topic. */
  readonly echoes: readonly string[];
};

/** A text as a literal of a template. */
export const quoted = (text: string): string => JSON.stringify(text);

/** Reports and answers carry the same keys; the answer to `Status 10` has them one level deeper. */
export const SENSORS = '(value_json.StatusSNS | default(value_json))';

/** Where it answers, and says what was switched. */
export const answersOf = ({ topics }: TasmotaConfig): string => `${topics.answer}RESULT`;
/** Where it tells its state every few minutes. */
export const stateOf = ({ topics }: TasmotaConfig): string => `${topics.report}STATE`;

/** Where sensors are told: every few minutes, and when asked. */
export const sensorTopics = ({ topics }: TasmotaConfig): readonly [string, ...string[]] => [
  `${topics.report}SENSOR`,
  `${topics.answer}STATUS10`,
];
