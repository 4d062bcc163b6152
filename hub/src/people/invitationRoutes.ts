import { randomUUID } from 'node:crypto';
import { ROUTES } from '../api.ts';
import { type Call, type Endpoint, onRoute } from '../io/route.ts';
import { Refusal } from '../shared/errors.ts';
import type { Millis } from '../shared/time.ts';
import type { Confirmations } from './confirmations.ts';
import { deviceOf, handOver, leaveOld, viaOf } from './entrance.ts';
import type { PeopleFact } from './facts.ts';
import { wrongWith } from './household.ts';
import type { InvitationRequest, InvitationView } from './invitationSchema.ts';
import type { InvitationStore, StoredInvitation } from './invitationStore.ts';
import type { KnownDevices } from './knownDevices.ts';
import { INVITATION_MS, LONGEST_INVITATION_MS } from './limits.ts';
import { checkNewName } from './newNames.ts';
import type { CheckNewPassword } from './newPasswords.ts';
import type { PasswordShown } from './ownPassword.ts';
import type { Passwords } from './passwords.ts';
import type { PeopleClock } from './peopleClock.ts';
import { drawSecret, hashOf, type Sessions } from './sessions.ts';
import type { PeopleStore } from './store.ts';
import { callerFrom, type Throttle } from './throttle.ts';

export type InvitationRoutesOptions = {
  readonly clock: PeopleClock;
  readonly store: PeopleStore;
  readonly invitations: InvitationStore;
  readonly sessions: Sessions;
  readonly passwords: Passwords;
  readonly throttle: Throttle;
  readonly devices: KnownDevices;
  readonly checkNew: CheckNewPassword;
  readonly confirmations: Confirmations;
  readonly dispatch: (fact: PeopleFact) => void;
  /** Told of every session that was ended, so that its live sockets are closed. */
  readonly onSessionEnded: (tokenHash: string) => void;
  /** Told of every password that was right. Never rejects. */
  readonly passwordShown: PasswordShown;
};

/** Ask somebody into the house, take it back, take it up. */
export function createInvitationRoutes(options: InvitationRoutesOptions): Endpoint[] {
  const { clock, store, invitations, dispatch } = options;
  const { now } = clock;
  const nameOf = (personId: string) => store.person(personId)?.name ?? '';
  const view = (invitation: StoredInvitation): InvitationView => ({
    id: invitation.id,
    name: invitation.name,
    role: invitation.role,
    until: shownUntil(invitation.untilUtc, clock),
    createdAt: clock.shown(invitation.createdUtc),
    expiresAt: clock.shown(invitation.expireUtc),
    by: nameOf(invitation.byPerson),
  });
  const find = createFind(options);
  const join = createJoin(options, find);
  return [
    onRoute(ROUTES.invite, ({ body, me }) => {
      checkNewName(body.name, store);
      const { token, tokenHash } = drawSecret();
      const invitation = invitationFrom(body, tokenHash, me.personId, clock);
      if (!invitations.add(invitation, now())) throw new Refusal('house-full');
      const { id, name, role } = invitation;
      const untilUtc = shownUntil(invitation.untilUtc, clock);
      dispatch({ type: 'personInvited', invitationId: id, name, role, untilUtc, by: me.personId });
      return { invitation: view(invitation), token };
    }),
    onRoute(ROUTES.invitations, () => ({ invitations: invitations.open(now()).map(view) })),
    onRoute(ROUTES.revokeInvitation, ({ params, me }) => {
      if (!invitations.remove(params.id)) throw new Refusal('not-found');
      dispatch({ type: 'invitationRevoked', invitationId: params.id, by: me.personId });
    }),
    onRoute(ROUTES.invitation, ({ body, origin }) => {
      const account = `invitation ${origin}`;
      const { name, role, until, expiresAt, by } = view(find(body.token, origin, account));
      options.throttle.forgive(callerFrom(origin), account);
      return { name, role, until, expiresAt, by };
    }),
    onRoute(ROUTES.join, async (call) => handOver(await join(call), call, options.devices)),
  ];
}

const shownUntil = (untilUtc: Millis | null, clock: PeopleClock): Millis | null =>
  untilUtc === null ? null : clock.shown(untilUtc);

/** @throws Refusal `bad-request` that says what is wrong with it */
function invitationFrom(
  body: InvitationRequest,
  tokenHash: string,
  byPerson: string,
  clock: PeopleClock,
): StoredInvitation {
  const { name, role, until = null, expiresAt } = body;
  const createdUtc = clock.now();
  const expireUtc = expiresAt === undefined ? createdUtc + INVITATION_MS : clock.taken(expiresAt);
  const untilUtc = until === null ? null : clock.taken(until);
  const wrong =
    expireUtc <= createdUtc || expireUtc > createdUtc + LONGEST_INVITATION_MS
      ? 'expiresAt: within the next 7 days'
      : wrongWith({ role, untilUtc }, createdUtc);
  if (wrong !== null) throw new Refusal('bad-request', { detail: wrong });
  return { id: randomUUID(), tokenHash, name, role, untilUtc, createdUtc, expireUtc, byPerson };
}

/** Counts as a try of that account until it is forgiven. */
type Find = (token: string, origin: string, account: string) => StoredInvitation;

function createFind({ clock, invitations, throttle, dispatch }: InvitationRoutesOptions): Find {
  /** @throws Refusal `invitation-refused`, which tells nothing of why */
  return (token, origin, account) => {
    throttle.admit(callerFrom(origin), account);
    const invitation = invitations.find(hashOf(token), clock.now());
    if (invitation === null) {
      dispatch({ type: 'invitationRefused', origin });
      throw new Refusal('invitation-refused');
    }
    return invitation;
  };
}

/** Lets in whoever shows a token, once: with the role that was meant for them, and the name and password that they choose. */
function createJoin(options: InvitationRoutesOptions, find: Find) {
  const { clock, store, invitations, sessions, passwords, dispatch, devices } = options;
  return async (call: Call<typeof ROUTES.join>) => {
    const { name, language, password, token } = call.body;
    const account = `join ${call.origin}`;
    const { id: invitationId, tokenHash, role, untilUtc } = find(token, call.origin, account);
    checkNewName(name, store);
    await options.checkNew(password, name);
    const passwordHash = await passwords.hash(password);
    const id = randomUUID();
    const person = { id, name, role, language, passwordHash, createdUtc: clock.now(), untilUtc };
    const device = deviceOf(call, devices);
    const drawn = sessions.draw(id, viaOf(call.body), device);
    const why = invitations.take(tokenHash, person, drawn.session);
    if (why !== null) throw new Refusal(why);
    // Only now: who holds an invitation and never takes it up makes the hub work as anybody else who tries does.
    options.throttle.forgive(callerFrom(call.origin), account);
    devices.remember(device.deviceId, id);
    options.confirmations.confirm(drawn.session.tokenHash);
    leaveOld(call.me, options);
    const told = { name, role, untilUtc: shownUntil(untilUtc, clock), invitationId };
    dispatch({ type: 'personJoined', personId: id, ...told });
    await options.passwordShown(id, password);
    return drawn;
  };
}
