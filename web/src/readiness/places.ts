import type { CapabilityId, WeaknessId } from '@homeward/hub/api';

export const READINESS = '/settings/readiness';

const ADD = '/devices/add';
const HISTORY = '/settings/history';

/** Where the next step is taken; nothing: not in the app. */
export const PLACE_OF_WEAKNESS: Readonly<Partial<Record<WeaknessId, string>>> = {
  'no-siren': ADD,
  'no-smoke-detector': ADD,
  'no-co-detector': ADD,
  'sessions-unencrypted': '/devices',
  'certificate-ending': '/settings/trust',
  'one-owner': '/settings/people',
  'no-second-factor': '/settings/account',
  'history-paused': HISTORY,
  'disk-nearly-full': HISTORY,
};

/** Where what is set up can be looked at as a whole. */
export const PLACE_OF_PROOF: Readonly<Partial<Record<CapabilityId, string>>> = { journal: '/journal' };

/** Where what is not set up can be set up. */
export const PLACE_OF_CAPABILITY: Readonly<Partial<Record<CapabilityId, string>>> = {
  sirens: ADD,
  detectors: ADD,
};
