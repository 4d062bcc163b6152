import { air } from './ar/air.ts';
import { alarmLife } from './ar/alarmLife.ts';
import { alarms } from './ar/alarms.ts';
import { devices } from './ar/devices.ts';
import { flash } from './ar/flashing.ts';
import { frame } from './ar/frame.ts';
import { history } from './ar/history.ts';
import { home } from './ar/home.ts';
import { incident } from './ar/incident.ts';
import { journal } from './ar/journal.ts';
import { people } from './ar/people.ts';
import { readiness } from './ar/readiness.ts';
import { responses } from './ar/responses.ts';
import { trust } from './ar/trust.ts';
import { kind, kindIn, quantity, room, yesNo } from './ar/words.ts';
import type { Text } from './en.ts';

export const ar: Text = {
  ...frame,
  kind,
  kindIn,
  quantity,
  room,
  yesNo,
  home,
  air,
  alarms,
  alarmLife,
  responses,
  readiness,
  trust,
  devices,
  flash,
  people,
  history,
  incident,
  journal,
};
