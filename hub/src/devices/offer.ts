import type { Command } from './command.ts';
import type { Control } from './controlSchema.ts';

type Of<Is extends Control['is']> = Extract<Control, { is: Is }>;

/** Why a command is not among what is offered; null: it is. */
export function refusalOf(control: Control, command: Command): string | null {
  return isOffered(control, command) ? null : 'not-offered';
}

function isOffered(control: Control, command: Command): boolean {
  if ('on' in command) return isSwitchOffered(control, command);
  if ('do' in command) return verbsOf(control).includes(command.do);
  if ('set' in command) return isValueOffered(control, command.set);
  if (control.is !== 'cover' && control.is !== 'valve') return false;
  return 'position' in command ? control.position : control.tilt;
}

function isSwitchOffered(control: Control, command: Extract<Command, { on: boolean }>): boolean {
  // A siren that is asked for more than it can still sounds: what it does not know is left out.
  if (control.is === 'siren' || control.is === 'switch') return true;
  return control.is === 'light' && isLightOffered(control, command);
}

function isLightOffered(
  { brightness, color, colorTempK, effects }: Of<'light'>,
  command: Extract<Command, { on: boolean }>,
): boolean {
  const wantsColor = command.hue !== undefined || command.saturation !== undefined;
  return (
    (command.brightness === undefined || brightness) &&
    (command.colorTempK === undefined || colorTempK !== null) &&
    (!wantsColor || color) &&
    (command.effect === undefined || effects.includes(command.effect))
  );
}

/** What it can be told to do. */
function verbsOf(control: Control): readonly string[] {
  switch (control.is) {
    case 'lock':
      return control.opens ? ['lock', 'unlock', 'open'] : ['lock', 'unlock'];
    case 'cover':
    case 'valve':
      return [...(control.moves ? ['open', 'close'] : []), ...(control.stops ? ['stop'] : [])];
    case 'button':
      return ['press'];
    case 'update':
      return ['install'];
    default:
      return [];
  }
}

function isValueOffered(control: Control, value: number | string): boolean {
  switch (control.is) {
    case 'number':
      return typeof value === 'number' && value >= control.min && value <= control.max;
    case 'select':
      return typeof value === 'string' && control.options.includes(value);
    case 'text':
      // Its pattern is a foreign one, and not tried: the device says no itself.
      return typeof value === 'string' && value.length >= control.min && value.length <= control.max;
    default:
      return false;
  }
}

const ON_OFF: readonly Command[] = [{ on: true }, { on: false }];

/**
 * One command of every sort that is offered, and the ends of each range: none of them may come out as nothing. Of choices the first
 * stands for all: they go through one template, and an announcement may name sixteen thousand.
 */
export function samplesOf(control: Control): readonly Command[] {
  switch (control.is) {
    case 'switch':
      return ON_OFF;
    case 'siren':
      return [...ON_OFF, ...control.tones.slice(0, 1).map((tone) => ({ on: true, tone }))];
    case 'light':
      return lightSamples(control);
    case 'number':
      return [{ set: control.min }, { set: control.max }];
    case 'select':
      return control.options.slice(0, 1).map((set) => ({ set }));
    case 'text':
      return [{ set: 'x'.repeat(Math.max(1, control.min)) }];
    default:
      return [...verbSamples(control), ...positionSamples(control)];
  }
}

const verbSamples = (control: Control): readonly Command[] =>
  verbsOf(control).map((verb) => ({ do: verb }) as Extract<Command, { do: string }>);

function positionSamples(control: Control): readonly Command[] {
  if (control.is !== 'cover' && control.is !== 'valve') return [];
  return [
    ...(control.position ? [{ position: 0 }, { position: 100 }] : []),
    ...(control.tilt ? [{ tilt: 0 }, { tilt: 100 }] : []),
  ];
}

function lightSamples({ brightness, color, colorTempK, effects }: Of<'light'>): readonly Command[] {
  return [
    ...ON_OFF,
    ...(brightness
      ? [
          { on: true, brightness: 1 },
          { on: true, brightness: 100 },
        ]
      : []),
    ...(color ? [{ on: true, hue: 240, saturation: 100 }] : []),
    ...(colorTempK === null
      ? []
      : [
          { on: true, colorTempK: colorTempK.min },
          { on: true, colorTempK: colorTempK.max },
        ]),
    ...effects.slice(0, 1).map((effect) => ({ on: true, effect })),
  ];
}
