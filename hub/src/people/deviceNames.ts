/** Names by which the device of a caller is known again, keyed: who reads them learns nothing. */
export type DeviceNames = {
  /** The device itself: by its cookie, its session, and, of a panel, whose it is. */
  readonly own: readonly string[];
  /** Where it stands in the network. */
  readonly address: string;
};

/** Who calls, by their session. */
type Caller = { readonly personId: string; readonly tokenHash: string; readonly role: string };

export type DevicesOf = (me: Caller, origin: string) => DeviceNames;

type Sessions = { readonly session: (tokenHash: string) => { readonly deviceId: string | null } | null };

/** @param keyed makes a name of a text that nobody guesses */
export function createDeviceNames(store: Sessions, keyed: (text: string) => string): DevicesOf {
  return ({ tokenHash, personId, role }, origin) => {
    const deviceId = store.session(tokenHash)?.deviceId ?? null;
    const own = [`session ${tokenHash}`];
    if (deviceId !== null) own.push(`device ${deviceId}`);
    if (role === 'panel') own.push(`panel ${personId}`);
    return { own: own.map((name) => keyed(`sealed ${name}`)), address: keyed(`sealed address ${origin}`) };
  };
}
