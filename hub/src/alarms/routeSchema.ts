import { AlarmHistory, AlarmHistoryQuery, ServiceRequest, ShelveRequest } from './lifeSchema.ts';
import { AlarmList } from './schema.ts';

/** `:id` is an alarm's id, or `<kind>:<entity id>` for one that is normal now. Part of the contract in api.ts. */
export const ALARM_ROUTES = {
  alarms: {
    method: 'GET',
    path: '/api/alarms',
    summary: 'Alarms that are not back to normal, or were put aside',
    answer: AlarmList,
    status: 200,
  },
  alarmHistory: {
    method: 'GET',
    path: '/api/alarms/history',
    summary: 'What became of each alarm, step by step',
    query: AlarmHistoryQuery,
    answer: AlarmHistory,
    status: 200,
  },
  acknowledge: {
    method: 'POST',
    path: '/api/alarms/:id/acknowledge',
    summary: 'I am on it',
    answer: AlarmList,
    status: 200,
  },
  reset: {
    method: 'POST',
    path: '/api/alarms/:id/reset',
    summary: 'Put a latched, acknowledged alarm back to normal',
    answer: AlarmList,
    status: 200,
  },
  hush: {
    method: 'POST',
    path: '/api/alarms/:id/hush',
    summary: 'Silence its sound for ten minutes',
    answer: AlarmList,
    status: 200,
  },
  shelve: {
    method: 'POST',
    path: '/api/alarms/:id/shelve',
    summary: 'Put it aside for a while',
    body: ShelveRequest,
    answer: AlarmList,
    status: 200,
  },
  unshelve: {
    method: 'POST',
    path: '/api/alarms/:id/unshelve',
    summary: 'Put it aside no more',
    answer: AlarmList,
    status: 200,
  },
  takeOutOfService: {
    method: 'POST',
    path: '/api/alarms/:id/out-of-service',
    summary: 'Take it out of service until somebody puts it back',
    body: ServiceRequest,
    answer: AlarmList,
    status: 200,
  },
  putInService: {
    method: 'POST',
    path: '/api/alarms/:id/in-service',
    summary: 'Put it back into service',
    answer: AlarmList,
    status: 200,
  },
} as const;
