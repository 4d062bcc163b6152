import type { Fact } from '../house/facts.ts';
import type { JournalArea } from './schema.ts';

type FactOf<T extends Fact['type']> = Extract<Fact, { type: T }>;
type FieldOf<T extends Fact['type']> = Exclude<keyof FactOf<T>, 'type'> & string;

/** What is written down of facts of one type: nothing that is not named here. */
type Kept<T extends Fact['type']> = {
  readonly area: JournalArea;
  /** Field that names the person: their name, or their id. Absent: the house itself. */
  readonly who?: FieldOf<T>;
  /** Field that names the sensor, the device or the address. */
  readonly place?: FieldOf<T>;
  /** Field that names the reason. */
  readonly why?: FieldOf<T>;
  /** Who can cause it without end: anybody on the network, without a key to the house, or a person who has one, at will. */
  readonly noisyBy?: 'anybody' | 'person';
  /** More fields, for the row's JSON; those named above stand in it too. */
  readonly more?: readonly FieldOf<T>[];
};

export const of = <T extends Fact['type']>(kept: Kept<T>): Kept<T> => kept;
