import type { SessionView } from '@homeward/hub/api';
import { nameText } from '../text/numbers.ts';
import type { Phrase } from '../text/say.ts';

/** What a session runs on, as far as it is known: how its person called it, or what the browser says of itself. */
export const deviceWords = ({
  deviceName,
  browser,
  system,
}: Pick<SessionView, 'deviceName' | 'browser' | 'system'>): Phrase => {
  if (deviceName !== null) return { key: 'people.session.called', with: { name: nameText(deviceName) } };
  if (browser !== null && system !== null)
    return {
      key: 'people.session.browserOn',
      with: { browser: nameText(browser), system: nameText(system) },
    };
  const known = browser ?? system;
  return known === null
    ? { key: 'people.session.unknown' }
    : { key: 'people.session.called', with: { name: nameText(known) } };
};
