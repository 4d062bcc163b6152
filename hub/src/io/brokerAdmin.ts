import { createHash } from 'node:crypto';

/** Who may connect to the broker, and what they may say and hear there. */
export type BrokerIdentity = {
  /** Name at the broker; one per board or gateway. */
  readonly username: string;
  /** SHA-256 of its secret, hex. The secret is random, 128 bits at least: so one hash is enough. */
  readonly secretHash: string;
  /** Filters of the topics that it may publish, its will included. */
  readonly publish: readonly string[];
  /** Filters that it may subscribe to, or any narrower one. */
  readonly subscribe: readonly string[];
  /** Filters of topics that nobody else may publish, whatever the others' rights say; the hub itself may. */
  readonly reserves: readonly string[];
  /**
   * Filters of topics that belong to the first identity which retains a message there, for as long as it is retained:
   * what another one with this claim publishes there is not delivered. Default none. Mosquitto cannot do this.
   */
  readonly claims?: readonly string[];
};

/** How identities are given and taken: the same for the embedded broker and for Mosquitto. */
export type BrokerAdmin = {
  /**
   * Gives an identity, or changes it. A change ends the sessions that it has.
   * @param secret its password in clear, where it is known (at pairing). Mosquitto needs it for a new identity.
   * @throws when the broker did not take it; trying again does no harm
   */
  setIdentity(identity: BrokerIdentity, secret?: string): Promise<void>;
  /** Takes an identity; its sessions end at once and cannot come back. One that is not there is no error. */
  removeIdentity(username: string): Promise<void>;
  /** Ends the sessions of an identity; it may log in anew at once. One that was not given out is no error. */
  endSessions(username: string): Promise<void>;
};

/** SHA-256, hex: what is kept of a secret. */
export const hashSecret = (secret: string | Uint8Array): string =>
  createHash('sha256').update(secret).digest('hex');
