import { describe, expect, it } from 'vitest';
import type { Effect } from './outcome.ts';
import { createEffectRunner, type EffectPorts } from './runEffect.ts';

/** What an effect did, one line each. */
function runEffects(effects: readonly Effect[], more: Partial<EffectPorts> = {}): string[] {
  const done: string[] = [];
  const run = createEffectRunner({
    publish: (topic, payload, { qos, retain, urgent }) =>
      void done.push(`${topic}=${payload} qos ${qos}${retain ? ' retained' : ''}${urgent ? ' urgent' : ''}`),
    removeIdentity: (username) => void done.push(`remove ${username}`),
    endSessions: (username) => void done.push(`end ${username}`),
    report: (error, what) => void done.push(`report ${what}: ${error}`),
    ...more,
  });
  effects.forEach(run);
  return done;
}

describe('forgetting a device', () => {
  const forget = (endsSession: boolean): Effect => ({
    do: 'forgetDevice',
    deviceId: 'hub-1',
    endsSession,
    retainedTopics: ['homeassistant/device/x/config'],
  });

  it('that was paired clears what it left, and ends its session', () => {
    expect(runEffects([forget(true)])).toEqual([
      'homeassistant/device/x/config= qos 1 retained',
      'remove hub-1',
    ]);
  });

  it('that was found touches no identity, whatever it is called', () => {
    expect(runEffects([forget(false)])).toEqual(['homeassistant/device/x/config= qos 1 retained']);
  });
});

it('a command is never retained, and only those of a siren and of a valve that shuts are urgent', () => {
  const command = { topic: 't', payload: 'ON', qos: 1 } as const;
  expect(
    runEffects([
      { do: 'commandSiren', ...command },
      { do: 'closeValve', ...command },
      { do: 'commandEntity', ...command },
    ]),
  ).toEqual(['t=ON qos 1 urgent', 't=ON qos 1 urgent', 't=ON qos 1']);
});

it('an alarm message is answered with the number that it had', () => {
  expect(runEffects([{ do: 'answerBoard', deviceId: 'k', boot: 'b', seq: 7 }])).toEqual([
    'homeward/k/ack={"boot":"b","seq":7} qos 1',
  ]);
});

it('what fails is told and holds up nothing', () => {
  const publish = () => {
    throw new Error('gone');
  };
  expect(runEffects([{ do: 'answerBoard', deviceId: 'k', boot: 'b', seq: 7 }], { publish })).toEqual([
    'report answerBoard: Error: gone',
  ]);
});

it('a session that is to end is ended, and nothing is published', () => {
  expect(runEffects([{ do: 'endSession', username: 'board' }])).toEqual(['end board']);
});
