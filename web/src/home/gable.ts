import type { Phrase } from '../text/say.ts';
import type { StateName } from '../ui/states.ts';

const needs = (state: StateName): boolean => state === 'alarm' || state === 'warning' || state === 'check';

/** One line for all rooms, under the roof. */
export const gablePhrase = (states: readonly StateName[]): Phrase => {
  const danger = states.filter(needs).length;
  const blind = states.filter((state) => state === 'blind').length;
  if (danger > 0 && blind > 0)
    return {
      key: 'home.gable.both',
      with: { danger: { key: 'home.gable.danger', n: danger }, blind: { key: 'home.gable.blind', n: blind } },
    };
  if (danger > 0) return { key: 'home.gable.danger', n: danger };
  if (blind > 0) return { key: 'home.gable.onlyBlind', n: blind };
  return { key: 'home.gable.good', n: states.length };
};
