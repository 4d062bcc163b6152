import { z } from 'zod';
import { Incident } from './incidentSchema.ts';
import { JournalCheck, JournalExportQuery, JournalPage, JournalQuery } from './schema.ts';
import { SealedPage, SealedRequest } from './sealedSchema.ts';

/** What is called of the journal; part of the contract in api.ts. */
export const JOURNAL_ROUTES = {
  journal: {
    method: 'GET',
    path: '/api/journal',
    needs: 'journal.see',
    summary: 'What happened, newest first',
    query: JournalQuery,
    answer: JournalPage,
    status: 200,
  },
  incident: {
    method: 'GET',
    path: '/api/alarms/:id/incident',
    needs: 'journal.see',
    summary: 'All that is known of what happened around an alarm, from ten minutes before to ten after',
    answer: Incident,
    status: 200,
  },
  openSealed: {
    method: 'POST',
    path: '/api/journal/sealed',
    needs: 'journal.see',
    summary:
      'Which PINs were typed under duress, but for those of the device that asks; the password is asked once more',
    body: SealedRequest,
    answer: SealedPage,
    status: 200,
  },
  verifyJournal: {
    method: 'GET',
    path: '/api/journal/verify',
    needs: 'journal.see',
    summary: 'Whether somebody changed the journal, and where',
    answer: JournalCheck,
    status: 200,
  },
  exportJournal: {
    method: 'GET',
    path: '/api/journal/export',
    needs: 'journal.export',
    summary: 'The whole journal with its proof: hashes, signed checkpoints and the public key',
    query: JournalExportQuery,
    gives: '*/*',
    answer: z.unknown(),
    status: 200,
  },
} as const;
