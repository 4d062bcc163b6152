import type { AirView, HealthFinding, HealthView, LimitTrace, LimitView, Outlook } from '@homeward/hub/api';
import { NOW } from './houses.ts';

export const anOutlook = (given: Partial<Outlook> = {}): Outlook => ({
  state: 'steady',
  why: null,
  rule: null,
  perMinute: null,
  minutes: null,
  displacement: false,
  dry: null,
  ...given,
});

export const anAir = (given: Partial<AirView> = {}): AirView => ({
  trend: null,
  means: {},
  dose: null,
  cohb: null,
  aqi: null,
  heatIndex: null,
  mould: null,
  outlook: null,
  ...given,
});

export const aFinding = (given: Partial<HealthFinding> = {}): HealthFinding => ({
  state: 'suspect',
  priority: 3,
  since: NOW - 60_000,
  until: null,
  detail: null,
  ...given,
});

export const aHealth = (given: Partial<HealthView> = {}): HealthView => ({
  state: 'ok',
  findings: {},
  tested: null,
  madeOn: null,
  lifeMonths: null,
  testHour: null,
  lowVolts: null,
  technology: null,
  ...given,
});

export const aLimit = (given: Partial<LimitView> = {}): LimitView => ({
  id: 'carbon_dioxide/co2/advisory/mean-600000',
  kind: 'co2',
  quantity: 'carbon_dioxide',
  level: 'advisory',
  measure: 'mean',
  windowMs: 600_000,
  crosses: 'atLeast',
  limit: 1_000,
  unit: 'ppm',
  standard: 1_000,
  own: false,
  editable: true,
  strictest: 700,
  weakest: 1_500,
  hysteresis: 100,
  onDelayMs: 0,
  offDelayMs: 600_000,
  latching: false,
  source: 'ventilation practice',
  ...given,
});

export const aTrace = (given: Partial<LimitTrace> = {}): LimitTrace => ({
  limit: aLimit(),
  now: 812,
  coverage: 1,
  phase: 'clear',
  since: null,
  endsAt: null,
  suppressors: [],
  ...given,
});
