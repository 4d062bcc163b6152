import type { FlashFailure, FlashJob } from '../../hub/src/flashing/schema.ts';
import { INSTALL_TOOL, flash as words } from '../../web/src/text/en/flashing.ts';

/** Failures that the newest arduino-cli ends. */
const ENDED_BY_TOOL: readonly FlashFailure[] = ['tool-missing', 'tool-old', 'tool-broken'];

/** What went wrong, and the one next step. */
export function failureWords(failure: FlashFailure, detail: string | null): string {
  const { why, next } = words.fail[failure];
  const said = detail === null ? [] : [`${words.said}:`, ...detail.split('\n').map((line) => `  ${line}`)];
  const install = ENDED_BY_TOOL.includes(failure) ? [`  ${INSTALL_TOOL}`] : [];
  return [why, ...said, next, ...install].join('\n');
}

/** Tells how far a flash is: a line a step, and of the upload every tenth part. */
export function createTelling(say: (line: string) => void): (job: FlashJob) => void {
  let last = '';
  return ({ state, stage, share, deviceId }) => {
    if (state !== 'running') return;
    const tenth = share === null ? null : Math.floor(share * 10) * 10;
    const line = [words.stage[stage], tenth === null ? '' : `${tenth} %`, named(stage, deviceId)]
      .filter((part) => part !== '')
      .join(' ');
    if (line === last) return;
    last = line;
    say(`… ${line}`);
    if (stage === 'compile') say(`  ${words.compileLong}`);
  };
}

const named = (stage: FlashJob['stage'], deviceId: string | null): string =>
  stage === 'hand-over' && deviceId !== null ? `(${deviceId})` : '';

/** How it ended. */
export function endWords(job: FlashJob): string {
  if (job.state === 'done') return `${words.done.replace('{name}', job.name)} ${words.doneWhat}`;
  if (job.state === 'stopped') return `${words.stopped}. ${words.stoppedWhat}`;
  return `${words.failed}: ${failureWords(job.failure ?? 'bug', job.detail)}`;
}

/** What is asked after a Wi-Fi that the board could not join. */
export function refusedWords({ networks }: FlashJob): string {
  const { title, seen, unseen } = words.wifi;
  return `${title}. ${networks.length === 0 ? unseen : `${seen} ${networks.join(', ')}`}`;
}

export const QUESTIONS = {
  login: 'Your name at the hub',
  password: 'Your password there',
  code: 'The code of your authenticator app',
  name: words.name,
  ssid: words.ssid,
  wifiPassword: words.password,
} as const;
export const PASSWORD_WRONG = words.passwordWrong;
export const NOTHING_PLUGGED_IN =
  'Nothing is plugged into this machine. Use a cable that carries data and not only power.';
