import type { AlarmKind } from '@homeward/hub/api';
import type { Sample } from '../hub/traces.ts';
import type { Trend } from './life.ts';

/**
 * How far to look back, ms, and within which share of the value a change is steady. Long enough to see past one odd
 * value, short enough to tell what happens now; sensors tremble by about the share.
 */
const LOOK = { windowMs: 120_000, steadyShare: 0.02 };
/** A burner takes some 0.04 vol-% of oxygen a minute, which is danger: 0.05 vol-% within five minutes counts. */
const LOOK_OXYGEN = { windowMs: 300_000, steadyShare: 0.0025 };
/** Fewer values or a shorter span say nothing. */
const LEAST_SAMPLES = 3;
const LEAST_SPAN_MS = 5_000;

const mean = (samples: readonly Sample[]): number =>
  samples.reduce((sum, sample) => sum + sample.value, 0) / samples.length;

/** Whether a value goes up or down: its newest third against its oldest third. Null: too little was heard. */
export const trendOf = (samples: readonly Sample[], now: number, kind: AlarmKind): Trend | null => {
  const { windowMs, steadyShare } = kind === 'oxygen-low' || kind === 'oxygen-high' ? LOOK_OXYGEN : LOOK;
  const recent = samples.filter((sample) => now - sample.at <= windowMs);
  const first = recent[0];
  const last = recent.at(-1);
  if (recent.length < LEAST_SAMPLES || first === undefined || last === undefined) return null;
  if (last.at - first.at < LEAST_SPAN_MS) return null;
  const third = Math.max(1, Math.floor(recent.length / 3));
  const before = mean(recent.slice(0, third));
  const after = mean(recent.slice(-third));
  const steady = Math.abs(before) * steadyShare;
  if (Math.abs(after - before) <= steady) return 'steady';
  return after > before ? 'rising' : 'falling';
};

/** The word for a trend. For missing oxygen falling is the bad way, so its words are the other way round. */
export const trendKey = (trend: Trend, kind: AlarmKind): string =>
  `alarms.trend.${trend}${kind === 'oxygen-low' ? 'Low' : ''}`;
