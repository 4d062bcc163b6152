/** What one system is given in one round: its own topics at the common broker. */
export type Place = {
  readonly brokerPort: number;
  /** First levels of all its topics, without a slash at the end. */
  readonly prefix: string;
  /** Smoke contacts `<prefix>/s<n>/state`, payload {"smoke":"ON"|"OFF"}. */
  readonly contacts: number;
  /** Sensors `<prefix>/r<n>/state`, payload {"co2":<ppm>}. */
  readonly sensors: number;
};

export const sirenTopic = ({ prefix }: Place): string => `${prefix}/siren/set`;
export const contactTopic = ({ prefix }: Place, n: number): string => `${prefix}/s${n}/state`;
export const sensorTopic = ({ prefix }: Place, n: number): string => `${prefix}/r${n}/state`;
/** Filter of all that contacts and sensors say. */
export const stateFilter = ({ prefix }: Place): string => `${prefix}/+/state`;

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
  /** Starts the process and does not wait for it. */
  launch(place: Place): Running;
  /** Resolves when it hears all contacts of the place. */
  ready(place: Place, running: Running): Promise<void>;
  /** Deletes what was made for a place. */
  clean(place: Place): Promise<void>;
};
