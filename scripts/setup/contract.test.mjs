import { expect, it } from 'vitest';
import { z } from 'zod';
import { createContract } from './contract.mjs';

const Problem = z.object({ type: z.string() }).meta({ id: 'TestProblem' });
const Lamp = z.object({ id: z.string(), on: z.boolean() }).meta({ id: 'TestLamp' });
const Ask = z.strictObject({ on: z.boolean() }).meta({ id: 'TestAsk' });
const route = {
  method: 'POST',
  path: '/api/lamps/:id',
  summary: 'Switch',
  body: Ask,
  answer: Lamp,
  status: 200,
};
const hello = {
  method: 'GET',
  path: '/api/hello',
  summary: 'Hello',
  open: true,
  answer: z.void(),
  status: 204,
};
const api = {
  Problem,
  PROBLEMS: { 'not-found': { status: 404, title: 'No.' } },
  ROUTES: { hello, switchLamp: route },
  SOCKET_EVENTS: {},
};

it('turns a route into an operation that refers to named schemas', () => {
  const { paths, components } = createContract(api, '1.0.0');
  const operation = paths['/api/lamps/{id}'].post;
  expect(operation.parameters[0]).toMatchObject({ name: 'id', in: 'path', required: true });
  expect(operation.requestBody.content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/TestAsk',
  });
  expect(operation.security).toEqual([{ bearer: [] }, { cookie: [] }]);
  expect(Object.keys(components.schemas)).toEqual(['TestAsk', 'TestLamp', 'TestProblem']);
});

it('lets an answer grow, and a strict request not', () => {
  const { schemas } = createContract(api, '1.0.0').components;
  expect(schemas.TestLamp).not.toHaveProperty('additionalProperties');
  expect(schemas.TestAsk.additionalProperties).toBe(false);
});

it('asks for no session where none is needed, and has no content where there is none', () => {
  const { get } = createContract(api, '1.0.0').paths['/api/hello'];
  expect(get.security).toEqual([]);
  expect(get.responses[204]).toEqual({ description: 'Done' });
});

it('answers every refusal with problem details', () => {
  const { paths, components } = createContract(api, '1.0.0');
  expect(paths['/api/hello'].get.responses['4XX']).toEqual({ $ref: '#/components/responses/Problem' });
  expect(components.responses.Problem.content).toHaveProperty(['application/problem+json']);
  expect(components.responses.Problem.description).toContain('404 /problems/not-found');
});

it('refuses a name that means two things', () => {
  const body = z.object({ on: z.boolean().default(true) }).meta({ id: 'TestTwice' });
  expect(() => createContract({ ...api, ROUTES: { twice: { ...route, body, answer: body } } }, '1')).toThrow(
    'TestTwice',
  );
});
