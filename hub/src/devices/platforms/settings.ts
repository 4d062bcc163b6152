/** What only one platform has. Names end in `Topic` where they hold a topic or null, in `Template` where they hold Jinja source or null. */
export type Settings =
  | SensorSettings
  | BinarySensorSettings
  | SwitchSettings
  | SirenSettings
  | LightSettings
  | LockSettings
  | CoverSettings
  | ValveSettings
  | ButtonSettings
  | NumberSettings
  | SelectSettings
  | TextSettings
  | EventSettings
  | PictureSettings<'camera'>
  | PictureSettings<'image'>
  | UpdateSettings
  | TrackerSettings
  | TriggerSettings
  | TagSettings;

export type SensorSettings = {
  readonly component: 'sensor';
  /**
   * `number`: it has a unit, a class of numbers or a statistics class; `either`: it says nothing of the kind, and a text is as good as
   * a number; `date` and `moment`: ISO 8601.
   */
  readonly tells: 'number' | 'either' | 'text' | 'date' | 'moment';
  /** The only texts it may tell; empty: any. */
  readonly options: readonly string[];
  /**
   * The ends of its converter, in the unit that it announced: a value at one was cut off there, or its wire is torn. Absent: nobody said;
   * Home Assistant has no word for it.
   */
  readonly rails?: Rails;
};

/** Null: that end tells nothing, for working air may read as it does. */
export type Rails = { readonly min: number | null; readonly max: number | null };

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

/** What every schema of a light has. */
export type LightRange = {
  readonly component: 'light';
  /** Brightness that is full. */
  readonly brightnessScale: number;
  /** Colour temperature is told and taken in kelvin, not in mireds. */
  readonly inKelvin: boolean;
  readonly minKelvin: number;
  readonly maxKelvin: number;
  readonly effects: readonly string[];
};

/** Topics and templates of one property of a basic light. */
export type Channel = {
  readonly commandTopic: string | null;
  readonly commandTemplate: string | null;
  readonly stateTopic: string | null;
  readonly valueTemplate: string | null;
};

export type BasicLightSettings = LightRange & {
  readonly schema: 'basic';
  readonly payloadOn: string;
  readonly payloadOff: string;
  /** When `payloadOn` goes out: before the properties, after them, or never because the brightness says it. */
  readonly onCommandType: 'last' | 'first' | 'brightness';
  readonly brightness: Channel;
  readonly colorTemp: Channel;
  readonly effect: Channel;
  readonly hs: Channel;
  readonly rgb: Channel;
  readonly rgbw: Channel;
  readonly rgbww: Channel;
  readonly xy: Channel;
};

export type ColorMode = 'hs' | 'xy' | 'rgb' | 'rgbw' | 'rgbww';

export type JsonLightSettings = LightRange & {
  readonly schema: 'json';
  readonly hasBrightness: boolean;
  readonly hasColorTemp: boolean;
  /** In which form it takes a colour; null: it has none. */
  readonly color: ColorMode | null;
  readonly hasTransition: boolean;
};

export type TemplateLightSettings = LightRange & {
  readonly schema: 'template';
  readonly commandOnTemplate: string;
  readonly commandOffTemplate: string;
  readonly stateTemplate: string | null;
  readonly brightnessTemplate: string | null;
  readonly colorTempTemplate: string | null;
  readonly redTemplate: string | null;
  readonly greenTemplate: string | null;
  readonly blueTemplate: string | null;
  readonly effectTemplate: string | null;
};

export type LightSettings = BasicLightSettings | JsonLightSettings | TemplateLightSettings;

export type LockSettings = {
  readonly component: 'lock';
  readonly payloadLock: string;
  readonly payloadUnlock: string;
  /** Pulls the latch; null: it cannot. */
  readonly payloadOpen: string | null;
  readonly payloadReset: string;
  readonly stateLocked: string;
  readonly stateLocking: string;
  readonly stateUnlocked: string;
  readonly stateUnlocking: string;
  readonly stateJammed: string;
  readonly stateOpen: string;
  readonly stateOpening: string;
  /** A hostile pattern, as announced: never compiled. */
  readonly codeFormat: string | null;
};

/** A position at the device: which number is closed, which is open. Either may be the larger one. */
export type Span = { readonly closed: number; readonly open: number };

/** Payloads and states of what opens and closes. A payload of null: it cannot. */
export type Opening = {
  readonly payloadOpen: string | null;
  readonly payloadClose: string | null;
  readonly payloadStop: string | null;
  readonly stateOpen: string;
  readonly stateOpening: string;
  readonly stateClosed: string;
  readonly stateClosing: string;
  readonly span: Span;
};

export type CoverSettings = Opening & {
  readonly component: 'cover';
  readonly stateStopped: string;
  readonly positionTopic: string | null;
  readonly positionTemplate: string | null;
  readonly setPositionTopic: string | null;
  readonly setPositionTemplate: string | null;
  readonly tiltCommandTopic: string | null;
  readonly tiltCommandTemplate: string | null;
  readonly tiltStatusTopic: string | null;
  readonly tiltStatusTemplate: string | null;
  readonly tiltOptimistic: boolean;
  readonly tiltSpan: Span;
};

export type ValveSettings = Opening & {
  readonly component: 'valve';
  readonly reportsPosition: boolean;
};

export type ButtonSettings = { readonly component: 'button'; readonly payloadPress: string };

export type NumberSettings = {
  readonly component: 'number';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Means that the value is not known. */
  readonly payloadReset: string;
};

export type SelectSettings = { readonly component: 'select'; readonly options: readonly string[] };

export type TextSettings = {
  readonly component: 'text';
  /** Characters. */
  readonly min: number;
  readonly max: number;
  /** A hostile pattern, as announced: shown, never compiled. */
  readonly pattern: string | null;
  /** A password: its value is neither kept nor shown. */
  readonly secret: boolean;
};

export type EventSettings = { readonly component: 'event'; readonly eventTypes: readonly string[] };

export type PictureSettings<Name extends 'camera' | 'image' = 'camera' | 'image'> = {
  readonly component: Name;
  /** Null: an image that tells an address instead, which is never fetched. */
  readonly pictureTopic: string | null;
  readonly isBase64: boolean;
};

export type UpdateSettings = {
  readonly component: 'update';
  readonly latestVersionTopic: string | null;
  readonly latestVersionTemplate: string | null;
  /** Null: it cannot be installed from here. */
  readonly payloadInstall: string | null;
  readonly title: string | null;
  readonly releaseSummary: string | null;
  readonly releaseUrl: string | null;
};

export type TrackerSettings = {
  readonly component: 'device_tracker';
  readonly payloadHome: string;
  readonly payloadNotHome: string;
  readonly payloadReset: string;
};

export type TriggerSettings = {
  readonly component: 'device_automation';
  /** What is told when it happens: type and subtype, the subtype alone where the type says only "action". */
  readonly event: string;
  /** The text that means it; null: any. */
  readonly payload: string | null;
};

export type TagSettings = { readonly component: 'tag' };
