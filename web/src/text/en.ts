import { air } from './en/air.ts';
import { alarmLife } from './en/alarmLife.ts';
import { alarms } from './en/alarms.ts';
import { devices } from './en/devices.ts';
import { flash } from './en/flashing.ts';
import { frame } from './en/frame.ts';
import { history } from './en/history.ts';
import { home } from './en/home.ts';
import { incident } from './en/incident.ts';
import { journal } from './en/journal.ts';
import { people } from './en/people.ts';
import { readiness } from './en/readiness.ts';
import { responses } from './en/responses.ts';
import { trust } from './en/trust.ts';
import { kind, kindIn, quantity, room, yesNo } from './en/words.ts';

export const en = {
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

/** Every language holds exactly these keys. */
export type Text = typeof en;
