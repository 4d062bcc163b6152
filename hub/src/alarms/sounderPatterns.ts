import { MINUTE_MS, type Millis } from '../shared/time.ts';
import { type AlarmKind, type AlarmLevel, type AlarmSound, isSounding } from './schema.ts';

/** What a siren is told to sound. The board makes the pattern itself, so that a busy radio cannot break it (safety.md SIR-1). */
export type Tone = 'fire_t3' | 'co_t4' | 'gas' | 'steady' | 'chirp' | 'chime';

/** One way in which the sirens of the house sound. */
export type Pattern = {
  readonly tone: Exclude<Tone, 'chime'>;
  /** How long one of our own boards goes on when it hears the hub no more, s. Source: safety.md SIR-1. */
  readonly leaseS: number;
  /** It sounds no longer than this for one alarm, ms; null: for as long as its condition holds. */
  readonly longestMs: Millis | null;
};

/** What the house sounds now, and for which alarm. */
export type Sound = { readonly pattern: Pattern; readonly alarmId: string; readonly kind: AlarmKind };

/** Without the hub a fire or carbon monoxide sounds on for this long, s. Source: safety.md SIR-1 and §1.5 (ISO 8201: at least 180 s). */
const LIFE_LEASE_S = 180;

/** Any other pattern without the hub, s. Source: safety.md SIR-1. */
const LEASE_S = 30;

/** An intrusion sounds no longer, ms. Source: safety.md §1.5 (EN: 90 s to 900 s, never endless); the most, as nobody may be at home. */
const INTRUSION_MS: Millis = 15 * MINUTE_MS;

const FIRE: Pattern = { tone: 'fire_t3', leaseS: LIFE_LEASE_S, longestMs: null };
const CO: Pattern = { tone: 'co_t4', leaseS: LIFE_LEASE_S, longestMs: null };
const GAS: Pattern = { tone: 'gas', leaseS: LEASE_S, longestMs: null };
const STEADY: Pattern = { tone: 'steady', leaseS: LEASE_S, longestMs: INTRUSION_MS };
/** One chirp in 45 s, made by the board. */
const CHIRP: Pattern = { tone: 'chirp', leaseS: LEASE_S, longestMs: null };

/** Worst first: a later one never sounds in the place of an earlier one. Source: safety.md §1.5. */
const RANKED: readonly Pattern[] = [FIRE, CO, GAS, STEADY, CHIRP];

/** Whether `a` goes before `b`. */
export const goesBefore = (a: Pattern, b: Pattern): boolean => RANKED.indexOf(a) < RANKED.indexOf(b);

/** Every siren sounds it. A chirp is only for boards that know it: of another siren it would be a full alarm. */
export const isLoud = (pattern: Pattern): boolean => pattern !== CHIRP;

/** By kind; what is not here and has a siren sounds as an intrusion does. */
const OF_KIND: Partial<Record<AlarmKind, Pattern>> = {
  smoke: FIRE,
  heat: FIRE,
  co: CO,
  gas: GAS,
  'oxygen-low': GAS,
  'oxygen-high': GAS,
  'hydrogen-sulfide': GAS,
  co2: GAS,
};

type Voiced = { readonly kind: AlarmKind; readonly level: AlarmLevel; readonly sound: AlarmSound };

/** What an alarm would sound by itself if nothing kept it silent; null: nothing. Duress is never heard (safety.md ALM-8). */
export function patternOf({ kind, level, sound }: Voiced): Pattern | null {
  if (kind === 'duress' || sound === 'none') return null;
  if (kind === 'trouble') return CHIRP;
  return sound === 'siren' && isSounding(level) ? (OF_KIND[kind] ?? STEADY) : null;
}
