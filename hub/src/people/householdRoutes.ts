import { ROUTES } from '../api.ts';
import { type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { PeopleFact } from './facts.ts';
import { wrongWith } from './household.ts';
import { rightTable } from './rights.ts';
import type { PersonView } from './schema.ts';
import type { Sessions } from './sessions.ts';
import type { PeopleStore, Person, Unchanged } from './store.ts';

export type HouseholdRoutesOptions = {
  /** Epoch ms UTC. */
  readonly now: () => Millis;
  readonly store: PeopleStore;
  readonly sessions: Sessions;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
};

/** Who belongs to the house, as what, and where they are logged in. */
export function createHouseholdRoutes(options: HouseholdRoutesOptions): Endpoint[] {
  const { store, sessions, dispatch, now } = options;
  return [
    onRoute(ROUTES.roles, () => ({ rights: rightTable() })),
    onRoute(ROUTES.people, () => {
      const seen = store.lastSeen();
      return { people: store.people().map((person) => viewPerson(person, seen)) };
    }),
    onRoute(ROUTES.changePerson, ({ params, body, me }) => {
      const before = known(store, params.id);
      const access = { role: body.role, untilUtc: body.until === undefined ? before.untilUtc : body.until };
      const wrong = wrongChange(before, access.role) ?? wrongWith(access, now());
      if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
      closeAll(store.changePerson(before.id, access), options);
      dispatch({ type: 'personChanged', personId: before.id, ...access, by: me.personId });
      return viewPerson({ ...before, ...access }, store.lastSeen());
    }),
    onRoute(ROUTES.removePerson, ({ params, me }) => {
      const { id, name } = known(store, params.id);
      closeAll(store.removePerson(id), options);
      dispatch({ type: 'personRemoved', personId: id, name, by: me.personId });
    }),
    onRoute(ROUTES.sessions, ({ me }) => ({ sessions: sessions.list(me.personId, me.tokenHash) })),
    onRoute(ROUTES.endSession, ({ params, me }) => {
      // Only among one's own: the id of anybody else's says no more than one that is none.
      const session = store.sessionsOf(me.personId).find(({ id }) => id === params.id);
      if (session === undefined) throw new Refusal('not-found');
      sessions.end(session.tokenHash);
      if (session.deviceId !== null) store.forgetDevice(session.deviceId, me.personId);
      options.onSessionEnded(session.tokenHash);
      dispatch({ type: 'sessionRevoked', personId: me.personId, sessions: 1, by: me.personId });
    }),
    onRoute(ROUTES.sessionsOf, ({ params, me }) => ({
      sessions: sessions.list(known(store, params.id).id, me.tokenHash),
    })),
    onRoute(ROUTES.endSessionsOf, ({ params, me }) => {
      const { id } = known(store, params.id);
      const ended = store.deleteSessionsOf(id);
      store.forgetDevicesOf(id);
      closeAll(ended, options);
      dispatch({ type: 'sessionRevoked', personId: id, sessions: ended.length, by: me.personId });
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

function closeAll(ended: readonly string[] | Unchanged, options: HouseholdRoutesOptions): void {
  if (ended === 'unknown') throw new Refusal('not-found');
  if (ended === 'last-owner') throw new Refusal('last-owner');
  for (const tokenHash of ended as readonly string[]) options.onSessionEnded(tokenHash);
}

function viewPerson(person: Person, seen: ReadonlyMap<string, Millis>): PersonView {
  const { id, name, role, untilUtc, createdUtc } = person;
  return { id, name, role, until: untilUtc, createdAt: createdUtc, lastSeenAt: seen.get(id) ?? null };
}
