import type { Effect } from './outcome.ts';

type Published = { readonly qos: 0 | 1; readonly retain: boolean; readonly urgent?: boolean };

/** What effects need of the outside. */
export type EffectPorts = {
  readonly publish: (topic: string, payload: string, options: Published) => void;
  /** Ends the session of that broker identity, takes it back and forgets it; nothing happens when there is none. */
  readonly removeIdentity: (username: string) => void;
  /** Ends the sessions of that broker identity, which may come back; nothing happens when there is none. */
  readonly endSessions: (username: string) => void;
  readonly report: (error: unknown, what: string) => void;
};

/** Starts one effect. Never throws and never waits. Nothing is retained but what clears a retained message. */
export function createEffectRunner({ publish, removeIdentity, endSessions, report }: EffectPorts) {
  function start(effect: Effect): void {
    switch (effect.do) {
      case 'commandSiren':
      case 'closeValve':
        return publish(effect.topic, effect.payload, { qos: effect.qos, retain: false, urgent: true });
      case 'commandEntity':
        return publish(effect.topic, effect.payload, { qos: effect.qos, retain: false });
      case 'answerBoard': {
        const payload = JSON.stringify({ boot: effect.boot, seq: effect.seq });
        return publish(`homeward/${effect.deviceId}/ack`, payload, { qos: 1, retain: false });
      }
      case 'endSession':
        return endSessions(effect.username);
      case 'forgetDevice':
        for (const topic of effect.retainedTopics) publish(topic, '', { qos: 1, retain: true });
        if (effect.endsSession) removeIdentity(effect.deviceId);
        return;
    }
  }

  return (effect: Effect): void => {
    try {
      start(effect);
    } catch (error) {
      report(error, effect.do);
    }
  };
}
