import type { CommandRequest, Control, EntityView } from '@homeward/hub/api';

/** The member of the union that stands for this kind. */
export type ControlOf<Is extends Control['is'], One = Control> = One extends { is: infer Kind }
  ? Is extends Kind
    ? One
    : never
  : never;
/** What a control asks for. */
export type Ask = (command: CommandRequest) => void;

/** While gas is in the air nothing is switched from here; only a valve may be shut. */
export const mayAskInGas = (entity: Pick<EntityView, 'control'>): boolean => entity.control?.is === 'valve';

/** A number among the attributes; null when it is not told. */
export const numberIn = (entity: Pick<EntityView, 'attributes'>, name: string): number | null => {
  const value = Object.hasOwn(entity.attributes, name) ? entity.attributes[name] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};

export const textIn = (entity: Pick<EntityView, 'attributes'>, name: string): string | null => {
  const value = Object.hasOwn(entity.attributes, name) ? entity.attributes[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};

/** What was written into a number field, if it is one that the device takes. */
export const writtenNumber = ({ min, max }: ControlOf<'number'>, text: string): number | null => {
  const trimmed = text.trim().replace(',', '.');
  if (!/^[+-]?\d+(?:\.\d+)?$/.test(trimmed)) return null;
  const value = Number(trimmed);
  return value >= min && value <= max ? value : null;
};

/** Whether a text has the length that the device takes. Its pattern is not tried: it was written by others. */
export const isWrittenText = ({ min, max }: ControlOf<'text'>, text: string): boolean =>
  text.length >= min && text.length <= max;
