import type { BrokerSide } from './composeBroker.ts';
import { rightsOf } from './devices/rights.ts';
import type { IdentityStore, StoredIdentity } from './devices/store.ts';
import type { House } from './house/house.ts';
import { getRow } from './house/table.ts';
import type { Log } from './io/log.ts';

export type IdentityParts = {
  readonly identities: IdentityStore;
  readonly log: Log;
  /** Asked when something is to be done: the broker is there by then. */
  readonly broker: () => BrokerSide;
  readonly house: () => House;
};

/** What was given out at the broker: told as it is today, and taken back. */
export function composeIdentities({ identities, log, broker, house }: IdentityParts) {
  /** A found device that goes by the name of an identity is not the one that it was given to. */
  function isPaired(username: string): boolean {
    const kind = getRow(house().devices.devices, username)?.kind;
    return kind === 'board' || kind === 'gateway';
  }

  /** The row goes last: an identity that the broker did not let go is taken back at the next start. */
  async function forget(username: string): Promise<void> {
    try {
      await broker().pairing?.removeIdentity(username);
      identities.remove(username);
    } catch (error) {
      log.error({ err: error, username }, 'A broker identity could not be removed.');
    }
  }

  /** With today's rights: a gateway that an earlier Homeward paired could else not do what gateways do now. */
  function asOfToday(stored: StoredIdentity): StoredIdentity {
    const device = getRow(house().devices.devices, stored.username);
    return { ...stored, ...(device === undefined ? null : rightsOf(device)) };
  }

  return {
    isPaired,
    list: (): StoredIdentity[] => identities.list().map(asOfToday),
    forget,
    async cutOff(username: string): Promise<void> {
      try {
        await broker().pairing?.endSessions(username);
      } catch (error) {
        log.error({ err: error, username }, 'A session could not be ended.');
      }
    },
    /** A crash in the middle of pairing or removing may leave an identity without a device: it is taken back. */
    forgetOrphans(): void {
      for (const { username } of identities.list()) if (!isPaired(username)) void forget(username);
    },
  };
}
