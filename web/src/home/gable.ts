import type { Phrase } from '../text/say.ts';
import type { RoomState } from '../ui/states.ts';

const needs = (state: RoomState): boolean => state === 'alarm' || state === 'warning' || state === 'check';

/** One line for all rooms, under the roof. */
export const gablePhrase = (states: readonly RoomState[]): Phrase => {
  const danger = states.filter(needs).length;
  const blind = states.filter((state) => state === 'blind').length;
  if (danger > 0 && blind > 0)
    return {
      key: 'home.gable.both',
      with: { danger: { key: 'home.gable.danger', n: danger }, blind: { key: 'home.gable.blind', n: blind } },
    };
  if (danger > 0) return { key: 'home.gable.danger', n: danger };
  if (blind > 0) return { key: 'home.gable.onlyBlind', n: blind };
  const good = states.filter((state) => state === 'safe').length;
  if (good === 0) return { key: 'home.gable.none' };
  return { key: good === states.length ? 'home.gable.good' : 'home.gable.watched', n: good };
};
