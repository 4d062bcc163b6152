import type { AlarmEpisode, AlarmTransition, HouseSnapshot } from '@homeward/hub/api';
import { findEntity } from '../hub/house.ts';
import { spanPhrase } from '../text/ages.ts';
import { measureText } from '../text/numbers.ts';
import type { Filling, Phrase } from '../text/say.ts';

/** One step of an alarm's life, in words. */
export const eventPhrase = ({
  event,
  level,
  by,
}: Pick<AlarmTransition, 'event' | 'level' | 'by'>): Phrase => {
  const name: Filling = by ?? { key: 'alarmLife.somebody' };
  return { key: `alarmLife.event.${event}`, with: { level: { key: `alarmLife.level.${level}` }, name } };
};

/** Who brought it about, where the sentence does not say so. */
export const byOf = ({ event, by }: AlarmTransition): string | null => (event === 'unshelved' ? by : null);

/** What was measured at that step. Null: nothing that is a number. */
export const valueText = (
  { value }: AlarmTransition,
  episode: AlarmEpisode,
  house: HouseSnapshot | null,
): string | null => {
  if (typeof value !== 'number') return null;
  return measureText(value, episode.unit, findEntity(house, episode.entityId)?.entity.quantity ?? 'other');
};

/** Its danger has ended, and it waits for somebody to see it or to put it back. */
const isOver = ({ transitions }: AlarmEpisode): boolean => {
  const state = transitions.at(-1)?.to;
  return state === 'cleared' || state === 'latched';
};

/** When it began, and how long it lasted or how it stands. */
export const spanOf = (episode: AlarmEpisode, timeText: (at: number) => string): Phrase => {
  const { since, endedAt } = episode;
  const from = timeText(since);
  return endedAt === null
    ? { key: `alarmLife.past.${isOver(episode) ? 'over' : 'still'}`, with: { from } }
    : { key: 'alarmLife.past.from', with: { from, span: spanPhrase(endedAt - since) } };
};

/** The steps do not begin with the first: a long life keeps only its last. */
export const isCut = ({ transitions }: AlarmEpisode): boolean => {
  const first = transitions[0];
  return first !== undefined && first.from !== 'normal';
};
