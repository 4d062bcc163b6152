import type { Right } from '@homeward/hub/api';

/** What one must be allowed to, so that a page is of any use to them. A page that does not stand here is everybody's. */
const NEEDS: Readonly<Record<string, Right>> = {
  '/': 'house.see',
  '/air': 'air.see',
  '/air/health': 'air.see',
  '/air/limits': 'air.see',
  '/air/sensors/:id': 'air.see',
  '/air/sensors/:id/calibrate': 'air.calibrate',
  '/air/rooms/:id': 'air.see',
  '/devices': 'devices.see',
  '/devices/add': 'devices.pair',
  '/devices/flash': 'devices.flash',
  '/devices/:id': 'devices.see',
  '/settings/history': 'history.export',
  '/settings/history/import': 'history.change',
  '/settings/readiness': 'readiness.see',
  '/settings/responses': 'responses.see',
  '/settings/people': 'people.see',
  '/settings/people/:id': 'people.manage',
  '/settings/journal': 'journal.see',
  '/journal': 'journal.see',
  '/settings/passes': 'passes.see',
  '/alarms': 'alarms.past',
  '/alarms/:id': 'alarms.see',
  '/alarms/:id/incident': 'journal.see',
};

const asForm = (pattern: string): RegExp => new RegExp(`^${pattern.replace(/:\w+/g, '[^/]+')}/?$`);
const FORMS = Object.entries(NEEDS).map(([pattern, right]) => ({ form: asForm(pattern), pattern, right }));

/** The right that a page needs, by its address in the app; null: none. */
export const rightFor = (path: string): Right | null => {
  const plain = path.replace(/[?#].*$/, '');
  // An address that stands there as it is comes before one with a gap.
  const found = FORMS.find(({ pattern }) => pattern === plain) ?? FORMS.find(({ form }) => form.test(plain));
  return found?.right ?? null;
};

/** Whether a page of the app is of any use to who may do that. */
export const isOpenTo = (path: string, may: (right: Right) => boolean): boolean => {
  const right = rightFor(path);
  return right === null || may(right);
};
