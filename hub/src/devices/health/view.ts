import { getRow } from '../../house/table.ts';
import type { Entity } from '../entity.ts';
import type { HealthCheck, HealthView } from '../healthSchema.ts';
import type { DevicesState } from '../state.ts';
import { lowVoltsOf } from './batteryVolts.ts';
import { worstOf } from './findings.ts';
import { lifeOf } from './lifeSpan.ts';
import { testHourOf } from './selfTest.ts';
import type { Finding, HealthState } from './state.ts';
import { technologyOf } from './technology.ts';
import { findingsOf } from './told.ts';
import { deviceOf } from './watched.ts';

const shown = ({ state, priority, since, endsAt, detail }: Finding): HealthView['findings'][HealthCheck] => ({
  state,
  priority,
  since: since.utc,
  // In the wall clock of the moment at which it was found.
  until: endsAt === null ? null : since.utc + (endsAt - since.mono),
  detail,
});

/** How the app sees the health of an entity; null: it is not watched over. */
export function viewHealth(state: HealthState, devices: DevicesState, entity: Entity): HealthView | null {
  const row = getRow(state.health, entity.id);
  if (row === undefined) return null;
  const findings = findingsOf(state, entity.id);
  const technology = technologyOf(entity, deviceOf(devices, entity), row);
  return {
    state: worstOf(findings),
    findings: Object.fromEntries(Object.entries(findings).map(([check, each]) => [check, shown(each)])),
    tested: row.tested?.utc ?? null,
    madeOn: row.madeOn,
    lifeMonths: lifeOf({ entity }, row) ?? null,
    testHour: testHourOf(entity, row),
    lowVolts: row.fullVolts === undefined ? null : lowVoltsOf(row),
    technology: technology === 'other' ? row.technology : technology,
  };
}
