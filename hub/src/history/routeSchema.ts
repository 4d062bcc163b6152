import { z } from 'zod';
import {
  HistoryImport,
  HistoryQuery,
  HistoryRange,
  HistorySettings,
  HistoryStatus,
  ImportList,
  ImportQuery,
  ImportStart,
} from './schema.ts';

/** What is called of the history; part of the contract in api.ts. */
export const HISTORY_ROUTES = {
  history: {
    method: 'GET',
    path: '/api/history',
    summary: 'What is kept, for how long, and what it costs',
    answer: HistoryStatus,
    status: 200,
  },
  setHistory: {
    method: 'PATCH',
    path: '/api/history',
    summary: 'How long readings are kept',
    body: HistorySettings,
    answer: HistoryStatus,
    status: 200,
  },
  imports: {
    method: 'GET',
    path: '/api/history/imports',
    summary: 'Imports since the hub started',
    answer: ImportList,
    status: 200,
  },
  addImport: {
    method: 'POST',
    path: '/api/history/imports',
    summary:
      'Bring a Home Assistant recorder database or a CSV file; it is looked through, nothing is kept yet',
    query: ImportQuery,
    takes: 'application/octet-stream',
    answer: HistoryImport,
    status: 201,
  },
  import: {
    method: 'GET',
    path: '/api/history/imports/:id',
    summary: 'How far an import is',
    answer: HistoryImport,
    status: 200,
  },
  startImport: {
    method: 'POST',
    path: '/api/history/imports/:id/start',
    summary: 'Take in what was matched, whole or not at all',
    body: ImportStart,
    answer: HistoryImport,
    status: 200,
  },
  cancelImport: {
    method: 'DELETE',
    path: '/api/history/imports/:id',
    summary: 'Call an import off and forget its file',
    answer: z.void(),
    status: 204,
  },
  series: {
    method: 'GET',
    path: '/api/history/:id',
    summary: 'One series in equal steps; the id is that of its entity',
    query: HistoryQuery,
    answer: HistoryRange,
    status: 200,
  },
  seriesCsv: {
    method: 'GET',
    path: '/api/history/:id/csv',
    summary: 'Every reading of one series as it was kept',
    query: HistoryQuery,
    gives: 'text/csv',
    answer: z.unknown(),
    status: 200,
  },
} as const;
