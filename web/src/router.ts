import type { Right } from '@homeward/hub/api';
import { createRouter, createWebHistory } from '@ionic/vue-router';
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router';
import { isOpenTo } from './frame/places.ts';
import HomePage from './home/HomePage.vue';
import { type SessionState, useSession } from './hub/session.ts';

const routes: RouteRecordRaw[] = [
  { path: '/', component: HomePage, meta: { title: 'home.title' } },
  { path: '/air', component: () => import('./air/AirPage.vue'), meta: { title: 'air.title' } },
  {
    path: '/air/health',
    component: () => import('./air/HealthPage.vue'),
    meta: { title: 'air.health.title' },
  },
  {
    path: '/air/limits',
    component: () => import('./air/LimitsPage.vue'),
    meta: { title: 'air.limits.title' },
  },
  {
    path: '/air/sensors/:id',
    component: () => import('./air/SensorPage.vue'),
    meta: { title: 'air.title' },
  },
  {
    path: '/air/sensors/:id/calibrate',
    component: () => import('./air/CalibratePage.vue'),
    meta: { title: 'air.calibration.title' },
  },
  {
    path: '/air/rooms/:id',
    component: () => import('./air/RoomPage.vue'),
    meta: { title: 'air.title' },
  },
  {
    path: '/devices',
    component: () => import('./devices/DevicesPage.vue'),
    meta: { title: 'devices.title' },
  },
  {
    path: '/devices/add',
    component: () => import('./devices/AddPage.vue'),
    meta: { title: 'devices.pair.title' },
  },
  {
    path: '/devices/flash',
    component: () => import('./flashing/FlashPage.vue'),
    meta: { title: 'flash.title' },
  },
  {
    path: '/devices/:id',
    component: () => import('./devices/DevicePage.vue'),
    meta: { title: 'devices.title' },
  },
  {
    path: '/settings',
    component: () => import('./settings/SettingsPage.vue'),
    meta: { title: 'settings.title' },
  },
  {
    path: '/settings/history',
    component: () => import('./history/HistoryPage.vue'),
    meta: { title: 'history.keep.title' },
  },
  {
    path: '/settings/history/import',
    component: () => import('./history/ImportPage.vue'),
    meta: { title: 'history.bring.title' },
  },
  {
    path: '/settings/readiness',
    component: () => import('./readiness/ReadinessPage.vue'),
    meta: { title: 'readiness.title' },
  },
  {
    path: '/settings/trust',
    component: () => import('./trust/TrustPage.vue'),
    meta: { title: 'trust.title' },
  },
  {
    path: '/settings/responses',
    component: () => import('./responses/ResponsesPage.vue'),
    meta: { title: 'responses.title' },
  },
  {
    path: '/settings/account',
    component: () => import('./people/AccountPage.vue'),
    meta: { title: 'people.account.title' },
  },
  {
    path: '/settings/people',
    component: () => import('./people/PeoplePage.vue'),
    meta: { title: 'people.household.title' },
  },
  {
    path: '/settings/people/:id',
    component: () => import('./people/PersonPage.vue'),
    meta: { title: 'people.household.title' },
  },
  {
    path: '/settings/passes',
    component: () => import('./people/PassesPage.vue'),
    meta: { title: 'people.pass.title' },
  },
  {
    path: '/settings/roles',
    component: () => import('./people/RolesPage.vue'),
    meta: { title: 'people.roles.title' },
  },
  {
    path: '/may-not',
    component: () => import('./people/MayNotPage.vue'),
    meta: { title: 'people.mayNot.title' },
  },
  {
    path: '/join',
    component: () => import('./people/JoinPage.vue'),
    meta: { for: ['out', 'in', 'silent'], title: 'people.join.title' },
  },
  {
    path: '/alarms',
    component: () => import('./alarms/AlarmsPage.vue'),
    meta: { title: 'alarmLife.past.title' },
  },
  {
    path: '/alarms/:id',
    component: () => import('./alarms/AlarmPage.vue'),
    meta: { title: 'alarmLife.title' },
  },
  {
    path: '/alarms/:id/incident',
    component: () => import('./journal/IncidentPage.vue'),
    meta: { title: 'incident.title' },
  },
  {
    path: '/journal',
    component: () => import('./journal/JournalPage.vue'),
    meta: { title: 'journal.title' },
  },
  {
    path: '/settings/journal',
    component: () => import('./journal/JournalSettings.vue'),
    meta: { title: 'journal.title' },
  },
  {
    path: '/claim',
    component: () => import('./people/ClaimPage.vue'),
    meta: { for: 'unclaimed', title: 'people.claim.title' },
  },
  {
    path: '/login',
    component: () => import('./people/LoginPage.vue'),
    meta: { for: 'out', title: 'people.login.title' },
  },
  {
    path: '/waiting',
    component: () => import('./people/WaitingPage.vue'),
    meta: { for: 'silent', title: 'waiting.title' },
  },
  { path: '/:lost(.*)', redirect: '/' },
];

const PLACE: Readonly<Record<SessionState, string>> = {
  unknown: '/waiting',
  silent: '/waiting',
  unclaimed: '/claim',
  out: '/login',
  in: '/',
};

/** The page a person has to be on, when it is not the one asked for. */
export const placeFor = (
  state: SessionState,
  to: Pick<RouteLocationNormalized, 'meta' | 'path'>,
  may: (right: Right) => boolean,
): string | null => {
  const wanted: unknown = to.meta.for ?? 'in';
  const fits = Array.isArray(wanted) ? wanted.includes(state) : wanted === state;
  if (!fits) return PLACE[state];
  if (state !== 'in' || isOpenTo(to.path, may)) return null;
  return `/may-not?at=${encodeURIComponent(to.path)}`;
};

export const router = createRouter({ history: createWebHistory(), routes });

router.beforeEach(async (to) => {
  const session = useSession();
  if (session.state === 'unknown') await session.check();
  return placeFor(session.state, to, session.may) ?? true;
});
