import { OWNER } from '../test/hubClient.ts';
import type { Bench, Outcome } from './bench.ts';
import { median, quantile, rounded } from './figures.ts';
import type { Gaps } from './gapProbe.ts';
import { type Difference, differenceOf } from './indistinct.ts';
import { atMost, ratioOf } from './judged.ts';
import { measurePins, type PinTimes } from './pinTimes.ts';
import { type Answered, askForLogins } from './trustCallers.ts';
import { type TrustStand, withTrustStand } from './trustStand.ts';

/** Alarms come so often, ms. */
const ALARM_EVERY_MS = 250;
/** The owner logs in on their phone so often while others try, ms. */
const OWNER_EVERY_MS = 5_000;
const ORIGINS = 50;
/** Source: safety.md §6: 5 an account, 300 in all, in a minute. */
const LIMITS = { account: 5, all: 300 } as const;

type Phase = { readonly alarms: readonly number[]; readonly gaps: Gaps };
type Attack = Phase & {
  readonly minutes: number;
  readonly answered: Answered;
  readonly onOwner: Answered;
  /** Logins of the owner on a phone that is known, and how many of them were refused. */
  readonly owner: { readonly tries: number; readonly refused: number };
};
type Trust = {
  readonly quiet: Phase;
  readonly logins: Phase & { readonly answered: Answered };
  readonly attack: Attack;
  readonly pins: PinTimes;
};

/** What logins and attacks cost the alarms, and whether a clock can tell a duress PIN. */
export const TRUST: Bench = {
  summary: 'logins and a brute force beside alarms, and whether time tells a duress PIN from the own one',
  knobs: {
    logins: { usual: 100, of: 'logins a second with the right password' },
    tries: { usual: 10_000, of: 'tries with wrong passwords, from 50 addresses' },
    rate: { usual: 100, of: 'tries a second' },
    alarms: { usual: 200, of: 'alarms, quiet and beside logins' },
    pins: { usual: 400, of: 'PINs of each kind' },
  },
  peer: 'none',
  async run(given) {
    const [tries, rate, alarms] = [given.number('tries'), given.number('rate'), given.number('alarms')];
    const attacked = Math.floor((tries / rate) * (1_000 / ALARM_EVERY_MS));
    const measured = await withTrustStand(
      { origins: ORIGINS, contacts: 2 * alarms + attacked },
      async (stand) => {
        await stand.gaps();
        given.say('quiet');
        const before = await stand.raise(alarms / 2, ALARM_EVERY_MS);
        const quietGaps = await stand.gaps();
        given.say('beside logins');
        const logins = await besideLogins(stand, given.number('logins'), alarms);
        given.say('beside a brute force');
        const attack = await besideAttack(stand, tries, rate, attacked);
        given.say('quiet again');
        const after = await stand.raise(alarms / 2, ALARM_EVERY_MS);
        return { quiet: { alarms: [...before, ...after], gaps: quietGaps }, logins, attack };
      },
    );
    const pins = await measurePins(given.number('pins'), given.say);
    return reportOf({ ...measured, pins });
  },
};

/** Everybody has the right password and a known device: nothing is turned away before it was hashed. */
async function besideLogins(stand: TrustStand, perS: number, alarms: number) {
  const { name, password } = OWNER;
  const asked = askForLogins({
    host: '127.0.0.1',
    port: stand.hub.ports.http,
    tls: false,
    origins: ['127.0.0.1'],
    sockets: 60,
    perS,
    count: Math.ceil((perS * alarms * ALARM_EVERY_MS) / 1_000),
    logins: [{ name, password, deviceToken: stand.deviceToken }],
  });
  await stand.gaps();
  const raised = await stand.raise(alarms, ALARM_EVERY_MS);
  const gaps = await stand.gaps();
  return { alarms: raised, gaps, answered: await asked };
}

/** Half of the tries are at the owner, the others at names that nobody has. */
async function besideAttack(stand: TrustStand, tries: number, rate: number, alarms: number): Promise<Attack> {
  const { host, origins, hub } = stand;
  const tls = {
    host,
    port: hub.ports.https,
    tls: true,
    origins,
    sockets: 1,
    perS: rate / 2,
    count: tries / 2,
  };
  const guesses = Array.from({ length: 97 }, (_, n) => ({ name: `name ${n}`, password: `guess ${n}` }));
  const began = performance.now();
  const asked = Promise.all([
    askForLogins({ ...tls, logins: guesses.map(({ password }) => ({ name: OWNER.name, password })) }),
    askForLogins({ ...tls, logins: guesses }),
  ]);
  await stand.gaps();
  const owner = keepLoggingIn(stand);
  const raised = await stand.raise(alarms, ALARM_EVERY_MS);
  const gaps = await stand.gaps();
  const [onOwner, onOthers] = await asked;
  const minutes = (performance.now() - began) / 60_000;
  const answered: Record<number, number> = { ...onOwner };
  for (const [status, count] of Object.entries(onOthers))
    answered[Number(status)] = (answered[Number(status)] ?? 0) + count;
  return { alarms: raised, gaps, minutes, answered, onOwner, owner: await owner.stop() };
}

function keepLoggingIn({ host, hub, origins, deviceToken }: TrustStand) {
  const login = { name: OWNER.name, password: OWNER.password, deviceToken };
  const ask = {
    host,
    port: hub.ports.https,
    tls: true,
    origins: [origins[0] ?? ''],
    sockets: 1,
    perS: 1,
    count: 1,
  };
  const asked: Promise<Answered>[] = [];
  const timer = setInterval(() => asked.push(askForLogins({ ...ask, logins: [login] })), OWNER_EVERY_MS);
  return {
    async stop() {
      clearInterval(timer);
      const answers = await Promise.all(asked);
      return { tries: answers.length, refused: answers.filter((answer) => answer[201] !== 1).length };
    },
  };
}

const p90 = ({ alarms }: Phase): number => quantile(alarms, 0.9);

function reportOf({ quiet, logins, attack, pins }: Trust): Outcome {
  const row = (name: string, phase: Phase) =>
    [
      name,
      phase.alarms.length,
      rounded(median(phase.alarms)),
      rounded(p90(phase)),
      ...gapCells(phase),
    ] as const;
  const gapCells = ({ gaps }: Phase) => [gaps.p50, gaps.p99, gaps.max].map((ms) => rounded(ms));
  const compared = { duress: differenceOf(pins.own, pins.duress), wrong: differenceOf(pins.own, pins.wrong) };
  // A window begins with its first try: so many of them touch the time of the attack.
  const windows = Math.ceil(attack.minutes) + 1;
  return {
    tables: [
      {
        title: 'Alarms and the event loop, ms',
        rows: [
          ['', 'alarms', 'p50', 'p90', 'gap p50', 'gap p99', 'gap max'],
          row('quiet', quiet),
          row(`beside logins: ${told(logins.answered)}`, logins),
          row(`beside a brute force: ${told(attack.answered)}`, attack),
        ],
      },
      {
        title: 'PINs, ms',
        rows: [
          ['own against', 'median', 'its median', 'gap of medians, 95 %', 'chance to be longer', 'z'],
          pinRow('duress', pins.own, pins.duress, compared.duress),
          pinRow('wrong', pins.own, pins.wrong, compared.wrong),
        ],
      },
    ],
    data: { quiet, logins, attack, pins, compared },
    limits: [
      ...atMost('event loop gap p99 beside logins', logins.gaps.p99, 20, 'ms'),
      ...atMost('alarm p90 beside a brute force, to quiet', ratioOf(p90(attack), p90(quiet)), 2, '×'),
      ...atMost(
        'tries at the owner that were looked at',
        attack.onOwner[401] ?? 0,
        LIMITS.account * windows,
        'tries',
      ),
      ...atMost('tries in all that were looked at', attack.answered[401] ?? 0, LIMITS.all * windows, 'tries'),
      ...atMost('logins of the owner that were refused meanwhile', attack.owner.refused, 0, 'tries'),
      ...atMost('own and duress PIN, |z| of Mann-Whitney', Math.abs(compared.duress.z), 2.58, 'σ'),
    ],
  };
}

const told = (answered: Answered): string =>
  Object.entries(answered)
    .map(([status, count]) => `${count} × ${status}`)
    .join(', ');

function pinRow(
  name: string,
  a: readonly number[],
  b: readonly number[],
  { z, longer, medianGap }: Difference,
) {
  const { is, from, to } = medianGap;
  const gap = `${rounded(is, 3)} (${rounded(from, 3)} … ${rounded(to, 3)})`;
  return [name, rounded(median(a)), rounded(median(b)), gap, rounded(longer, 3), rounded(z)];
}
