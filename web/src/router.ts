import { createRouter, createWebHistory } from '@ionic/vue-router';
import type { RouteLocationNormalized, RouteRecordRaw } from 'vue-router';
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
    path: '/settings/responses',
    component: () => import('./responses/ResponsesPage.vue'),
    meta: { title: 'responses.title' },
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
export const placeFor = (state: SessionState, to: Pick<RouteLocationNormalized, 'meta'>): string | null => {
  const wants: unknown = to.meta.for ?? 'in';
  return wants === state ? null : PLACE[state];
};

export const router = createRouter({ history: createWebHistory(), routes });

router.beforeEach(async (to) => {
  const session = useSession();
  if (session.state === 'unknown') await session.check();
  return placeFor(session.state, to) ?? true;
});
