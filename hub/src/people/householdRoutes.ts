import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute, type Session } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { wrongWith } from './household.ts';
import type { PeopleClock } from './peopleClock.ts';
import { tellRevoked } from './revocations.ts';
import { rightTable } from './rights.ts';
import type { PersonPatch, PersonView } from './schema.ts';
import type { SecondFactors } from './secondFactors.ts';
import type { Sessions } from './sessions.ts';
import { checkStillIn } from './stillIn.ts';
import type { Ended, PeopleStore, Person, Unchanged } from './store.ts';

export type HouseholdRoutesOptions = {
  readonly clock: PeopleClock;
  readonly store: PeopleStore;
  readonly sessions: Sessions;
  readonly factors: Pick<SecondFactors, 'people'>;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** Who belongs to the house, as what, and where they are logged in. */
export function createHouseholdRoutes(options: HouseholdRoutesOptions): Endpoint[] {
  const { store, sessions, dispatch, clock } = options;
  return [
    onRoute(ROUTES.roles, () => ({ rights: rightTable() })),
    onRoute(ROUTES.people, () => {
      const view = viewer(options);
      return { people: store.people().map(view) };
    }),
    onRoute(ROUTES.changePerson, ({ params, body, me }) => {
      const before = known(store, params.id);
      const access = { role: body.role, untilUtc: untilOf(body, before, clock) };
      const wrong = wrongChange(before, access.role) ?? wrongWith(access, clock.now());
      if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
      const ended = done(store.changePerson(before.id, access), me, dispatch);
      closeAll(ended.sessions, options);
      const view = viewer(options)({ ...before, ...access });
      const told = { role: view.role, untilUtc: view.until ?? null, by: me.personId };
      dispatch({ type: 'personChanged', personId: before.id, ...told });
      tellEnded(ended, me.personId, options);
      return view;
    }),
    onRoute(ROUTES.removePerson, ({ params, me }) => {
      const { id, name } = known(store, params.id);
      const ended = done(store.removePerson(id), me, dispatch);
      closeAll(ended.sessions, options);
      dispatch({ type: 'personRemoved', personId: id, name, by: me.personId });
      tellEnded(ended, me.personId, options);
    }),
    onRoute(ROUTES.sessions, ({ me }) => ({ sessions: sessions.list(me.personId, me.tokenHash) })),
    onRoute(ROUTES.endOtherSessions, ({ me }) => {
      const who = { personId: me.personId, by: me.personId };
      const revoked = store.revokeAll(me.personId, checkStillIn(store, me));
      tellRevoked(revoked, who, options);
      dispatch({ type: 'sessionRevoked', ...who, sessions: revoked.sessions.length });
    }),
    onRoute(ROUTES.endSession, ({ params, me }) => {
      // Only among one's own: the id of anybody else's says no more than one that is none.
      const session = store.sessionsOf(me.personId).find(({ id }) => id === params.id);
      if (session === undefined) throw new Refusal('not-found');
      const who = { personId: me.personId, by: me.personId };
      tellRevoked(store.revokePlace(me.personId, session), who, options);
      dispatch({ type: 'sessionRevoked', ...who, sessions: 1 });
    }),
    onRoute(ROUTES.sessionsOf, ({ params, me }) => ({
      sessions: sessions.list(known(store, params.id).id, me.tokenHash),
    })),
    onRoute(ROUTES.endSessionsOf, ({ params, me }) => {
      const { id } = known(store, params.id);
      const who = { personId: id, by: me.personId };
      const revoked = store.revokeAll(id, null);
      tellRevoked(revoked, who, options);
      dispatch({ type: 'sessionRevoked', ...who, sessions: revoked.sessions.length });
    }),
  ];
}

/** @throws Refusal `not-found` */
function known(store: PeopleStore, id: string): Person {
  const person = store.person(id);
  if (person === null) throw new Refusal('not-found');
  return person;
}

/** A panel hangs on a wall and belongs to nobody: no person becomes one, and it becomes no person. */
function wrongChange(before: Person, role: Person['role']): string | null {
  const turns = (before.role === 'panel') !== (role === 'panel');
  return turns ? 'role: a panel is no person' : null;
}

/** @throws Refusal `not-found`, `last-owner` */
function done(
  ended: Ended | Unchanged,
  { personId }: Session,
  dispatch: HouseholdRoutesOptions['dispatch'],
): Ended {
  if (ended === 'unknown') throw new Refusal('not-found');
  if (ended === 'last-owner') {
    dispatch({ type: 'requestRefused', personId, why: 'last-owner' });
    throw new Refusal('last-owner');
  }
  return ended;
}

function closeAll(ended: readonly string[], options: HouseholdRoutesOptions): void {
  for (const tokenHash of ended) options.onSessionEnded(tokenHash);
}

/** Of what somebody had given to others, and what nobody has any more, the journal tells as if it had been taken back by hand. */
function tellEnded(
  { invitations, passes }: Ended,
  by: string,
  { clock, dispatch }: HouseholdRoutesOptions,
): void {
  const now = clock.now();
  for (const { id, expireUtc } of invitations)
    if (expireUtc > now) dispatch({ type: 'invitationRevoked', invitationId: id, by });
  for (const { id, name, untilUtc } of passes)
    dispatch(
      untilUtc > now
        ? { type: 'passRevoked', passId: id, name, by }
        : { type: 'passErased', passId: id, name },
    );
}

/** When the access is to end; as before, when nothing is said of it. */
function untilOf({ until }: PersonPatch, before: Person, clock: PeopleClock): Millis | null {
  if (until === undefined) return before.untilUtc;
  return until === null ? null : clock.taken(until);
}

/** How people are shown, with what is known of them all at this moment. */
function viewer({ store, factors, clock }: HouseholdRoutesOptions): (person: Person) => PersonView {
  const [seen, withFactor, passkeys] = [store.lastSeen(), factors.people(), store.passkeyCounts()];
  const shown = (at: Millis | undefined | null) => (at == null ? null : clock.shown(at));
  return ({ id, name, role, untilUtc, createdUtc }) => {
    const entry = { secondFactor: withFactor.has(id), passkeys: passkeys.get(id) ?? 0 };
    const known = { createdAt: clock.shown(createdUtc), lastSeenAt: shown(seen.get(id)) };
    return { id, name, role, until: shown(untilUtc), ...known, ...entry };
  };
}
