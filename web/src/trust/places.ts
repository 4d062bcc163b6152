import type { TrustView } from '@homeward/hub/api';

/** What the hub itself serves, to anybody: no page of the app. */
export const CERTIFICATE = '/ca.crt';
export const PROFILE = '/homeward.mobileconfig';
export const STEPS = '/trust';

/**
 * What a phone scans: the page that tells it how to trust the hub, and the fingerprint to hold against, which stands behind the `#` and so
 * is sent nowhere. Null: there is no such page for others.
 */
export const scanned = ({ welcome, authority }: TrustView): string | null =>
  welcome === null || authority === null
    ? welcome
    : `${welcome}#sha256=${authority.fingerprint.replaceAll(':', '')}`;
