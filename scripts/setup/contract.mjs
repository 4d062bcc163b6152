// The contract of hub/src/api.ts as an OpenAPI 3.1 document.
import { z } from 'zod';

const REF = '#/components/schemas/';

/** @param api the module hub/src/api.ts @param version of the hub */
export function createContract(api, version) {
  const components = new Map();
  const schemaOf = (schema, io, where) => toSchema(schema, io, where, components);
  const problem = schemaOf(api.Problem, 'output', 'Problem');
  const paths = {};
  for (const [name, route] of Object.entries(api.ROUTES)) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][route.method.toLowerCase()] = toOperation(name, route, schemaOf);
  }
  for (const [event, schema] of Object.entries(api.SOCKET_EVENTS))
    schemaOf(schema, 'output', `event ${event}`);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Homeward',
      version,
      description:
        'The hub of the house. Times are epoch milliseconds, UTC. Errors are RFC 9457 problem details.',
    },
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: {
          description: describeProblems(api.PROBLEMS),
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The token of POST /api/sessions' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-homeward',
          description:
            'The session of a browser over HTTPS; over HTTP, on the hub itself, it is called homeward',
        },
      },
    },
  };
}

function toOperation(name, route, schemaOf) {
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => ({
    name: parameter,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const answer = schemaOf(route.answer, 'output', `the answer of ${name}`);
  const body = route.body && schemaOf(route.body, 'input', `the body of ${name}`);
  for (const [key, schema] of Object.entries(route.query?.shape ?? {})) {
    parameters.push({
      name: key,
      in: 'query',
      required: !schema.safeParse(undefined).success,
      schema: schemaOf(schema, 'output', `${key} of ${name}`),
    });
  }
  const file = (type) => ({ [type]: { schema: { type: 'string', format: 'binary' } } });
  const json = (schema) => ({ 'application/json': { schema } });
  return {
    operationId: name,
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    security: route.open ? [] : [{ bearer: [] }, { cookie: [] }],
    ...(route.needs && { 'x-right': route.needs }),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    ...(route.takes && { requestBody: { required: true, content: file(route.takes) } }),
    responses: {
      [route.status]: {
        description: 'Done',
        ...(route.gives ? { content: file(route.gives) } : answer && { content: json(answer) }),
      },
      '4XX': { $ref: '#/components/responses/Problem' },
      '5XX': { $ref: '#/components/responses/Problem' },
    },
  };
}

/** The schema of a body or an answer; what has an id goes to `components`. Null: there is no content. */
function toSchema(schema, io, where, components) {
  if (schema._zod.def.type === 'void') return null;
  const { $schema, $defs = {}, ...own } = z.toJSONSchema(schema, { io, override: keepOpen });
  for (const [id, definition] of Object.entries($defs)) keep(id, withRefs(definition), where, components);
  return withRefs(own);
}

/** An answer may grow: only a strict object says that nothing else may stand in it. */
function keepOpen({ zodSchema, jsonSchema }) {
  const { type, catchall } = zodSchema._zod.def;
  if (type === 'object' && catchall === undefined) delete jsonSchema.additionalProperties;
}

function keep(id, definition, where, components) {
  const known = components.get(id);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
    throw new Error(
      `${id} means two things, one of them in ${where}: give its request form an id of its own.`,
    );
  }
  components.set(id, definition);
}

/** zod keeps definitions inside each schema; here they stand in one place. */
function withRefs(value) {
  if (Array.isArray(value)) return value.map(withRefs);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' ? item.replace('#/$defs/', REF) : withRefs(item),
    ]),
  );
}

function describeProblems(problems) {
  const lines = Object.entries(problems).map(
    ([code, { status, title }]) => `- ${status} /problems/${code}: ${title}`,
  );
  return `Refused, and why:\n${lines.join('\n')}`;
}
