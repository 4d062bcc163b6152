import type { AirView, HealthFinding, HealthView, Outlook } from '@homeward/hub/api';
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
  technology: null,
  ...given,
});
