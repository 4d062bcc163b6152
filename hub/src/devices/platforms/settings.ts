/** A number only: what has a unit, a class of numbers or a statistics class tells no text. */
export type SensorSettings = { readonly component: 'sensor' };

export type BinarySensorSettings = {
  readonly component: 'binary_sensor';
  /** Values that mean on and off. */
  readonly stateOn: string;
  readonly stateOff: string;
};

export type SwitchSettings = {
  readonly component: 'switch';
  readonly payloadOn: string;
  readonly payloadOff: string;
  /** Values that mean on and off in the state; default `payloadOn`, `payloadOff`. */
  readonly stateOn: string;
  readonly stateOff: string;
};

export type SirenSettings = Omit<SwitchSettings, 'component'> & {
  readonly component: 'siren';
  /** Null: as `commandTemplate`. */
  readonly commandOffTemplate: string | null;
  /** Tones that may be asked for. */
  readonly availableTones: readonly string[];
  readonly supportsDuration: boolean;
  readonly supportsVolume: boolean;
};

/** What only one platform has. A name that ends in `Topic` holds a topic or null, one that ends in `Template` Jinja source or null. */
export type Settings = SensorSettings | BinarySensorSettings | SwitchSettings | SirenSettings;
