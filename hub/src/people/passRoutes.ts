import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { LONGEST_PASS_MS } from './limits.ts';
import { checkNewName } from './newNames.ts';
import type { GuestPass } from './pass.ts';
import type { Passes } from './passes.ts';
import type { PassRequest, PassView } from './passSchema.ts';
import type { StoredPass } from './passStore.ts';
import type { PeopleClock } from './peopleClock.ts';
import { checkStillIn } from './stillIn.ts';
import type { PeopleStore } from './store.ts';

export type PassRoutesOptions = {
  readonly clock: PeopleClock;
  readonly store: PeopleStore;
  readonly passes: Passes;
  readonly nameOf: (personId: string) => string;
  /** Whether the house has a room with a name, or a door, of that id. */
  readonly isPlace: (placeId: string) => boolean;
  readonly dispatch: (fact: PeopleFact) => void;
};

/** Passes of guests: given, listed, taken back. */
export function createPassRoutes(options: PassRoutesOptions): Endpoint[] {
  const { clock, store, passes, nameOf, isPlace, dispatch } = options;
  const view = ({ id, name, placeId, weekly, usesLeft, ...pass }: StoredPass): PassView => ({
    ...{ id, name, placeId, usesLeft },
    weekly: [...weekly],
    from: clock.shown(pass.fromUtc),
    until: clock.shown(pass.untilUtc),
    createdAt: clock.shown(pass.createdUtc),
    by: nameOf(pass.byPerson),
  });
  return [
    onRoute(ROUTES.passes, () => ({ passes: passes.list().map(view) })),
    onRoute(ROUTES.makePass, async ({ body, me }) => {
      // In the journal and in the list a guest must not look like somebody of the house.
      checkNewName(body.name, store);
      const span = spanOf(body, clock);
      const { name, placeId, uses: usesLeft = null, weekly = [] } = body;
      // A pass for a place that is not there would open whatever bears that id one day.
      if (!isPlace(placeId)) throw new Refusal('place-unknown');
      const asked = { name, placeId, weekly, usesLeft, ...span, byPerson: me.personId };
      const made = await passes.make(asked, () => checkStillIn(store, me));
      if (made === null) throw new Refusal('house-full');
      const { pass, pin } = made;
      const untilUtc = clock.shown(pass.untilUtc);
      dispatch({ type: 'passMade', passId: pass.id, name, placeId, untilUtc, by: me.personId });
      return { pass: view(pass), pin };
    }),
    onRoute(ROUTES.revokePass, ({ params, me }) => {
      if (!passes.revoke(params.id, me.personId)) throw new Refusal('not-found');
    }),
  ];
}

/** When it opens. @throws Refusal `bad-request` that says what is wrong with it */
function spanOf(body: PassRequest, clock: PeopleClock): Pick<GuestPass, 'fromUtc' | 'untilUtc'> {
  const now = clock.now();
  const untilUtc = clock.taken(body.until);
  const fromUtc = body.from === undefined ? now : clock.taken(body.from);
  const wrong = wrongSpan(now, fromUtc, untilUtc);
  if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
  return { fromUtc, untilUtc };
}

function wrongSpan(now: Millis, fromUtc: Millis, untilUtc: Millis): string | null {
  if (untilUtc <= now) return 'until: that is over already';
  if (untilUtc <= fromUtc) return 'until: that is before it begins';
  return untilUtc - Math.min(now, fromUtc) > LONGEST_PASS_MS ? 'until: that is too long' : null;
}
