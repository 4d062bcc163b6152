import { ok, refused } from '../../shared/result.ts';
import {
  BadOption,
  readLabel,
  readNumber,
  readShort,
  readTemplate,
  requireTopic,
} from '../announcements/announcedOption.ts';
import { type Command, messageOf, renderCommand } from '../command.ts';
import { type Decoded, dropped, toldValue } from '../told.ts';
import type { Platform } from './definition.ts';
import { isAssumed } from './onOff.ts';
import { numberFrom } from './sensor.ts';
import type { NumberSettings } from './settings.ts';
import { readAnswering, statePart } from './statePart.ts';

/** Smallest step that Home Assistant takes. */
const MIN_STEP = 1e-3;

function readRange(options: Parameters<typeof readNumber>[0]): Pick<NumberSettings, 'min' | 'max' | 'step'> {
  const min = readNumber(options, 'min', 1);
  const max = readNumber(options, 'max', 100);
  const step = readNumber(options, 'step', 1);
  if (min >= max) throw new BadOption('min and max');
  if (step < MIN_STEP) throw new BadOption('step');
  return { min, max, step };
}

function valueFrom(text: string, { min, max, payloadReset }: NumberSettings): Decoded {
  if (text === payloadReset) return toldValue(null);
  const decoded = numberFrom(text);
  const value = decoded.kind === 'told' ? decoded.told.value : null;
  return typeof value === 'number' && (value < min || value > max) ? dropped('out-of-range') : decoded;
}

const askedOf = (command: Command): number | null =>
  'set' in command && typeof command.set === 'number' ? command.set : null;

/** Source: ha-mqtt-discovery 9.13. */
export const number: Platform<NumberSettings> = {
  announced: (options) => ({
    ...readAnswering(options),
    commandTopic: requireTopic(options, 'command_topic'),
    commandTemplate: readTemplate(options, 'command_template'),
    valueTemplate: readTemplate(options, 'value_template'),
    unit: readLabel(options, 'unit_of_measurement'),
    settings: {
      component: 'number',
      ...readRange(options),
      payloadReset: readShort(options, 'payload_reset') ?? 'None',
    },
  }),
  parts: ({ config, settings }) => statePart(config, (text) => valueFrom(text, settings)),
  control: ({ settings: { min, max, step } }) => ({ is: 'number', min, max, step }),
  encode({ config: { commandTopic, commandTemplate } }, command) {
    const asked = askedOf(command);
    if (asked === null) return refused('no-command');
    if (commandTemplate === null) return messageOf(commandTopic, null, String(asked));
    // A template may calculate with it: it gets the number, not its text.
    const payload = renderCommand(commandTemplate, {}, asked);
    if (!payload.ok) return payload;
    return commandTopic === null
      ? refused('no-command-topic')
      : ok([{ topic: commandTopic, payload: payload.value }]);
  },
  answers({ settings }, command, { value }) {
    const asked = askedOf(command);
    return asked !== null && typeof value === 'number' && Math.abs(value - asked) <= settings.step / 2;
  },
  assumed({ config }, command) {
    const asked = askedOf(command);
    return asked !== null && isAssumed(config) ? { value: asked } : null;
  },
};
