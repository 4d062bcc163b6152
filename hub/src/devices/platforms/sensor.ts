import type { Options } from '../abbreviations.ts';
import {
  readLabel,
  readShort,
  readSpanMs,
  readTemplate,
  readTexts,
  requireTopic,
} from '../announcements/announcedOption.ts';
import { decimalOf } from '../decimal.ts';
import { type Decoded, dropped, MAX_VALUE_CHARS, toldValue, UNKNOWN } from '../told.ts';
import type { Platform } from './definition.ts';
import type { Rails, SensorSettings } from './settings.ts';
import { statePart } from './statePart.ts';

/** Most words that one sensor may choose from. */
const MAX_OPTIONS = 256;

/** Classes whose value is no number. Source: ha-mqtt-discovery 9.1. */
const BY_CLASS: ReadonlyMap<string, SensorSettings['tells']> = new Map([
  ['enum', 'text'],
  ['date', 'date'],
  ['timestamp', 'moment'],
  ['uptime', 'moment'],
]);

/** What makes Home Assistant take a sensor for a number, apart from its class. */
const NUMERIC = ['unit_of_measurement', 'state_class', 'suggested_display_precision', 'hw_quantity'] as const;

function tells(options: Options): SensorSettings['tells'] {
  const deviceClass = readShort(options, 'device_class');
  const byClass = BY_CLASS.get(deviceClass ?? '');
  if (byClass !== undefined) return byClass;
  const isNumeric = NUMERIC.some((key) => (options[key] ?? '') !== '');
  return deviceClass !== null || isNumeric ? 'number' : 'either';
}

/** A number in decimal form. A text that only Python takes for one ("nan", "inf", "1_0"), or an infinite one, is none. */
export function numberFrom(text: string): Decoded {
  if (UNKNOWN.has(text.trim())) return toldValue(null);
  const number = decimalOf(text);
  if (number === null) return dropped('not-a-number');
  return Number.isFinite(number) ? toldValue(number) : dropped('not-finite');
}

function textFrom(text: string, options: readonly string[]): Decoded {
  if (options.length > 0 && options.includes(text)) return toldValue(text);
  if (UNKNOWN.has(text)) return toldValue(null);
  if (options.length > 0) return dropped('not-an-option');
  return text.length <= MAX_VALUE_CHARS ? toldValue(text) : dropped('text-too-long');
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** A date or moment that exists, as it was written. */
function timeFrom(text: string, pattern: RegExp): Decoded {
  const said = text.trim();
  if (UNKNOWN.has(said)) return toldValue(null);
  const exists = pattern.test(said) && !Number.isNaN(Date.parse(said.replace(' ', 'T')));
  return exists ? toldValue(said) : dropped('not-a-time');
}

function readerOf({ tells: what, options }: SensorSettings): (text: string) => Decoded {
  switch (what) {
    case 'number':
      return numberFrom;
    case 'text':
      return (text) => textFrom(text, options);
    case 'date':
      return (text) => timeFrom(text, DATE);
    case 'moment':
      return (text) => timeFrom(text, MOMENT);
    default:
      return (text) => {
        const number = decimalOf(text);
        return number !== null && Number.isFinite(number) ? toldValue(number) : textFrom(text, []);
      };
  }
}

/** Our own keys: nobody else reads them, so what is no number is passed over. */
function railsIn(options: Options): { rails: Rails } | Record<string, never> {
  const [min, max] = [railOf(options.hw_min), railOf(options.hw_max)];
  const isNone = min === null && max === null;
  return isNone || (min !== null && max !== null && min >= max) ? {} : { rails: { min, max } };
}

function railOf(said: unknown): number | null {
  const number = typeof said === 'string' ? decimalOf(said) : said;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Source: ha-mqtt-discovery 9.1. */
export const sensor: Platform<SensorSettings> = {
  announced: (options) => ({
    stateTopic: requireTopic(options, 'state_topic'),
    valueTemplate: readTemplate(options, 'value_template'),
    expireAfterMs: readSpanMs(options, 'expire_after'),
    unit: readLabel(options, 'unit_of_measurement'),
    settings: {
      component: 'sensor',
      tells: tells(options),
      options: readTexts(options, 'options', MAX_OPTIONS) ?? [],
      ...railsIn(options),
    },
  }),
  parts: ({ config, settings }) => statePart(config, readerOf(settings)),
};
