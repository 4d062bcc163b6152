import type { HubProcess } from '../hubProcess.ts';

/** Where one contact stands, as its board and its owner were told. */
export type Stage = 'quiet' | 'raised' | 'acknowledged' | 'cleared';

const NEXT: Readonly<Record<Stage, Stage>> = {
  quiet: 'raised',
  raised: 'acknowledged',
  acknowledged: 'cleared',
  cleared: 'quiet',
};

type StoredAlarm = {
  readonly entityId: string;
  readonly active: boolean;
  readonly acknowledgedBy: string | null;
};

/** What the hub has promised: the oracle. A promise is an `/ack` that a board heard, or a 200 that the owner's app got. */
export class Deeds {
  /** Calls that were answered, and those that were made, as `<device> <boot> <seq>`. */
  readonly answeredCalls = new Set<string>();
  readonly madeCalls = new Set<string>();
  readonly acknowledgedAlarms = new Set<string>();
  readonly #stages = new Map<string, Stage>();

  promise(entityId: string, stage: Stage): void {
    this.#stages.set(entityId, stage);
  }

  /** Compares with what is on disk. One step that was asked and not answered may have happened or not. */
  violations(hub: HubProcess): string[] {
    return [
      ...brokenFile(hub),
      ...this.#wrongCalls(hub),
      ...this.#wrongAcknowledgements(hub),
      ...this.#wrongStages(hub),
    ];
  }

  #wrongCalls(hub: HubProcess): string[] {
    const taken = countBy(hub, 'boardAlarmTaken', (fact) => `${fact.deviceId} ${fact.boot} ${fact.seq}`);
    const lost = [...this.answeredCalls].filter((call) => !taken.has(call));
    const twice = [...taken].filter(([, times]) => times > 1).map(([call]) => call);
    const invented = [...taken.keys()].filter((call) => !this.madeCalls.has(call));
    return [
      ...lost.map((call) => `call ${call} was answered and is not in the journal`),
      ...twice.map((call) => `call ${call} stands in the journal ${taken.get(call)} times`),
      ...invented.map((call) => `call ${call} was never made`),
    ];
  }

  #wrongAcknowledgements(hub: HubProcess): string[] {
    const written = countBy(hub, 'alarmAcknowledged', (fact) => String(fact.alarmId));
    const raised = countBy(hub, 'alarmRaised', (fact) => String(fact.alarmId));
    return [
      ...[...this.acknowledgedAlarms]
        .filter((id) => written.get(id) !== 1)
        .map(
          (id) => `alarm ${id} was acknowledged and stands so in the journal ${written.get(id) ?? 0} times`,
        ),
      ...[...raised]
        .filter(([, times]) => times > 1)
        .map(([id, times]) => `alarm ${id} was raised ${times} times`),
      ...[...written.keys()].filter((id) => !raised.has(id)).map((id) => `alarm ${id} was never raised`),
    ];
  }

  #wrongStages(hub: HubProcess): string[] {
    const rows = hub.inspect((db) =>
      db
        .prepare(
          `select row_json as json from alarm_transition
           where seq in (select max(seq) from alarm_transition group by point) and row_json is not null`,
        )
        .all(),
    ) as { json: string }[];
    const stored = new Map(
      rows.map(({ json }) => JSON.parse(json) as StoredAlarm).map((row) => [row.entityId, stageOf(row)]),
    );
    return [...this.#stages].flatMap(([entityId, promised]) => {
      const found = stored.get(entityId) ?? 'quiet';
      const mayBe = found === promised || found === NEXT[promised];
      return mayBe ? [] : [`${entityId} was promised to be ${promised} and is ${found}`];
    });
  }
}

const stageOf = ({ active, acknowledgedBy }: StoredAlarm): Stage => {
  if (!active) return 'cleared';
  return acknowledgedBy === null ? 'raised' : 'acknowledged';
};

function brokenFile(hub: HubProcess): string[] {
  const found = hub.inspect((db) => db.pragma('integrity_check', { simple: true }));
  return found === 'ok' ? [] : [`integrity_check says: ${String(found)}`];
}

function countBy(
  hub: HubProcess,
  type: string,
  key: (fact: Readonly<Record<string, unknown>>) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { fact } of hub.journal(type)) counts.set(key(fact), (counts.get(key(fact)) ?? 0) + 1);
  return counts;
}
