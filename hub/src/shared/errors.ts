import { z } from 'zod';

/** RFC 9457 problem details: what every HTTP error answers. `title` is English; the app words `type` itself. */
export const Problem = z
  .object({
    type: z.string().describe('"/problems/<code>"'),
    title: z.string(),
    status: z.number().int(),
    detail: z.string().optional(),
    retryAfterS: z.number().int().optional().describe('seconds to wait, with 429 and some 503'),
    lines: z
      .string()
      .optional()
      .describe('pairing on a broker that the hub does not manage: the lines to add there'),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

/** The catalogue: every way in which a request can be refused. */
export const PROBLEMS = {
  'bad-request': { status: 400, title: 'The request is not as described.' },
  'password-common': { status: 400, title: 'That password is among the first that anybody would try.' },
  'password-of-names': { status: 400, title: 'That password is little more than a name of this house.' },
  'name-mixed': { status: 400, title: 'A word of that name mixes letters of two scripts.' },
  'name-unreadable': { status: 400, title: 'That name cannot be read.' },
  'bad-json': { status: 400, title: 'The body is not valid JSON.' },
  'no-session': { status: 401, title: 'Log in first.' },
  'login-refused': { status: 401, title: 'Name or password do not match.' },
  'second-factor-needed': { status: 401, title: 'Now the code of your authenticator app.' },
  'second-factor-refused': { status: 401, title: 'That code does not match, or it was used already.' },
  'passkey-refused': { status: 401, title: 'That passkey does not open this hub.' },
  'may-not': { status: 403, title: 'You may not do that in this house.' },
  'password-refused': { status: 403, title: 'That is not your password.' },
  'confirm-first': {
    status: 403,
    title: 'Confirm with your password first: it was given more than 15 minutes ago.',
  },
  'guardian-needed': { status: 403, title: 'For a child an owner of the house agrees.' },
  'pin-refused': { status: 403, title: 'That is not your PIN.' },
  'claim-over': {
    status: 403,
    title:
      'From another machine this hub can be claimed for 15 minutes after its start. Start it again, or claim it at the machine itself.',
  },
  'claim-refused': { status: 403, title: 'The claim code does not match.' },
  'invitation-refused': { status: 403, title: 'That invitation was used or withdrawn, or its time is over.' },
  'not-here': { status: 403, title: 'This address serves the app only to this machine. Use HTTPS.' },
  'not-found': { status: 404, title: 'There is no such thing here.' },
  'method-not-allowed': { status: 405, title: 'This cannot be done with that.' },
  'name-taken': {
    status: 409,
    title: 'Somebody in this house has that name already, or one that looks like it.',
  },
  'second-factor-there': { status: 409, title: 'There is an authenticator app already. Remove it first.' },
  'own-consent-needed': { status: 409, title: 'Nobody agrees for a grown-up but they themselves.' },
  'text-changed': { status: 409, title: 'The text has changed. Read the new one.' },
  'no-passkeys-here': {
    status: 409,
    title: 'Passkeys work only where the hub is reached by a name over HTTPS, not by an address of numbers.',
  },
  'last-owner': { status: 409, title: 'A house needs an owner. Make somebody else an owner first.' },
  'house-full': { status: 409, title: 'There are too many of those already. Remove some first.' },
  claimed: { status: 409, title: 'This hub has an owner already.' },
  'broker-not-managed': {
    status: 409,
    title: 'The broker is not managed by this hub. Add the lines below to it.',
  },
  'topics-taken': { status: 409, title: 'Another gateway has these topics already. Remove it first.' },
  'alarm-not-waiting': { status: 409, title: 'That alarm cannot take this step now.' },
  'siren-needed': { status: 409, title: 'A siren stays on while there is danger.' },
  'may-not-hush': {
    status: 409,
    title: 'That alarm cannot be silenced now: it still gets worse, or it does not sound.',
  },
  'shelved-too-long': { status: 409, title: 'A life-safety alarm can be put aside for 8 hours at most.' },
  'gas-interlock': { status: 409, title: 'While there is gas nothing is switched: a spark could light it.' },
  'limit-too-weak': { status: 409, title: 'That limit cannot be made weaker.' },
  'limit-not-editable': { status: 409, title: 'That limit cannot be changed.' },
  'response-forbidden': { status: 409, title: 'The house may not do that then.' },
  'calibration-refused': { status: 409, title: 'The sensor cannot be calibrated now.' },
  'sensor-alarming': { status: 409, title: 'That sensor alarms now.' },
  'no-siren': { status: 409, title: 'There is no siren in use.' },
  'sirens-busy': { status: 409, title: 'The sirens are needed now, or are being tested already.' },
  'broker-away': { status: 409, title: 'The message broker is not connected: nothing can be reached now.' },
  'no-command': { status: 409, title: 'That cannot be switched.' },
  'needs-door': { status: 409, title: 'A lock is opened by a face and a PIN at its door, not from here.' },
  'valve-needed': { status: 409, title: 'A valve stays shut while there is gas.' },
  'import-not-ready': { status: 409, title: 'That import cannot take this step now.' },
  'flash-busy': { status: 409, title: 'Another board is being flashed already.' },
  'flash-not-asking': { status: 409, title: 'The board does not ask for a Wi-Fi now.' },
  'history-paused': { status: 503, title: 'The history cannot be read now.' },
  'history-busy': { status: 503, title: 'Too many charts wait to be drawn already.' },
  'place-unknown': { status: 422, title: 'There is no such room or door in this house.' },
  'too-large': { status: 413, title: 'The body is too large.' },
  'not-json': { status: 415, title: 'Send JSON.' },
  'not-a-file': { status: 415, title: 'Send the file as application/octet-stream.' },
  'too-many-tries': { status: 429, title: 'Too many tries. Wait a little.' },
  locked: {
    status: 503,
    title:
      'Nobody can log in now: a file of secrets is lost. What the hub says at its start names the way out.',
  },
  'not-saved': { status: 503, title: 'It could not be saved. Nothing was changed on disk.' },
  bug: { status: 500, title: 'Something is broken in the hub. It was noted in the log.' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A refusal on its way to the caller of a route. */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly more: Partial<Pick<Problem, 'detail' | 'retryAfterS' | 'lines'>>;
  constructor(code: ProblemCode, more: Refusal['more'] = {}) {
    super(PROBLEMS[code].title);
    this.code = code;
    this.more = more;
  }
}
