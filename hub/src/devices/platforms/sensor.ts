import { readLabel, readSpanMs, readTemplate, requireTopic } from '../announcedOption.ts';
import { decimalOf } from '../decimal.ts';
import { type Decoded, dropped, toldValue, UNKNOWN } from '../told.ts';
import type { Platform } from './definition.ts';
import type { SensorSettings } from './settings.ts';
import { statePart } from './statePart.ts';

/** A number in decimal form. A text that only Python takes for one ("nan", "inf", "1_0"), or an infinite one, is none. */
function numberFrom(text: string): Decoded {
  if (UNKNOWN.has(text.trim())) return toldValue(null);
  const number = decimalOf(text);
  if (number === null) return dropped('not-a-number');
  return Number.isFinite(number) ? toldValue(number) : dropped('not-finite');
}

/** Source: ha-mqtt-discovery 9.1. */
export const sensor: Platform<SensorSettings> = {
  announced: (options) => ({
    stateTopic: requireTopic(options, 'state_topic'),
    valueTemplate: readTemplate(options, 'value_template'),
    expireAfterMs: readSpanMs(options, 'expire_after'),
    unit: readLabel(options, 'unit_of_measurement'),
    settings: { component: 'sensor' },
  }),
  parts: ({ config }) => statePart(config, numberFrom),
};
