/** What one system is given in one round: its own topics at the common broker. */
export type Place = {
  readonly brokerPort: number;
  /** First levels of all its topics, without a slash at the end. */
  readonly prefix: string;
  /** Smoke contacts `<prefix>/s<n>/state`, payload {"smoke":"ON"|"OFF"}. */
  readonly contacts: number;
  /** Sensors `<prefix>/r<n>/state`, payload {"co2":<ppm>}. Each is a device of its own. */
  readonly sensors: number;
  /** Entities of each sensor's device; all but the first only stand there. Default 1. */
  readonly entitiesPerSensor?: number;
  /** Contacts that belong to one device. Default 1. */
  readonly contactsPerDevice?: number;
};

export const sirenTopic = ({ prefix }: Place): string => `${prefix}/siren/set`;
/** Asked on the first, a system that stores nothing tells on the second how many readings it took in. */
export const countTopics = ({ prefix }: Place) => ({
  asked: `${prefix}/count/ask`,
  told: `${prefix}/count/told`,
});
export const contactTopic = ({ prefix }: Place, n: number): string => `${prefix}/s${n}/state`;
export const sensorTopic = ({ prefix }: Place, n: number): string => `${prefix}/r${n}/state`;
/** Filter of all that contacts and sensors say. */
export const stateFilter = ({ prefix }: Place): string => `${prefix}/+/state`;

export const contactTopics = (place: Place): string[] =>
  Array.from({ length: place.contacts }, (_, n) => contactTopic(place, n));
export const sensorTopics = (place: Place): string[] =>
  Array.from({ length: place.sensors }, (_, n) => sensorTopic(place, n));

/** Number of the device that a contact belongs to. */
export const deviceOfContact = ({ contactsPerDevice = 1 }: Place, n: number): number =>
  Math.floor(n / contactsPerDevice);

/** Sensors, contacts by device, and the siren. */
export const devicesOf = ({ contacts, sensors, contactsPerDevice = 1 }: Place): number =>
  sensors + Math.ceil(contacts / contactsPerDevice) + 1;

/** A running system that answers smoke with one command to the siren. */
export type Running = {
  readonly pid: number;
  stop(): Promise<void>;
};

/** A system that is measured. */
export type Contestant = {
  readonly name: 'c-relay' | 'homeward' | 'node-red';
  /** Whatever has to be done once for a place before the system can be started there: pairing, configuration. */
  prepare(place: Place): Promise<void>;
  /** Puts what it stored back to what `prepare` left: alarms of an earlier start are forgotten. It does not run. */
  renew(place: Place): void;
  /** Starts the process and does not wait for it. */
  launch(place: Place): Running;
  /** Resolves when it hears all contacts of the place. */
  ready(place: Place, running: Running): Promise<void>;
  /** Whether it takes connections (one with a port), or says that it is there. Cheap: it is asked all the time. */
  isListening(place: Place): Promise<boolean>;
  /** Readings that it has stored so far; null: it stores none. */
  stored(place: Place): number | null;
  /** Deletes what was made for a place. */
  clean(place: Place): Promise<void>;
};

export type Name = Contestant['name'];

/** First level of topics that are this system's in one part of a benchmark. */
export const prefixOf = ({ name }: Contestant, part: string): string => `${name.replace('-', '')}${part}`;

/** Another one begins in each round: nobody always has the quiet minute. */
export const inTurn = <T>(list: readonly T[], round: number): T[] =>
  list.map((_, at) => list[(at + round) % list.length] as T);

/** One after the other, in the order in which they asked. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
