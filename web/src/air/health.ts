import type {
  DeviceView,
  EntityView,
  HealthCheck,
  HealthFinding,
  HealthView,
  HouseSnapshot,
} from '@homeward/hub/api';
import { spanPhrase } from '../text/ages.ts';
import { isolate } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';
import type { StateName } from '../ui/states.ts';

export type Watched = {
  readonly device: DeviceView;
  readonly entity: EntityView;
  readonly health: HealthView;
  readonly state: StateName;
};

/** Worst first. What a person put out of use is known, and comes after what nobody chose. */
const RANK: Readonly<Record<HealthView['state'], number>> = {
  lost: 0,
  fault: 1,
  'end-of-life': 2,
  suspect: 3,
  disabled: 4,
  'warming-up': 5,
  ok: 6,
};

/** A life may depend on it and it tells nothing that can be believed: blind. Otherwise it is a part that does not work. */
const signOf = ({ safety }: EntityView, { state }: HealthView): StateName => {
  if (state === 'ok') return 'safe';
  if (state === 'lost' || state === 'fault' || state === 'disabled') return safety ? 'blind' : 'trouble';
  return state === 'end-of-life' ? 'trouble' : 'check';
};

/** Everything that measures or sounds and is watched over, the worst first. */
export const watchedSensors = (house: HouseSnapshot): readonly Watched[] =>
  Object.values(house.devices)
    .flatMap((device) =>
      Object.values(device.entities).flatMap((entity): readonly Watched[] =>
        entity.health === null
          ? []
          : [{ device, entity, health: entity.health, state: signOf(entity, entity.health) }],
      ),
    )
    .toSorted(
      (a, b) =>
        RANK[a.health.state] - RANK[b.health.state] ||
        Number(b.entity.safety) - Number(a.entity.safety) ||
        a.device.name.localeCompare(b.device.name) ||
        a.entity.id.localeCompare(b.entity.id),
    );

/** Those for which there is something to do. */
export const needing = (sensors: readonly Watched[]): readonly Watched[] =>
  sensors.filter(({ health }) => health.state !== 'ok' && health.state !== 'warming-up');

/** A check may fail in more than one way. Signal: a positive detail is lost messages, a negative one its strength. */
const VARIANTS: Partial<Record<HealthCheck, (finding: HealthFinding) => string>> = {
  silent: ({ state }) => (state === 'lost' ? 'lost' : 'late'),
  range: ({ state }) => (state === 'fault' ? 'always' : 'once'),
  'end-of-life': ({ state }) => (state === 'suspect' ? 'soon' : 'over'),
  battery: ({ state, detail }) => (detail === null ? 'told' : state === 'fault' ? 'empty' : 'low'),
  signal: ({ detail }) => ((detail ?? 0) > 0 ? 'lossy' : 'weak'),
};

const DAYS: ReadonlySet<string> = new Set(['end-of-life.soon', 'calibration.is', 'self-test.is']);

/** What is wrong, in words. */
export const findingPhrase = (check: HealthCheck, finding: HealthFinding, now: number): Phrase => {
  const which = `${check}.${VARIANTS[check]?.(finding) ?? 'is'}`;
  const { detail, until } = finding;
  const key = `air.finding.${which}`;
  if (DAYS.has(which)) return { key, n: detail ?? 1 };
  if (check === 'warm-up')
    return until === null || until <= now
      ? { key: 'air.finding.warm-up.nearly' }
      : { key, with: { span: spanPhrase(until - now) } };
  return { key, with: { detail: isolate(String(Math.abs(detail ?? 0))) } };
};

/** What to do about it. */
export const todoPhrase = (check: HealthCheck): Phrase => ({ key: `air.todo.${check}` });

const FINDING_RANK = ({ state, priority }: HealthFinding): number => 10 * RANK[state] + priority;

/** What is wrong with one, the worst first. */
export const findingsOf = (health: HealthView): readonly (readonly [HealthCheck, HealthFinding])[] =>
  (Object.entries(health.findings) as [HealthCheck, HealthFinding][]).toSorted(
    ([, a], [, b]) => FINDING_RANK(a) - FINDING_RANK(b),
  );
