import { QuestionAnswer, Readiness, SirensHeard } from './schema.ts';

/** Routes of what is proven and what is weak. Part of the contract in api.ts. */
export const READINESS_ROUTES = {
  readiness: {
    method: 'GET',
    path: '/api/readiness',
    needs: 'readiness.see',
    summary: 'What is proven, when it was, and what is weak',
    answer: Readiness,
    status: 200,
  },
  answerQuestion: {
    method: 'POST',
    path: '/api/readiness/questions/:id',
    needs: 'readiness.prove',
    summary: 'Answer what only a person can know',
    body: QuestionAnswer,
    answer: Readiness,
    status: 200,
  },
  testSirens: {
    method: 'POST',
    path: '/api/sirens/test',
    needs: 'readiness.prove',
    summary: 'Every siren in use sounds for two seconds; who answers is seen in GET /api/readiness',
    answer: Readiness,
    status: 200,
  },
  sirensHeard: {
    method: 'POST',
    path: '/api/sirens/heard',
    needs: 'readiness.prove',
    summary: 'I heard these sirens in the last test, though they cannot answer',
    body: SirensHeard,
    answer: Readiness,
    status: 200,
  },
} as const;
